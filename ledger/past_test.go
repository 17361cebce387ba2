package ledger_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"deadyet"
	"deadyet/history"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

// long is a subject with a record of the years before the first round; the
// last of its servers is asked no more.
func long() deadyet.Subject {
	s := storetest.Subject(4)
	first := moment(1)
	servers := s.Networks[0].Servers
	for i := range servers {
		servers[i].Listings[0].Since = deadyet.DayOf(first.AddDate(-8, 0, 0))
	}
	servers[3].Listings[0].Until = deadyet.DayOf(first.AddDate(-1, 0, 0))
	s.Record = []deadyet.Fact{
		{ID: "up", Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion, Since: deadyet.At(first.AddDate(-7, 0, 0))},
		{ID: "out", Answer: deadyet.AnswerSilent, Since: deadyet.OnDay(deadyet.DayOf(first.AddDate(-5, 0, 0))), Until: deadyet.OnDay(deadyet.DayOf(first.AddDate(-5, 0, 3))), Select: deadyet.Selector{Versions: []deadyet.Version{"MSNP18"}}},
		{ID: "half", Answer: deadyet.AnswerNo, Since: deadyet.OnDay(deadyet.DayOf(first)), Count: deadyet.Count{Least: 40, Most: 60}},
	}
	return s
}

// random records rounds of every kind: answers that last and such that don't,
// checks that are left out, a server that leaves the configuration.
func random(t *testing.T, b ledger.Book, seed uint64, each func(*ledger.Ledger, deadyet.Subject, time.Time)) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 5))
	outcomes := []deadyet.Outcome{yes, yes, silent, {Answer: deadyet.AnswerNo, Failure: deadyet.FailureReset}, unasked}
	s, now := long(), map[deadyet.Check]deadyet.Outcome{}
	l := open(t, b, s)
	for n, number := 0, 1; n < 60; n++ {
		if n == 20 || n == 40 {
			servers := long().Networks[0].Servers
			s.Networks = slices.Clone(s.Networks)
			s.Networks[0].Servers = servers[n/20-1:]
			l = open(t, b, s)
		}
		r := storetest.Round(s, number, func(c deadyet.Check) deadyet.Outcome {
			if o, ok := now[c]; ok && rnd.IntN(5) > 0 {
				return o
			}
			now[c] = outcomes[rnd.IntN(len(outcomes))]
			return now[c]
		})
		if rnd.IntN(8) == 0 {
			rnd.Shuffle(len(r.Findings), func(i, j int) { r.Findings[i], r.Findings[j] = r.Findings[j], r.Findings[i] })
			r.Findings = r.Findings[:rnd.IntN(len(r.Findings))]
		}
		if err := l.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if n%4 == 1 {
			each(l, s, r.Ended)
		}
		number += 1 + rnd.IntN(3)*rnd.IntN(200)
	}
}

// slowly works out the course of each check from what the book holds.
func slowly(t *testing.T, b ledger.Book, s deadyet.Subject) []deadyet.Span {
	t.Helper()
	m, err := b.Load(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	measured := slices.Clone(m.Past)
	for _, k := range m.Checks {
		measured = append(measured, k.Open)
	}
	history.Sort(measured)
	return history.Overlay(history.Recorded(s), measured)
}

// stood is the span of each check that had begun last at the moment.
func stood(spans []deadyet.Span, at time.Time) map[deadyet.CheckID]deadyet.Span {
	by := make(map[deadyet.CheckID]deadyet.Span)
	for _, s := range spans {
		id := s.Check.ID()
		if _, ok := by[id]; !ok || !s.Begins().After(at) {
			by[id] = s
		}
		if by[id].Begins().After(at) {
			by[id] = deadyet.Span{}
		}
	}
	return by
}

// withoutLast drops what follows from the rounds.
func withoutLast(s deadyet.Span) deadyet.Span {
	if s.Open() {
		s.Last = time.Time{}
	}
	return s
}

func TestStatesAt_equalsASlowComputation(t *testing.T) {
	for seed := range uint64(2) {
		st := store(t)
		rnd := rand.New(rand.NewPCG(seed, 6))
		random(t, st, seed, func(l *ledger.Ledger, s deadyet.Subject, now time.Time) {
			spans := slowly(t, st, s)
			moments := []time.Time{now, now.AddDate(-9, 0, 0), moment(1), moment(1).Add(-1), now.Add(-time.Duration(rnd.Int64N(int64(now.Sub(moment(1))))))}
			for range 3 { // a border itself, which belongs to the span that begins, and the moment before it
				b := spans[rnd.IntN(len(spans))].Begins()
				moments = append(moments, b, b.Add(-1))
			}
			for _, at := range moments {
				got, want := make(map[deadyet.CheckID]deadyet.Span), stood(spans, at)
				for _, state := range l.StatesAt(at) {
					if state.Due || state.Span.Outcome.Answer != deadyet.AnswerUnasked {
						got[state.Check.ID()] = withoutLast(state.Span)
					} else {
						got[state.Check.ID()] = want[state.Check.ID()] // no round has written its end
					}
					if state.Asked.After(at) {
						t.Errorf("%s was asked at %v, after %v", state.Check.ID(), state.Asked, at)
					}
				}
				if d := cmp.Diff(want, got); d != "" {
					t.Fatalf("seed %d, at %v: %s", seed, at, d)
				}
			}
		})
	}
}

func TestStatesAt_nowIsWhatTheEditionShows(t *testing.T) {
	random(t, store(t), 7, func(l *ledger.Ledger, _ deadyet.Subject, now time.Time) {
		at := now.Add(time.Hour)
		states := l.StatesAt(at)
		var shown []deadyet.State
		for _, state := range l.Edition(at).States {
			if state.Span.Since.IsZero() {
				continue // it was never found
			}
			state.Pending, state.Unasked, state.Span.Evidence = nil, deadyet.Failure{}, nil
			shown = append(shown, state)
		}
		for i := range states {
			states[i].Span.Evidence = nil
		}
		if d := cmp.Diff(shown, states); d != "" {
			t.Fatalf("at %v: %s", at, d)
		}
	})
}

func TestServer_equalsASlowComputation(t *testing.T) {
	st := store(t)
	random(t, st, 8, func(l *ledger.Ledger, s deadyet.Subject, _ time.Time) {
		spans := slowly(t, st, s)
		for _, sv := range long().Networks[0].Servers {
			var want, got []deadyet.Span
			for _, sp := range spans {
				if sp.Check.Server == sv.ID {
					want = append(want, withoutLast(sp))
				}
			}
			for _, sp := range l.Server(sv.ID) {
				got = append(got, withoutLast(sp))
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("%s: %s", sv.ID, d)
			}
		}
	})
	if got := open(t, st, long()).Server("escargot/nobody"); got != nil {
		t.Errorf("of a server that is none: got %v", got)
	}
}
