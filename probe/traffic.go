package probe

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"

	"deadyet"
)

// dialled counts what a dial has sent that took so long: the packet that begins a
// connection is sent again after one second, and then more slowly. Kernels that
// are less patient send more, so this is the least. err is what became of it.
func dialled(took time.Duration, err error) (t deadyet.Traffic, known bool) {
	t.Sent = 1
	for _, again := range []time.Duration{time.Second, 3 * time.Second, 7 * time.Second} {
		if took >= again {
			t.Sent++
		}
	}
	t.Resent, t.Connected = t.Sent-1, err == nil
	if err == nil {
		return t, true
	}
	// What got no answer at all was lost, if another attempt shows that there
	// is somebody; a refusal is an answer, and no traffic worth counting.
	t.Resent = t.Sent
	var ne net.Error
	return t, errors.Is(err, context.DeadlineExceeded) || errors.As(err, &ne) && ne.Timeout()
}

// counted makes a connection of which Traffic is told.
func (d *Dialer) counted(ctx context.Context, host string, address netip.AddrPort) (net.Conn, error) {
	began := time.Now()
	conn, err := (&net.Dialer{KeepAlive: -1}).DialContext(ctx, "tcp", address.String())
	if d.Traffic == nil {
		return conn, err
	}
	t, known := dialled(time.Since(began), err)
	t.Host, t.Port = fold(host), address.Port()
	tcp, is := conn.(*net.TCPConn)
	if err == nil && is {
		return &countedConn{TCPConn: tcp, dialled: t, tell: d.Traffic}, nil
	}
	if known {
		d.Traffic(t)
	}
	return conn, err
}

// countedConn tells what it has sent before it is closed.
type countedConn struct {
	*net.TCPConn
	dialled deadyet.Traffic
	tell    func(deadyet.Traffic)
	once    sync.Once
}

func (c *countedConn) Close() error {
	c.once.Do(func() {
		t := c.dialled
		if sent, resent, ok := segments(c.TCPConn); ok {
			t.Sent, t.Resent = t.Sent+sent-1, resent // each time that the first packet was sent counts
		}
		c.tell(t)
	})
	return c.TCPConn.Close()
}
