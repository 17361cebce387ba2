package verdict

import (
	"slices"
	"time"

	"deadyet"
)

// board is how the servers of a network stand at one moment of its history.
type board struct {
	subject deadyet.Subject
	network deadyet.Network
	first   deadyet.Day // on which a list of main and internal servers began
	day     deadyet.Day // whose listings count
	servers []*seat     // in the order of the network
	byID    map[deadyet.ServerID]*seat
	vague   map[deadyet.FactID]bool
	counts  map[deadyet.Version]bool // versions that the question means, the reference among them
	// compared says that some server was asked about the reference version. As
	// long as there is no such version, any other will do.
	compared bool
	moved    []*seat // that have to be counted again
	tally    tally
	entries  tally // of the network's public names
}

// seat is one server on the board.
type seat struct {
	server  deadyet.Server
	role    deadyet.Role                      // "" when it is not listed
	current map[deadyet.Check]*deadyet.Change // the last one that said anything
	last    map[deadyet.Check]time.Time       // when a version that counts was last taken and no longer is
	stands  tally                             // what the server adds to the board's tally
	moved   bool                              // it has to be counted again
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
		t.listed + sign*o.listed, t.unasked + sign*o.unasked,
		t.reference + sign*o.reference, t.accepting + sign*o.accepting, t.down + sign*o.down,
	}
}

func newBoard(s deadyet.Subject, n deadyet.Network) *board {
	b := &board{subject: s, network: n, first: n.FirstList(), byID: make(map[deadyet.ServerID]*seat, len(n.Servers)), vague: make(map[deadyet.FactID]bool), counts: map[deadyet.Version]bool{s.Rule.Reference: true}}
	for _, sv := range n.Servers {
		st := &seat{server: sv, current: make(map[deadyet.Check]*deadyet.Change), last: make(map[deadyet.Check]time.Time)}
		b.servers, b.byID[sv.ID] = append(b.servers, st), st
	}
	for _, f := range s.Record {
		b.vague[f.ID] = f.Vague()
	}
	for _, i := range s.Versions {
		if i.Counts {
			b.counts[i.Version] = true
		}
	}
	return b
}

// play moves the board on by a change; the tallies follow with [board.settle]. That
// a question is not asked says nothing: its last answer stays.
func (b *board) play(c *deadyet.Change) {
	st := b.byID[c.Check.Server]
	if st == nil || c.To.Answer == deadyet.AnswerUnasked {
		return
	}
	if c.To.Answer == deadyet.AnswerUnclear && c.Check.Kind == deadyet.KindPort && st.current[c.Check] != nil {
		return // tries that disagree open no port, and close none
	}
	if b.accepts(st.current[c.Check]) && !b.accepts(c) {
		st.last[c.Check] = c.When.From
	}
	st.current[c.Check] = c
	b.compared = b.compared || c.Check.Version == b.subject.Rule.Reference
	if !st.moved {
		st.moved, b.moved = true, append(b.moved, st)
	}
}

// settle counts the servers that were played on: a moment can hold many changes
// of one.
func (b *board) settle() {
	for _, st := range b.moved {
		st.moved = false
		b.count(st)
	}
	b.moved = b.moved[:0]
}

// list moves the board on to a day.
func (b *board) list(t time.Time) {
	d := b.dayThatCounts(t)
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
	of := &b.tally
	if st.server.LastListing().Role == deadyet.RoleEntry {
		of = &b.entries
	}
	*of = of.plus(st.stands, -1)
	st.stands = b.stand(st)
	*of = of.plus(st.stands, 1)
}

// stand says what a server adds to the tally.
func (b *board) stand(st *seat) tally {
	switch {
	case st.role == deadyet.RoleDependency:
		return tally{down: count(st.down())}
	case st.role == "":
		return tally{}
	}
	var t tally
	for c, now := range st.current {
		if !b.counts[c.Version] {
			continue
		}
		t.listed = 1
		yes := now.To.Answer == deadyet.AnswerYes
		t.reference |= count(yes && c.Version == b.subject.Rule.Reference)
		t.accepting |= count(yes)
	}
	t.unasked = 1 - t.listed
	return t
}

// counted is the tally that decides. The network's public name stands for it
// while no server behind it is known.
func (b *board) counted() tally {
	if b.tally.listed > 0 || b.entries.listed == 0 {
		return b.tally
	}
	t := b.entries
	t.down = b.tally.down
	return t
}

// votes reports whether the server is among those that are counted.
func (b *board) votes(st *seat) bool {
	if st.role == deadyet.RoleEntry {
		return b.tally.listed == 0
	}
	return st.role.Counted()
}

// accepts reports whether c says that a version that counts was taken.
func (b *board) accepts(c *deadyet.Change) bool {
	return c != nil && c.To.Answer == deadyet.AnswerYes && b.counts[c.Check.Version]
}

// down reports whether none of a dependency's ports is open, and at least one
// is known not to be.
func (st *seat) down() bool {
	shut := false
	for c, now := range st.current {
		switch {
		case c.Kind != deadyet.KindPort:
		case now.To.Answer == deadyet.AnswerYes || now.To.Answer == deadyet.AnswerUnclear:
			return false // a doubt closes nothing
		case now.To.Answer == deadyet.AnswerNo || now.To.Answer == deadyet.AnswerSilent:
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
	t := b.counted()
	takers := t.reference
	if !b.compared {
		takers = t.accepting
	}
	switch {
	case t.listed == 0:
		return deadyet.WordUnknown
	case t.accepting == 0:
		return deadyet.WordYes
	case t.down > 0:
		return deadyet.WordYesBut
	case takers > 0 && takers*100 >= b.subject.Rule.Half*t.listed:
		return deadyet.WordNo
	}
	return deadyet.WordMostly
}

// lastYes returns when a version that counts was last taken by a server that
// counts: now, if one is; zero when none ever was.
func (b *board) lastYes(now time.Time) (last time.Time) {
	if b.counted().accepting > 0 {
		return now
	}
	for _, st := range b.servers {
		if !b.votes(st) {
			continue
		}
		for _, t := range st.last {
			if t.After(last) {
				last = t
			}
		}
	}
	return last
}

// facts returns the facts on which the board rests, ordered, or none when
// anything on it was measured.
func (b *board) facts() []deadyet.FactID {
	var ids []deadyet.FactID
	for _, st := range b.servers {
		if !b.votes(st) {
			continue
		}
		for _, now := range st.current {
			if now.Fact == "" {
				return nil
			}
			if !slices.Contains(ids, now.Fact) {
				ids = append(ids, now.Fact)
			}
		}
	}
	slices.Sort(ids)
	return ids
}
