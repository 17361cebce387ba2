package verdict

import (
	"slices"
	"time"

	"deadyet"
)

// board is how the servers of a network stand at one moment of a replay.
type board struct {
	subject deadyet.Subject
	network deadyet.Network
	day     deadyet.Day // whose listings count
	servers []*seat     // in the order of the network
	byID    map[deadyet.ServerID]*seat
	tally   tally
}

// seat is one server on the board.
type seat struct {
	server  deadyet.Server
	role    deadyet.Role                   // "" when it is not listed
	current map[deadyet.Check]deadyet.Span // the last span that said anything
	taken   map[deadyet.Check]deadyet.Span // the last yes of a version that counts
	stands  tally                          // what the server adds to the board's tally
}

// tally counts servers.
type tally struct {
	listed    int // that count, and of which something is known
	unasked   int // that would count, but were never asked
	reference int // of the listed, those that take the reference version
	accepting int // of the listed, those that take any version that counts
	down      int // dependencies that are down
}

func (t tally) plus(o tally, sign int) tally {
	return tally{
		t.listed + sign*o.listed, t.unasked + sign*o.unasked, t.reference + sign*o.reference,
		t.accepting + sign*o.accepting, t.down + sign*o.down,
	}
}

func newBoard(s deadyet.Subject, n deadyet.Network) *board {
	b := &board{subject: s, network: n, byID: make(map[deadyet.ServerID]*seat, len(n.Servers))}
	for _, sv := range n.Servers {
		st := &seat{server: sv, current: make(map[deadyet.Check]deadyet.Span), taken: make(map[deadyet.Check]deadyet.Span)}
		b.servers, b.byID[sv.ID] = append(b.servers, st), st
	}
	return b
}

// play moves the board on to e.
func (b *board) play(e event) {
	b.list(dayThatCounts(b.network, e.at))
	st := b.byID[e.span.Check.Server]
	if st == nil {
		return // a listing only, or a server that left the configuration
	}
	st.current[e.span.Check] = e.span
	if b.accepts(e.span) {
		st.taken[e.span.Check] = e.span
	}
	b.count(st)
}

// list moves the board on to a day.
func (b *board) list(d deadyet.Day) {
	if d == b.day {
		return
	}
	b.day = d
	for _, st := range b.servers {
		l, _ := st.server.ListingOn(d)
		if l.Role != st.role {
			st.role = l.Role
			b.count(st)
		}
	}
}

func (b *board) count(st *seat) {
	b.tally = b.tally.plus(st.stands, -1)
	st.stands = b.stand(st)
	b.tally = b.tally.plus(st.stands, 1)
}

// stand says what a server adds to the tally.
func (b *board) stand(st *seat) tally {
	var t tally
	switch {
	case st.role == deadyet.RoleDependency:
		t.down = count(st.down())
	case votes(st.role):
		asked, reference, accepting := b.takes(st)
		t = tally{listed: count(asked), unasked: count(!asked), reference: count(reference), accepting: count(accepting)}
	}
	return t
}

func (b *board) takes(st *seat) (asked, reference, accepting bool) {
	for c, s := range st.current {
		is := c.Version == b.subject.Rule.Reference
		if !is && !b.subject.Counts(c.Version) {
			continue
		}
		asked = true
		yes := s.Outcome.Answer == deadyet.AnswerYes
		reference = reference || yes && is
		accepting = accepting || yes
	}
	return asked, reference, accepting
}

// accepts reports whether s says that a version that counts was taken.
func (b *board) accepts(s deadyet.Span) bool {
	v := s.Check.Version
	return s.Outcome.Answer == deadyet.AnswerYes && (v == b.subject.Rule.Reference || b.subject.Counts(v))
}

// down reports whether none of a dependency's ports is open, and at least one
// is known not to be.
func (st *seat) down() bool {
	shut := false
	for c, s := range st.current {
		switch {
		case c.Kind != deadyet.KindPort:
		case s.Outcome.Answer == deadyet.AnswerYes:
			return false
		case s.Outcome.Answer == deadyet.AnswerNo || s.Outcome.Answer == deadyet.AnswerSilent:
			shut = true
		}
	}
	return shut
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// word is the verdict of the moment, without regard to how long it has held
// and to our own line.
func (b *board) word() deadyet.Word {
	t := b.tally
	switch {
	case t.listed == 0:
		return deadyet.WordUnknown
	case t.accepting == 0:
		return deadyet.WordYes
	case t.down > 0:
		return deadyet.WordYesBut
	case t.reference > 0 && t.reference*100 >= b.subject.Rule.Half*t.listed:
		return deadyet.WordNo
	}
	return deadyet.WordMostly
}

// lastYes returns when a version that counts was last taken by a server that
// counts; zero when none ever was.
func (b *board) lastYes() time.Time {
	var last time.Time
	for _, st := range b.servers {
		if !votes(st.role) {
			continue
		}
		for _, s := range st.taken {
			if t := lastFound(s); t.After(last) {
				last = t
			}
		}
	}
	return last
}

// lastFound returns the last moment at which the span is known to have held.
func lastFound(s deadyet.Span) time.Time {
	switch {
	case !s.Last.IsZero():
		return s.Last
	case !s.Open():
		return s.Until.From
	}
	return begins(s)
}

// facts returns the facts on which the board rests, ordered, or none when
// anything on it was measured.
func (b *board) facts() []deadyet.FactID {
	var ids []deadyet.FactID
	for _, st := range b.servers {
		for _, s := range st.current {
			if !votes(st.role) {
				continue
			}
			if !s.Recorded() {
				return nil
			}
			if !slices.Contains(ids, s.Fact) {
				ids = append(ids, s.Fact)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

// downNames returns the names of the dependencies that are down.
func (b *board) downNames() (names []string) {
	for _, st := range b.servers {
		if st.stands.down > 0 {
			names = append(names, st.server.ID.Name())
		}
	}
	return names
}
