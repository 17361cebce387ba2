package ledger

import (
	"context"
	"fmt"
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
	lane        lane             // guarded by recording
	spare       []deadyet.Rollup // guarded by recording: room for the sums after the next round
	doubt       bool             // guarded by recording: the book may have kept a round that is not held

	publishing sync.Mutex // held while items are published; never waits for recording
	uncertain  bool       // guarded by publishing: the book may have kept items that are not held

	mu    sync.RWMutex
	held  held  // guarded by mu; written while recording, or publishing for published, is held as well
	index index // the same

	looking sync.Mutex // guards what follows; taken after mu
	hind    *hindsight // nil until somebody asks for the past
	hindOf  revision
}

// held is what the ledger has in memory. It equals what the book holds.
type held struct {
	rounds    []deadyet.RoundSummary // latest first
	last      map[deadyet.VantageID]deadyet.RoundNumber
	down      map[deadyet.VantageID]time.Time
	spent     []deadyet.Spent
	checks    map[deadyet.Check]*tracked
	tracks    []*tracked     // the same, in no order that means anything
	past      []deadyet.Span // in no order; what is there is never changed
	changes   []deadyet.Change
	published []deadyet.Published                    // by First, then ID
	rollups   map[deadyet.VantageID][]deadyet.Rollup // of its last day
	evidence  map[deadyet.EvidenceID]*deadyet.Transcript
	uses      map[deadyet.EvidenceID]int // how many checks need it
}

// tracked is what is kept of one check. What follows from the rounds is not:
// see [held.asked] and [held.state].
type tracked struct {
	kept      history.State // Open.Last is not kept
	exception *Exception    // the gap that goes on, nil if none
	flapped   *Exception    // the latest flap, nil if there never was one
	latest    Latest

	place int      // in held.tracks
	past  []ending // by time
}

// Open loads what the book holds of the subject's findings. It writes nothing:
// a book that can't be written can still be shown. A book of another subject,
// or one that holds simulated rounds where the subject is real or the other
// way round, is refused.
func Open(ctx context.Context, b Book, s deadyet.Subject, o Options) (*Ledger, error) {
	recorded := make(chan []deadyet.Span)
	go func() { recorded <- history.Recorded(s) }() // while the book is read
	m, err := b.Load(ctx, "")
	l := &Ledger{book: b, subject: s, options: o, recorded: <-recorded}
	if err != nil {
		return nil, fmt.Errorf("open the ledger of %s: %w", s.ID, err)
	}
	if m.Subject != "" && (m.Subject != s.ID || m.Simulated != s.Simulated) {
		return nil, fmt.Errorf("open the ledger of %s: %w", name(s.ID, s.Simulated), &OtherSubjectError{m.Subject, m.Simulated})
	}
	l.remember(m)
	return l, nil
}

// remember takes over what the book holds.
func (l *Ledger) remember(m Memory) {
	l.held = recall(m)
	l.index = makeIndex(l.subject, l.recorded, &l.held)
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
