package verdict

import (
	"cmp"
	"slices"

	"deadyet"
)

// reasons says as data why the board comes to its word.
func (b *board) reasons() (rs []deadyet.Reason) {
	t := b.counted()
	if t.listed == 0 {
		return nil
	}
	taken, gone, ways := b.versions()
	if b.compared {
		rs = append(rs, deadyet.Reason{
			Kind: deadyet.ReasonReference, Servers: t.reference, Of: t.listed,
			Versions: []deadyet.Version{b.subject.Rule.Reference}, Clients: b.used(b.subject.Rule.Reference),
		})
	}
	rs = append(rs, deadyet.Reason{
		Kind: deadyet.ReasonAccepting, Servers: t.accepting, Of: t.listed,
		Versions: taken, Ways: ways, Clients: b.used(taken...),
	})
	if len(gone) > 0 {
		rs = append(rs, deadyet.Reason{Kind: deadyet.ReasonGone, Of: t.listed, Versions: gone, Clients: b.used(gone...)})
	}
	if names := b.downNames(); len(names) > 0 {
		rs = append(rs, deadyet.Reason{Kind: deadyet.ReasonDependency, Servers: len(names), Of: len(names), Names: names})
	}
	return rs
}

// versions returns the versions that count and are taken by a server that
// counts, those that were asked about and are not, and at which endpoints the
// former are taken, the most frequent one first.
func (b *board) versions() (taken, gone []deadyet.Version, ways []string) {
	yes, asked, at := make(map[deadyet.Version]bool), make(map[deadyet.Version]bool), make(map[string]int)
	for _, st := range b.servers {
		if !b.votes(st) {
			continue
		}
		for c, now := range st.current {
			if !b.counts[c.Version] {
				continue
			}
			asked[c.Version] = true
			if now.To.Answer == deadyet.AnswerYes {
				yes[c.Version] = true
				at[c.Where()]++
			}
		}
	}
	for _, v := range inOrder(b.subject, asked) {
		if !yes[v] {
			gone = append(gone, v)
		}
	}
	for w := range at {
		ways = append(ways, w)
	}
	slices.SortFunc(ways, func(a, b string) int { return cmp.Or(cmp.Compare(at[b], at[a]), cmp.Compare(a, b)) })
	return inOrder(b.subject, yes), gone, ways
}

// used says who used the versions.
func (b *board) used(vs ...deadyet.Version) (clients []string) {
	for _, i := range b.subject.Versions {
		if i.Used != "" && slices.Contains(vs, i.Version) {
			clients = append(clients, i.Used)
		}
	}
	return clients
}

// about reports whether the number of servers rests on a fact that knows a
// share of them only.
func (b *board) about() bool {
	for _, st := range b.servers {
		if !b.votes(st) {
			continue
		}
		for c, now := range st.current {
			if b.vague[now.Fact] && b.counts[c.Version] {
				return true
			}
		}
	}
	return false
}

// downNames returns the names of the dependencies that are down.
func (b *board) downNames() (names []string) {
	for _, st := range b.servers {
		if st.stands.down > 0 {
			names = append(names, st.server.ID.Name())
		}
	}
	return names
}
