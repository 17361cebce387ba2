package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"deadyet/site/sitetest"
	"deadyet/web"
)

const benchRequest = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nAccept: text/html\r\n\r\n"

// BenchmarkFront serves the front page of 300 servers over one kept
// connection; compare it with BenchmarkBare in the same run.
func BenchmarkFront(b *testing.B) {
	benchmark(b, serving(b, sitetest.Fleet(300)))
}

// BenchmarkBare serves the same bytes by a handler that does nothing else.
func BenchmarkBare(b *testing.B) {
	r := ask(serving(b, sitetest.Fleet(300)), "GET", "/", "Accept-Encoding", "gzip")
	body := []byte(bodyOf(b, r))
	benchmark(b, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		if _, err := w.Write(body); err != nil {
			b.Error(err)
		}
	}))
}

func benchmark(b *testing.B, h http.Handler) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := web.HTTPServer("", h)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	b.Cleanup(func() {
		if err := s.Shutdown(context.Background()); err != nil {
			b.Error(err)
		}
		<-done
	})
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 64<<10)
	b.ReportAllocs()
	for b.Loop() {
		n, err := exchange(conn, in)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(n)
	}
}

// exchange is the leanest client that there can be, so that the server is what
// is measured.
func exchange(conn net.Conn, in *bufio.Reader) (length int64, err error) {
	if _, err := io.WriteString(conn, benchRequest); err != nil {
		return 0, fmt.Errorf("send request: %w", err)
	}
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return 0, fmt.Errorf("read headers: %w", err)
		}
		if len(line) <= 2 {
			break
		}
		if value, ok := strings.CutPrefix(string(line), "Content-Length: "); ok {
			if length, err = strconv.ParseInt(strings.TrimSpace(value), 10, 64); err != nil {
				return 0, fmt.Errorf("read length: %w", err)
			}
		}
	}
	if _, err := in.Discard(int(length)); err != nil {
		return 0, fmt.Errorf("read body: %w", err)
	}
	return length, nil
}
