package msnpserver

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"sync"
	"time"

	"deadyet/msnp/internal/msnpwire"
)

const (
	mostSessions = 20_000
	sessionLife  = time.Minute // after its last request
)

// session is an MSNP session that lives across requests.
type session struct {
	busy sync.Mutex // held while a request is answered; guards all but touched
	talk *talk
	rest []byte // the beginning of a command whose end has not come
	ip   string

	id      string
	touched time.Time // guarded by sessions.mu
}

// feed hands the commands of one body to the talk and returns what it says. A
// command may not be assumed to end with the body.
func (s *session) feed(body []byte, o Options) []byte {
	s.talk.out = nil
	in := append(s.rest, body...)
	dec := msnpwire.NewDecoder(bytes.NewReader(in), msnpwire.FromClient, o.wire())
	for !s.talk.over {
		m, err := dec.Next()
		if err != nil {
			s.keep(in[dec.Offset():], err, o)
			break
		}
		s.talk.handle(m)
	}
	return s.talk.out
}

// keep decides over bytes that make no command yet, or never will.
func (s *session) keep(rest []byte, err error, o Options) {
	s.rest = nil
	lim := o.wire()
	if isCut(err) && len(rest) <= lim.Line+lim.Payload {
		s.rest = bytes.Clone(rest)
		return
	}
	if len(rest) > 0 {
		s.talk.misunderstood()
	}
}

// sessions are a gateway's sessions by their newest id.
type sessions struct {
	fixed bool

	mu    sync.Mutex
	byID  map[string]*session // guarded by mu
	swept time.Time           // guarded by mu
}

func newSessions(o Options) *sessions {
	return &sessions{fixed: o.Face.Gateway.FixedID, byID: make(map[string]*session)}
}

// add gives s an id; ok is false when there are too many sessions.
func (ss *sessions) add(s *session) (ok bool) {
	now := time.Now()
	ss.mu.Lock()
	defer ss.mu.Unlock()
	ss.sweep(now)
	if len(ss.byID) >= mostSessions {
		return false
	}
	s.id, s.touched = ss.newID(), now
	ss.byID[s.id] = s
	return true
}

// sweep removes sessions that were given up. It runs when one is added, so
// that no goroutine has to.
func (ss *sessions) sweep(now time.Time) {
	if now.Sub(ss.swept) < sessionLife/6 {
		return
	}
	ss.swept = now
	for id, s := range ss.byID {
		if now.Sub(s.touched) > sessionLife {
			delete(ss.byID, id)
		}
	}
}

// find returns the session of that id, nil when there is none.
func (ss *sessions) find(id string) *session {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	return ss.byID[id]
}

// touch notes a request, and gives s a new id where the face does so.
func (ss *sessions) touch(s *session) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s.touched = time.Now()
	if !ss.fixed {
		delete(ss.byID, s.id)
		s.id = ss.newID()
		ss.byID[s.id] = s
	}
}

func (ss *sessions) remove(s *session) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	delete(ss.byID, s.id)
}

// newID has Escargot's form or Microsoft's.
func (ss *sessions) newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	if ss.fixed {
		return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
	}
	return fmt.Sprintf("%d.%d", binary.BigEndian.Uint32(b[:]), binary.BigEndian.Uint32(b[4:]))
}
