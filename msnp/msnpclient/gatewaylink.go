package msnpclient

import (
	"context"
	"io"
	"net/url"
)

// gatewayLink is one session through a gateway. What it sends goes out as a
// request; what it reads are the bodies of responses, for which it polls when
// there is nothing left.
type gatewayLink struct {
	g      *Gateway
	ctx    context.Context // of the operation under way: io.Reader has no room for one
	id     string          // the newest SessionID
	opened bool
	ended  bool
	unread []byte
}

func (l *gatewayLink) begin(ctx context.Context) (release func()) {
	l.ctx = ctx
	return interruptible(ctx, l.g.conn)
}

// live reports whether there is a session that can still be spoken on.
func (l *gatewayLink) live() bool { return l.opened && !l.ended }

func (l *gatewayLink) send(b []byte) error {
	if l.ended {
		return io.EOF
	}
	if !l.opened {
		return l.exchange(l.g.openTarget, b)
	}
	return l.exchange(l.sessionTarget, b)
}

// Read returns what came, polling for more until the operation's context ends.
func (l *gatewayLink) Read(p []byte) (int, error) {
	for len(l.unread) == 0 {
		if l.ended {
			return 0, io.EOF
		}
		if err := l.g.wait(l.ctx); err != nil {
			return 0, err
		}
		if err := l.exchange(l.pollTarget, nil); err != nil {
			return 0, err
		}
	}
	n := copy(p, l.unread)
	l.unread = l.unread[n:]
	return n, nil
}

func (l *gatewayLink) exchange(target func([]byte) []byte, b []byte) error {
	body, err := l.g.roundTrip(target, b)
	if err != nil {
		return err
	}
	l.opened = true
	if id := l.g.info.SessionID; id != "" {
		l.id = id
	}
	l.ended = l.g.info.SessionClosed || l.id == ""
	l.unread = append(l.unread, body...)
	return nil
}

func (l *gatewayLink) sessionTarget(b []byte) []byte {
	return append(append(b, "SessionID="...), url.QueryEscape(l.id)...)
}

func (l *gatewayLink) pollTarget(b []byte) []byte {
	return append(append(b, "Action=poll&SessionID="...), url.QueryEscape(l.id)...)
}

func (l *gatewayLink) close() error {
	l.ended, l.unread = true, nil
	return nil
}
