package msnpclient

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// GatewayOptions say how a gateway is asked. The zero value is usable where
// the gateway does not look at the Host header.
type GatewayOptions struct {
	Host      string        // Host header
	IP        string        // value of IP=; default "messenger.hotmail.com"
	UserAgent string        // default "MSMSGS"
	Limits    Limits        // of messages; the payload's limit is also that of a response's body
	PollEvery time.Duration // how long to wait before asking for more; default 1 s
}

func (o GatewayOptions) withDefaults() GatewayOptions {
	if o.IP == "" {
		o.IP = msnp.DefaultDispatch
	}
	if o.UserAgent == "" {
		o.UserAgent = "MSMSGS"
	}
	if o.PollEvery <= 0 {
		o.PollEvery = time.Second
	}
	return o
}

// Gateway is one HTTP/1.1 connection to an HTTP gateway. It gives out MSNP
// sessions, several in turn. It is not for concurrent use, and neither are
// sessions of the same gateway.
type Gateway struct {
	conn   net.Conn
	opt    GatewayOptions
	limits msnpwire.Limits
	in     *msnpwire.Buffer
	out    []byte
	common []byte // the request from behind its target up to the length
	body   []byte
	info   GatewayInfo
	before GatewayInfo // of the response before, for its strings
	head   head
	dead   bool // no further request on this connection
}

// GatewayInfo is what the last response said besides its body. Its texts are
// the server's: bounded by the limit of the headers, and hostile.
type GatewayInfo struct {
	Status        int
	SessionID     string // the newest one
	SessionClosed bool   // Session=close: the server ended the session
	GWIP          string // GW-IP
	MSNHost       string // X-MSN-Host
	MSNServer     string // X-MSNSERVER
	Server        string
	Location      string
}

// NewGateway returns a gateway on conn, which it owns from now on; inside TLS
// when the result of [Handshake] is given. Nothing is sent yet.
func NewGateway(conn net.Conn, o GatewayOptions) *Gateway {
	o = o.withDefaults()
	return &Gateway{
		conn:   conn,
		opt:    o,
		limits: o.Limits.wire().WithDefaults(),
		in:     msnpwire.NewBuffer(conn),
	}
}

// Session returns a new session on this connection. It opens with its first
// command; until then it costs nothing.
func (g *Gateway) Session() *Session {
	return newSession(&gatewayLink{g: g}, g.opt.Limits)
}

// Reusable reports whether another request may be sent: nothing was sent yet,
// or the last response was read to its end, allowed it, and has nothing behind
// it. What came unasked could be taken for the answer to the next request.
func (g *Gateway) Reusable() bool { return !g.dead && len(g.in.Unread()) == 0 }

// Last describes the last response; it is the zero value before the first.
func (g *Gateway) Last() GatewayInfo { return g.info }

// Close closes the connection.
func (g *Gateway) Close() error {
	g.dead = true
	return (&tcpLink{conn: g.conn}).close()
}

// roundTrip sends one request and reads the response. The body is valid until
// the next call.
func (g *Gateway) roundTrip(target func([]byte) []byte, b []byte) (body []byte, err error) {
	if g.dead {
		return nil, ErrNotReusable
	}
	g.dead = true // until the response says otherwise
	if err := g.write(target, b); err != nil {
		return nil, err
	}
	if err := g.readHead(); err != nil {
		return nil, err
	}
	if err := g.readBody(); err != nil {
		return nil, err
	}
	g.dead = !g.head.reusable()
	return g.body, g.judge()
}

// judge decides whether a complete response is one of a gateway.
func (g *Gateway) judge() error {
	if g.info.Status != 200 {
		return &HTTPStatusError{Status: g.info.Status, Location: g.info.Location}
	}
	if !g.head.messenger {
		return &ForeignError{Service: "HTTP", First: shown(g.body)}
	}
	return nil
}

// write sends the request in one segment where it fits.
func (g *Gateway) write(target func([]byte) []byte, b []byte) error {
	if g.common == nil {
		if err := g.prepare(); err != nil {
			return err
		}
	}
	g.out = append(append(g.out[:0], "POST "...), msnp.GatewayPath...)
	g.out = target(append(g.out, '?'))
	g.out = append(g.out, g.common...)
	g.out = strconv.AppendInt(g.out, int64(len(b)), 10)
	g.out = append(append(g.out, "\r\n\r\n"...), b...)
	_, err := g.conn.Write(g.out)
	return err
}

// prepare writes what all requests share, in the order of old clients.
func (g *Gateway) prepare() error {
	for _, s := range []string{g.opt.Host, g.opt.UserAgent} {
		for _, c := range []byte(s) {
			if c < ' ' || c == 0x7f {
				return fmt.Errorf("write gateway header: control character in %q", s)
			}
		}
	}
	g.common = []byte(" HTTP/1.1\r\nHost: " + g.opt.Host +
		"\r\nUser-Agent: " + g.opt.UserAgent +
		"\r\nAccept: */*\r\nAccept-Language: en-us\r\nConnection: Keep-Alive\r\nPragma: no-cache" +
		"\r\nContent-Type: application/x-msn-messenger\r\nContent-Length: ")
	return nil
}

func (g *Gateway) openTarget(b []byte) []byte {
	return append(append(b, "Action=open&Server=NS&IP="...), url.QueryEscape(g.opt.IP)...)
}

// wait lets the time until the next poll pass.
func (g *Gateway) wait(ctx context.Context) error {
	t := time.NewTimer(g.opt.PollEvery)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
