package site

import (
	"math"
	"strconv"
	"time"
)

// plotFrom and plotTo are the sides of a picture's plot in percent of its
// width. What is left of it holds the labels. Everything across is in percent,
// so that a picture fits any width while its letters keep their size.
const (
	plotFrom = 17.0
	plotTo   = 99.0
)

// breakAt is the share of the plot behind which a long time without changes is
// drawn in short.
const breakAt = 0.86

// axis maps time to a place across a picture.
type axis struct {
	from, to time.Time
	turn     time.Time // from here on time is drawn in short; zero: nowhere
}

// makeAxis reaches from one moment to another. Where nothing changed any more
// for a large part of it, that part is drawn in short, so that what did change
// can be seen.
func makeAxis(from, last, to time.Time) axis {
	a := axis{from: from, to: to}
	if !to.After(from) {
		a.to = from.Add(24 * time.Hour)
	}
	if busy, quiet := last.Sub(from), to.Sub(last); busy > 0 && quiet > busy/3 {
		a.turn = last.Add(busy / 12)
	}
	return a
}

// broken reports whether the end is drawn in short.
func (a axis) broken() bool { return !a.turn.IsZero() }

// percent is the place of a moment.
func (a axis) percent(t time.Time) float64 {
	switch {
	case t.Before(a.from):
		t = a.from
	case t.After(a.to):
		t = a.to
	}
	share := 0.0
	switch {
	case !a.broken():
		share = part(a.from, t, a.to)
	case t.Before(a.turn):
		share = breakAt * part(a.from, t, a.turn)
	default:
		share = breakAt + (1-breakAt)*part(a.turn, t, a.to)
	}
	return plotFrom + (plotTo-plotFrom)*share
}

func part(from, t, to time.Time) float64 {
	return float64(t.Sub(from)) / float64(to.Sub(from))
}

// thousandth is the place of a moment in thousandths of the plot alone.
func (a axis) thousandth(t time.Time) int {
	return int(math.Round(1000 * (a.percent(t) - plotFrom) / (plotTo - plotFrom)))
}

// x writes a place as SVG wants it.
func (a axis) x(t time.Time) string { return percentText(a.percent(t)) }

// width is the distance between two moments, and at least a hair.
func (a axis) width(from, to time.Time) string {
	return percentText(max(a.percent(to)-a.percent(from), 0.15))
}

func percentText(p float64) string {
	return strconv.FormatFloat(math.Round(p*100)/100, 'f', -1, 64) + "%"
}

// tick is a year or another date on an axis.
type tick struct{ X, Text, Anchor string }

// ticks names at most so many years, and the day at the end of a broken axis.
func (t tongue) ticks(a axis, most int) (out []tick) {
	end := a.to
	if a.broken() {
		end = a.turn
	}
	first, last := a.from.UTC().Year()+1, end.UTC().Year()
	step := 1
	for _, s := range []int{1, 2, 5, 10, 20, 50} {
		if step = s; (last-first)/s < most {
			break
		}
	}
	for y := first; y <= last; y++ {
		at := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
		if p := a.percent(at); y%step == 0 && p < plotTo-4 {
			out = append(out, tick{percentText(p), strconv.Itoa(y), "middle"})
		}
	}
	if a.broken() || len(out) == 0 {
		out = append(out, tick{percentText(plotTo), t.MonthOf(a.to), "end"})
	}
	return out
}
