package msnpclient

import (
	"context"
	"errors"
	"fmt"
	"net"
)

// tcpLink is the protocol itself on a connection.
type tcpLink struct{ conn net.Conn }

func (l *tcpLink) Read(p []byte) (int, error) { return l.conn.Read(p) }

func (l *tcpLink) begin(ctx context.Context) (release func()) { return interruptible(ctx, l.conn) }

func (l *tcpLink) send(b []byte) error {
	_, err := l.conn.Write(b)
	return err
}

// close half-closes first, so that the peer reads an end and not a reset where
// bytes of it are still unread.
func (l *tcpLink) close() error {
	if half, ok := l.conn.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite() // the peer may be gone already; Close tells
	}
	if err := l.conn.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("close session: %w", err)
	}
	return nil
}
