package site

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"time"

	"deadyet"
	"deadyet/words"
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
	Head      string // direction, time and size
	Text, Hex string
}

// pairView is a name with what it says.
type pairView struct{ Name, Value string }

// transcriptOf shows a transcript at a place of the page, of which there may be
// several for one connection.
func (t tongue) transcriptOf(place string, id deadyet.EvidenceID, x *deadyet.Transcript) transcriptView {
	v := transcriptView{
		ID: place + "-evidence-" + strconv.FormatInt(int64(id), 10), Began: t.minute(x.Began),
		Remote: clean(x.Remote), Took: t.milliseconds(x.Took), End: clean(x.End), TLS: t.tlsPairs(x.TLS),
	}
	if x.Dropped > 0 {
		v.Dropped = t.n(x.Dropped, "{n} byte went past the limit and was not kept.", "{n} bytes went past the limit and were not kept.")
	}
	for _, e := range x.Exchanges {
		head := words.Phrase("received after {time}, {size}")
		if e.Dir == deadyet.Sent {
			head = words.Phrase("sent after {time}, {size}")
		}
		v.Exchanges = append(v.Exchanges, exchangeView{
			Head: t.t(string(head), "time", t.milliseconds(e.At), "size", t.n(len(e.Bytes), "{n} byte", "{n} bytes")),
			Text: visible(e.Bytes, true), Hex: hex.Dump(e.Bytes),
		})
	}
	v.Gist = t.gist(x)
	return v
}

// gist is the first line in each direction, so that a reader finds the
// connection that shows what a row of the table says.
func (t tongue) gist(tr *deadyet.Transcript) string {
	said := map[deadyet.Direction]string{}
	for _, x := range tr.Exchanges {
		if _, ok := said[x.Dir]; !ok {
			said[x.Dir] = firstLine(x.Bytes)
		}
	}
	switch sent, received := said[deadyet.Sent], said[deadyet.Received]; {
	case sent == "" && received == "":
		return t.t("nothing was said")
	case received == "":
		return t.t("{sent} → no answer", "sent", sent)
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

func (t tongue) milliseconds(d time.Duration) string {
	return t.t("{n} ms", "n", int(d.Round(time.Millisecond)/time.Millisecond))
}

// tlsPairs lists what a handshake showed, without what it did not show.
func (t tongue) tlsPairs(h *deadyet.TLS) (out []pairView) {
	if h == nil {
		return nil
	}
	add := func(name, value string) {
		if value != "" {
			out = append(out, pairView{name, clean(value)})
		}
	}
	add(t.t("Version"), h.Version)
	add(t.t("Suite"), h.Suite)
	add(t.t("Name that was asked for"), h.ServerName)
	add(t.t("Certificate for"), h.Subject)
	for _, name := range h.Names[:min(len(h.Names), 20)] {
		add(t.t("Also for"), name)
	}
	add(t.t("Issued by"), h.Issuer)
	add(t.t("Valid from"), t.minute(h.NotBefore).Text)
	add(t.t("Valid until"), t.minute(h.NotAfter).Text)
	add("SHA-256", h.Fingerprint)
	add(t.t("What a browser would not trust"), h.Problem)
	return out
}
