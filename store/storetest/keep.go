package storetest

import (
	"context"
	"errors"
	"testing"

	"deadyet"
	"deadyet/ledger"
)

func testNew(t *testing.T, open Open) {
	s, _ := begin(t, open)
	m := load(t, s)
	if m.Subject != "" || len(m.Rounds)+len(m.Last)+len(m.Down)+len(m.Spent)+len(m.Checks)+len(m.Past)+len(m.Changes)+len(m.Published)+len(m.Rollups)+len(m.Evidence) != 0 {
		t.Errorf("got %+v, want nothing", m)
	}
}

func testLoads(t *testing.T, open Open) {
	dir := t.TempDir()
	s := open(t, dir)
	e := full()
	commit(t, s, e)
	check := func(t *testing.T, m ledger.Memory) {
		if m.Subject != "msn" || m.Simulated {
			t.Errorf("got subject %q, simulated %v, want msn and real", m.Subject, m.Simulated)
		}
		same(t, "rounds", m.Rounds, []deadyet.RoundSummary{e.Round})
		same(t, "last round", m.Last, map[deadyet.VantageID]deadyet.RoundNumber{vantage: 1})
		same(t, "spent", m.Spent, e.Spent)
		same(t, "changes", m.Changes, e.Changes)
		if len(m.Past) != 0 {
			t.Errorf("past: got %v, want nothing", m.Past)
		}
		same(t, "checks", m.Checks, []ledger.Kept{
			{Open: e.Begun[0], Pending: e.Pending[0].Pending, Flap: &e.Exceptions[1], Latest: e.Latest[version]},
			{Open: e.Begun[1], Exception: &e.Exceptions[0]},
		})
		same(t, "roll-ups", m.Rollups, e.Rollups)
		delete(e.Evidence, 4)
		same(t, "evidence", m.Evidence, e.Evidence)
	}
	check(t, load(t, s))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("and after it was closed", func(t *testing.T) {
		s := open(t, dir)
		check(t, load(t, s))
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func testTwice(t *testing.T, open Open) {
	s, _ := begin(t, open)
	commit(t, s, full())
	want := load(t, s)
	again := full()
	again.Begun = again.Begun[:1] // whatever it says: the round is known
	commit(t, s, again)
	same(t, "memory", load(t, s), want)
}

func testAtomic(t *testing.T, open Open) {
	s, _ := begin(t, open)
	commit(t, s, full())
	want := load(t, s)
	bad := entry(2)
	bad.Spent = []deadyet.Spent{{Host: "192.0.2.9", Day: deadyet.DayOf(began), Connections: 9}}
	bad.Pending = []ledger.Dissent{{Check: version}}
	other := full().Begun[0]
	other.Since = deadyet.At(moment(9))
	bad.Ended = []deadyet.Span{other} // no such span is open
	if err := s.Commit(t.Context(), bad); err == nil {
		t.Fatal("an entry that ends a span which is not open was taken")
	}
	same(t, "memory", load(t, s), want)
	t.Run("and the round can be offered again", func(t *testing.T) {
		commit(t, s, entry(2))
		if got := load(t, s).Last[vantage]; got != 2 {
			t.Errorf("last round: got %d, want 2", got)
		}
	})
	t.Run("a check has one open span", func(t *testing.T) {
		bad := entry(3)
		second := full().Begun[0]
		second.Since = deadyet.At(moment(3))
		bad.Begun = []deadyet.Span{second}
		if err := s.Commit(t.Context(), bad); err == nil {
			t.Error("a second open span of a check was taken")
		}
	})
}

func testCancelled(t *testing.T, open Open) {
	s, _ := begin(t, open)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Commit(ctx, full()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
	if m := load(t, s); m.Subject != "" || len(m.Rounds) != 0 {
		t.Errorf("got %+v, want nothing", m)
	}
}

func testSubject(t *testing.T, open Open) {
	s, _ := begin(t, open)
	commit(t, s, full())
	for _, e := range []ledger.Entry{
		{Subject: "icq", Round: summary(2)},
		{Subject: "msn", Simulated: true, Round: summary(2)},
	} {
		err := s.Commit(t.Context(), e)
		var other *ledger.OtherSubjectError
		if !errors.As(err, &other) || other.Subject != "msn" || other.Simulated {
			t.Errorf("%s, simulated %v: got %v, want that it is the store of msn", e.Subject, e.Simulated, err)
		}
	}
	if got := load(t, s).Last[vantage]; got != 1 {
		t.Errorf("last round: got %d, want 1", got)
	}
}

func testVantage(t *testing.T, open Open) {
	s, _ := begin(t, open)
	commit(t, s, full())
	own := full()
	own.Of, own.Round = vantage, summary(2)
	own.Begun[0].Outcome, own.Begun[0].Failure = silent, deadyet.Failure{Kind: deadyet.FailureTimeout}
	commit(t, s, own)
	same(t, "findings", load(t, s).Checks[0].Open, full().Begun[0])
	m, err := s.Load(t.Context(), vantage)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "what the vantage concluded", m.Checks[0].Open, own.Begun[0])
	if m, err := s.Load(t.Context(), "elsewhere"); err != nil || len(m.Checks) != 0 {
		t.Errorf("another vantage: got %d checks, %v, want none", len(m.Checks), err)
	}
}
