package msnpserver

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"deadyet/msnp"
)

const mostHead = 16 << 10 // bytes of a request's head

// Gateway accepts clients over HTTP, inside TLS where Options.TLS is set or
// the connection is a *tls.Conn. Inside TLS it also takes MSNP24's raw hello.
// It takes relative and absolute-form targets and keeps connections alive.
type Gateway struct {
	opt      Options
	sessions *sessions
}

// NewGateway returns a gateway. Its sessions outlive their connections for as
// long as a client may be silent between two requests.
func NewGateway(o Options) *Gateway {
	o = o.withDefaults()
	return &Gateway{opt: o, sessions: newSessions(o)}
}

// Serve accepts clients from l until ctx ends, then closes l and all
// connections and returns nil once they have ended. An error means that
// accepting failed.
func (g *Gateway) Serve(ctx context.Context, l net.Listener) error {
	return serve(ctx, l, g.ServeConn)
}

// ServeConn serves one connection, closes it, and returns. The end of ctx
// closes it too.
func (g *Gateway) ServeConn(ctx context.Context, conn net.Conn) {
	serveConn(ctx, g.opt, conn, g.answer)
}

func (g *Gateway) answer(conn net.Conn) {
	_, secret := conn.(*tls.Conn)
	if g.opt.TLS != nil {
		c := tls.Server(conn, g.opt.TLS)
		if c.Handshake() != nil {
			return // what a client can't do is its own affair
		}
		conn, secret = c, true
	}
	head := &io.LimitedReader{R: conn, N: mostHead}
	in := bufio.NewReader(head)
	switch g.opt.Face.Instead {
	case InsteadEcho:
		echo(conn, conn, g.opt.Idle)
		return
	case InsteadHTTP:
		refuseHTTP(conn, conn)
		return
	}
	if secret && isHello(in) {
		g.hello(conn, in)
		return
	}
	g.requests(conn, head, in)
}

// isHello looks for MSNP24's first bytes, which no HTTP method has.
func isHello(in *bufio.Reader) bool {
	b, err := in.Peek(4)
	return err == nil && string(b) == msnp.CommandCNT+" "
}

// requests answers one request after the other, as long as both sides want to.
func (g *Gateway) requests(conn net.Conn, head *io.LimitedReader, in *bufio.Reader) {
	for {
		_ = conn.SetDeadline(time.Now().Add(g.opt.Idle)) // fails on a closed connection only
		head.N = mostHead
		r, err := http.ReadRequest(in)
		if err != nil {
			g.refuse(conn, err)
			return
		}
		head.N = int64(g.opt.wire().Payload) + mostHead
		resp := g.respond(r, conn.LocalAddr().String())
		if resp.drop {
			return
		}
		if _, err := conn.Write(resp.bytes()); err != nil {
			return
		}
		if resp.close {
			hangUp(conn)
			return
		}
	}
}

// refuse answers what is no request, unless nobody is there to read it.
func (g *Gateway) refuse(conn net.Conn, err error) {
	var broken net.Error
	if errors.Is(err, io.EOF) || errors.As(err, &broken) {
		return
	}
	resp := plain(http.StatusBadRequest)
	resp.close = true
	if _, err := conn.Write(resp.bytes()); err == nil {
		hangUp(conn)
	}
}

// respond makes the response to one request.
func (g *Gateway) respond(r *http.Request, local string) response {
	limit := int64(g.opt.wire().Payload)
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	switch {
	case err != nil:
		return plain(http.StatusBadRequest).closing()
	case int64(len(body)) > limit:
		return plain(http.StatusRequestEntityTooLarge).closing()
	}
	resp := g.route(r, body, local)
	resp.close = resp.close || r.Close
	return resp
}

func (g *Gateway) route(r *http.Request, body []byte, local string) response {
	switch {
	case r.URL.Path != msnp.GatewayPath:
		return plain(http.StatusNotFound)
	case r.Method == http.MethodOptions:
		return plain(http.StatusOK).with("Access-Control-Expose-Headers", "X-MSN-Messenger")
	case r.Method != http.MethodPost:
		return plain(http.StatusMethodNotAllowed).with("Allow", "OPTIONS,POST")
	}
	q := r.URL.Query()
	switch action := q.Get("Action"); {
	case action == "open":
		return g.open(q, body, local)
	case q.Get("SessionID") == "":
		return plain(http.StatusBadRequest)
	case action == "poll":
		return g.resume(q.Get("SessionID"), nil)
	default:
		return g.resume(q.Get("SessionID"), body)
	}
}
