package sqlite_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"deadyet"
	"deadyet/store/sqlite"
)

// aTranscript draws one with bytes of any kind, none at all among them.
func aTranscript(t *rapid.T) *deadyet.Transcript {
	tr := &deadyet.Transcript{
		Endpoint: deadyet.Endpoint{Server: "microsoft/64.4.45.62", Transport: deadyet.TransportHTTPS, Port: 443},
		Remote:   "64.4.45.62:443", Began: time.Unix(0, rapid.Int64Range(0, 1<<60).Draw(t, "began")).UTC(),
		Dropped: rapid.IntRange(0, 9).Draw(t, "dropped"), End: rapid.String().Draw(t, "end"),
	}
	if rapid.Bool().Draw(t, "tls") {
		tr.TLS = &deadyet.TLS{Version: "TLS 1.0", Names: []string{rapid.String().Draw(t, "name")}, NotAfter: tr.Began}
	}
	for range rapid.IntRange(0, 5).Draw(t, "exchanges") {
		e := deadyet.Exchange{Dir: deadyet.Received, At: time.Duration(rapid.Int64Range(0, 1<<40).Draw(t, "at"))}
		if rapid.Bool().Draw(t, "some") {
			e.Bytes = rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "bytes")
		}
		tr.Exchanges = append(tr.Exchanges, e)
	}
	return tr
}

func TestPack_isReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := aTranscript(t)
		b, err := sqlite.Pack(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := sqlite.Unpack(b)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	})
}

func TestPack_takesAThirdOfWhatOlderProgramsTook(t *testing.T) {
	tr := makeDecade(9*24).transcript(7, 11)
	b, err := sqlite.Pack(tr)
	if err != nil {
		t.Fatal(err)
	}
	if old := zipped(t, tr); len(b) > len(old)*2/5 {
		t.Errorf("got %d bytes, and %d by gzip", len(b), len(old))
	}
}

func zipped(t testing.TB, tr *deadyet.Transcript) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(tr); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnpack_readsWhatOlderProgramsKept(t *testing.T) {
	want := makeDecade(9*24).transcript(7, 11)
	got, err := sqlite.Unpack(zipped(t, want))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// FuzzUnpack holds that whatever is on the disk gives a transcript or an
// error, and not both.
func FuzzUnpack(f *testing.F) {
	tr := makeDecade(9*24).transcript(7, 11)
	b, err := sqlite.Pack(tr)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Add(zipped(f, tr))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := sqlite.Unpack(b)
		if (got == nil) == (err == nil) {
			t.Fatalf("got %v and %v", got, err)
		}
		if err != nil {
			return
		}
		again, err := sqlite.Pack(got)
		if err != nil {
			return // a time out of range
		}
		if same, err := sqlite.Unpack(again); err != nil || !cmp.Equal(got, same) {
			t.Errorf("%v: %s", err, cmp.Diff(got, same))
		}
	})
}
