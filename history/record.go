package history

import (
	"cmp"
	"slices"

	"deadyet"
)

// Recorded expands the subject's record over the checks of all its servers.
// The spans are ordered by check and time; of one check none overlap: a fact
// that begins later ends the span of an earlier one, and of two that begin
// together the later one in the record holds.
//
// A fact that picks regions or roles picks by the listing that held when the
// fact began, or the server's last one when none did.
func Recorded(s deadyet.Subject) []deadyet.Span {
	var spans []deadyet.Span
	for _, n := range s.Networks {
		for _, sv := range n.Servers {
			facts := about(s.Record, n, sv)
			for _, c := range n.Checks(sv) {
				spans = append(spans, recorded(facts, c)...)
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
	for _, s := range spans {
		if _, ok := ids[s.Check]; !ok {
			ids[s.Check] = s.Check.ID()
		}
	}
	slices.SortStableFunc(spans, func(a, b deadyet.Span) int {
		return cmp.Or(cmp.Compare(ids[a.Check], ids[b.Check]), compare(a.Since, b.Since))
	})
}

func compare(a, b deadyet.Interval) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) }

// about returns the facts that pick the server, in the order of time.
func about(record []deadyet.Fact, n deadyet.Network, sv deadyet.Server) []deadyet.Fact {
	var facts []deadyet.Fact
	for _, f := range record {
		l, ok := sv.ListingOn(deadyet.DayOf(f.Since.From))
		if !ok {
			l = sv.LastListing()
		}
		q := f.Select
		if (q.Network == "" || q.Network == n.ID) && picks(q.Servers, sv.ID) && picks(q.Regions, l.Region) && picks(q.Roles, l.Role) {
			facts = append(facts, f)
		}
	}
	slices.SortStableFunc(facts, func(a, b deadyet.Fact) int { return compare(a.Since, b.Since) })
	return facts
}

// picks reports whether a field of a selector picks v. An empty one picks all.
func picks[T comparable](field []T, v T) bool { return len(field) == 0 || slices.Contains(field, v) }

// recorded returns the spans of one check of a server.
func recorded(facts []deadyet.Fact, c deadyet.Check) []deadyet.Span {
	var spans []deadyet.Span
	for _, f := range facts {
		q := f.Select
		if !picks(q.Kinds, c.Kind) || !picks(q.Transports, c.Transport) || !picks(q.Ports, c.Port) || !picks(q.Versions, c.Version) {
			continue
		}
		spans = append(cut(spans, f.Since), span(f, c))
	}
	return spans
}

func span(f deadyet.Fact, c deadyet.Check) deadyet.Span {
	failure := deadyet.Failure{}
	if f.Answer != deadyet.AnswerYes {
		failure.Kind = f.Failure
	}
	return deadyet.Span{
		Check: c, Outcome: deadyet.MakeOutcome(f.Answer, f.Stage, failure), Failure: failure,
		Since: f.Since, Until: f.Until, Fact: f.ID,
	}
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
