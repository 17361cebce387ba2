package history

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// Recorded expands the subject's record over the checks of all its servers.
// The spans are ordered by check and time, and none of one check overlap.
//
// A fact picks servers by the list that held when it began; before the first
// list of a network, by that one. What it says holds until it ends or another
// fact says otherwise: when it ends, what held before it goes on. A no or a
// silence is about checks that were answered, so a refused version changes
// nothing where the port had closed before. When a server leaves the list, its
// questions are no longer asked.
//
// Where the record knows only how many servers a fact is about, the first ones
// of each region in the order of the list stand for them, and the spans of all
// that were meant bear the fact, so that nobody takes the choice for knowledge.
func Recorded(s deadyet.Subject) []deadyet.Span {
	var spans []deadyet.Span
	for _, n := range s.Networks {
		facts := lay(s.Record, n)
		for i, sv := range n.Servers {
			for _, c := range n.Checks(sv) {
				spans = append(spans, recorded(facts, i, sv, c)...)
			}
		}
	}
	Sort(spans)
	return spans
}

// Sort orders spans by check and time, the order in which this package
// returns them.
func Sort(spans []deadyet.Span) {
	ids := make(map[deadyet.Check]deadyet.CheckID)
	type keyed struct { // a span is large: places are sorted, and each is moved once
		id   deadyet.CheckID
		span *deadyet.Span
	}
	old := slices.Clone(spans)
	sorted := make([]keyed, len(old))
	for i := range old {
		s := &old[i]
		if i > 0 && old[i-1].Check == s.Check {
			sorted[i] = keyed{sorted[i-1].id, s}
			continue
		}
		id, ok := ids[s.Check]
		if !ok {
			id = s.Check.ID()
			ids[s.Check] = id
		}
		sorted[i] = keyed{id, s}
	}
	slices.SortStableFunc(sorted, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.id, b.id), compare(a.span.Since, b.span.Since))
	})
	for i, k := range sorted {
		spans[i] = *k.span
	}
}

func compare(a, b deadyet.Interval) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) }

// border is a moment at which a fact begins or ends.
type border struct {
	when deadyet.Interval
	fact *laid
	ends bool
}

// recorded returns the spans of one check of the i-th server.
func recorded(facts []*laid, i int, sv deadyet.Server, c deadyet.Check) []deadyet.Span {
	borders := bordersOf(facts, i, c)
	if len(borders) == 0 {
		return nil
	}
	var (
		spans  []deadyet.Span
		active []*laid
		now    said
	)
	for k := 0; k < len(borders); k++ {
		b := borders[k]
		if b.ends {
			active = slices.DeleteFunc(active, func(f *laid) bool { return f == b.fact })
		} else {
			active = append(active, b.fact)
		}
		next := fold(active, i)
		if b.ends && next.outcome != now.outcome && !b.fact.fact.Vague() {
			next.fact = b.fact.fact.ID // it is this one that knows of the end
		}
		if next.outcome == now.outcome && next.vague == now.vague {
			continue
		}
		spans, now = append(cut(spans, b.when), span(c, next, b.when)), next
	}
	return unlisted(spans, sv)
}

func bordersOf(facts []*laid, i int, c deadyet.Check) (borders []border) {
	for _, f := range facts {
		if !f.picks[i] || !f.about(c) {
			continue
		}
		borders = append(borders, border{when: f.fact.Since, fact: f})
		if !f.fact.Until.IsZero() {
			borders = append(borders, border{when: f.fact.Until, fact: f, ends: true})
		}
	}
	slices.SortStableFunc(borders, func(a, b border) int { return compare(a.when, b.when) })
	return borders
}

// said is what the record says of a check for a time.
type said struct {
	outcome deadyet.Outcome
	failure deadyet.Failure
	fact    deadyet.FactID
	vague   bool // it is not known whether the fact is about this server
}

// fold says what holds while the facts are active, in the order in which they
// began.
func fold(active []*laid, i int) (now said) {
	for _, f := range active {
		next := f.says()
		unknown := now.fact == "" && f.fact.Until.IsZero() && !next.vague // what passes, or means some, says nothing of what there was not
		answered := unknown || now.outcome.Answer == deadyet.AnswerYes || now.outcome.Answer == deadyet.AnswerUnclear
		switch a := f.fact.Answer; {
		case a == deadyet.AnswerUnasked && now.outcome.Answer == deadyet.AnswerUnasked:
			continue
		case a == deadyet.AnswerUnasked || a == deadyet.AnswerYes || answered:
			if !f.means[i] { // another server of the group may be meant, or this one
				next.outcome, next.failure = now.outcome, now.failure
			}
			now = next
		case now.vague && !next.vague && now.outcome.Answer == a:
			now.fact, now.vague = next.fact, false // now it is certain
		}
	}
	return now
}

func span(c deadyet.Check, s said, since deadyet.Interval) deadyet.Span {
	return deadyet.Span{Check: c, Outcome: s.outcome, Failure: s.failure, Since: since, Fact: s.fact}
}

// unlisted ends the spans where the server leaves the list. When it comes back,
// what the record says goes on.
func unlisted(spans []deadyet.Span, sv deadyet.Server) []deadyet.Span {
	for i, l := range sv.Listings {
		if l.Until.IsZero() || len(spans) == 0 {
			continue
		}
		var back deadyet.Interval
		if i+1 < len(sv.Listings) {
			if next := sv.Listings[i+1].Since; next != l.Until {
				back = deadyet.OnDay(next)
			} else {
				continue
			}
		}
		spans = gap(spans, deadyet.OnDay(l.Until), back)
	}
	return spans
}

// gap puts a time in which nobody asked into the spans of one check; without an
// end it goes on.
func gap(spans []deadyet.Span, from, to deadyet.Interval) []deadyet.Span {
	before := cut(spans, from)
	if len(before) == 0 || before[len(before)-1].Outcome.Answer == deadyet.AnswerUnasked {
		return spans
	}
	last := before[len(before)-1]
	out := append(before, deadyet.Span{Check: last.Check, Since: from, Until: to, Fact: last.Fact})
	if to.IsZero() {
		return out
	}
	for _, s := range spans {
		if !s.Open() && compare(s.Until, to) <= 0 {
			continue
		}
		if compare(s.Since, to) < 0 {
			s.Since = to
		}
		out = append(out, s)
	}
	return out
}

// cut ends the spans of one check at the border: what goes past it ends there,
// what begins there or later is left out.
func cut(spans []deadyet.Span, border deadyet.Interval) []deadyet.Span {
	var kept []deadyet.Span
	for _, s := range spans {
		if compare(s.Since, border) >= 0 {
			continue
		}
		if s.Open() || compare(s.Until, border) > 0 {
			s.Until = border
		}
		kept = append(kept, s)
	}
	return kept
}

// Overlay lays measured spans over recorded ones: from the first finding of a
// check on, the record says nothing about it any more. Spans of one check must
// be in the order of time. The result is ordered like [Recorded].
func Overlay(recorded, measured []deadyet.Span) []deadyet.Span {
	if len(measured) == 0 {
		return slices.Clip(recorded)
	}
	first := make(map[deadyet.Check]deadyet.Interval)
	for _, m := range measured {
		if _, ok := first[m.Check]; !ok {
			first[m.Check] = m.Since
		}
	}
	spans := slices.Clone(measured)
	for _, r := range recorded {
		border, ok := first[r.Check]
		if !ok {
			spans = append(spans, r)
			continue
		}
		spans = append(spans, cut([]deadyet.Span{r}, border)...)
	}
	Sort(spans)
	return spans
}

// Until returns the history as it was at a moment: what had begun, with the
// ends that had come. The argument is not changed.
func Until(spans []deadyet.Span, at time.Time) []deadyet.Span {
	begun := 0 // of an early day most had not, and spans are large
	for i := range spans {
		if !spans[i].Begins().After(at) {
			begun++
		}
	}
	known := make([]deadyet.Span, 0, begun)
	for i := range spans {
		s := &spans[i]
		if s.Begins().After(at) {
			continue
		}
		known = append(known, *s)
		if next := i + 1; next < len(spans) && spans[next].Check == s.Check && spans[next].Begins().After(at) {
			last := &known[len(known)-1]
			last.Until, last.Last = deadyet.Interval{}, time.Time{}
		}
	}
	return known
}
