package storetest

import (
	"testing"
	"time"

	"deadyet"
	"deadyet/ledger"
)

// turned is round n, in which the span of version ended that full has begun.
func turned(n int) ledger.Entry {
	e := entry(n)
	border := deadyet.Interval{From: moment(1), To: moment(n)}
	ended := full().Begun[0]
	ended.Until, ended.Last, ended.Evidence = border, moment(1), []deadyet.EvidenceID{2, 1}
	next := deadyet.Span{Check: version, Outcome: silent, Failure: deadyet.Failure{Kind: deadyet.FailureTimeout}, Since: border, Evidence: []deadyet.EvidenceID{3}}
	e.Ended, e.Begun, e.Pending = []deadyet.Span{ended}, []deadyet.Span{next}, []ledger.Dissent{{Check: version}}
	return e
}

func testTurn(t *testing.T, open Open) {
	s, _ := begin(t, open)
	e := turned(2)
	commit(t, s, full(), e)
	m := load(t, s)
	same(t, "past", m.Past, e.Ended)
	same(t, "open", m.Checks[0].Open, e.Begun[0])
	if m.Checks[0].Pending != nil {
		t.Errorf("pending: got %+v, want nothing", m.Checks[0].Pending)
	}
	t.Run("a change between them is kept, whatever it says", func(t *testing.T) {
		for _, from := range []deadyet.Outcome{refused, accepted} {
			s, _ := begin(t, open)
			first, e := full(), turned(2)
			first.Changes = nil
			e.Changes = []deadyet.Change{{Check: version, From: from, To: silent, Failure: e.Begun[0].Failure, When: e.Begun[0].Since, Confirmed: moment(2)}}
			commit(t, s, first, e)
			same(t, "changes", load(t, s).Changes, e.Changes)
		}
	})
	t.Run("a gap ends", func(t *testing.T) {
		e := entry(3)
		x := full().Exceptions[0]
		x.Until = moment(2)
		e.Exceptions = []ledger.Exception{x}
		commit(t, s, e)
		if got := load(t, s).Checks[1].Exception; got != nil {
			t.Errorf("got %+v, want nothing", got)
		}
	})
}

// testFlaps lets a flap grow, begin anew, and stand beside a gap.
func testFlaps(t *testing.T, open Open) {
	s, _ := begin(t, open)
	commit(t, s, full())
	first := full().Exceptions[1]
	flap := func(n int, x ledger.Exception, other ...ledger.Exception) {
		t.Helper()
		e := entry(n)
		e.Exceptions = append([]ledger.Exception{x}, other...)
		commit(t, s, e)
	}
	wants := func(what string, x ledger.Exception) {
		t.Helper()
		same(t, what, load(t, s).Checks[0].Flap, &x)
	}
	wants("one run", first)
	grown := first
	grown.Until, grown.Runs = moment(5), 4
	flap(2, grown)
	wants("a flap that grew", grown)
	later := ledger.Exception{Check: version, Outcome: accepted, Since: moment(7), Until: moment(8), Asked: moment(6), Runs: 1}
	gap := ledger.Exception{Check: version, Outcome: deadyet.Outcome{Failure: deadyet.FailureOverBudget}, Since: moment(9), Asked: moment(8)}
	flap(3, later, gap)
	wants("a later flap", later)
	same(t, "the gap beside it", load(t, s).Checks[0].Exception, &gap)
	gap.Until = moment(10)
	flap(4, gap)
	wants("when the gap has ended", later)
	m := load(t, s)
	if m.Checks[0].Exception != nil || m.Checks[1].Flap != nil {
		t.Errorf("got gap %+v and a flap %+v of another check, want none", m.Checks[0].Exception, m.Checks[1].Flap)
	}
}

func testEvidence(t *testing.T, open Open) {
	s, _ := begin(t, open)
	commit(t, s, full())
	next := entry(2)
	next.Latest = map[deadyet.Check]ledger.Latest{version: {Day: deadyet.DayOf(moment(2)), Evidence: []deadyet.EvidenceID{5}}}
	next.Pending = []ledger.Dissent{{Check: version}}
	next.Evidence = map[deadyet.EvidenceID]*deadyet.Transcript{5: transcript("five"), 1: transcript("one")}
	commit(t, s, next)
	// 1 was the latest and goes on as evidence of the span; 3 was pending.
	same(t, "evidence", load(t, s).Evidence, map[deadyet.EvidenceID]*deadyet.Transcript{
		1: transcript("one"), 2: transcript("two"), 5: transcript("five"),
	})
}

func testDown(t *testing.T, open Open) {
	s, _ := begin(t, open)
	down := func(n int, good bool) ledger.Entry {
		e := entry(n)
		e.Round.Canary.Good = good
		return e
	}
	for _, tt := range []struct {
		number int
		good   bool
		want   time.Time
	}{
		{1, false, moment(1)}, {2, true, time.Time{}}, {3, false, moment(3)}, {4, false, moment(3)}, {5, true, time.Time{}},
	} {
		commit(t, s, down(tt.number, tt.good))
		if got := load(t, s).Down[vantage]; !got.Equal(tt.want) {
			t.Errorf("after round %d: got %v, want %v", tt.number, got, tt.want)
		}
	}
	t.Run("also when that was more rounds ago than are shown", func(t *testing.T) {
		for n := 6; n < 206; n++ {
			commit(t, s, down(n, false))
		}
		m := load(t, s)
		if got := m.Down[vantage]; !got.Equal(moment(6)) {
			t.Errorf("got %v, want %v", got, moment(6))
		}
		if n := len(m.Rounds); n < 20 || n > 150 || m.Rounds[0].Number != 205 {
			t.Errorf("got %d rounds from %d, want the last ones, latest first", n, m.Rounds[0].Number)
		}
	})
	t.Run("another vantage has a line of its own", func(t *testing.T) {
		e := entry(1)
		e.Round.Vantage, e.Round.Networks = "elsewhere", []deadyet.NetworkID{"crosstalk"}
		commit(t, s, e)
		m := load(t, s)
		if _, down := m.Down["elsewhere"]; down || m.Last["elsewhere"] != 1 || m.Last[vantage] != 205 {
			t.Errorf("got down %v, last rounds %v, want good and 1 and 205", m.Down, m.Last)
		}
	})
}

func testSpent(t *testing.T, open Open) {
	s, _ := begin(t, open)
	today := deadyet.DayOf(began)
	tomorrow := deadyet.DayOf(today.End())
	spend := func(n int, host string, d deadyet.Day, c int) ledger.Entry {
		e := entry(n)
		e.Spent = []deadyet.Spent{{Host: host, Day: d, Connections: c}}
		return e
	}
	commit(t, s, spend(1, "b", today, 3), spend(2, "b", today, 5), spend(3, "a", tomorrow, 1), spend(4, "a", today, 2))
	same(t, "spent", load(t, s).Spent, []deadyet.Spent{
		{Host: "a", Day: today, Connections: 2}, {Host: "b", Day: today, Connections: 5}, {Host: "a", Day: tomorrow, Connections: 1},
	})
	e := entry(5)
	e.SpentSince = tomorrow
	commit(t, s, e)
	same(t, "spent since tomorrow", load(t, s).Spent, []deadyet.Spent{{Host: "a", Day: tomorrow, Connections: 1}})
}

// testReserve notes what a round may spend before there is any round, and then
// what it did.
func testReserve(t *testing.T, open Open) {
	s, _ := begin(t, open)
	today := deadyet.DayOf(began)
	reserved := []deadyet.Spent{{Host: "a", Day: today, Connections: 30}}
	if err := s.Reserve(t.Context(), reserved); err != nil {
		t.Fatal(err)
	}
	m := load(t, s)
	same(t, "reserved", m.Spent, reserved)
	if m.Subject != "" || len(m.Rounds) != 0 {
		t.Errorf("a reservation made a round: %+v", m)
	}
	e := entry(1)
	e.Spent = []deadyet.Spent{{Host: "a", Day: today, Connections: 4}}
	commit(t, s, e)
	same(t, "spent", load(t, s).Spent, e.Spent)
}

// testReaders turns two checks in each entry, always to the same outcome: who
// reads never sees them differ.
func testReaders(t *testing.T, open Open) {
	s, _ := begin(t, open)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			m, err := s.Load(t.Context(), "")
			if err != nil {
				t.Errorf("load: %v", err)
				return
			}
			if c := m.Checks; len(c) == 2 && c[0].Open.Since != c[1].Open.Since || len(c) == 1 {
				t.Errorf("half an entry was read: %+v", c)
				return
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	var last []deadyet.Span
	for n := 1; n <= 30; n++ {
		e := entry(n)
		for i, c := range []deadyet.Check{port, version} {
			sp := deadyet.Span{Check: c, Outcome: silent, Since: deadyet.At(moment(n))}
			e.Begun = append(e.Begun, sp)
			if last != nil {
				last[i].Until, last[i].Last = sp.Since, moment(n-1)
				e.Ended = append(e.Ended, last[i])
			}
		}
		commit(t, s, e)
		last = e.Begun
	}
	close(stop)
	<-done
}
