package msnpclient

import (
	"context"
	"fmt"
	"io"
	"net"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// Limits bounds what is read of one message. Zero fields mean the defaults:
// lines of 8 KiB, payloads of 64 KiB, 256 words.
type Limits struct{ Line, Payload, Words int }

func (l Limits) wire() msnpwire.Limits {
	return msnpwire.Limits{Line: l.Line, Payload: l.Payload, Words: l.Words}
}

// mostUnasked bounds how much unasked talk is read while waiting for an answer.
const mostUnasked = 64

// link carries a session's bytes: a TCP connection, or requests to a gateway.
type link interface {
	io.Reader
	// begin makes the end of ctx interrupt what follows, until release.
	begin(ctx context.Context) (release func())
	send(b []byte) error
	close() error
}

// Session is one MSNP session, over TCP or through a gateway. It is not for
// concurrent use. Time limits are the caller's: by a deadline on the
// connection, or by the contexts, whose end interrupts reads and writes. Such
// an interruption clears the connection's deadline.
type Session struct {
	link link
	in   *msnpwire.Decoder
	enc  msnpwire.Encoder
	out  []byte
	trID uint32
}

// NewTCP returns a session on conn, which it owns from now on. Nothing is sent
// yet.
func NewTCP(conn net.Conn, limits Limits) *Session {
	return newSession(&tcpLink{conn: conn}, limits)
}

func newSession(l link, limits Limits) *Session {
	wire := limits.wire()
	return &Session{
		link: l,
		in:   msnpwire.NewDecoder(l, msnpwire.FromServer, wire),
		enc:  msnpwire.NewEncoder(msnpwire.FromClient, wire),
	}
}

// Out ends the session politely with OUT. Through a gateway that is one more
// request on the session; where none was opened, nothing happens. It waits for
// no answer over TCP, since servers send none.
func (s *Session) Out(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("send OUT: %w", err)
	}
	defer s.link.begin(ctx)()
	if l, ok := s.link.(*gatewayLink); ok && !l.live() {
		return nil
	}
	if err := s.link.send([]byte(msnp.CommandOUT + "\r\n")); err != nil {
		return fmt.Errorf("send OUT: %w", withCause(ctx, err))
	}
	return nil
}

// Close ends a TCP session by half-closing and closing the connection; it
// sends no OUT. Of a gateway's session it only drops what is left: the
// connection belongs to the [Gateway].
func (s *Session) Close() error { return s.link.close() }

// ask sends a command with the next transaction id before its parameters, and
// returns the first message of one of the given names with that id. An error
// reply to it is returned as *msnp.Error.
func (s *Session) ask(ctx context.Context, answers []string, command string, params ...string) (msnpwire.Message, error) {
	m, err := s.try(ctx, answers, command, params)
	if err != nil {
		return msnpwire.Message{}, fmt.Errorf("ask %s: %w", command, withCause(ctx, translate(err)))
	}
	return m, nil
}

func (s *Session) try(ctx context.Context, answers []string, command string, params []string) (msnpwire.Message, error) {
	if err := ctx.Err(); err != nil {
		return msnpwire.Message{}, err
	}
	s.trID++
	var err error
	if s.out, err = s.request(command, params); err != nil {
		return msnpwire.Message{}, err
	}
	defer s.link.begin(ctx)()
	if err := s.link.send(s.out); err != nil {
		return msnpwire.Message{}, err
	}
	return s.await(answers)
}

// await reads until an answer to the last command comes. What has another
// transaction id is no answer, whatever it says.
func (s *Session) await(answers []string) (msnpwire.Message, error) {
	for range mostUnasked + 1 {
		m, err := s.in.Next()
		if err != nil {
			return msnpwire.Message{}, err
		}
		if code, ok := m.Code(); ok {
			if err := s.errorReply(code, m); err != nil {
				return msnpwire.Message{}, err
			}
			continue
		}
		if id, ok := m.TrID(); ok && id == s.trID && contains(answers, m.Name()) {
			return m, nil
		}
	}
	return msnpwire.Message{}, ErrUnasked
}

// errorReply returns the error that m is to the last command, nil when it
// answers another one.
func (s *Session) errorReply(code msnp.Code, m msnpwire.Message) error {
	if len(m.Words) == 1 {
		return &msnp.Error{Code: code, Payload: m.Payload}
	}
	id, ok := m.TrID()
	if !ok {
		// Mail and file servers greet with three digits too.
		return foreign([]byte(m.Line))
	}
	if id != s.trID {
		return nil
	}
	return &msnp.Error{Code: code, TrID: id, Params: m.Words[2:], Payload: m.Payload}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// withCause adds why the context ended, when that is what interrupted err.
func withCause(ctx context.Context, err error) error {
	cause := ctx.Err()
	if cause == nil || err == cause {
		return err
	}
	return fmt.Errorf("%w: %w", cause, err)
}
