package msnpclient

import (
	"context"
	"errors"
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

// mostUnasked bounds how much unasked talk is read while waiting for an answer,
// in messages. In bytes it may be as long as one payload.
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
	most int // bytes of unasked talk
	out  []byte
	trID uint32
}

// NewTCP returns a session on conn, which it owns from now on. Nothing is sent
// yet.
func NewTCP(conn net.Conn, limits Limits) *Session {
	return newSession(&tcpLink{conn: conn}, limits)
}

func newSession(l link, limits Limits) *Session {
	wire := limits.wire().WithDefaults()
	return &Session{
		link: l,
		most: wire.Payload,
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
	return s.await(ctx, answers)
}

// await reads until an answer to the last command comes. What has another
// transaction id is no answer, whatever it says; where nothing better comes
// until the talk ends, it is what the server got wrong.
func (s *Session) await(ctx context.Context, answers []string) (msnpwire.Message, error) {
	var stray msnpwire.Message // the last one with another id
	left := s.most
	for range mostUnasked + 1 {
		m, err := s.in.Next()
		if err != nil {
			return msnpwire.Message{}, astray(ctx, stray, err)
		}
		code, failed := m.Code()
		id, numbered := m.TrID()
		switch {
		case failed:
			if err := s.errorReply(code, m); err != nil {
				return msnpwire.Message{}, err
			}
			stray = m
		case contains(answers, m.Name()) && numbered && id == s.trID:
			return m, nil
		case contains(answers, m.Name()):
			stray = m
		}
		if left -= len(m.Line) + len(m.Payload); left < 0 {
			break
		}
	}
	return msnpwire.Message{}, ErrUnasked
}

// astray returns what a talk was that ended with err after an answer to another
// question had come.
func astray(ctx context.Context, stray msnpwire.Message, err error) error {
	var network net.Error
	ended := errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, ErrNotReusable)
	if stray.Words == nil || !ended || ctx.Err() == context.Canceled {
		return err
	}
	return malformed(stray, "the answer to another question")
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
