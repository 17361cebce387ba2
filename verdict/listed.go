package verdict

import (
	"time"

	"deadyet"
)

// dayThatCounts returns the day whose listings count at t: that of t, the last
// one of a network that had closed by then, or the first one of a network whose
// servers were not listed yet.
func (b *board) dayThatCounts(t time.Time) deadyet.Day {
	d := deadyet.DayOf(t)
	if d.Before(b.first) {
		return b.first
	}
	return lastDay(b.network, d)
}

// lastDay returns d, or the last day on which the lists of a closed network
// held, which may be the one before it closed.
func lastDay(n deadyet.Network, d deadyet.Day) deadyet.Day {
	if n.Closed.IsZero() || d.Before(n.Closed) {
		return d
	}
	for _, s := range n.Servers {
		if l, ok := s.ListingOn(n.Closed); ok && l.Role.Counted() {
			return n.Closed
		}
	}
	return deadyet.DayOf(n.Closed.Start().Add(-time.Second))
}
