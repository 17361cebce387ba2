package site

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"deadyet"
)

// transcriptView is what went over one connection.
type transcriptView struct {
	Gist      string // the first line in each direction
	ID        string
	Began     stamp
	Remote    string
	Took      string
	End       string
	Dropped   string
	Exchanges []exchangeView
	TLS       []pairView
}

// exchangeView is one run of bytes in one direction.
type exchangeView struct {
	Dir, At   string
	Text, Hex string
	Size      string
}

// pairView is a name with what it says.
type pairView struct{ Name, Value string }

// transcriptOf shows a transcript at a place of the page, of which there may be
// several for one connection.
func transcriptOf(place string, id deadyet.EvidenceID, t *deadyet.Transcript) transcriptView {
	v := transcriptView{
		ID: place + "-evidence-" + strconv.FormatInt(int64(id), 10), Began: exactMoment(t.Began),
		Remote: clean(t.Remote), Took: milliseconds(t.Took), End: clean(t.End), TLS: tlsPairs(t.TLS),
	}
	if t.Dropped > 0 {
		v.Dropped = plural(t.Dropped, "byte") + " went past the limit and were not kept."
	}
	for _, x := range t.Exchanges {
		v.Exchanges = append(v.Exchanges, exchangeView{
			Dir: clean(string(x.Dir)), At: milliseconds(x.At), Size: plural(len(x.Bytes), "byte"),
			Text: visible(x.Bytes, true), Hex: hex.Dump(x.Bytes),
		})
	}
	v.Gist = gist(t)
	return v
}

// gist is the first line in each direction, so that a reader finds the
// connection that shows what a row of the table says.
func gist(t *deadyet.Transcript) string {
	said := map[deadyet.Direction]string{}
	for _, x := range t.Exchanges {
		if _, ok := said[x.Dir]; !ok {
			said[x.Dir] = firstLine(x.Bytes)
		}
	}
	switch sent, received := said[deadyet.Sent], said[deadyet.Received]; {
	case sent == "" && received == "":
		return "nothing was said"
	case received == "":
		return sent + " → no answer"
	default:
		return sent + " → " + received
	}
}

// firstLine is the first line of MSNP: behind the head of a request or a
// response where it came through a gateway.
func firstLine(b []byte) string {
	const most = 60
	if _, body, ok := bytes.Cut(b, []byte("\r\n\r\n")); ok && len(body) > 0 {
		b = body
	}
	line, _, _ := bytes.Cut(b, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) > most {
		return clean(string(line[:most])) + " …"
	}
	return clean(string(line))
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%d ms", d.Round(time.Millisecond)/time.Millisecond)
}

// tlsPairs lists what a handshake showed, without what it did not show.
func tlsPairs(t *deadyet.TLS) (out []pairView) {
	if t == nil {
		return nil
	}
	add := func(name, value string) {
		if value != "" {
			out = append(out, pairView{name, clean(value)})
		}
	}
	add("Version", t.Version)
	add("Suite", t.Suite)
	add("Name that was asked for", t.ServerName)
	add("Certificate for", t.Subject)
	for _, name := range t.Names[:min(len(t.Names), 20)] {
		add("Also for", name)
	}
	add("Issued by", t.Issuer)
	add("Valid from", exactMoment(t.NotBefore).Text)
	add("Valid until", exactMoment(t.NotAfter).Text)
	add("SHA-256", t.Fingerprint)
	add("What a browser would not trust", t.Problem)
	return out
}
