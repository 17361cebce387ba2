package verdict

import (
	"slices"
	"time"

	"deadyet"
)

// Lines returns one line for each network, in the subject's order, from the
// states of all checks, the verdicts of the networks and the latest rounds, in
// any order. A round that left
// everything unasked, as when our own line is down, asked nobody. Only main and
// internal servers are counted, listed on the day of at, or on the last day of
// a network that is closed.
func Lines(s deadyet.Subject, states []deadyet.State, verdicts map[deadyet.NetworkID]deadyet.Verdict, rounds []deadyet.RoundSummary, at time.Time) []deadyet.Line {
	byServer := make(map[deadyet.ServerID][]*deadyet.State)
	for i := range states {
		st := &states[i]
		byServer[st.Check.Server] = append(byServer[st.Check.Server], st)
	}
	lines := make([]deadyet.Line, 0, len(s.Networks))
	for _, n := range s.Networks {
		l, asked := line(s, n, byServer, at)
		l.Verdict = verdicts[n.ID]
		for _, r := range rounds {
			none := !asked.IsZero() && r.Began.After(asked) // all of this network was over budget, or our line was down
			if slices.Contains(r.Networks, n.ID) && askedAny(r) && !none && r.Began.After(l.LastAsked) {
				l.LastRound, l.LastAsked = r.Number, r.Began
			}
		}
		lines = append(lines, l)
	}
	return lines
}

// askedAny reports whether r asked anything at all.
func askedAny(r deadyet.RoundSummary) bool {
	for a, n := range r.Counts {
		if a != deadyet.AnswerUnasked && n > 0 {
			return true
		}
	}
	return false
}

// line returns the line of a network, and when one of its servers was asked last.
func line(s deadyet.Subject, n deadyet.Network, byServer map[deadyet.ServerID][]*deadyet.State, at time.Time) (_ deadyet.Line, asked time.Time) {
	l := deadyet.Line{Network: n.ID}
	taken := make(map[deadyet.Version]bool)
	recorded, measured := false, false
	day := lastDay(n, deadyet.DayOf(at))
	if first := n.FirstList(); day.Before(first) && !n.Since.IsZero() && !deadyet.DayOf(at).Before(n.Since) {
		day = first // of which older things are known: that list stands for the fleet
	}
	for _, sv := range n.Servers {
		listing, ok := sv.ListingOn(day)
		if !ok || !listing.Role.Counted() {
			continue
		}
		l.Servers++
		answering := false
		for _, st := range byServer[sv.ID] {
			if st.Asked.After(asked) {
				asked = st.Asked
			}
			recorded = recorded || st.Span.Recorded()
			measured = measured || !st.Span.Recorded() && !st.Span.Since.IsZero()
			if s.Counts(st.Check.Version) {
				l.Answer = best(l.Answer, st.Answer())
			}
			if st.Check.Version != "" && st.Answer() == deadyet.AnswerYes {
				taken[st.Check.Version], answering = true, true
			}
		}
		l.Answering += count(answering)
	}
	l.Versions, l.Recorded = inOrder(s, taken), recorded && !measured
	return l, asked
}

// best returns the answer that is better for a person who wants to connect.
func best(a, b deadyet.Answer) deadyet.Answer {
	order := []deadyet.Answer{
		deadyet.AnswerUnasked, deadyet.AnswerSilent, deadyet.AnswerNo, deadyet.AnswerUnclear, deadyet.AnswerYes,
	}
	if slices.Index(order, b) > slices.Index(order, a) {
		return b
	}
	return a
}

// inOrder returns the versions in the order of their release; those that the
// subject does not know follow, in alphabetical order.
func inOrder(s deadyet.Subject, taken map[deadyet.Version]bool) []deadyet.Version {
	var known, rest []deadyet.Version
	for _, i := range s.Versions {
		if taken[i.Version] {
			known = append(known, i.Version)
		}
	}
	for v := range taken {
		if !slices.Contains(known, v) {
			rest = append(rest, v)
		}
	}
	slices.Sort(rest)
	return append(known, rest...)
}
