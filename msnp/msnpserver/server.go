package msnpserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"deadyet/msnp/internal/msnpwire"
)

// Server accepts clients over TCP.
type Server struct{ opt Options }

// New returns a server. It keeps nothing between connections.
func New(o Options) *Server { return &Server{opt: o.withDefaults()} }

// Serve accepts clients from l until ctx ends, then closes l and all
// connections and returns nil once they have ended. An error means that
// accepting failed.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	return serve(ctx, l, s.ServeConn)
}

// ServeConn serves one client, closes conn, and returns. The end of ctx closes
// conn too.
func (s *Server) ServeConn(ctx context.Context, conn net.Conn) {
	serveConn(ctx, s.opt, conn, s.answer)
}

func serve(ctx context.Context, l net.Listener, one func(context.Context, net.Conn)) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	defer context.AfterFunc(ctx, func() { _ = l.Close() })() // Accept reports it
	for {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			if err == nil {
				_ = conn.Close() // nobody is served any more
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("accept client: %w", err)
		}
		wg.Go(func() { one(ctx, conn) })
	}
}

// serveConn runs answer on conn between the hook and the end.
func serveConn(ctx context.Context, o Options, conn net.Conn, answer func(net.Conn)) {
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // wakes whoever reads
	used := conn
	if o.Hook != nil {
		if used = o.Hook(conn); used == nil {
			return
		}
		defer used.Close()
	}
	_ = used.SetDeadline(time.Now().Add(o.Idle)) // fails on a closed connection only
	answer(used)
}

func (s *Server) answer(conn net.Conn) {
	switch s.opt.Face.Instead {
	case InsteadEcho:
		echo(conn, conn, s.opt.Idle)
	case InsteadHTTP:
		refuseHTTP(conn, conn)
	default:
		s.talk(conn)
	}
}

// talk answers message by message, as real servers do.
func (s *Server) talk(conn net.Conn) {
	t := newTalk(s.opt, false, conn.LocalAddr().String())
	dec := msnpwire.NewDecoder(conn, msnpwire.FromClient, s.opt.wire())
	for !t.over {
		m, err := dec.Next()
		if err != nil {
			s.giveUp(conn, err)
			return
		}
		_ = conn.SetDeadline(time.Now().Add(s.opt.Idle))
		t.handle(m)
		if len(t.out) > 0 {
			if _, err := conn.Write(t.out); err != nil {
				return
			}
			t.out = t.out[:0]
		}
	}
	hangUp(conn)
}

// giveUp ends a conversation after an error of reading. A quiet face says
// nothing to what makes no sense, and waits for the client to leave.
func (s *Server) giveUp(conn net.Conn, err error) {
	var syntax *msnpwire.SyntaxError
	quiet := s.opt.Face.Quiet || s.opt.Face.Instead == InsteadBoard
	if quiet && errors.As(err, &syntax) {
		_, _ = io.Copy(io.Discard, conn) // until it leaves or the deadline comes
		return
	}
	hangUp(conn)
}

const (
	lingerTime  = time.Second
	lingerBytes = 64 << 10
)

// hangUp sends an end and reads on for a moment: closing with unread bytes
// would reset the connection and could take the answer with it.
func hangUp(conn net.Conn) {
	half, ok := conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	_ = conn.SetReadDeadline(time.Now().Add(lingerTime)) // Close follows anyway
	_, _ = io.CopyN(io.Discard, conn, lingerBytes)
}
