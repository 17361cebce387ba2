package probe

import (
	"net"
	"sync"
	"time"

	"deadyet"
)

// tape records what goes over a connection, up to the limit of a transcript.
type tape struct {
	net.Conn // set once the bytes of the protocol flow: inside TLS if there is any
	began    time.Time

	mu sync.Mutex
	t  *deadyet.Transcript          // guarded by mu
	n  struct{ sent, received int } // bytes that were kept; guarded by mu
}

func newTape(e deadyet.Endpoint, remote string) *tape {
	now := time.Now().UTC()
	return &tape{
		began: now,
		t:     &deadyet.Transcript{Endpoint: e, Remote: remote, Began: now},
	}
}

// Read reads from the connection and records what came.
func (t *tape) Read(b []byte) (int, error) {
	n, err := t.Conn.Read(b)
	t.record(deadyet.Received, b[:n])
	return n, err
}

// Write records b and writes it to the connection.
func (t *tape) Write(b []byte) (int, error) {
	n, err := t.Conn.Write(b)
	t.record(deadyet.Sent, b[:n])
	return n, err
}

// CloseWrite passes the half close on.
func (t *tape) CloseWrite() error { return closeWrite(t.Conn) }

// record keeps b; bytes of one direction that follow each other are one
// exchange, the first of which gives the time.
func (t *tape) record(dir deadyet.Direction, b []byte) {
	if len(b) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	n := &t.n.sent
	if dir == deadyet.Received {
		n = &t.n.received
	}
	keep := min(len(b), deadyet.TranscriptLimit-*n)
	t.t.Dropped += len(b) - keep
	if keep == 0 {
		return
	}
	*n += keep
	es := t.t.Exchanges
	if n := len(es); n > 0 && es[n-1].Dir == dir {
		es[n-1].Bytes = append(es[n-1].Bytes, b[:keep]...)
		return
	}
	t.t.Exchanges = append(es, deadyet.Exchange{Dir: dir, Bytes: append([]byte(nil), b[:keep]...), At: time.Since(t.began)})
}

// transcript returns the transcript, which goes on growing until end.
func (t *tape) transcript() *deadyet.Transcript { return t.t }

// end closes the transcript with words on how the connection ended. The first
// words count.
func (t *tape) end(how string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.t.End == "" {
		t.t.End, t.t.Took = how, time.Since(t.began)
	}
}
