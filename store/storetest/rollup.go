package storetest

import (
	"context"
	"testing"
	"time"

	"deadyet"
	"deadyet/ledger"
)

// sums are those of a server on a day after so many rounds.
func sums(name string, d deadyet.Day, rounds int) deadyet.Rollup {
	r := deadyet.Rollup{
		Server: deadyet.MakeServerID("escargot", name), Vantage: vantage, Day: d,
		Rounds: rounds, Connections: 3 * rounds, Answers: deadyet.Tally{0, 2 * rounds, rounds, 1, 0},
	}
	for i := range rounds {
		r.Latency.Add(time.Duration(40+7*i) * time.Millisecond)
	}
	return r
}

// summed is round n with the sums of its day.
func summed(n int, rs ...deadyet.Rollup) ledger.Entry {
	e := entry(n)
	e.Rollups = rs
	return e
}

// rollups are those of a server, of which only the name differs.
func rollups(t testing.TB, s Store, name string) []deadyet.Rollup {
	t.Helper()
	rs, err := s.Rollups(t.Context(), deadyet.MakeServerID("escargot", name))
	if err != nil {
		t.Fatal(err)
	}
	return rs
}

// testRollups lets a day grow, end, and stand beside another vantage's.
func testRollups(t *testing.T, open Open) {
	dir := t.TempDir()
	s := open(t, dir)
	today := deadyet.DayOf(began)
	tomorrow := deadyet.DayOf(today.End())
	commit(t, s, summed(1, sums("a", today, 1)), summed(2, sums("a", today, 2), sums("b", today, 1)))
	same(t, "a day", rollups(t, s, "a"), []deadyet.Rollup{sums("a", today, 2)})
	same(t, "what goes on", load(t, s).Rollups, []deadyet.Rollup{sums("a", today, 2), sums("b", today, 1)})
	commit(t, s, summed(2, sums("a", today, 9))) // known
	same(t, "a round that is known", rollups(t, s, "a"), []deadyet.Rollup{sums("a", today, 2)})

	other := sums("a", today, 4)
	other.Vantage = "elsewhere"
	e := summed(1, other)
	e.Round.Vantage = "elsewhere"
	commit(t, s, e, summed(3, sums("b", tomorrow, 1)))
	check := func() {
		t.Helper()
		same(t, "two vantages", rollups(t, s, "a"), []deadyet.Rollup{other, sums("a", today, 2)})
		same(t, "two days", rollups(t, s, "b"), []deadyet.Rollup{sums("b", today, 1), sums("b", tomorrow, 1)})
		same(t, "of a server that nobody asked", rollups(t, s, "c"), nil)
		same(t, "what goes on of each vantage", load(t, s).Rollups, []deadyet.Rollup{other, sums("b", tomorrow, 1)})
		if rs, err := s.Today(t.Context()); err != nil {
			t.Error(err)
		} else {
			same(t, "the same alone", rs, load(t, s).Rollups)
		}
	}
	check()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	check()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// testPacked packs two months at once, of which one vantage has days in both.
func testPacked(t *testing.T, open Open) {
	s, _ := begin(t, open)
	var days []deadyet.Day
	for _, d := range []string{"2026-07-30", "2026-07-31", "2026-08-01", "2026-09-01", "2026-12-01"} {
		day, err := deadyet.ParseDay(d)
		if err != nil {
			t.Fatal(err)
		}
		days = append(days, day)
	}
	for i, d := range days[:4] {
		commit(t, s, summed(i+1, sums("a", d, i+1), sums("b", d, 1)))
	}
	other := sums("a", days[0], 3)
	other.Vantage = "elsewhere"
	e := summed(1, other)
	e.Round.Vantage = "elsewhere"
	commit(t, s, e)

	last := summed(5, sums("a", days[4], 1))
	last.PackBefore = days[3]
	commit(t, s, last)
	july, august := sums("a", days[0], 1), sums("a", days[2], 3)
	more := sums("a", days[1], 2)
	july.Merge(&more)
	july.Day, july.Month, august.Month = days[0].MonthStart(), true, true
	same(t, "of one month, of another, of days", rollups(t, s, "a"), []deadyet.Rollup{other, july, august, sums("a", days[3], 4), sums("a", days[4], 1)})
	if b := rollups(t, s, "b"); len(b) != 3 || !b[0].Month || b[0].Rounds != 2 || b[2].Month {
		t.Errorf("of another server: got %+v, want two months and a day", b)
	}
	t.Run("and nothing of it when the entry is not kept", func(t *testing.T) {
		want := rollups(t, s, "a")
		bad := summed(6, sums("a", deadyet.DayOf(days[4].End()), 1))
		bad.PackBefore = days[4]
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Commit(ctx, bad); err == nil {
			t.Error("a cancelled entry was taken")
		}
		bad.Ended = []deadyet.Span{full().Begun[0]} // no such span is open
		if err := s.Commit(t.Context(), bad); err == nil {
			t.Error("an entry that ends a span which is not open was taken")
		}
		same(t, "roll-ups", rollups(t, s, "a"), want)
	})
}
