package msnpserver_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"deadyet/msnp/msnpserver"
)

// talkHTTP sends raw requests on one connection and returns the responses.
func talkHTTP(t *testing.T, o msnpserver.Options, requests ...string) []*http.Response {
	t.Helper()
	conn := dial(t, serveOn(t, msnpserver.NewGateway(o).Serve))
	in := bufio.NewReader(conn)
	var all []*http.Response
	for _, r := range requests {
		if _, err := io.WriteString(conn, r); err != nil {
			t.Fatal(err)
		}
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatalf("%q: %v", r, err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body = io.NopCloser(bytes.NewReader(body))
		all = append(all, resp)
	}
	return all
}

func post(target, body string) string {
	return "POST " + target + " HTTP/1.1\r\nHost: g\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

func bodyOf(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const (
	openNS = "/gateway/gateway.dll?Action=open&Server=NS&IP=messenger.hotmail.com"
	ver    = "VER 1 MSNP8 CVR0\r\n"
)

func TestGatewayRequests(t *testing.T) {
	escargot := msnpserver.Options{Face: face(t, "escargot")}
	tests := []struct {
		name    string
		o       msnpserver.Options
		request string
		status  int
		body    string
	}{
		{"an open is answered", escargot, post(openNS, ver), 200, "VER 1 MSNP8\r\n"},
		{"an absolute target is taken", escargot, post("http://gateway.messenger.hotmail.com"+openNS, ver), 200, "VER 1 MSNP8\r\n"},
		{"without Server= Escargot is a switchboard", escargot, post("/gateway/gateway.dll?Action=open", ver), 200, ""},
		{"without Server= Microsoft is not", msnpserver.Options{Face: face(t, "microsoft-2012")}, post("/gateway/gateway.dll?Action=open", ver), 200, "VER 1 MSNP8\r\n"},
		{"a switchboard refuses a cookie", escargot, post("/gateway/gateway.dll?Action=open&Server=SB", "USR 1 a@example.com x\r\n"), 200, "911 1\r\n"},
		{"an unknown session is a bad request", escargot, post("/gateway/gateway.dll?SessionID=nobody", ver), 400, "400: Bad Request"},
		{"no session is a bad request", escargot, post("/gateway/gateway.dll", ver), 400, "400: Bad Request"},
		{"GET is not allowed", escargot, "GET " + openNS + " HTTP/1.1\r\nHost: g\r\n\r\n", 405, "405: Method Not Allowed"},
		{"OPTIONS is", escargot, "OPTIONS " + openNS + " HTTP/1.1\r\nHost: g\r\n\r\n", 200, "200: OK"},
		{"another path is not found", escargot, post("/", ver), 404, "404: Not Found"},
		{"no HTTP is a bad request", escargot, "VER 1 MSNP8 CVR0\r\n\r\n", 400, "400: Bad Request"},
		{"a body past the limit is too large", escargot, "POST " + openNS + " HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\n11000\r\n" + strings.Repeat("x", 0x11000) + "\r\n0\r\n\r\n", 413, "413: Request Entity Too Large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := talkHTTP(t, tt.o, tt.request)[0]
			if body := bodyOf(t, got); got.StatusCode != tt.status || body != tt.body {
				t.Errorf("got %d %q, want %d %q", got.StatusCode, body, tt.status, tt.body)
			}
		})
	}
}

func TestGatewayHeaders(t *testing.T) {
	t.Run("Microsoft of 2012 names its host", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "microsoft-2012"), Name: "BN1MSGR1011504", RedirectTo: "inner.example:443"}
		h := talkHTTP(t, o, post(openNS, ver))[0].Header
		if h.Get("X-MSNSERVER") != "BN1MSGR1011504" || h.Get("X-MSN-Host") != "inner.example:443" || !strings.Contains(h.Get("X-MSN-Messenger"), "; GW-IP=127.0.0.1:") {
			t.Errorf("got %v", h)
		}
	})
	t.Run("Escargot sends back IP= as GW-IP, but no header of the client's", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "escargot")}
		got := talkHTTP(t, o, post(openNS, ver), post("/gateway/gateway.dll?Action=open&Server=NS&IP=a%0d%0aX-Evil:+1", ver))
		if h := got[0].Header.Get("X-MSN-Messenger"); !strings.HasSuffix(h, "; GW-IP=messenger.hotmail.com") {
			t.Errorf("got %q", h)
		}
		if h := got[1].Header; h.Get("X-Evil") != "" || !strings.HasSuffix(h.Get("X-MSN-Messenger"), "; GW-IP=") {
			t.Errorf("got %v", h)
		}
	})
}

// sessionID returns the session of a response.
func sessionID(t *testing.T, r *http.Response) string {
	t.Helper()
	id, _, ok := strings.Cut(strings.TrimPrefix(r.Header.Get("X-MSN-Messenger"), "SessionID="), ";")
	if !ok || id == "" {
		t.Fatalf("no session in %v", r.Header)
	}
	return id
}

func TestGatewaySessions(t *testing.T) {
	t.Run("a command may come in two requests", func(t *testing.T) {
		g := msnpserver.NewGateway(msnpserver.Options{Face: face(t, "microsoft-2003")})
		address := serveOn(t, g.Serve)
		first := ask(t, address, post(openNS, "VER 1 MS"))
		if b := bodyOf(t, first); b != "" {
			t.Errorf("got %q before the end of the command", b)
		}
		second := ask(t, address, post("/gateway/gateway.dll?SessionID="+sessionID(t, first), "NP8 CVR0\r\n"))
		if b := bodyOf(t, second); b != "VER 1 MSNP8 CVR0\r\n" {
			t.Errorf("got %q", b)
		}
		third := ask(t, address, post("/gateway/gateway.dll?SessionID="+sessionID(t, first), "OUT\r\n"))
		if third.StatusCode != 400 {
			t.Errorf("an old SessionID got %d", third.StatusCode)
		}
		last := ask(t, address, post("/gateway/gateway.dll?SessionID="+sessionID(t, second), "OUT\r\n"))
		if !strings.HasSuffix(last.Header.Get("X-MSN-Messenger"), "; Session=close") {
			t.Errorf("OUT got %v", last.Header)
		}
	})
	t.Run("Escargot's session lingers after OUT", func(t *testing.T) {
		address := serveOn(t, msnpserver.NewGateway(msnpserver.Options{Face: face(t, "escargot")}).Serve)
		id := sessionID(t, ask(t, address, post(openNS, ver)))
		for _, body := range []string{"OUT\r\n", ver} {
			got := ask(t, address, post("/gateway/gateway.dll?SessionID="+id, body))
			if b := bodyOf(t, got); got.StatusCode != 200 || b != "" {
				t.Errorf("got %d %q", got.StatusCode, b)
			}
		}
	})
}

func ask(t *testing.T, address, request string) *http.Response {
	t.Helper()
	conn := dial(t, address)
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp
}

// tape is a connection whose client says something and hears everything.
type tape struct {
	net.Conn
	in  io.Reader
	out bytes.Buffer
}

func (c *tape) Read(p []byte) (int, error)       { return c.in.Read(p) }
func (c *tape) Write(p []byte) (int, error)      { return c.out.Write(p) }
func (c *tape) Close() error                     { return nil }
func (c *tape) LocalAddr() net.Addr              { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }
func (c *tape) SetDeadline(time.Time) error      { return nil }
func (c *tape) SetReadDeadline(time.Time) error  { return nil }
func (c *tape) SetWriteDeadline(time.Time) error { return nil }

func FuzzServerGateway(f *testing.F) {
	f.Add([]byte(post(openNS, ver) + post(openNS, "USR")))
	f.Add([]byte(post("http://g"+openNS, ver)))
	f.Add([]byte("OPTIONS " + openNS + " HTTP/1.1\r\nHost: g\r\n\r\n"))
	f.Add([]byte("POST " + openNS + "&IP=a%0d%0aX-Evil:1 HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nVER \r\n0\r\n\r\n"))
	f.Add([]byte("\x16\x03\x01"))
	f.Fuzz(func(t *testing.T, in []byte) {
		whole := gatewayAnswer(bytes.NewReader(in))
		checkResponses(t, whole)
		if split := gatewayAnswer(iotest.OneByteReader(bytes.NewReader(in))); countResponses(split) != countResponses(whole) {
			t.Fatalf("cut into bytes: %q, whole: %q", split, whole)
		}
	})
}

func gatewayAnswer(in io.Reader) []byte {
	f, _ := msnpserver.FaceByName("escargot")
	conn := &tape{in: in}
	msnpserver.NewGateway(msnpserver.Options{Face: f}).ServeConn(context.Background(), conn)
	return conn.out.Bytes()
}

func countResponses(b []byte) int { return bytes.Count(b, []byte("HTTP/1.1 ")) }

// checkResponses reads what a client would: whole responses, no header of the
// client's making.
func checkResponses(t *testing.T, b []byte) {
	t.Helper()
	in := bufio.NewReader(bytes.NewReader(b))
	for {
		if _, err := in.Peek(1); err == io.EOF {
			return
		}
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatalf("%v in %q", err, b)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			t.Fatalf("%v in %q", err, b)
		}
		for name := range resp.Header {
			switch name {
			case "Content-Type", "Content-Length", "X-Msn-Messenger", "Connection", "Allow", "Access-Control-Expose-Headers":
			default:
				t.Fatalf("unknown header %q in %q", name, b)
			}
		}
	}
}
