package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"deadyet"
)

// livePath is where a page hears that there is a newer one.
const livePath = "/live"

const (
	// listenersLimit is how many pages are told at a time; the others have to be
	// loaded again by hand.
	listenersLimit = 2000
	// heartbeat keeps a connection open over which nothing is told for long.
	heartbeat = 25 * time.Second
	// hearing is how long a listener may take to take in one event.
	hearing = 10 * time.Second
)

// bell rings whenever something that a visitor could see has changed.
type bell struct {
	mu        sync.Mutex
	name      string        // of what was told last
	rung      chan struct{} // closed when the name changes; made by the first who waits
	listeners atomic.Int64
	closing   chan struct{}
	closed    sync.Once
}

// ring tells all who wait, unless they know that name.
func (b *bell) ring(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.name == name {
		return
	}
	b.name = name
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}

// last returns what was told last, and what is closed when there is more.
func (b *bell) last() (name string, more <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.name, b.rung
}

// change names what a visitor can see of an edition. The mere passing of time
// leaves it as it is.
func change(e deadyet.Edition) string {
	h := sha256.New()
	fmt.Fprintln(h, e.Subject.ID, e.Verdict.Word, e.Verdict.Reason, e.Down, len(e.Items), len(e.Rounds))
	for _, i := range e.Items {
		fmt.Fprintln(h, i.ID, i.Updated, i.Title)
	}
	for _, r := range e.Rounds {
		fmt.Fprintln(h, r.Number, r.Vantage, r.Began)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Close ends the connections over which pages hear of newer ones, which would
// otherwise never end by themselves. Requests are still answered.
func (s *Server) Close() {
	s.bell.closed.Do(func() { close(s.bell.closing) })
}

// tell sends the name of what is shown as a server-sent event, and again
// whenever it changes, until the visitor leaves or the server closes.
func (s *Server) tell(w http.ResponseWriter, req *http.Request) int {
	b := &s.bell
	defer b.listeners.Add(-1)
	if b.listeners.Add(1) > listenersLimit {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent) // tells a browser not to come back by itself
		return http.StatusNoContent
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // some proxies hold back what looks small
	if req.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return http.StatusOK
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	name, more := b.last()
	event := "retry: 10000\n" + editionEvent(name)
	for {
		if !push(w, event) {
			return http.StatusOK
		}
		select {
		case <-more:
			name, more = b.last()
			event = editionEvent(name)
		case <-beat.C:
			event = ":\n\n"
		case <-b.closing:
			return http.StatusOK
		case <-req.Context().Done():
			return http.StatusOK
		}
	}
}

func editionEvent(name string) string { return "event: edition\ndata: " + name + "\n\n" }

// push writes an event at once, and reports whether it went out.
func push(w http.ResponseWriter, event string) bool {
	c := http.NewResponseController(w)
	// Writers that know no deadline, such as those of tests, do without.
	_ = c.SetWriteDeadline(time.Now().Add(hearing))
	if _, err := w.Write([]byte(event)); err != nil {
		return false
	}
	return c.Flush() == nil
}
