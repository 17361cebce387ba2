package sim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpserver"
)

// port is one simulated port. It keeps its address for as long as the fleet
// runs: the dial map stays true while the port opens and closes.
type port struct {
	fleet   *Fleet
	logical string // host:port
	host    string // logical
	spec    Port
	address string

	count  atomic.Int64
	manner atomic.Pointer[manner] // never nil; changed with mu held

	mu       sync.Mutex     // held while the port changes; no connection needs it
	keeper   io.Closer      // guarded by mu; nil after the end
	look     State          // guarded by mu; what the port would do without a fault
	versions []msnp.Version // guarded by mu; of manner.face; nil means the face's own
	state    State          // guarded by mu; what active does
	active   io.Closer      // guarded by mu; nil while connections are refused
}

// manner is how an open port answers.
type manner struct {
	face  face
	row   *fault // nil means healthy
	fault Fault
}

// face is how a healthy port answers.
type face interface {
	ServeConn(ctx context.Context, conn net.Conn)
}

func newPort(f *Fleet, host, logical string, spec Port, address string) (*port, error) {
	p := &port{fleet: f, host: host, logical: logical, spec: spec, look: StateOpen, versions: spec.Versions}
	if spec.Closed {
		p.look = StateClosed
	}
	answers, err := p.newFace(spec.Versions)
	if err != nil {
		return nil, err
	}
	p.manner.Store(&manner{face: answers})
	if p.keeper, p.address, err = keep(address); err != nil {
		return nil, err
	}
	if err := p.settle(); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// newFace returns the face of the port with the versions it takes; nil means
// the face's own.
func (p *port) newFace(versions []msnp.Version) (face, error) {
	f, ok := msnpserver.FaceByName(p.spec.Face)
	if !ok {
		return nil, fmt.Errorf("there is no face %q", p.spec.Face)
	}
	if versions != nil {
		f = f.With(versions)
	}
	o := msnpserver.Options{Face: f, RedirectTo: p.spec.RedirectTo, Name: p.host}
	switch p.spec.Transport {
	case deadyet.TransportTCP:
		return msnpserver.New(o), nil
	case deadyet.TransportHTTPS:
		o.TLS = p.fleet.tls
	}
	return msnpserver.NewGateway(o), nil
}

// serve lets the bad line, then the fault that is on, and then the face,
// answer connection number n.
func (p *port) serve(ctx context.Context, conn net.Conn, n int64) {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	c := &client{Conn: conn, ctx: ctx, transport: p.spec.Transport, tls: p.fleet.tls, number: n}
	if p.fleet.loss.takes(c, p.logical, n) {
		return
	}
	m := p.manner.Load()
	if m.row != nil && m.row.serve != nil && m.row.serve(c, m.fault) {
		return
	}
	m.face.ServeConn(ctx, c.Conn)
}
