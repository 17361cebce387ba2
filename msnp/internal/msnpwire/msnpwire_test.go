package msnpwire_test

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"deadyet/msnp/internal/msnpwire"
)

func decodeAll(r io.Reader, dir msnpwire.Direction, lim msnpwire.Limits) ([]msnpwire.Message, error) {
	dec := msnpwire.NewDecoder(r, dir, lim)
	var all []msnpwire.Message
	for {
		m, err := dec.Next()
		if err != nil {
			return all, err
		}
		all = append(all, m)
	}
}

func message(payload []byte, words ...string) msnpwire.Message {
	return msnpwire.Message{Words: words, Payload: payload}
}

func TestDecoder(t *testing.T) {
	tests := []struct {
		name string
		dir  msnpwire.Direction
		in   string
		want []msnpwire.Message
	}{
		{"a line becomes words", msnpwire.FromServer, "VER 1 MSNP18 CVR0\r\n", []msnpwire.Message{message(nil, "VER", "1", "MSNP18", "CVR0")}},
		{"a bare LF ends a line", msnpwire.FromClient, "VER 1 MSNP18\n", []msnpwire.Message{message(nil, "VER", "1", "MSNP18")}},
		{"runs of white space are one separator", msnpwire.FromServer, "VER  1\t \tMSNP18 \r\n", []msnpwire.Message{message(nil, "VER", "1", "MSNP18")}},
		{"a command may have no parameter", msnpwire.FromServer, "OUT\r\nOUT\n", []msnpwire.Message{message(nil, "OUT"), message(nil, "OUT")}},
		{"a payload follows without a line end", msnpwire.FromServer, "GCF 0 5\r\n<x/>\nUSR 3 SSO S\r\n",
			[]msnpwire.Message{message([]byte("<x/>\n"), "GCF", "0"), message(nil, "USR", "3", "SSO", "S")}},
		{"a client's GCF is a request without payload", msnpwire.FromClient, "GCF 5 Shields.xml\r\n", []msnpwire.Message{message(nil, "GCF", "5", "Shields.xml")}},
		{"ADL has a payload as a request", msnpwire.FromClient, "ADL 7 2\r\nhi", []msnpwire.Message{message([]byte("hi"), "ADL", "7")}},
		{"ADL n OK has none", msnpwire.FromServer, "ADL 7 OK\r\nRML 8 OK\r\n", []msnpwire.Message{message(nil, "ADL", "7", "OK"), message(nil, "RML", "8", "OK")}},
		{"UUX is a payload from a client and none from a server", msnpwire.FromServer, "UUX 9 0\r\n", []msnpwire.Message{message(nil, "UUX", "9", "0")}},
		{"an empty payload is not the same as none", msnpwire.FromClient, "UUX 9 0\r\n", []msnpwire.Message{message([]byte{}, "UUX", "9")}},
		{"an error reply", msnpwire.FromServer, "911 3\r\n715\r\n", []msnpwire.Message{message(nil, "911", "3"), message(nil, "715")}},
		{"an error reply with a payload", msnpwire.FromServer, "911 3 4\r\noops911 2 CON 2\r\nno",
			[]msnpwire.Message{message([]byte("oops"), "911", "3"), message([]byte("no"), "911", "2", "CON")}},
		{"XFR has a payload in MSNP24 only", msnpwire.FromServer, "XFR 1 CON 3\r\n<x>XFR 3 NS 10.0.0.1:1863 0\r\n",
			[]msnpwire.Message{message([]byte("<x>"), "XFR", "1", "CON"), message(nil, "XFR", "3", "NS", "10.0.0.1:1863", "0")}},
	}
	for _, tt := range tests {
		readers := map[string]io.Reader{
			"in one segment":         strings.NewReader(tt.in),
			"byte by byte":           iotest.OneByteReader(strings.NewReader(tt.in)),
			"with the error at once": iotest.DataErrReader(strings.NewReader(tt.in)),
		}
		for how, r := range readers {
			t.Run(tt.name+" "+how, func(t *testing.T) {
				got, err := decodeAll(r, tt.dir, msnpwire.Limits{})
				if err != io.EOF {
					t.Errorf("got error %v, want io.EOF", err)
				}
				for i := range got {
					got[i].Line = ""
				}
				if !reflect.DeepEqual(got, tt.want) {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			})
		}
	}
}

func TestDecoderErrors(t *testing.T) {
	isSyntax := func(foreign bool) func(error) bool {
		return func(err error) bool {
			var e *msnpwire.SyntaxError
			return errors.As(err, &e) && e.Foreign == foreign
		}
	}
	is := func(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }
	tests := []struct {
		name string
		in   string
		want func(error) bool
	}{
		{"the end inside a line", "VER 1", is(io.ErrUnexpectedEOF)},
		{"the end inside a payload", "GCF 0 5\r\n<x", is(io.ErrUnexpectedEOF)},
		{"a blank line", "\r\n", isSyntax(true)},
		{"an HTTP answer", "HTTP/1.1 400 Bad Request\r\n", isSyntax(true)},
		{"a TLS alert", "\x15\x03\x01\x00\x02\x02\x28", isSyntax(true)},
		{"a control character", "VER 1 \x00\r\n", isSyntax(false)},
		{"a lone CR", "VER 1\rMSNP8\r\n", isSyntax(false)},
		{"letters and digits mixed", "V3R 1\r\n", isSyntax(true)},
		{"a payload without length", "GCF 0 x\r\n", isSyntax(false)},
		{"a negative payload", "GCF 0 -1\r\n", isSyntax(false)},
		{"a payload of 2^63 bytes", "GCF 0 9223372036854775808\r\n", is(msnpwire.ErrTooLong)},
		{"a payload of a hundred digits", "GCF 0 " + strings.Repeat("9", 100) + "\r\n", is(msnpwire.ErrTooLong)},
		{"ten thousand words", "VER" + strings.Repeat(" 1", 4000) + "\r\n", is(msnpwire.ErrTooLong)},
		{"a long line", "VER " + strings.Repeat("x", 9000) + "\r\n", is(msnpwire.ErrTooLong)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dec := msnpwire.NewDecoder(strings.NewReader(tt.in), msnpwire.FromServer, msnpwire.Limits{})
			m, err := dec.Next()
			if !tt.want(err) || !reflect.DeepEqual(m, msnpwire.Message{}) {
				t.Errorf("got %q, %v", m, err)
			}
			if _, again := dec.Next(); again != err {
				t.Errorf("the error did not stay: %v, then %v", err, again)
			}
		})
	}
}

// endless never stops and counts what was taken from it.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'A'
	}
	e.n += len(p)
	return len(p), nil
}

func TestLimits(t *testing.T) {
	t.Run("an endless line is read no further than twice the limit", func(t *testing.T) {
		tail := &endless{}
		_, err := decodeAll(io.MultiReader(strings.NewReader("VER "), tail), msnpwire.FromServer, msnpwire.Limits{})
		if !errors.Is(err, msnpwire.ErrTooLong) || tail.n > 16<<10 {
			t.Errorf("got %v after %d bytes", err, tail.n)
		}
	})
	t.Run("a line of exactly the limit passes, one byte more does not", func(t *testing.T) {
		lim := msnpwire.Limits{Line: 10}
		for line, want := range map[string]error{"VER 456789": io.EOF, "VER 4567890": msnpwire.ErrTooLong} {
			if _, err := decodeAll(strings.NewReader(line+"\r\n"), msnpwire.FromServer, lim); !errors.Is(err, want) {
				t.Errorf("%s: got %v, want %v", line, err, want)
			}
		}
	})
	t.Run("a promised payload costs nothing before it comes", func(t *testing.T) {
		in := "GCF 0 65000\r\n"
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 100 {
			_, _ = decodeAll(strings.NewReader(in), msnpwire.FromServer, msnpwire.Limits{})
		}
		runtime.ReadMemStats(&after)
		got := (after.TotalAlloc - before.TotalAlloc) / 100
		if got > 4<<10 {
			t.Errorf("got %d bytes allocated, want at most 4096", got)
		}
	})
	t.Run("a reader that gives nothing is given up", func(t *testing.T) {
		_, err := decodeAll(idle{}, msnpwire.FromServer, msnpwire.Limits{})
		if err != io.ErrNoProgress {
			t.Errorf("got %v", err)
		}
	})
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestEncoder(t *testing.T) {
	enc := msnpwire.NewEncoder(msnpwire.FromClient, msnpwire.Limits{})
	bad := map[string]msnpwire.Message{
		"no words":                      message(nil),
		"a word with a space":           message(nil, "USR", "1", "a b"),
		"a word with a line end":        message(nil, "USR", "1", "a\r\nOUT"),
		"an empty word":                 message(nil, "USR", ""),
		"a command of four letters":     message(nil, "USER", "1"),
		"a payload where none belongs":  message([]byte("x"), "VER", "1"),
		"no payload where one belongs":  message(nil, "UUX", "1", "5"),
		"a payload past the limit":      message(make([]byte, 1<<17), "UUX", "1"),
		"a line past the limit":         message(nil, "VER", strings.Repeat("1", 9000)),
		"more words than a line may be": message(nil, append([]string{"VER"}, strings.Fields(strings.Repeat("1 ", 300))...)...),
	}
	for name, m := range bad {
		t.Run("refuses "+name, func(t *testing.T) {
			got, err := enc.Append([]byte("before"), m)
			if err == nil || string(got) != "before" {
				t.Errorf("got %q, %v; want an error and the bytes as they were", got, err)
			}
		})
	}
}

func FuzzDecoder(f *testing.F) {
	for _, s := range []string{
		"VER 1 MSNP18 CVR0\r\n", "VER 1  MSNP18\n", "GCF 0 5\r\n<x/>\n", "911 3 4\r\noops", "ADL 7 OK\r\n", "UUX 9 0\r\n",
		"XFR 1 CON 3\r\n<x>", "HTTP/1.1 400 Bad Request\r\n", "\x16\x03\x01", "NOT 0\r\n", "IPG 0001\r\na", "GCF 0 9223372036854775808\r\n",
	} {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, in []byte, fromServer bool) {
		dir := msnpwire.FromClient
		if fromServer {
			dir = msnpwire.FromServer
		}
		dec := msnpwire.NewDecoder(bytes.NewReader(in), dir, msnpwire.Limits{})
		m, err := dec.Next()
		if err != nil {
			if !reflect.DeepEqual(m, msnpwire.Message{}) {
				t.Fatalf("a message and an error: %q, %v", m, err)
			}
			return
		}
		checkRoundTrip(t, in[:dec.Offset()], dir, m)
	})
}

func checkRoundTrip(t *testing.T, in []byte, dir msnpwire.Direction, m msnpwire.Message) {
	t.Helper()
	out, err := msnpwire.NewEncoder(dir, msnpwire.Limits{}).Append(nil, m)
	if err != nil {
		t.Fatalf("write %q: %v", m, err)
	}
	again, err := msnpwire.NewDecoder(bytes.NewReader(out), dir, msnpwire.Limits{}).Next()
	if err != nil {
		t.Fatalf("parse %q again: %v", out, err)
	}
	if !reflect.DeepEqual(again.Words, m.Words) || !bytes.Equal(again.Payload, m.Payload) || (again.Payload == nil) != (m.Payload == nil) {
		t.Fatalf("got %q, want %q", again, m)
	}
	if again.Line == m.Line && bytes.HasPrefix(in, []byte(m.Line+"\r\n")) && !bytes.Equal(in, out) {
		t.Fatalf("canonical %q came back as %q", in, out)
	}
}
