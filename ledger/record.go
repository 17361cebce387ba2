package ledger

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"deadyet"
)

// Record keeps a round, with everything that it changes, in one transaction,
// and gives the new edition to the subscribers before it returns.
//
// Recording the same round (vantage and number) again is harmless. After an
// error nothing has changed here, and the round can be offered again, or given
// up. Should the book have taken it in spite of its error, that is found out
// before anything else is recorded. A round that began before the last one of
// its vantage is refused: time never runs backwards within a source.
func (l *Ledger) Record(ctx context.Context, r deadyet.Round) error {
	l.recording.Lock()
	defer l.recording.Unlock()
	// Without the reading of the monotonic clock, what is in memory equals
	// what is loaded later.
	r.Began, r.Ended = r.Began.UTC().Round(0), r.Ended.UTC().Round(0)
	if err := l.ascertain(ctx); err != nil {
		return fmt.Errorf("record round %d of %s: %w", r.Number, r.Vantage, err)
	}
	known, err := l.known(r)
	if known || err != nil {
		return err
	}
	d := l.draft(&r)
	if d.evidence.err != nil {
		return fmt.Errorf("record round %d of %s: %w", r.Number, r.Vantage, d.evidence.err)
	}
	if err := l.book.Commit(ctx, d.entry); err != nil {
		l.doubt = true
		return fmt.Errorf("record round %d of %s: %w", r.Number, r.Vantage, err)
	}
	l.apply(d)
	l.publish(r.Ended)
	return nil
}

// ascertain reads the book again after it has returned an error: as with any
// store, that may have come behind the commit. What nobody has seen yet is then
// shown.
func (l *Ledger) ascertain(ctx context.Context) error {
	if !l.doubt {
		return nil
	}
	before := l.held.last
	if err := l.reload(ctx); err != nil {
		return err
	}
	l.doubt, l.lane = false, lane{}
	if !maps.Equal(before, l.held.last) {
		l.publish(l.held.rounds[0].Ended)
	}
	return nil
}

func (l *Ledger) reload(ctx context.Context) error {
	l.publishing.Lock()
	defer l.publishing.Unlock()
	m, err := l.book.Load(ctx, "")
	if err != nil {
		return fmt.Errorf("see what became of the last round: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.remember(m)
	return nil
}

// Reserve notes the connections that a round may make before it makes them, as
// totals of hosts and days. A program that is killed in the middle of a round
// then finds them spent, however often it is started again; the round, once
// recorded, puts the true numbers in their place.
func (l *Ledger) Reserve(ctx context.Context, spent []deadyet.Spent) error {
	if err := l.book.Reserve(ctx, spent); err != nil {
		return fmt.Errorf("note the connections of the next round: %w", err)
	}
	return nil
}

// known reports whether r was recorded before, and refuses what can't be.
func (l *Ledger) known(r deadyet.Round) (bool, error) {
	refuse := func(why string) (bool, error) {
		return false, fmt.Errorf("record round %d of %q: %s", r.Number, string(r.Vantage), why)
	}
	switch {
	case r.Number <= 0:
		return refuse("rounds are counted from 1")
	case r.Simulated != l.subject.Simulated:
		return refuse("simulated and real rounds are never mixed")
	}
	for _, s := range l.held.rounds {
		switch {
		case s.Vantage != r.Vantage:
		case s.Number == r.Number && !s.Began.Equal(r.Began):
			return refuse("another round of that number was recorded")
		case s.Number < r.Number && !r.Began.After(s.Began):
			return refuse(fmt.Sprintf("it began at %s, not after round %d at %s: the clock ran backwards",
				r.Began.Format(time.RFC3339), s.Number, s.Began.Format(time.RFC3339)))
		}
	}
	return r.Number <= l.held.last[r.Vantage], nil
}

// Subscribe has f called with each new edition, in their order and one at a
// time. f must not record.
func (l *Ledger) Subscribe(f func(deadyet.Edition)) {
	l.recording.Lock()
	defer l.recording.Unlock()
	l.subscribers = append(l.subscribers, f)
}

func (l *Ledger) publish(at time.Time) {
	if len(l.subscribers) == 0 {
		return
	}
	e := l.Edition(at)
	for _, f := range l.subscribers {
		f(e)
	}
}

// apply takes a draft over once it is kept.
func (l *Ledger) apply(d *draft) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &l.held
	for _, t := range d.turns {
		l.turn(t, d.evidence.kept)
	}
	h.rounds = remembered(inOrder(d.entry.Round, h.rounds))
	h.last[d.entry.Round.Vantage] = d.entry.Round.Number
	h.light(d.entry.Round)
	h.spend(d.entry)
	if v := d.entry.Round.Vantage; len(d.entry.Rollups) > 0 {
		h.rollups[v], l.spare = d.entry.Rollups, h.rollups[v]
	}
	// What is there is never changed, so that editions can go on to read it.
	for _, s := range d.entry.Ended {
		t := h.checks[s.Check]
		t.past = append(t.past, endingOf(&s, len(h.past)))
		h.past = append(h.past, s)
	}
	h.changes = append(h.changes, d.entry.Changes...)
}

// turn takes over what has become of a check, with new evidence, and drops the
// evidence that no check needs any more.
func (l *Ledger) turn(t turn, fresh map[deadyet.EvidenceID]*deadyet.Transcript) {
	h := &l.held
	t.is.kept.Open.Last = time.Time{}
	for _, id := range t.is.named() {
		if tr := fresh[id]; tr != nil {
			h.evidence[id] = tr
		}
	}
	if t.was == nil {
		l.index.track(h.track(t.is), h)
		return
	}
	before := t.was.named()
	*t.was = t.is
	for _, id := range t.is.named() {
		h.uses[id]++
	}
	for _, id := range before {
		if h.uses[id]--; h.uses[id] == 0 {
			delete(h.uses, id)
			delete(h.evidence, id)
		}
	}
}

// inOrder puts r among the rounds, latest first as a book loads them: those of
// another vantage may have begun later.
func inOrder(r deadyet.RoundSummary, rounds []deadyet.RoundSummary) []deadyet.RoundSummary {
	i, _ := slices.BinarySearchFunc(rounds, r, func(a, b deadyet.RoundSummary) int {
		return cmp.Or(b.Began.Compare(a.Began), cmp.Compare(b.Number, a.Number), cmp.Compare(a.Vantage, b.Vantage))
	})
	return slices.Insert(slices.Clone(rounds), i, r)
}

// light notes whether our own line is good.
func (h *held) light(r deadyet.RoundSummary) {
	_, down := h.down[r.Vantage]
	switch {
	case r.Canary.Good:
		delete(h.down, r.Vantage)
	case !down:
		h.down[r.Vantage] = r.Began
	}
}

// spend takes over the totals of the days, and forgets the days of old.
func (h *held) spend(e Entry) {
	type host struct {
		name string
		day  deadyet.Day
	}
	fresh := make(map[host]bool, len(e.Spent))
	for _, s := range e.Spent {
		fresh[host{s.Host, s.Day}] = true
	}
	spent := slices.Clone(e.Spent)
	for _, old := range h.spent {
		if !old.Day.Before(e.SpentSince) && !fresh[host{old.Host, old.Day}] {
			spent = append(spent, old)
		}
	}
	h.spent = spent
}

// roundsEach is how many rounds of each network an edition shows.
const roundsEach = 20

// remembered keeps of the rounds, latest first, the last ones of each network.
func remembered(rounds []deadyet.RoundSummary) []deadyet.RoundSummary {
	seen := make(map[deadyet.NetworkID]int)
	return slices.DeleteFunc(rounds, func(r deadyet.RoundSummary) bool {
		needed := len(r.Networks) == 0
		for _, n := range r.Networks {
			needed = needed || seen[n] < roundsEach
			seen[n]++
		}
		return !needed
	})
}
