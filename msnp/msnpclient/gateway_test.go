package msnpclient_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"deadyet/msnp/msnpclient"
)

// response is a gateway's, with more fields of the head.
func response(pairs, body string, more ...string) string {
	return "HTTP/1.1 200 OK\r\nX-MSN-Messenger: " + pairs + "\r\n" + strings.Join(more, "") +
		"Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

const ok = "HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=1.1; GW-IP=10.0.0.1\r\n"

func TestGatewayResponses(t *testing.T) {
	status := func(status int, location string) func(error) bool {
		return func(err error) bool {
			var e *msnpclient.HTTPStatusError
			return errors.As(err, &e) && e.Status == status && e.Location == location
		}
	}
	none := func(err error) bool { return err == nil }
	tests := []struct {
		name, in string
		want     func(error) bool
		reusable bool
	}{
		{"a length", response("SessionID=1.1; GW-IP=10.0.0.1", "VER 1 MSNP18\r\n"), none, true},
		{"bare LFs", strings.ReplaceAll(response("SessionID=1.1", "VER 1 MSNP18\n"), "\r", ""), none, true},
		{"chunks", ok + "Transfer-Encoding: chunked\r\n\r\n4;x=y\r\nVER \r\nA\r\n1 MSNP18\r\n\r\n0\r\nTrailer: x\r\n\r\n", none, true},
		{"the end of the connection", ok + "\r\nVER 1 MSNP18\r\n", none, false},
		{"Connection: close", response("SessionID=1.1", "VER 1 MSNP18\r\n", "Connection: close\r\n"), none, false},
		{"HTTP/1.0", strings.Replace(response("SessionID=1.1", "VER 1 MSNP18\r\n"), "1.1 200", "1.0 200", 1), none, false},
		{"HTTP/1.0 kept alive", strings.Replace(response("SessionID=1.1", "VER 1 MSNP18\r\n", "Connection: keep-alive\r\n"), "1.1 200", "1.0 200", 1), none, true},
		{"100 Continue first", "HTTP/1.1 100 Continue\r\n\r\n" + response("SessionID=1.1", "VER 1 MSNP18\r\n"), none, true},
		{"length and chunks", ok + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\nE\r\nVER 1 MSNP18\r\n\r\n0\r\n\r\n", none, false},
		{"no X-MSN-Messenger", "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\nVER 1 MSNP18\r\n", foreign("HTTP"), true},
		{"a redirect", "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n", status(302, "https://elsewhere.example/"), true},
		{"no content", "HTTP/1.1 204 No Content\r\n\r\n", status(204, ""), true},
		{"a server error", "HTTP/1.0 500 Oops\r\n\r\n<html>", status(500, ""), false},
		{"a session that was closed without a word", response("SessionID=1.1; Session=close", ""), is(io.EOF), true},
		{"no session", response("", ""), is(io.EOF), true},
		{"a hang-up", "", is(io.EOF), false},
		{"a hang-up inside the head", "HTTP/1.1 200 OK\r\n", is(io.ErrUnexpectedEOF), false},
		{"a hang-up inside the body", ok + "Content-Length: 100\r\n\r\nVER", is(io.ErrUnexpectedEOF), false},
		{"a hang-up inside a chunk", ok + "Transfer-Encoding: chunked\r\n\r\nFF\r\nVER", is(io.ErrUnexpectedEOF), false},
		{"chunks of a byte, without end", ok + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1;"+strings.Repeat("x", 100)+"\r\nV\r\n", 1000), is(msnpclient.ErrTooLong), false},
		{"two lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nVE", malformed, false},
		{"a negative length", ok + "Content-Length: -1\r\n\r\n", malformed, false},
		{"a field without colon", "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n", malformed, false},
		{"a strange status", "HTTP/1.1 2x0 OK\r\n\r\n", malformed, false},
		{"a strange chunk", ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", malformed, false},
		{"a chunk that is longer than it says", ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nVER 1\r\n", malformed, false},
		{"another encoding", ok + "Transfer-Encoding: gzip\r\n\r\n", malformed, false},
		{"interim responses for ever", strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100), malformed, false},
		{"a body of 2^62 bytes", ok + "Content-Length: 4611686018427387904\r\n\r\n", is(msnpclient.ErrTooLong), false},
		{"a chunk of 2^62 bytes", ok + "Transfer-Encoding: chunked\r\n\r\n4000000000000000\r\n", is(msnpclient.ErrTooLong), false},
		{"a body without end", ok + "\r\n" + strings.Repeat("x", 1<<20), is(msnpclient.ErrTooLong), false},
		{"a head without end", ok + strings.Repeat("X: y\r\n", 1<<16), is(msnpclient.ErrTooLong), false},
		{"a chunk line without end", ok + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("0", 1<<16), is(msnpclient.ErrTooLong), false},
		{"a server of MSNP", "VER 1 MSNP18\r\n", foreign(""), false},
		{"a TLS alert", "\x15\x03\x01\x00\x02\x02\x28", foreign("TLS"), false},
		{"an SSH server", "SSH-2.0-x\r\n", foreign("SSH"), false},
	}
	for _, tt := range tests {
		for how, conn := range map[string]*tape{"": says(tt.in), " byte by byte": drips(tt.in)} {
			t.Run(tt.name+how, func(t *testing.T) {
				g := msnpclient.NewGateway(conn, msnpclient.GatewayOptions{PollEvery: time.Nanosecond})
				got, err := g.Session().Version(t.Context(), 18)
				if !tt.want(err) || (got.Line == "VER 1 MSNP18") != (err == nil) {
					t.Errorf("got %+v, %v", got, err)
				}
				if g.Reusable() != tt.reusable {
					t.Errorf("reusable: got %v", g.Reusable())
				}
			})
		}
	}
}

func TestGatewayRequest(t *testing.T) {
	conn := says(response("SessionID=1.1", "VER 1 MSNP18\r\n"))
	g := msnpclient.NewGateway(conn, msnpclient.GatewayOptions{Host: "gateway.example", IP: "a&b"})
	if _, err := g.Session().Version(t.Context(), 18); err != nil {
		t.Fatal(err)
	}
	want := "POST /gateway/gateway.dll?Action=open&Server=NS&IP=a%26b HTTP/1.1\r\nHost: gateway.example\r\nUser-Agent: MSMSGS\r\n" +
		"Accept: */*\r\nAccept-Language: en-us\r\nConnection: Keep-Alive\r\nPragma: no-cache\r\n" +
		"Content-Type: application/x-msn-messenger\r\nContent-Length: 19\r\n\r\nVER 1 MSNP18 CVR0\r\n"
	if got := conn.out.String(); got != want || conn.writes != 1 {
		t.Errorf("got %q in %d writes, want %q", got, conn.writes, want)
	}
	t.Run("a host can't smuggle in a header", func(t *testing.T) {
		conn := says("")
		g := msnpclient.NewGateway(conn, msnpclient.GatewayOptions{Host: "a\r\nX-Evil: 1"})
		if _, err := g.Session().Version(t.Context(), 18); err == nil || conn.writes != 0 {
			t.Errorf("got %v after %q", err, conn.out.String())
		}
	})
}

func TestGatewaySessions(t *testing.T) {
	client, server := net.Pipe()
	defer client.Close()
	requests := script(server,
		response("SessionID=1.1; GW-IP=10.0.0.1", "VER 1 MSNP18\r\n", "X-MSN-Host: inner.example\r\nX-MSNSERVER: INNER\r\nServer: IIS\r\n"),
		response("SessionID=1.2 ;GW-IP=10.0.0.1", "CVR 2 1.0 1.0 1.0\r\n"),
		response("Session=close; SessionID=1.3", ""),
		response("SessionID=a b&c; Session=close", "VER 1 0\r\n"),
		response("SessionID=3.1", "VER 1 "),
		response("SessionID=3.2", "MSNP8\r\n"),
	)
	g := msnpclient.NewGateway(client, msnpclient.GatewayOptions{Host: "g", IP: "d", PollEvery: time.Nanosecond})
	first := g.Session()
	if got, err := first.Version(t.Context(), 18); err != nil || got.Line != "VER 1 MSNP18" {
		t.Fatalf("got %+v, %v", got, err)
	}
	want := msnpclient.GatewayInfo{Status: 200, SessionID: "1.1", GWIP: "10.0.0.1", MSNHost: "inner.example", MSNServer: "INNER", Server: "IIS"}
	if got := g.Last(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := first.ClientVersion(t.Context(), msnpclient.DefaultClientInfo(18, "a@example.com")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(first.Out(t.Context()), first.Out(t.Context())); err != nil || !g.Last().SessionClosed {
		t.Fatalf("OUT: %v, %+v", err, g.Last())
	}
	second := g.Session()
	if got, err := second.Version(t.Context(), 99); err != nil || !got.Refused {
		t.Fatalf("got %+v, %v", got, err)
	}
	if err := second.Out(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := g.Session().Version(t.Context(), 8); err != nil || got.Line != "VER 1 MSNP8" {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, want := range []string{
		"Action=open&Server=NS&IP=d VER 1 MSNP18 CVR0\r\n",
		"SessionID=1.1 CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.5.1302 BC01 a@example.com\r\n",
		"SessionID=1.2 OUT\r\n",
		"Action=open&Server=NS&IP=d VER 1 MSNP99 CVR0\r\n",
		"Action=open&Server=NS&IP=d VER 1 MSNP8 CVR0\r\n",
		"Action=poll&SessionID=3.1 ",
	} {
		if got := <-requests; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestGatewayPolls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		defer client.Close()
		empty := response("SessionID=1.1", "")
		requests := script(server, empty, empty, empty, empty, empty)
		ctx, cancel := context.WithTimeout(t.Context(), 3500*time.Millisecond)
		defer cancel()
		began := time.Now()
		g := msnpclient.NewGateway(client, msnpclient.GatewayOptions{})
		_, err := g.Session().Version(ctx, 18)
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 3500*time.Millisecond {
			t.Errorf("got %v after %v", err, time.Since(began))
		}
		if !g.Reusable() {
			t.Error("the connection is not reusable after silence between two polls")
		}
		_ = client.Close()
		n := 0
		for range requests {
			n++
		}
		if n != 4 {
			t.Errorf("got %d requests in 3.5 s, want an open and 3 polls", n)
		}
	})
}
