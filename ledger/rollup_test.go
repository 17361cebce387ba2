package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

// talk is a connection on which the answer took so long; none came after no time.
func talk(e deadyet.Endpoint, took time.Duration) *deadyet.Transcript {
	t := &deadyet.Transcript{Endpoint: e, Remote: fmt.Sprint(took), Exchanges: []deadyet.Exchange{
		{Dir: deadyet.Received, Bytes: []byte("a greeting"), At: time.Millisecond},
		{Dir: deadyet.Sent, Bytes: []byte("VER"), At: 5 * time.Millisecond},
	}}
	if took > 0 {
		t.Exchanges = append(t.Exchanges, deadyet.Exchange{Dir: deadyet.Received, Bytes: []byte("VER"), At: 5*time.Millisecond + took})
	}
	return t
}

// talked gives each server of a round connections, each of which is behind several
// readings.
func talked(r deadyet.Round, took func() time.Duration) deadyet.Round {
	var t *deadyet.Transcript
	for i := range r.Observations {
		o := &r.Observations[i]
		if i == 0 || r.Observations[i-1].Check.Server != o.Check.Server || i%2 == 0 {
			t = talk(o.Check.Endpoint, took())
		}
		o.Readings = []deadyet.Reading{{Check: o.Check, Transcript: t}, {Check: o.Check}, {Check: o.Check, Transcript: t}}
	}
	return r
}

func TestRecord_sumsUpTheDay(t *testing.T) {
	s := storetest.Subject(2)
	st := store(t)
	l := open(t, st, s)
	first := talked(storetest.Round(s, 1, all(yes)), func() time.Duration { return 80 * time.Millisecond })
	first.Findings = append(first.Findings, deadyet.Finding{ // which counts for no answer of the server
		Check: deadyet.Check{Endpoint: deadyet.Endpoint{Server: s.Networks[0].Servers[0].ID, Transport: deadyet.TransportDNS, Port: 53}, Kind: deadyet.KindName},
		Round: 1, At: first.Began, Outcome: deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageResolve, Told: "now=20.0.0.1"},
	})
	record(t, l, first)
	record(t, l, first) // once more is harmless
	second := talked(storetest.Round(s, 2, all(silent)), func() time.Duration { return 0 })
	second.Findings = second.Findings[:4] // of one server
	l = open(t, st, s)
	record(t, l, second)
	lossy := talked(storetest.Round(s, 3, all(unasked)), func() time.Duration { return time.Second })
	lossy.Loss.Bad = true
	record(t, l, lossy)

	rs, err := st.Rollups(t.Context(), s.Networks[0].Servers[0].ID)
	if err != nil || len(rs) != 1 {
		t.Fatalf("got %d roll-ups, %v, want one", len(rs), err)
	}
	r := &rs[0]
	if r.Rounds != 3 || r.Connections != 6 || r.Answers != (deadyet.Tally{4, 4, 0, 4, 0}) || r.Vantage != home || r.Day != deadyet.DayOf(first.Began) {
		t.Errorf("got %d rounds, %d connections, answers %v of %s by %s", r.Rounds, r.Connections, r.Answers, r.Day, r.Vantage)
	}
	if r.Latency.Count() != 2 || r.Latency.Min != 80*time.Millisecond || r.Latency.Max != 80*time.Millisecond {
		t.Errorf("latency: got %d from %v to %v, want the two answers of the first round", r.Latency.Count(), r.Latency.Min, r.Latency.Max)
	}
	if rs, _ := st.Rollups(t.Context(), s.Networks[0].Servers[1].ID); len(rs) != 1 || rs[0].Rounds != 2 || rs[0].Connections != 6 {
		t.Errorf("the other server: got %+v, want two rounds and six connections", rs)
	}
}

// A year of rounds, through a book that breaks and a program that is started again
// and again, sums up to what was in the rounds: nothing is lost or counted twice.
func TestRecord_sumsSurviveEverything(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	s, st := storetest.Subject(3), store(t)
	book := &frail{Book: st, random: random}
	want := make(map[deadyet.ServerID]*deadyet.Rollup)
	at := storetest.Round(s, 1, all(yes)).Began
	var l *ledger.Ledger
	for n := 1; n <= 120; n++ {
		r := talked(storetest.Round(s, n, all(yes)), func() time.Duration { return time.Duration(random.IntN(200)) * time.Millisecond })
		at = at.Add(time.Duration(random.IntN(6*24)+1) * time.Hour)
		r.Began, r.Ended = at, at.Add(time.Minute)
		if random.IntN(3) == 0 {
			slices.Reverse(r.Findings)
			slices.Reverse(r.Observations)
		}
		if random.IntN(10) == 0 {
			r.Findings, r.Observations = nil, nil
		}
		for again := true; again; {
			if l == nil || random.IntN(3) == 0 {
				fresh, err := ledger.Open(t.Context(), book, s, ledger.Options{Vantage: home})
				if err != nil {
					continue
				}
				l = fresh
			}
			again = l.Record(t.Context(), r) != nil
		}
		add(want, r)
	}
	months, days := 0, 0
	for _, sv := range s.Networks[0].Servers {
		rs, err := st.Rollups(t.Context(), sv.ID)
		if err != nil {
			t.Fatal(err)
		}
		got := deadyet.Rollup{Server: sv.ID}
		for i := range rs {
			got.Merge(&rs[i])
			if i > 0 && rs[i].Start().Before(rs[i-1].End()) {
				t.Errorf("%s begins before %s ends", rs[i].Period(), rs[i-1].Period())
			}
			if rs[i].Month {
				months++
			} else {
				days++
				if rs[i].Day.Before(deadyet.DayOf(at).Daily()) {
					t.Errorf("%s was not packed by %v", rs[i].Period(), at)
				}
			}
		}
		if got != *want[sv.ID] {
			t.Errorf("%s: the book has\n%+v, the rounds had\n%+v", sv.ID, got, *want[sv.ID])
		}
	}
	if months < 3*6 || days < 3*9 {
		t.Errorf("got %d months and %d days: the test does not test", months, days)
	}
}

// add sums a round up in the plainest way.
func add(to map[deadyet.ServerID]*deadyet.Rollup, r deadyet.Round) {
	rounds, seen := make(map[deadyet.ServerID]bool), make(map[*deadyet.Transcript]bool)
	for _, f := range r.Findings {
		id := f.Check.Server
		if to[id] == nil {
			to[id] = &deadyet.Rollup{Server: id}
		}
		to[id].Answers[f.Outcome.Answer]++
		if !rounds[id] {
			rounds[id] = true
			to[id].Rounds++
		}
	}
	for _, o := range r.Observations {
		for _, rd := range o.Readings {
			if t := rd.Transcript; t != nil && !seen[t] {
				seen[t] = true
				to[o.Check.Server].Connections++
				if len(t.Exchanges) == 3 {
					to[o.Check.Server].Latency.Add(t.Exchanges[2].At - t.Exchanges[1].At)
				}
			}
		}
	}
}
