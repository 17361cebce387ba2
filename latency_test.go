package deadyet_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"deadyet"
)

func TestLatency_MedianIsNear(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 2, 3, 24, 1001} {
		for _, scale := range []time.Duration{20 * time.Microsecond, time.Millisecond, 80 * time.Millisecond, 3 * time.Second} {
			var l deadyet.Latency
			var all []time.Duration
			for range n {
				d := (scale/2 + time.Duration(random.Int64N(int64(scale)))).Truncate(time.Microsecond)
				l.Add(d)
				all = append(all, d)
			}
			slices.Sort(all)
			want, got := all[(n-1)/2], l.Median()
			if off := float64(got-want) / float64(want); off > 0.0626 || off < -0.0626 {
				t.Errorf("%d around %v: got a median of %v, want about %v", n, scale, got, want)
			}
			if l.Count() != n || l.Min != all[0] || l.Max != all[n-1] {
				t.Errorf("%d around %v: got %d from %v to %v, want from %v to %v", n, scale, l.Count(), l.Min, l.Max, all[0], all[n-1])
			}
		}
	}
}

// To count in parts and add these is to count at once.
func TestLatency_MergeIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	var whole, sum deadyet.Latency
	for range 50 {
		var part deadyet.Latency
		for range random.IntN(40) {
			d := time.Duration(random.ExpFloat64() * float64(50*time.Millisecond))
			whole.Add(d)
			part.Add(d)
		}
		sum.Merge(part)
	}
	if sum != whole {
		t.Errorf("got %+v, want %+v", sum, whole)
	}
}

func TestLatency_AtItsEnds(t *testing.T) {
	var l deadyet.Latency
	if l.Count() != 0 || l.Median() != 0 {
		t.Errorf("nothing: got %d, %v", l.Count(), l.Median())
	}
	l.Add(-time.Second)
	if l.Min != time.Microsecond || l.Median() != time.Microsecond {
		t.Errorf("less than nothing: got %v, %v, want a microsecond", l.Min, l.Median())
	}
	var long deadyet.Latency
	long.Add(time.Hour)
	if long.Counts[deadyet.LatencyBuckets-1] != 1 || long.Median() != time.Hour {
		t.Errorf("an hour: got a median of %v", long.Median())
	}
	// Each bucket begins where the one before it ends.
	last := -1
	for us := 1; us < 1<<16; us++ {
		var one deadyet.Latency
		one.Add(time.Duration(us) * time.Microsecond)
		at := slices.Index(one.Counts[:], 1)
		if at != last && at != last+1 && last >= 0 {
			t.Fatalf("%d µs: bucket %d follows %d", us, at, last)
		}
		last = at
	}
}

func TestRollup_MergeSumsUp(t *testing.T) {
	day, _ := deadyet.ParseDay("2026-08-31")
	a := deadyet.Rollup{Server: "n/s", Vantage: "home", Day: day, Rounds: 2, Connections: 5, Answers: deadyet.Tally{1, 2, 3, 4, 5}}
	a.Latency.Add(time.Millisecond)
	b := deadyet.Rollup{Day: day.MonthStart(), Month: true, Rounds: 1, Connections: 1, Answers: deadyet.Tally{0, 1}}
	b.Merge(&a)
	want := deadyet.Rollup{Day: day.MonthStart(), Month: true, Rounds: 3, Connections: 6, Answers: deadyet.Tally{1, 3, 3, 4, 5}, Latency: a.Latency}
	if b != want {
		t.Errorf("got %+v, want %+v", b, want)
	}
	if b.Answers.Count() != 16 || b.Period() != "2026-08" || a.Period() != "2026-08-31" || !b.End().Equal(a.End()) || !b.Start().Equal(day.MonthStart().Start()) {
		t.Errorf("got %d findings of %s from %v to %v", b.Answers.Count(), b.Period(), b.Start(), b.End())
	}
}

func TestDay_Daily(t *testing.T) {
	for on, want := range map[string]string{
		"2026-11-25": "2026-08-01", "2026-05-01": "2026-01-01", "2026-05-02": "2026-02-01", "2026-03-31": "2025-12-01",
	} {
		d, _ := deadyet.ParseDay(on)
		if got := d.Daily().String(); got != want {
			t.Errorf("%s: got %s, want %s", on, got, want)
		}
	}
}
