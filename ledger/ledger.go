package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"deadyet"
	"deadyet/history"
)

// Options say for whom a ledger is kept.
type Options struct {
	Vantage deadyet.VantageID // whose rounds the editions show
	Live    bool              // the listed networks are being asked
}

// Ledger holds what is known of a subject. It is safe for concurrent use.
type Ledger struct {
	book     Book
	subject  deadyet.Subject
	options  Options
	recorded []deadyet.Span // what the record says, expanded once

	recording   sync.Mutex // held from the first look at a round until its edition is out
	subscribers []func(deadyet.Edition)

	mu   sync.RWMutex
	held held // guarded by mu; written while recording is held as well
}

// held is what the ledger has in memory. It equals what the book holds.
type held struct {
	rounds   []deadyet.RoundSummary // latest first
	last     map[deadyet.VantageID]deadyet.RoundNumber
	down     map[deadyet.VantageID]time.Time
	spent    []deadyet.Spent
	checks   map[deadyet.Check]tracked
	past     []deadyet.Span
	changes  []deadyet.Change
	evidence map[deadyet.EvidenceID]*deadyet.Transcript
}

// tracked is what is kept of one check, with what follows from the rounds.
type tracked struct {
	state     history.State
	asked     time.Time  // when it was last found
	exception *Exception // the gap that goes on, nil if none
	latest    Latest
}

// Open loads what the book holds of the subject's findings. It writes nothing:
// a book that can't be written can still be shown. A book of another subject,
// or one that holds simulated rounds where the subject is real or the other
// way round, is refused.
func Open(ctx context.Context, b Book, s deadyet.Subject, o Options) (*Ledger, error) {
	m, err := b.Load(ctx, "")
	if err != nil {
		return nil, fmt.Errorf("open the ledger of %s: %w", s.ID, err)
	}
	if m.Subject != "" && (m.Subject != s.ID || m.Simulated != s.Simulated) {
		return nil, fmt.Errorf("open the ledger of %s: %w", name(s.ID, s.Simulated), &OtherSubjectError{m.Subject, m.Simulated})
	}
	l := &Ledger{book: b, subject: s, options: o, recorded: history.Recorded(s)}
	l.held = recall(m)
	return l, nil
}

// OtherSubjectError says that a store holds another subject than the one it is
// to be used for, or simulated rounds where real ones are meant.
type OtherSubjectError struct {
	Subject   deadyet.SubjectID // what the store holds
	Simulated bool
}

func (e *OtherSubjectError) Error() string {
	return fmt.Sprintf("the store holds %s: give another store, they are never mixed", name(e.Subject, e.Simulated))
}

func name(id deadyet.SubjectID, simulated bool) string {
	if simulated {
		return fmt.Sprintf("subject %q (simulated)", string(id))
	}
	return fmt.Sprintf("subject %q (real)", string(id))
}

// recall turns what a book holds into what the ledger has in memory.
func recall(m Memory) held {
	h := held{
		rounds: remembered(slices.Clone(m.Rounds)), spent: m.Spent, past: m.Past, changes: m.Changes,
		last: orMade(m.Last), down: orMade(m.Down), evidence: orMade(m.Evidence),
		checks: make(map[deadyet.Check]tracked, len(m.Checks)),
	}
	for _, k := range m.Checks {
		t := tracked{
			state:     history.State{Open: k.Open, Pending: k.Pending},
			exception: k.Exception, latest: k.Latest,
		}
		t.asked = h.askedOf(k)
		t.state.Open.Last = lastEqual(t)
		h.checks[k.Open.Check] = t
	}
	return h
}

func orMade[M ~map[K]V, K comparable, V any](m M) M {
	if m == nil {
		return make(M)
	}
	return maps.Clone(m)
}

// askedOf derives when a check was last found: in the last round of its
// network, but for a gap, or before the question was no longer asked.
func (h held) askedOf(k Kept) time.Time {
	switch {
	case k.Open.Outcome.Answer == deadyet.AnswerUnasked:
		return k.Open.Since.From
	case k.Exception != nil:
		return k.Exception.Asked
	}
	return h.lastRound(k.Open.Check.Server.Network())
}

// lastEqual derives when the open span was last found.
func lastEqual(t tracked) time.Time {
	switch {
	case t.state.Open.Outcome.Answer == deadyet.AnswerUnasked:
		return time.Time{}
	case t.state.Pending != nil:
		return t.state.Pending.Since.From
	}
	return t.asked
}
