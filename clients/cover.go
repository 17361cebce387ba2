package clients

import (
	"cmp"
	"math"
	"slices"
	"time"

	"deadyet"
)

// Moments are nanoseconds, as many of them are compared.
const (
	always = math.MinInt64
	never  = math.MaxInt64
)

func nano(t time.Time) int64 { return t.UnixNano() }

// border is a moment from which on something is otherwise, and in which time
// that happened.
type border struct {
	at   int64
	when deadyet.Interval
}

// stretch is a time in which something holds.
type stretch struct{ from, to border }

// cover is the time in which something holds: after close, stretches in order
// that don't touch.
type cover []stretch

// alike is how many of the last stretches are looked through for an equal one:
// the servers of a network mostly change together.
const alike = 8

func (c *cover) add(s stretch) {
	if s.from.at >= s.to.at {
		return
	}
	for i := len(*c) - 1; i >= 0 && i >= len(*c)-alike; i-- {
		if o := (*c)[i]; o.from.at == s.from.at && o.to.at == s.to.at {
			return
		}
	}
	*c = append(*c, s)
}

// close joins stretches that touch.
func (c *cover) close() {
	slices.SortFunc(*c, func(a, b stretch) int { return cmp.Compare(a.from.at, b.from.at) })
	joined := (*c)[:0]
	for _, s := range *c {
		n := len(joined)
		switch {
		case n == 0 || joined[n-1].to.at < s.from.at:
			joined = append(joined, s)
		case joined[n-1].to.at < s.to.at:
			joined[n-1].to = s.to
		}
	}
	*c = joined
}

// holds reports whether it holds at t.
func (c cover) holds(t int64) bool {
	for i := range c {
		if c[i].from.at <= t && t < c[i].to.at {
			return true
		}
	}
	return false
}

// last moves b to the latest border that is not after t, if that is later.
func (c cover) last(t int64, b *border) {
	for i := range c {
		b.later(t, &c[i].from)
		b.later(t, &c[i].to)
	}
}

// later moves b to o, if o is later and not after t. Of two at one moment it is the
// one that is known less exactly, in whatever order they come.
func (b *border) later(t int64, o *border) {
	if o.at <= t && (o.at > b.at || o.at == b.at && o.vaguer(b)) {
		*b = *o
	}
}

// vaguer orders borders of one moment.
func (b *border) vaguer(o *border) bool {
	return cmp.Or(b.when.From.Compare(o.when.From), o.when.To.Compare(b.when.To)) < 0
}
