package sim

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// acceptor takes the connections of an open port.
type acceptor struct {
	port     *port
	listener net.Listener
	stop     context.CancelFunc
	ended    chan struct{} // closed when the loop and all connections have ended
}

func accept(p *port) (*acceptor, error) {
	l, err := net.Listen("tcp", p.address)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(p.fleet.ctx)
	a := &acceptor{p, l, stop, make(chan struct{})}
	go a.loop(ctx)
	return a, nil
}

// loop serves each connection in a goroutine of its own. Connections are
// counted here, in the order in which the kernel hands them out: the number
// decides which of them are lost.
func (a *acceptor) loop(ctx context.Context) {
	defer close(a.ended)
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		conn, err := a.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil: // too many open files, which passes
			if !sleep(ctx, 10*time.Millisecond) {
				return
			}
		default:
			n := a.port.count.Add(1)
			wg.Go(func() { a.port.serve(ctx, conn, n) })
		}
	}
}

// Close ends the listener and all connections, and waits for them.
func (a *acceptor) Close() error {
	err := a.listener.Close()
	a.stop()
	<-a.ended
	return err
}
