package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/sqlite"
	"deadyet/store/storetest"
)

// frail is a book that breaks in the middle of each step: before it has kept
// what it was given, or after.
type frail struct {
	ledger.Book
	random *rand.Rand // nil: it works
}

var errFrail = errors.New("the book broke")

func (f *frail) step(do func() error) error {
	if f.random == nil {
		return do()
	}
	switch f.random.IntN(4) {
	case 0:
		return errFrail
	case 1:
		return errors.Join(do(), errFrail)
	}
	return do()
}

func (f *frail) Load(ctx context.Context, of deadyet.VantageID) (m ledger.Memory, err error) {
	err = f.step(func() error { m, err = f.Book.Load(ctx, of); return err })
	return m, err
}

func (f *frail) Commit(ctx context.Context, e ledger.Entry) error {
	return f.step(func() error { return f.Book.Commit(ctx, e) })
}

func (f *frail) Reserve(ctx context.Context, spent []deadyet.Spent) error {
	return f.step(func() error { return f.Book.Reserve(ctx, spent) })
}

func (f *frail) Publish(ctx context.Context, p ledger.Publication) error {
	return f.step(func() error { return f.Book.Publish(ctx, p) })
}

// life is a series of rounds in which everything happens.
func life(s deadyet.Subject) (rounds []deadyet.Round) {
	random := rand.New(rand.NewPCG(3, 3))
	outcomes := []deadyet.Outcome{yes, yes, silent, {Answer: deadyet.AnswerUnclear, Failure: deadyet.FailureEcho}, unasked}
	now := make(map[deadyet.Check]deadyet.Outcome)
	for n, number := 0, 1; n < 70; n++ {
		r := storetest.Round(s, number, func(c deadyet.Check) deadyet.Outcome {
			if o, ok := now[c]; !ok || random.IntN(4) == 0 {
				now[c] = outcomes[random.IntN(len(outcomes))]
				return o
			}
			return now[c]
		})
		r.Number = deadyet.RoundNumber(n + 1)
		r.Canary.Good = random.IntN(6) > 0
		r.Spent = []deadyet.Spent{{Host: "192.0.2.0", Day: deadyet.DayOf(r.Began), Connections: number}}
		rounds = append(rounds, r)
		number += 1 + random.IntN(30)
	}
	return rounds
}

// told are the items that can be read after a round: its changes, in short.
func told(l *ledger.Ledger) (items []deadyet.Item) {
	for _, c := range l.Changes() {
		items = append(items, deadyet.Item{ID: deadyet.ItemID(fmt.Sprintf("%s-%d", c.Check.ID(), c.When.To.Unix())), At: c.When.From})
	}
	return items
}

// until does it until it works.
func until(t *testing.T, do func() error) {
	t.Helper()
	for range 100 {
		if err := do(); err == nil {
			return
		} else if !errors.Is(err, errFrail) {
			t.Fatal(err)
		}
	}
	t.Fatal("it does not work in a hundred times")
}

// lived is what is left of a life: what the book holds, and what the ledger
// showed after each round.
type lived struct {
	memory  ledger.Memory
	shown   []deadyet.EditionID
	changes []deadyet.Change
}

func TestLedger_disturbedInEachStepTellsTheSameHistory(t *testing.T) {
	s := storetest.Subject(3)
	rounds := life(s)
	want := live(t, s, rounds, false, func(t *testing.T, _ *sqlite.Store, l *ledger.Ledger, r deadyet.Round) {
		must(t, l.Record(t.Context(), r))
		must(t, l.Publish(t.Context(), told(l), r.Ended))
	})
	if len(want.changes) < 20 || len(want.memory.Published) != len(want.changes) || !slices.ContainsFunc(want.memory.Checks, func(k ledger.Kept) bool { return k.Flap != nil && k.Flap.Runs > 1 }) {
		t.Fatalf("a dull life: %d changes, %d published, checks %+v", len(want.changes), len(want.memory.Published), want.memory.Checks)
	}
	random := rand.New(rand.NewPCG(4, 4))
	for _, tt := range []struct {
		name  string
		frail bool
		step  func(t *testing.T, st *sqlite.Store, l *ledger.Ledger, r deadyet.Round)
	}{
		{"each step twice", false, func(t *testing.T, _ *sqlite.Store, l *ledger.Ledger, r deadyet.Round) {
			for range 2 {
				must(t, l.Record(t.Context(), r))
				must(t, l.Publish(t.Context(), told(l), r.Ended))
			}
		}},
		{"a book that breaks before and after each step", true, func(t *testing.T, _ *sqlite.Store, l *ledger.Ledger, r deadyet.Round) {
			until(t, func() error { return l.Reserve(t.Context(), r.Spent) })
			until(t, func() error { return l.Record(t.Context(), r) })
			until(t, func() error { return l.Publish(t.Context(), told(l), r.Ended) })
		}},
		{"a clock that steps back and forth", false, func(t *testing.T, _ *sqlite.Store, l *ledger.Ledger, r deadyet.Round) {
			must(t, l.Record(t.Context(), r))
			back := r
			back.Number, back.Began = r.Number+1, r.Began.Add(-time.Duration(random.Int64N(int64(time.Hour))))
			if err := l.Record(t.Context(), back); err == nil {
				t.Errorf("round %d, which began before round %d, was taken", back.Number, r.Number)
			}
			must(t, l.Publish(t.Context(), told(l), r.Ended))
			must(t, l.Publish(t.Context(), told(l), r.Ended.Add(-time.Hour)))
		}},
		{"a second writer", false, func(t *testing.T, st *sqlite.Store, l *ledger.Ledger, r deadyet.Round) {
			other := open(t, st, s)
			must(t, other.Record(t.Context(), r)) // the first then offers what is known
			must(t, l.Record(t.Context(), r))
			must(t, l.Publish(t.Context(), told(l), r.Ended))
			must(t, other.Publish(t.Context(), told(l), r.Ended.Add(time.Hour)))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := live(t, s, rounds, tt.frail, tt.step)
			if d := cmp.Diff(want.memory, got.memory, cmp.AllowUnexported(deadyet.Day{})); d != "" {
				t.Errorf("memory: %s", d)
			}
			if d := cmp.Diff(want.changes, got.changes); d != "" {
				t.Errorf("changes: %s", d)
			}
			if d := cmp.Diff(want.shown, got.shown); d != "" {
				t.Errorf("editions: %s", d)
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// live lives through the rounds, over a book that may be frail in the steps.
func live(t *testing.T, s deadyet.Subject, rounds []deadyet.Round, breaks bool, step func(*testing.T, *sqlite.Store, *ledger.Ledger, deadyet.Round)) (left lived) {
	t.Helper()
	st := store(t)
	book := &frail{Book: st}
	l := open(t, book, s)
	for i, r := range rounds {
		if breaks {
			book.random = rand.New(rand.NewPCG(uint64(r.Number), 5))
		}
		step(t, st, l, r)
		book.random = nil
		if i%5 != 0 {
			continue // an edition takes longer than what it is made of
		}
		left.shown = append(left.shown, l.Edition(r.Ended).ID)
		if again := open(t, st, s).Edition(r.Ended).ID; again != left.shown[len(left.shown)-1] {
			t.Fatalf("round %d: a ledger that is opened anew shows another edition", r.Number)
		}
	}
	var err error
	if left.memory, err = st.Load(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	left.changes = l.Changes()
	return left
}
