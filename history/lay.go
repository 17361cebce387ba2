package history

import (
	"slices"

	"deadyet"
)

// laid is a fact of the record as it is laid over the servers of a network.
type laid struct {
	fact  deadyet.Fact
	picks []bool // by server: it is among those that the fact picks
	means []bool // by server: it is one of those that stand for the fact's count
}

// lay picks the servers of n for each fact about its checks, in the order of
// the record.
func lay(record []deadyet.Fact, n deadyet.Network) (facts []*laid) {
	first := n.FirstList()
	for _, f := range record {
		if len(f.Block.Clients) > 0 || (f.Select.Network != "" && f.Select.Network != n.ID) {
			continue
		}
		l := &laid{fact: f, picks: make([]bool, len(n.Servers)), means: make([]bool, len(n.Servers))}
		groups := l.pick(n, first)
		for _, servers := range groups {
			for _, i := range servers[:f.Count.Of(len(servers))] {
				l.means[i] = true
			}
		}
		if len(groups) > 0 {
			facts = append(facts, l)
		}
	}
	return facts
}

// pick picks the servers, in groups for the count: the regions of a share, all
// in one of a number.
func (l *laid) pick(n deadyet.Network, first deadyet.Day) map[deadyet.Region][]int {
	groups := make(map[deadyet.Region][]int)
	q := l.fact.Select
	day := deadyet.DayOf(l.fact.Since.From)
	for i, sv := range n.Servers {
		held, ok := sv.ListingOn(day)
		if !ok && day.Before(first) && len(sv.Listings) > 0 && !first.Before(sv.Listings[0].Since) {
			held, ok = sv.Listings[0], true
		}
		if !ok || !chosen(q.Servers, sv.ID) || !chosen(q.Regions, held.Region) || !chosen(q.Roles, held.Role) {
			continue
		}
		l.picks[i] = true
		r := held.Region
		if l.fact.Count.Exact() {
			r = ""
		}
		groups[r] = append(groups[r], i)
	}
	return groups
}

// chosen reports whether a field of a selector picks v. An empty one picks all.
func chosen[T comparable](field []T, v T) bool { return len(field) == 0 || slices.Contains(field, v) }

// about reports whether the fact is about the check, on a server that it picks.
func (l *laid) about(c deadyet.Check) bool {
	q := l.fact.Select
	if c.Kind.ByItself() {
		return false // nobody wrote down who answered, or where a name led
	}
	return chosen(q.Kinds, c.Kind) && chosen(q.Transports, c.Transport) && chosen(q.Ports, c.Port) && chosen(q.Versions, c.Version)
}

// says is what the fact says of a check that it means.
func (l *laid) says() said {
	f := l.fact
	s := said{fact: f.ID, vague: f.Vague()}
	if f.Answer != deadyet.AnswerYes {
		s.failure.Kind = f.Failure
	}
	s.outcome = deadyet.MakeOutcome(f.Answer, f.Stage, s.failure)
	return s
}
