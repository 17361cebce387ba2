package main

import (
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"deadyet"
)

// oneConfirmation is what it takes, at a look an hour, until a change counts.
const oneConfirmation = 3 * time.Hour

// What is measured over a bad line is what the record says: the same verdicts
// and items, told within one confirmation time, and nothing else at any moment.
func (x *played) matches(tb testing.TB) {
	tb.Helper()
	got, want := x.book.Edition(x.to), x.recorded(tb)
	x.sameVerdicts(tb, got.Verdicts, want.Verdicts)
	x.sameItems(tb, x.within(got.Items), x.within(want.Items))
	x.nothingBesides(tb, got.Items)
}

func (x *played) sameVerdicts(tb testing.TB, got, want []deadyet.Verdict) {
	tb.Helper()
	published := x.verdicts
	for len(got) > 0 && !got[0].At.After(x.from) { // what held when it began
		got, published = got[1:], published[1:]
	}
	want = slices.DeleteFunc(slices.Clone(want), func(v deadyet.Verdict) bool { return !v.At.After(x.from) || v.At.After(x.to) })
	line := func(v deadyet.Verdict) string { return v.At.Format(time.DateOnly) + " " + string(v.Word) }
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			tb.Errorf("missing: %s", line(want[i]))
		case i >= len(want) || line(got[i]) != line(want[i]):
			tb.Errorf("too much: %s", line(got[i]))
		default:
			took := published[i].Sub(want[i].At.Add(delay))
			tb.Logf("%s: on the page at %s", line(got[i]), published[i].Format(time.DateTime))
			if took > oneConfirmation {
				tb.Errorf("%s: published %s after it happened, want at most %s", line(got[i]), took, oneConfirmation)
			}
		}
	}
}

func (x *played) sameItems(tb testing.TB, got, want []deadyet.Item) {
	tb.Helper()
	lines := func(items []deadyet.Item) (out []string) {
		for _, i := range items {
			out = append(out, short(i))
		}
		return out
	}
	g, w := lines(got), lines(want)
	for _, l := range w {
		if !slices.Contains(g, l) {
			tb.Errorf("missing: %s", l)
		}
	}
	for i, l := range g {
		if !slices.Contains(w, l) {
			tb.Errorf("too much: %s", l)
		}
		tb.Logf("%s, on the page at %s", l, x.items[got[i].ID].Format(time.DateTime))
	}
}

// nothingBesides fails for what was on the page once and is no more.
func (x *played) nothingBesides(tb testing.TB, last []deadyet.Item) {
	tb.Helper()
	for id, at := range x.items {
		if !slices.ContainsFunc(last, func(i deadyet.Item) bool { return i.ID == id }) {
			tb.Errorf("%s was on the page at %s and is gone", id, at)
		}
	}
}

func TestStage_theBusiestMonth(t *testing.T) {
	play(t, pace{before: 2 * time.Hour, after: 4 * time.Hour, days: 31}, "2015-02-20", "2015-03-20").matches(t)
}

func TestStage_theEnd(t *testing.T) {
	play(t, pace{before: 2 * time.Hour, after: 6 * time.Hour, days: 1}, "2017-05-15", "2017-05-22").matches(t)
}

// BenchmarkStage_wholeTimeline plays it all: hourly within a day of each event,
// daily otherwise.
func BenchmarkStage_wholeTimeline(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // time is short, and memory is not
	for b.Loop() {
		began := time.Now()
		x := play(b, pace{before: 24 * time.Hour, after: 24 * time.Hour, days: 1}, timelineBegins, timelineEnds)
		x.matches(b)
		b.ReportMetric(time.Since(began).Minutes(), "min")
		b.ReportMetric(float64(x.rounds), "rounds")
		b.ReportMetric(float64(x.conns), "connections")
		b.ReportMetric(float64(x.fleet.Lost()), "lost")
	}
}
