package verdict

import (
	"time"

	"deadyet"
)

// dayThatCounts returns the day whose listings count at t: that of t, or the
// last one of a network that had closed by then.
func dayThatCounts(n deadyet.Network, t time.Time) deadyet.Day {
	d := deadyet.DayOf(t)
	if n.Closed.IsZero() || d.Before(n.Closed) {
		return d
	}
	for _, s := range n.Servers {
		if _, ok := s.ListingOn(n.Closed); ok {
			return n.Closed
		}
	}
	// The lists may end with the day on which the network closed.
	return deadyet.DayOf(n.Closed.Start().Add(-time.Second))
}

// votes reports whether servers of that role are counted.
func votes(r deadyet.Role) bool { return r == deadyet.RoleMain || r == deadyet.RoleInternal }
