package history

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// Border names a change among those of all checks.
type Border struct {
	Check deadyet.Check
	At    time.Time
}

// Changes returns the borders between spans in the order of time, the first
// answer of each check among them as a change from unasked. The spans must be
// ordered as [Overlay] returns them. confirmed tells when measured changes were
// confirmed, by the moment at which they took effect; what it does not tell,
// and what is recorded, counts as confirmed when it took effect.
func Changes(spans []deadyet.Span, confirmed map[Border]time.Time) []deadyet.Change {
	changes := make([]deadyet.Change, 0, len(spans))
	for i := range spans {
		s := &spans[i]
		c := deadyet.Change{
			Check: s.Check, To: s.Outcome, Failure: s.Failure, When: s.Since, Confirmed: s.Begins(),
			Fact: s.Fact, Evidence: s.Evidence,
		}
		if i > 0 && spans[i-1].Check == s.Check {
			c.From, c.Before, c.Lasted = spans[i-1].Outcome, spans[i-1].Fact, s.Since.From.Sub(spans[i-1].Begins())
			c.First = !s.Recorded() && (spans[i-1].Recorded() || i == 1 || spans[i-2].Check != s.Check || spans[i-2].Recorded())
		}
		if c.From == c.To {
			continue // a border between facts that say the same
		}
		if t, ok := confirmed[Border{s.Check, s.Since.To}]; ok && s.Fact == "" {
			c.Confirmed = t
		}
		changes = append(changes, c)
	}
	return inTime(changes)
}

// inTime returns the changes in the order of time. A change is large: places are
// sorted, and each change is moved once.
func inTime(changes []deadyet.Change) []deadyet.Change {
	type keyed struct {
		begins, to time.Time
		place      int
	}
	keys := make([]keyed, len(changes))
	for i := range changes {
		keys[i] = keyed{changes[i].Begins(), changes[i].When.To, i}
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		return cmp.Or(a.begins.Compare(b.begins), a.to.Compare(b.to), cmp.Compare(a.place, b.place))
	})
	sorted := make([]deadyet.Change, len(changes))
	for i, k := range keys {
		sorted[i] = changes[k.place]
	}
	return sorted
}
