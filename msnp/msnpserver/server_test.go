package msnpserver_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
	"deadyet/msnp/msnpserver"
)

// hear writes in to a new connection and returns what comes until the end, or
// until nothing came for a moment.
func hear(t *testing.T, o msnpserver.Options, in string) (out string, closed bool) {
	t.Helper()
	conn := dial(t, serveOn(t, msnpserver.New(o).Serve))
	if _, err := io.WriteString(conn, in); err != nil {
		t.Fatal(err)
	}
	if err := conn.SetReadDeadline(time.Now().Add(150 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(conn)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	return string(b), err == nil
}

func TestManners(t *testing.T) {
	const login = "VER 1 MSNP9 CVR0\r\nCVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0 BC01 a@example.com\r\n"
	tests := []struct {
		name, face, in, want string
		closed               bool
	}{
		{"a pipelined sign-in is answered in turn", "escargot", login + "USR 3 TWN I a@example.com\r\n",
			"VER 1 MSNP9\r\nCVR 2 6.0 6.0 6.0 https://escargot.example https://escargot.example\r\nUSR 3 TWN S ct=1,rver=1,wp=FS_40SEC_0_COMPACT,lc=1,id=1\r\n", false},
		{"a bare LF is a line end", "microsoft-2012", "VER 1 MSNP18\n", "VER 1 MSNP18\r\n", false},
		{"Escargot takes lower case", "escargot", "ver 1 msnp8\r\n", "VER 1 MSNP8\r\n", false},
		{"Microsoft does not", "microsoft-2012", "ver 1 MSNP8\r\n", "", true},
		{"Escargot is quiet about an unknown command", "escargot", "FOO 1\r\n", "", false},
		{"Microsoft hangs up on one", "microsoft-2003", "FOO 1\r\n", "", true},
		{"Escargot is quiet about binary", "escargot", "\x16\x03\x01\x00", "", false},
		{"Escargot is quiet about HTTP", "escargot", "GET / HTTP/1.1\r\n\r\n", "", false},
		{"Microsoft hangs up on HTTP", "microsoft-2003", "GET / HTTP/1.1\r\n\r\n", "", true},
		{"VER without transaction id is ignored by Escargot", "escargot", "VER\r\n", "", false},
		{"a transaction id that is none ends the session", "escargot", "VER x MSNP8\r\n", "", true},
		{"R2M wants VER first", "r2m", "USR 1 TWN I a@example.com\r\n", "", true},
		{"CVR before VER is refused", "microsoft-2003", "CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0 BC01 a@example.com\r\n", "731 2\r\n", true},
		{"CVR after USR is refused", "microsoft-2003", login + "USR 3 TWN I a@example.com\r\nCVR 4 0x0409 winnt 5.1 i386 MSNMSGR 6.0 BC01\r\n",
			"VER 1 MSNP9 CVR0\r\nCVR 2 1.0.0000 1.0.0000 6.0 http://download.example/setup.exe http://info.example/\r\n" +
				"USR 3 TWN S ct=1,rver=1,wp=FS_40SEC_0_COMPACT,lc=1,id=1\r\n715 4\r\n", true},
		{"CVQ tells a client without a version where to get one", "microsoft-2007", "VER 1 MSNP2 CVR0\r\nCVQ 2 0x0409 winnt 5.1 i386 MSNMSGR 1.0 x\r\n",
			"VER 1 CVR0\r\nCVQ 2 1.0.0000 1.0.0000 1.0 http://download.example/setup.exe http://info.example/\r\n", true},
		{"INF is gone from version 8 on", "escargot", "VER 1 MSNP8\r\nINF 2\r\n", "VER 1 MSNP8\r\n", true},
		{"INF names MD5", "escargot", "VER 1 MSNP7\r\nINF 2\r\n", "VER 1 MSNP7\r\nINF 2 MD5\r\n", false},
		{"the scheme of another version ends the session", "escargot", "VER 1 MSNP8\r\nUSR 2 MD5 I a@example.com\r\n", "VER 1 MSNP8\r\n", true},
		{"a scheme that does not exist fails", "escargot", "VER 1 MSNP8\r\nUSR 2 XYZ I a@example.com\r\n", "VER 1 MSNP8\r\n911 2\r\n", true},
		{"an address without @ fails", "escargot", "VER 1 MSNP8\r\nUSR 2 TWN I nobody\r\n", "VER 1 MSNP8\r\n911 2\r\n", true},
		{"a proof fails", "escargot", "VER 1 MSNP8\r\nUSR 2 TWN S t=x&p=\r\n", "VER 1 MSNP8\r\n911 2\r\n", true},
		{"PNG before the sign-in ends the session", "escargot", "PNG\r\n", "", true},
		{"one server answers PNG 1 without a line end", "always-msnp12", "PNG\r\nPNG 1\r\n", "QNG 60", false},
		{"OUT ends the session", "escargot", "OUT\r\n", "", true},
		{"a switchboard is silent to VER and refuses a cookie", "silent", "VER 1 MSNP8\r\nUSR 1 a@example.com x\r\n", "911 1\r\n", true},
		{"an echo sends everything back", "echo", "\x00hello", "\x00hello", false},
		{"an endless line ends the session", "escargot", "VER " + strings.Repeat("x", 9000), "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, closed := hear(t, msnpserver.Options{Face: face(t, tt.face)}, tt.in)
			if got != tt.want || closed != tt.closed {
				t.Errorf("got %q, closed %v; want %q, closed %v", got, closed, tt.want, tt.closed)
			}
		})
	}
}

func TestServe(t *testing.T) {
	t.Run("the end of the context ends connections that say nothing", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		accepted, done := make(chan struct{}), make(chan error, 1)
		s := msnpserver.New(msnpserver.Options{Face: face(t, "escargot"), Hook: func(c net.Conn) net.Conn {
			close(accepted)
			return c
		}})
		go func() { done <- s.Serve(ctx, l) }()
		dial(t, l.Addr().String())
		<-accepted
		cancel()
		if err := <-done; err != nil {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a closed listener is an error", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_ = l.Close()
		if err := msnpserver.New(msnpserver.Options{}).Serve(t.Context(), l); !errors.Is(err, net.ErrClosed) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a hook may take a connection over", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "escargot"), Hook: func(c net.Conn) net.Conn {
			_ = c.Close()
			return nil
		}}
		if got, closed := hear(t, o, ""); got != "" || !closed {
			t.Errorf("got %q, closed %v", got, closed)
		}
	})
	t.Run("a client that says nothing is left after the idle time", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "escargot"), Idle: time.Millisecond}
		if got, closed := hear(t, o, ""); got != "" || !closed {
			t.Errorf("got %q, closed %v", got, closed)
		}
	})
}

func TestHello(t *testing.T) {
	cert, err := msnpserver.SelfSigned(time.Now(), "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	hello := func(o msnpserver.Options) (msnpclient.HelloReply, error) {
		o.TLS = msnpserver.TLSConfig(cert)
		conn, err := msnpclient.Handshake(t.Context(), dial(t, serveOn(t, msnpserver.NewGateway(o).Serve)), "")
		if err != nil {
			t.Fatal(err)
		}
		return msnpclient.Hello(t.Context(), conn, msnpclient.Limits{})
	}
	f := face(t, "microsoft-2012")
	t.Run("a server of MSNP24 gives a nonce", func(t *testing.T) {
		got, err := hello(msnpserver.Options{Face: f.With(versions(21, 24))})
		if err != nil || got.Nonce == "" || got.Target != "" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("another one sends us on", func(t *testing.T) {
		got, err := hello(msnpserver.Options{Face: f.With(versions(msnp.MSNP24)), RedirectTo: "inner.example:443"})
		if err != nil || got.Target != "inner.example:443" || got.State == "" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("a gateway without MSNP24 is a web server", func(t *testing.T) {
		_, err := hello(msnpserver.Options{Face: f})
		var e *msnpclient.ForeignError
		if !errors.As(err, &e) || e.Service != "HTTP" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an echo is no server of MSNP24", func(t *testing.T) {
		_, err := hello(msnpserver.Options{Face: face(t, "echo")})
		var e *msnpclient.ForeignError
		if !errors.As(err, &e) || e.Service != "" {
			t.Errorf("got %v", err)
		}
	})
}
