package ledger_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"deadyet"
	"deadyet/history"
	"deadyet/ledger"
)

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 23, 59, 59, 0, time.UTC) }

// The record alone is a past like any other: no round has to come after it.
func TestAt_TellsTheRecordWithoutAnyRound(t *testing.T) {
	l := official(t)
	for at, want := range map[time.Time]deadyet.Word{
		day(2005, 1, 1): deadyet.WordNo, day(2015, 2, 25): deadyet.WordNo, day(2017, 1, 1): deadyet.WordMostly, day(2017, 6, 1): deadyet.WordYes,
	} {
		e := l.At(at)
		if e.Verdict.Word != want {
			t.Errorf("%s: the verdict was %s, want %s: %s", at, e.Verdict.Word, want, e.Verdict.Reason)
		}
		if e.Live || len(e.Rounds) > 0 || !e.Down.IsZero() {
			t.Errorf("%s: something was asked then: live %v, rounds %v, down %v", at, e.Live, e.Rounds, e.Down)
		}
		untold(t, e)
	}
}

// untold checks that an edition tells of nothing that came later.
func untold(t *testing.T, e deadyet.Edition) {
	t.Helper()
	late := func(what string, when time.Time) {
		if when.After(e.At) {
			t.Errorf("%s: %s of %s is told", e.At, what, when)
		}
	}
	for _, i := range e.Items {
		late("item "+string(i.ID), i.At)
		late("growth of "+string(i.ID), i.Updated)
	}
	for _, v := range e.Verdicts {
		late("verdict "+v.Says, v.At)
	}
	for i := range e.Spans {
		late("span", e.Spans[i].Begins())
	}
	for i := range e.States {
		s := e.States[i].Span
		late("state", s.Begins())
		if end := (deadyet.Span{Since: s.Until, Fact: s.Fact}); !s.Open() {
			late("end of "+string(s.Check.ID()), end.Begins())
		}
		late("look", e.States[i].Asked)
	}
	for _, l := range e.Lives {
		late("life", l.First.From)
	}
	for _, l := range e.Lines {
		late("line", l.LastAsked)
	}
}

func TestAt_TellsNothingOfLater(t *testing.T) {
	random(t, store(t), 7, func(l *ledger.Ledger, s deadyet.Subject, now time.Time) {
		for _, at := range []time.Time{now, now.Add(-50 * time.Hour), moment(1), now.AddDate(-6, 0, 0)} {
			untold(t, l.At(at))
		}
	})
}

// A network that had not begun has no line; one that had closes later only.
func TestAt_LeavesOutNetworksThatHadNotBegun(t *testing.T) {
	l := official(t)
	if e := l.At(day(2015, 3, 5)); len(e.Lines) != 1 || len(e.Subject.Networks) != 1 {
		t.Errorf("lines of 2015: %v", e.Lines)
	}
	if e := l.At(day(2018, 3, 5)); len(e.Lines) != 2 {
		t.Errorf("lines of 2018: %v", e.Lines)
	}
}

func TestAt_CutsTheDeclineOff(t *testing.T) {
	l := official(t)
	e := l.At(day(2015, 3, 5))
	want := history.Declines(e.Subject, e.Spans)
	if diff := cmp.Diff(want, e.Declines); diff != "" {
		t.Error(diff)
	}
}

func TestAt_NamesEachMomentByWhatIsKnown(t *testing.T) {
	st := store(t)
	ids := make(map[deadyet.EditionID]time.Time)
	random(t, st, 9, func(l *ledger.Ledger, s deadyet.Subject, now time.Time) {
		e := l.At(moment(1))
		if known, ok := ids[e.ID]; ok {
			t.Errorf("after %s the past has the name that it had after %s", now, known)
		}
		ids[e.ID] = now
		if again := l.At(moment(1)); again.ID != e.ID {
			t.Errorf("%s: the same moment has two names", now)
		}
	})
}

// The days are those at which something of the page changed.
func TestDays_AreTheStopsOfTheTimeMachine(t *testing.T) {
	l := official(t)
	now := day(2026, 11, 20)
	days := l.Days(now)
	if len(days) < 20 || days[0].String() != "1999-07-22" {
		t.Fatalf("%d days: %v", len(days), days)
	}
	for _, want := range []string{"2015-02-26", "2017-05-19"} {
		d, err := deadyet.ParseDay(want)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(days, d) {
			t.Errorf("%s is missing in %v", want, days)
		}
	}
}

// Whoever asked for a day gets its panic, and can catch it.
func TestAt_aPanicComesBack(t *testing.T) {
	done := false
	ledger.Beside(func() { done = true })()
	if !done {
		t.Error("it did not wait")
	}
	defer func() {
		if why := recover(); why != "no such day" {
			t.Errorf("got %v, want the panic", why)
		}
	}()
	ledger.Beside(func() { panic("no such day") })()
	t.Error("the panic was lost")
}
