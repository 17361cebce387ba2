package scan

import (
	"sync"

	"deadyet"
)

// LossLimit is the share of packets sent again above which a round has no vote,
// unless the operator sets another. docs/loss.md has the sum.
const LossLimit = 0.25

// fewest is how many packets a judgement needs. Below that three unlucky ones
// could cost the vote, and the tries stand for themselves.
const fewest = 100

// mostEnds is how many endpoints are kept apart: an inventory may have any
// number.
const mostEnds = 1 << 16

// Line estimates how much of what we send is lost. It is told by the dialer and
// read by the runner, round by round. It is safe for concurrent use; the zero
// value is ready.
type Line struct {
	mu     sync.Mutex
	at     map[lineEnd]*sent // guarded by mu
	others sent              // at endpoints that came when at was full; guarded by mu
}

type lineEnd struct {
	host string
	port uint16
}

// sent counts packets at one endpoint.
type sent struct {
	sent, resent int
	lost         int  // packets of attempts that nobody answered
	answered     bool // some attempt was
}

// Add counts what one connection has sent.
func (l *Line) Add(t deadyet.Traffic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at == nil {
		l.at = make(map[lineEnd]*sent)
	}
	k := lineEnd{t.Host, t.Port}
	s := l.at[k]
	switch {
	case s == nil && len(l.at) < mostEnds:
		s = &sent{}
		l.at[k] = s
	case s == nil && !t.Connected:
		return // nobody will know whether somebody is there
	case s == nil:
		s = &l.others
	}
	if !t.Connected {
		s.lost += t.Sent
		return
	}
	s.answered = true
	s.sent += t.Sent
	s.resent += t.Resent
}

// begin forgets the last round.
func (l *Line) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.at, l.others = nil, sent{}
}

// loss adds up. An attempt that nobody answered tells of our line only where
// another one was answered: elsewhere there may be nobody. The round is bad when
// more than limit had to be sent again, also without the host where it was most:
// one host that drops packets by itself is that host's matter.
func (l *Line) loss(limit float64) deadyet.Loss {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := deadyet.Loss{Sent: l.others.sent, Resent: l.others.resent}
	hosts := make(map[string]deadyet.Loss)
	for k, s := range l.at {
		if !s.answered {
			continue
		}
		h := hosts[k.host]
		h.Sent += s.sent + s.lost
		h.Resent += s.resent + s.lost
		hosts[k.host] = h
		all.Sent += s.sent + s.lost
		all.Resent += s.resent + s.lost
	}
	var worst deadyet.Loss
	for _, h := range hosts {
		if h.Resent > worst.Resent {
			worst = h
		}
	}
	rest := deadyet.Loss{Sent: all.Sent - worst.Sent, Resent: all.Resent - worst.Resent}
	all.Bad = rest.Sent >= fewest && all.Share() > limit && rest.Share() > limit
	return all
}
