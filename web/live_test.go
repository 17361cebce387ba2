package web_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"deadyet/site/sitetest"
	"deadyet/web"
)

// listen serves s on a port of its own until the test ends.
func listen(t *testing.T, s *web.Server) (url string, server *http.Server) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server = web.HTTPServer(l.Addr().String(), s)
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return "http://" + l.Addr().String(), server
}

// events opens the stream of a page and returns its lines of data, as they
// come. The channel is closed when the server ends the stream.
func events(t *testing.T, url string) <-chan string {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	r, err := client.Get(url + "/live")
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Header.Get("Content-Type"); r.StatusCode != 200 || got != "text/event-stream" {
		t.Fatalf("got %d %s, want a stream", r.StatusCode, got)
	}
	out := make(chan string, 16)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(out)
		lines := bufio.NewScanner(r.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				out <- data
			}
		}
	}()
	t.Cleanup(func() { r.Body.Close(); <-done; client.CloseIdleConnections() })
	return out
}

// A page hears what is shown now, and of a newer edition when a visitor can see
// that it is another: not when only time has passed.
func TestLive_TellsOfChanges(t *testing.T) {
	e := sitetest.Small()
	s := serving(t, e)
	url, server := listen(t, s)
	heard := events(t, url)
	first := <-heard
	if first == "" {
		t.Error("the first event names nothing")
	}
	e.At = e.At.Add(time.Minute)
	if err := s.Publish(e); err != nil {
		t.Fatal(err)
	}
	e.Items = e.Items[1:]
	if err := s.Publish(e); err != nil {
		t.Fatal(err)
	}
	if second := <-heard; second == first || second == "" {
		t.Errorf("after an item less the event names %q, before it %q", second, first)
	}
	if err := server.Shutdown(context.Background()); err != nil {
		t.Errorf("a server with a listener did not end: %v", err)
	}
	if more, ok := <-heard; ok {
		t.Errorf("after the end came %q: time alone is no change", more)
	}
}

// Where a thousand listen and more come, those are told not to try again by
// themselves; the page is still there for them.
func TestLive_HasALimit(t *testing.T) {
	s := serving(t, sitetest.Small())
	release := web.Crowd(s)
	defer release()
	if got := ask(s, "GET", "/live").StatusCode; got != http.StatusNoContent {
		t.Errorf("one listener too many got %d, want 204", got)
	}
	if got := ask(s, "GET", "/").StatusCode; got != http.StatusOK {
		t.Errorf("the page answered %d beside a crowd of listeners", got)
	}
}
