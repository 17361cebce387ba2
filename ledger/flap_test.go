package ledger_test

import (
	"context"
	"testing"
	"time"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

// spy is a book that remembers the flaps it was given.
type spy struct {
	ledger.Book
	flaps map[time.Time]ledger.Exception // by when they began
}

func (s *spy) Commit(ctx context.Context, e ledger.Entry) error {
	for _, x := range e.Exceptions {
		if x.Runs > 0 {
			s.flaps[x.Since] = x
		}
	}
	return s.Book.Commit(ctx, e)
}

// found is what one round finds at each check. A round is five minutes.
type found struct {
	round int
	o     deadyet.Outcome
}

func moment(n int) time.Time { return storetest.Round(storetest.Subject(0), n, nil).Began }

func TestRecord_flaps(t *testing.T) {
	const day = 24 * 12 // rounds
	no := deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused}
	unclear := deadyet.Outcome{Answer: deadyet.AnswerUnclear, Failure: deadyet.FailureEcho}
	flap := func(since, until, runs int) deadyet.Flap {
		return deadyet.Flap{Since: moment(since), Until: moment(until), Runs: runs}
	}
	for _, tt := range []struct {
		name   string
		rounds []found
		want   deadyet.Flap // the latest
		kept   int
	}{
		{"none", []found{{1, yes}, {2, yes}}, deadyet.Flap{}, 0},
		{"not while it may yet be confirmed", []found{{1, yes}, {2, silent}, {3, silent}}, deadyet.Flap{}, 0},
		{"not when it was", []found{{1, yes}, {2, silent}, {3, silent}, {4, silent}, {5, silent}}, deadyet.Flap{}, 0},
		{"one run", []found{{1, yes}, {2, silent}, {3, silent}, {4, yes}}, flap(2, 3, 1), 1},
		{"a run soon after is the same flap", []found{{1, yes}, {2, silent}, {3, yes}, {9, silent}, {10, silent}, {11, yes}}, flap(2, 10, 2), 1},
		{"also a day later", []found{{1, yes}, {2, silent}, {3, yes}, {2 + day, silent}, {3 + day, yes}}, flap(2, 2+day, 2), 1},
		{"a longer quiet ends it", []found{{1, yes}, {2, silent}, {3, yes}, {3 + day, silent}, {4 + day, yes}}, flap(3+day, 3+day, 1), 2},
		{"what it is found as is of no account", []found{{1, yes}, {2, silent}, {3, no}, {4, yes}}, flap(2, 3, 2), 1},
		{"a gap is none, and ends none", []found{{1, yes}, {2, silent}, {3, unasked}, {4, yes}, {5, silent}, {6, yes}}, flap(2, 5, 2), 1},
		{"unclear goes on with the run", []found{{1, yes}, {2, silent}, {3, unclear}, {4, unclear}, {5, yes}}, flap(2, 4, 1), 1},
		{"a run that began unclear is one", []found{{1, yes}, {2, unclear}, {3, silent}, {4, yes}}, flap(2, 3, 1), 1},
		{"a change ends it", []found{{1, yes}, {2, silent}, {3, yes}, {4, silent}, {5, silent}, {6, silent}, {7, yes}, {8, silent}}, flap(7, 7, 1), 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := storetest.Subject(1)
			book := &spy{store(t), make(map[time.Time]ledger.Exception)}
			l, at := open(t, book, s), time.Time{}
			for _, f := range tt.rounds {
				r := storetest.Round(s, f.round, all(f.o))
				record(t, l, r)
				at = r.Ended
				l = open(t, book, s) // the same flap goes on
			}
			for _, st := range l.Edition(at).States {
				if st.Flap != tt.want {
					t.Errorf("%s: got %+v, want %+v", st.Check.ID(), st.Flap, tt.want)
				}
			}
			if len(book.flaps) != tt.kept {
				t.Errorf("kept %v, want %d", book.flaps, tt.kept)
			}
		})
	}
}

func TestStatesAt_tellsOfAFlapOnceItHasEnded(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	for n, o := range []deadyet.Outcome{yes, silent, yes, silent, yes} {
		record(t, l, storetest.Round(s, n+1, all(o)))
	}
	want := deadyet.Flap{Since: moment(2), Until: moment(4), Runs: 2}
	for n, want := range map[int]deadyet.Flap{1: {}, 3: {}, 4: want, 9: want} {
		if got := l.StatesAt(moment(n))[0].Flap; got != want {
			t.Errorf("in round %d: got %+v, want %+v", n, got, want)
		}
	}
}

func TestRecord_aFlapEndsWithTheQuestion(t *testing.T) {
	s := storetest.Subject(2)
	st := store(t)
	l := open(t, st, s)
	record(t, l, storetest.Round(s, 1, all(yes)))
	record(t, l, storetest.Round(s, 2, all(silent)))
	left := storetest.Subject(1)
	l = open(t, st, left)
	e := record(t, l, storetest.Round(left, 3, all(yes)))
	want := deadyet.Flap{Since: moment(2), Until: moment(2), Runs: 1}
	for _, st := range e.States {
		if st.Flap != want {
			t.Errorf("%s: got %+v, want %+v", st.Check.ID(), st.Flap, want)
		}
	}
}
