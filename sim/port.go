package sim

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpserver"
)

// port is one simulated port: a listener while it takes connections, else a
// socket that keeps the address.
type port struct {
	fleet   *Fleet
	host    string // logical
	spec    Port
	address string

	mu     sync.Mutex
	listen net.Listener // guarded by mu; nil while refusing or dropping
	shut   *shut        // guarded by mu; nil while listening
	face   face         // guarded by mu
	row    *fault       // guarded by mu; nil means healthy
	fault  Fault        // guarded by mu
	count  int          // guarded by mu
	stop   context.CancelFunc
	ended  chan struct{} // closed when the accept loop and its connections have ended
}

func newPort(f *Fleet, host string, spec Port, address string) (*port, error) {
	p := &port{fleet: f, host: host, spec: spec, address: address}
	var err error
	if p.face, err = p.newFace(spec.Versions); err != nil {
		return nil, err
	}
	if err := p.open(); err != nil {
		return nil, err
	}
	return p, nil
}

// face is how a healthy port answers.
type face interface {
	ServeConn(ctx context.Context, conn net.Conn)
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

// open starts listening. The first time it learns the address.
func (p *port) open() error {
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		return err
	}
	p.address = l.Addr().String()
	ctx, stop := context.WithCancel(p.fleet.ctx)
	p.listen, p.stop, p.ended = l, stop, make(chan struct{})
	go p.accept(ctx, l, p.ended)
	return nil
}

// accept serves connections until l is closed, and waits for them.
func (p *port) accept(ctx context.Context, l net.Listener, ended chan struct{}) {
	defer close(ended)
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		wg.Go(func() { p.serve(ctx, conn) })
	}
}

// serve lets the fault that is on, and then the face, answer.
func (p *port) serve(ctx context.Context, conn net.Conn) {
	defer conn.Close()
	unhook := context.AfterFunc(ctx, func() { conn.Close() })
	defer unhook()
	p.mu.Lock()
	p.count++
	face, row, fault := p.face, p.row, p.fault
	p.mu.Unlock()
	c := &client{Conn: conn, ctx: ctx, transport: p.spec.Transport, tls: p.fleet.tls}
	if row != nil && row.serve != nil && row.serve(c, fault) {
		return
	}
	face.ServeConn(ctx, c.Conn)
}

// close ends the port for good.
func (p *port) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.quiet()
}

// quiet ends whatever keeps the address: the listener with its connections,
// or the socket that refuses.
func (p *port) quiet() error {
	var err error
	if p.listen != nil {
		err = p.listen.Close()
		p.stop()
		p.unlocked(func() { <-p.ended })
		p.listen = nil
	}
	if p.shut != nil {
		err = errors.Join(err, p.shut.close())
		p.shut = nil
	}
	return err
}

// unlocked waits without the lock, which connections need to begin.
func (p *port) unlocked(wait func()) {
	p.mu.Unlock()
	defer p.mu.Lock()
	wait()
}

// set changes the fault; row nil mends.
func (p *port) set(row *fault, f Fault) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.quiet(); err != nil {
		return fmt.Errorf("close %s: %w", p.address, err)
	}
	p.row, p.fault = row, f
	if row == nil || row.serve != nil {
		return p.open()
	}
	var err error
	p.shut, err = shutAt(p.address, f.Name == "drop")
	return err
}

// take changes the versions; connections that stand keep theirs.
func (p *port) take(versions []msnp.Version) error {
	f, err := p.newFace(versions)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.face = f
	return nil
}

func (p *port) taken() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count
}
