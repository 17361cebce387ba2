package msnpclient_test

import (
	"context"
	"errors"
	"io"
	"net"
	"reflect"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
)

// budget is the time of one fuzzed exchange with a server that stays on the
// line, and grace what a busy machine may add.
const (
	budget = 5 * time.Millisecond
	grace  = 5 * time.Second
)

// against runs talk with a server that says in whatever it hears, and then
// hangs up, or stays on the line until the budget is spent. It fails when talk
// takes longer, takes more memory than what was said is worth, or leaves a
// goroutine behind.
func against(t *testing.T, in []byte, stays bool, talk func(ctx context.Context, conn net.Conn)) {
	t.Helper()
	began, goroutines, bytes := time.Now(), runtime.NumGoroutine(), allocated()
	ours, theirs := net.Pipe()
	var server sync.WaitGroup
	server.Go(func() { _, _ = io.Copy(io.Discard, theirs) })
	server.Go(func() {
		if _, err := theirs.Write(in); err != nil || !stays {
			theirs.Close()
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), budget)
	talk(ctx, ours)
	cancel()
	ours.Close()
	theirs.Close()
	server.Wait()
	if took := time.Since(began); took > budget+grace {
		t.Errorf("it took %s with a budget of %s", took, budget)
	}
	if got, most := allocated()-bytes, uint64(1<<20+64*len(in)); got > most {
		t.Errorf("%d bytes were allocated for an exchange of %d, want at most %d", got, len(in), most)
	}
	for deadline := time.Now().Add(grace); runtime.NumGoroutine() > goroutines; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines are left of an exchange that began with %d", runtime.NumGoroutine(), goroutines)
		}
	}
}

// allocated is what this process has ever allocated, in bytes.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// either fails when there is a value and an error, neither, or an error that
// the package does not document.
func either(t *testing.T, value any, err error) {
	t.Helper()
	if empty := reflect.ValueOf(value).IsZero(); empty != (err != nil) {
		t.Errorf("got %+v and %v, want one of them", value, err)
	}
	if err != nil && !documented(err) {
		t.Errorf("got an error that nobody can classify: %v", err)
	}
}

func documented(err error) bool {
	var (
		reply     *msnp.Error
		foreign   *msnpclient.ForeignError
		status    *msnpclient.HTTPStatusError
		malformed *msnpclient.MalformedError
		network   net.Error
	)
	for _, kind := range []any{&reply, &foreign, &status, &malformed, &network} {
		if errors.As(err, kind) {
			return true
		}
	}
	for _, is := range []error{msnpclient.ErrTooLong, msnpclient.ErrNotReusable, io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe} {
		if errors.Is(err, is) {
			return true
		}
	}
	return strings.Contains(err.Error(), "tls: ")
}

// signIn goes through all that is ever said to a server in version v.
func signIn(t *testing.T, ctx context.Context, s *msnpclient.Session, v msnp.Version) {
	t.Helper()
	got, err := s.Version(ctx, v, msnp.MSNP8)
	either(t, got, err)
	if err != nil {
		return
	}
	if v.HasPolicy() {
		scheme, err := s.Policy(ctx)
		either(t, scheme, err)
	} else {
		info, err := s.ClientVersion(ctx, msnpclient.DefaultClientInfo(v, "probe@example.com"))
		either(t, info, err)
	}
	if v.NamesUser() {
		user, err := s.User(ctx, v, "probe@example.com")
		either(t, user, err)
		if user.Redirect != nil && user.Redirect.Address == "" {
			t.Errorf("sent on to nowhere: %+v", user)
		}
	}
	_ = s.Out(ctx) // no answer is expected
}

// fuzzed is the version that a fuzz target asks in.
func fuzzed(n byte) msnp.Version { return msnp.MSNP2 + msnp.Version(n)%(msnp.MSNP22-msnp.MSNP2+1) }

func FuzzSession(f *testing.F) {
	for _, s := range []string{
		"VER 1 MSNP18 MSNP8 CVR0\r\nCVR 2 1 1 1 http://a http://b\r\nUSR 3 SSO S MBI_KEY_OLD nonce\r\n",
		"VER 1 MSNP7\r\nINF 2 MD5\r\nUSR 3 MD5 S 1013.95\r\n",
		"VER 1 MSNP8\r\nCVR 2\r\nXFR 3 NS 10.0.0.1:1863 0 10.0.0.2:1863\r\n",
		"VER 1 0\r\n", "VER 1 0 MSNP18 MSNP8\r\n", "VER 2 MSNP18\r\n", "VER 1 \xff MSNP18\r\n",
		"NLN 1\r\nMSG a b 5\r\nhelloVER 1 MSNP8\r\n911 2\r\n911 3 2\r\nno", "715\r\n", "500 1\r\n", "601 4294967296\r\n",
		"GCF 0 99999999999999999999\r\n", "GCF 0 -1\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "220 smtp ESMTP\r\n", "\x15\x03\x01\x00\x02\x02\x28", "VER 1 MSNP18\r",
	} {
		for _, stays := range []bool{false, true} {
			f.Add([]byte(s), byte(16), stays)
			f.Add([]byte(s), byte(2), stays)
		}
	}
	f.Fuzz(func(t *testing.T, in []byte, v byte, stays bool) {
		against(t, in, stays, func(ctx context.Context, conn net.Conn) {
			s := msnpclient.NewTCP(conn, msnpclient.Limits{})
			signIn(t, ctx, s, fuzzed(v))
			_ = s.Close() // the pipe may be closed already
		})
	})
}

func FuzzGatewaySession(f *testing.F) {
	open := "SessionID=1.1; GW-IP=10.0.0.1"
	for _, s := range []string{
		response(open, "VER 1 MSNP18\r\n", "") + response(open, "CVR 2 1 1 1 a b\r\n", "") + response(open, "USR 3 SSO S x\r\n", ""),
		response(open, "", "") + response(open, "VER 1 MSNP7\r\n", "") + response(open, "INF 2 MD5\r\nUSR 3 MD5 S 1\r\n", ""),
		response(open+"; Session=close", "VER 1 0\r\n", "Connection: close\r\n"),
		ok + "Transfer-Encoding: chunked\r\n\r\n4\r\nVER \r\nA;x=y\r\n1 MSNP18\r\n\r\n0\r\nTrailer: x\r\n\r\n",
		ok + "Transfer-Encoding: chunked\r\n\r\n8000000000000000\r\n", ok + "Content-Length: -1\r\n\r\n", ok + "Content-Length: 9223372036854775808\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\n" + response(open, "VER 1 MSNP8\r\n", ""), "HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.0 200 OK\r\nX-MSN-Messenger: SessionID=1\r\n\r\nVER 1 MSNP18\r\n", ok + "Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08", "SSH-2.0-x\r\n",
	} {
		f.Add([]byte(s), byte(16), false)
		f.Add([]byte(s), byte(2), true)
	}
	f.Fuzz(func(t *testing.T, in []byte, v byte, stays bool) {
		against(t, in, stays, func(ctx context.Context, conn net.Conn) {
			g := msnpclient.NewGateway(conn, msnpclient.GatewayOptions{PollEvery: time.Millisecond})
			signIn(t, ctx, g.Session(), fuzzed(v))
			_ = g.Close() // the pipe may be closed already
		})
	})
}

func FuzzHello(f *testing.F) {
	for _, s := range []string{
		"CNT 1 CON 50\r\n<connect-response><nonce>abc</nonce></connect-response>", "XFR 1 CON 39\r\n<xfr><target>a:443</target><state>x</state>",
		"XFR 1 CON 49\r\n<xfr><target>a:443</target><state>x</state></xfr>", "CNT 1 CON 0\r\n", "911 1 CON 2\r\nno", "CNT 1 CON 65537\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n",
	} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, in []byte, stays bool) {
		against(t, in, stays, func(ctx context.Context, conn net.Conn) {
			got, err := msnpclient.Hello(ctx, conn, msnpclient.Limits{})
			either(t, got, err)
		})
	})
}

// FuzzHandshake is about the first records of a server: it can't finish a
// handshake, since nobody fuzzes a key.
func FuzzHandshake(f *testing.F) {
	hello := "\x16\x03\x03\x00\x2a\x02\x00\x00\x26\x03\x03" + strings.Repeat("r", 32) + "\x00\xc0\x2f\x00"
	for _, s := range []string{
		hello, hello + "\x16\x03\x03\x00\x04\x0b\xff\xff\xff", hello + "\x16\x03\x03\x00\x07\x0b\x00\x00\x03\x00\x00\x00",
		"\x15\x03\x01\x00\x02\x02\x28", "\x15\x03\x01\x00\x02\x01\x00", "\x16\x03\x01\x40\x00", "\x16\x03\x01\x00\x00", "\x14\x03\x03\x00\x01\x01", "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-x\r\n", "\x80\x2e\x01\x00\x02",
	} {
		f.Add([]byte(s), false)
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, in []byte, stays bool) {
		against(t, in, stays, func(ctx context.Context, conn net.Conn) {
			got, err := msnpclient.Handshake(ctx, conn, "gateway.example")
			if (got == nil) != (err != nil) || err != nil && !documented(err) {
				t.Errorf("got %v and %v", got, err)
			}
		})
	})
}
