package probe

import (
	"fmt"
	"net"

	"deadyet/msnp/msnpclient"
)

// mostReceived bounds the bytes that one visit reads, over all its connections
// and whatever they were: a dozen times what the most talkative server needs.
// The limits of messages bound what one answer costs; this bounds their sum.
const mostReceived = 4 << 20

var errTooMuch = fmt.Errorf("more than %d bytes at one endpoint: %w", mostReceived, msnpclient.ErrTooLong)

// meter counts what a connection receives against what its visit has left.
type meter struct {
	net.Conn
	left *int // of the visit, which is one goroutine's
}

// Read reads no more than what is left.
func (m *meter) Read(b []byte) (int, error) {
	if *m.left <= 0 {
		return 0, errTooMuch
	}
	n, err := m.Conn.Read(b[:min(len(b), *m.left)])
	*m.left -= n
	return n, err
}

// CloseWrite passes the half close on.
func (m *meter) CloseWrite() error { return closeWrite(m.Conn) }

// closeWrite ends the sending half of a connection that has one, so that the
// server sees a polite end.
func closeWrite(c net.Conn) error {
	if w, ok := c.(interface{ CloseWrite() error }); ok {
		return w.CloseWrite()
	}
	return nil
}
