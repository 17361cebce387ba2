package verdict

import (
	"time"

	"deadyet"
)

// Judge answers the subject's question at the moment at.
//
// states are the checks of the subject's network as they stand, measured or
// recorded, and past their earlier spans, in any order; what belongs to other
// networks is left aside. down says that our own line is down, or that no round
// ran; it says nothing about a verdict that rests on the record alone.
func Judge(s deadyet.Subject, states []deadyet.State, past []deadyet.Span, at time.Time, down bool) deadyet.Verdict {
	n, _ := s.NetworkByID(s.Network)
	b, runs := replay(s, n, events(n, states, past, at))
	b.list(dayThatCounts(n, at))
	v := deadyet.Verdict{
		Word: b.word(), Facts: b.facts(), LastYes: b.lastYes(),
		Listed: b.tally.listed, Reference: b.tally.reference, Accepting: b.tally.accepting,
	}
	v.Since = since(runs, v.Word, s.Rule.After)
	switch {
	case v.Accepting > 0 || v.Listed == 0:
	case down && len(v.Facts) == 0:
		v.Word, v.Since = deadyet.WordUnknown, deadyet.Interval{}
	case !v.LastYes.IsZero() && at.Sub(v.LastYes) < s.Rule.After:
		v.Word = deadyet.WordMostly
		v.Since = since(runs, v.Word, s.Rule.After)
	}
	v.Says = s.Rule.Says[v.Word]
	v.Reason = reason(s.Rule, b, v)
	return v
}

// since returns when w became true, given that it holds at the end of the runs.
// A yes that did not last was never said: while it waited, mostly stayed.
func since(runs []run, w deadyet.Word, after time.Duration) deadyet.Interval {
	i := len(runs) - 1
	if w != deadyet.WordMostly {
		return runs[i].since
	}
	for ; i > 0; i-- {
		before := runs[i-1]
		waited := before.word == deadyet.WordYes && runs[i].since.To.Sub(before.since.From) < after
		if before.word != deadyet.WordMostly && !waited {
			break
		}
	}
	return runs[i].since
}
