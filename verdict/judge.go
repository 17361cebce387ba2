package verdict

import (
	"time"

	"deadyet"
)

// Judge answers the question for network n at the moment at, from the changes
// of all checks, as [History] does. down says that our own line is down, or
// that no round ran; it says nothing about a verdict that rests on the record
// alone.
func Judge(s deadyet.Subject, n deadyet.Network, changes []deadyet.Change, at time.Time, down bool) deadyet.Verdict {
	v, _ := Tell(s, n, changes, at, Present{Down: down})
	return v
}

// Present is what the changes don't tell of the moment for which a verdict is
// asked.
type Present struct {
	Down bool // our own line is down, or no round ran
	// Stirs is since when something is found to be taken that is not confirmed
	// yet; zero if nothing is. Then no yes becomes true that was not true before.
	Stirs time.Time
}

// Tell is [Judge] and [History] at once.
func Tell(s deadyet.Subject, n deadyet.Network, changes []deadyet.Change, at time.Time, p Present) (deadyet.Verdict, []deadyet.Verdict) {
	b, said := follow(s, n, changes, at, p.Stirs)
	last := deadyet.Verdict{Word: deadyet.WordUnknown}
	if len(said) > 0 {
		last = said[len(said)-1]
	}
	v := b.verdict(last.Word, at)
	v.Since, v.At, v.Published, v.Facts = last.Since, last.At, last.Published, b.facts()
	v.Reasons = since(v.Reasons, last.Since)
	if risen, ok := last.Find(deadyet.ReasonRisen); ok {
		v.Reasons = append(v.Reasons, risen)
	}
	if p.Down && v.Listed > 0 && v.Accepting == 0 && len(v.Facts) == 0 {
		v.Word, v.Since, v.At = deadyet.WordUnknown, deadyet.Interval{}, time.Time{}
	}
	return v, said
}

// since dates reasons to when the word became true.
func since(rs []deadyet.Reason, when deadyet.Interval) []deadyet.Reason {
	for i := range rs {
		rs[i].Since = when
	}
	return rs
}

// verdict is what the board shows, with the reasons as data.
func (b *board) verdict(w deadyet.Word, now time.Time) deadyet.Verdict {
	t := b.counted()
	return deadyet.Verdict{
		Network: b.network.ID, Word: w, Reasons: b.reasons(),
		Listed: t.listed, Reference: t.reference, Accepting: t.accepting, Unasked: t.unasked, LastYes: b.lastYes(now),
		About: b.about(), Entry: b.tally.listed == 0 && b.entries.listed > 0,
	}
}
