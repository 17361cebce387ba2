package sim

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"time"

	"deadyet"
)

// client is one connection to a simulated port.
type client struct {
	net.Conn
	ctx       context.Context
	transport deadyet.Transport
	tls       *tls.Config
	number    int64 // of the connection at its port, from 1 on
}

// inside returns the connection inside TLS where the port has TLS, so that a
// fault speaks the language of its port.
func (c *client) inside() net.Conn {
	if c.transport == deadyet.TransportHTTPS {
		return tls.Server(c.Conn, c.tls)
	}
	return c.Conn
}

// hear reads the first bytes that the client says.
func hear(conn net.Conn) { _, _ = conn.Read(make([]byte, 4096)) }

// drain reads until the client leaves, so that closing never turns into a
// reset that overtakes what was said.
func drain(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }

func say(conn net.Conn, text string) { _, _ = io.WriteString(conn, text) }

// hangUp ends its half at once and lets the client leave: closing would turn
// into a reset as soon as the client says something.
func hangUp(c *client, _ Fault) bool {
	closeWrite(c.Conn)
	drain(c.Conn)
	return true
}

func reset(c *client, _ Fault) bool {
	hear(c.Conn)
	abort(c.Conn)
	return true
}

// abort makes the close a reset.
func abort(conn net.Conn) {
	if t, ok := conn.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
}

func tarpit(c *client, _ Fault) bool {
	<-c.ctx.Done()
	return true
}

// drip lets the face answer through a pipe that gives out a byte at a time.
func drip(c *client, f Fault) bool {
	c.Conn = &dripConn{Conn: c.Conn, ctx: c.ctx, pause: f.Pause}
	return false
}

type dripConn struct {
	net.Conn
	ctx   context.Context
	pause time.Duration
}

func (d *dripConn) Write(b []byte) (int, error) {
	for i := range b {
		if !sleep(d.ctx, d.pause) {
			return i, d.ctx.Err()
		}
		if _, err := d.Conn.Write(b[i : i+1]); err != nil {
			return i, err
		}
	}
	return len(b), nil
}

// slow delays whatever the face answers.
func slow(c *client, f Fault) bool {
	c.Conn = &slowConn{Conn: c.Conn, ctx: c.ctx, pause: f.Pause}
	return false
}

type slowConn struct {
	net.Conn
	ctx   context.Context
	pause time.Duration
}

func (s *slowConn) Write(b []byte) (int, error) {
	if !sleep(s.ctx, s.pause) {
		return 0, s.ctx.Err()
	}
	return s.Conn.Write(b)
}

// sleep returns false when ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func garbage(c *client, _ Fault) bool {
	conn := c.inside()
	hear(conn)
	say(conn, "\x00\x01\xfe\xffno protocol at all\x07\r\n\r\n")
	drain(conn)
	return true
}

func foreignHTTP(c *client, _ Fault) bool {
	return answerOnce(c.inside(), "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 20\r\nConnection: close\r\n\r\n<h1>Bad Request</h1>")
}

// answerOnce says the same to whatever it hears, and lets the client leave.
func answerOnce(conn net.Conn, text string) bool {
	hear(conn)
	say(conn, text)
	closeWrite(conn)
	drain(conn)
	return true
}

func foreignSSH(c *client, _ Fault) bool {
	say(c.Conn, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")
	drain(c.Conn)
	return true
}

func gateway503(c *client, _ Fault) bool {
	return answerOnce(c.inside(), "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nbusy\n")
}

// tlsAlert answers a ClientHello by a fatal handshake_failure.
func tlsAlert(c *client, _ Fault) bool {
	return answerOnce(c.Conn, "\x15\x03\x01\x00\x02\x02\x28")
}

func closeWrite(conn net.Conn) {
	if w, ok := conn.(interface{ CloseWrite() error }); ok {
		_ = w.CloseWrite()
	}
}
