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
	v, _ := Tell(s, n, changes, at, down)
	return v
}

// Tell is [Judge] and [History] at once.
func Tell(s deadyet.Subject, n deadyet.Network, changes []deadyet.Change, at time.Time, down bool) (deadyet.Verdict, []deadyet.Verdict) {
	b, said := follow(s, n, changes, at)
	last := deadyet.Verdict{Word: deadyet.WordUnknown}
	if len(said) > 0 {
		last = said[len(said)-1]
	}
	v := b.verdict(last.Word, at)
	v.Since, v.At, v.Published, v.Facts = last.Since, last.At, last.Published, b.facts()
	for _, r := range last.Reasons {
		if r.Kind == deadyet.ReasonRisen {
			v.Reasons = append(v.Reasons, r)
		}
	}
	if down && v.Listed > 0 && v.Accepting == 0 && len(v.Facts) == 0 {
		v.Word, v.Since, v.At, v.Says = deadyet.WordUnknown, deadyet.Interval{}, time.Time{}, s.Rule.Says[deadyet.WordUnknown]
	}
	v.Reason = reason(b, v)
	return v, said
}

// verdict is what the board shows, with the reasons as data.
func (b *board) verdict(w deadyet.Word, now time.Time) deadyet.Verdict {
	t := b.counted()
	return deadyet.Verdict{
		Word: w, Says: b.subject.Rule.Says[w], Reasons: b.reasons(),
		Listed: t.listed, Reference: t.reference, Accepting: t.accepting, LastYes: b.lastYes(now),
	}
}
