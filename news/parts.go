package news

import (
	"cmp"
	"slices"

	"deadyet"
)

// group counts the servers of a region and role.
type group struct {
	region deadyet.Region
	role   deadyet.Role
	others int // to which it could have happened and did not
	listed int
}

// groupsOf counts, around those to which it happened, those to which it did not.
func (t *teller) groupsOf(d *draft, day deadyet.Day) (groups []group) {
	ports, versions := d.ports(), d.versions(t.in.Subject)
	if len(versions) > 0 || d.kind == deadyet.ItemOutage {
		ports = nil
	}
	for _, sv := range t.world.network.Servers {
		l, ok := t.world.listed(sv, day)
		if !ok {
			continue
		}
		i := slices.IndexFunc(groups, func(g group) bool { return g.region == l.Region && g.role == l.Role })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{region: l.Region, role: l.Role})
		}
		groups[i].listed++
		hit := slices.ContainsFunc(d.hits, func(h *hit) bool { return h.server == sv.ID })
		if !hit && t.world.host(sv.ID).has(ports, versions) {
			groups[i].others++
		}
	}
	return groups
}

// stillOf says what the servers of the draft still answer.
func (t *teller) stillOf(d *draft, day deadyet.Day) (s deadyet.Still) {
	first, lost := true, d.versions(t.in.Subject)
	taken := make(map[deadyet.Version]bool)
	for _, h := range d.hits {
		var open []uint16
		for e, door := range t.world.host(h.server).ports {
			if !door.open() {
				continue
			}
			open = append(open, e.Port)
			for v, o := range door.takes {
				if o.Answer == deadyet.AnswerYes && !slices.Contains(lost, v) && t.in.Subject.Counts(v) {
					taken[v] = true
				}
			}
		}
		if s.Ports = common(s.Ports, open); first {
			s.Ports, first = open, false
		}
	}
	slices.Sort(s.Ports)
	for v := range taken {
		s.Versions = append(s.Versions, v)
	}
	inOrder(t.in.Subject, s.Versions)
	s.Nobody = true
	for _, g := range d.groups {
		s.About = s.About || g.others > 0 && slices.ContainsFunc(d.hits, func(h *hit) bool { return h.about })
		if g.others == 0 || !g.role.Counted() && g.role != deadyet.RoleEntry {
			continue
		}
		s.Nobody = false
		if g.role.Counted() {
			s.Others += g.others
		}
		if !slices.Contains(s.Roles, g.role) {
			s.Roles = append(s.Roles, g.role)
		}
	}
	slices.Sort(s.Roles)
	return s
}

// parts sums the draft up by region and role.
func (d *draft) parts(s deadyet.Subject) (parts []deadyet.Part) {
	for _, h := range d.hits {
		i := slices.IndexFunc(parts, func(p deadyet.Part) bool { return p.Region == h.place.Region && p.Role == h.place.Role })
		if i < 0 {
			i = len(parts)
			parts = append(parts, deadyet.Part{Region: h.place.Region, Role: h.place.Role})
		}
		p := &parts[i]
		p.Count++
		p.Of++
		if h.back {
			p.Back++
		}
		p.About = p.About || h.about
		p.Ports, p.Versions = union(p.Ports, h.ports), union(p.Versions, h.versions)
		p.Servers = append(p.Servers, h.server)
	}
	for i := range parts {
		p := &parts[i]
		slices.Sort(p.Ports)
		inOrder(s, p.Versions)
		p.Listed = p.Count
		others, listed := 0, 0
		for _, g := range d.groups {
			if g.region == p.Region && (g.role == p.Role || p.Role == "" && g.role.Counted()) {
				others, listed = others+g.others, listed+g.listed
			}
		}
		p.Of, p.Listed = p.Count+others, max(listed, p.Count)
	}
	return alike(parts)
}

// alike tells of main and internal servers of a region together where it
// happened to many of both.
func alike(parts []deadyet.Part) (out []deadyet.Part) {
	slices.SortStableFunc(parts, func(a, b deadyet.Part) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(b.Role, a.Role)) // main before internal
	})
	many := func(p deadyet.Part) bool { return (p.Role.Counted() || p.Role == "") && p.Count*4 >= p.Of }
	for _, p := range parts {
		if n := len(out); n > 0 && out[n-1].Region == p.Region && many(out[n-1]) && many(p) {
			out[n-1] = together(out[n-1], p)
			continue
		}
		out = append(out, p)
	}
	return out
}

func together(a, b deadyet.Part) deadyet.Part {
	a.Role = ""
	a.Count, a.Of, a.Listed, a.Back = a.Count+b.Count, a.Of+b.Of, a.Listed+b.Listed, a.Back+b.Back
	a.About = a.About || b.About
	a.Ports, a.Versions = union(a.Ports, b.Ports), union(a.Versions, b.Versions)
	slices.Sort(a.Ports)
	a.Servers = slices.Concat(a.Servers, b.Servers)
	return a
}

// item makes the item of a draft, without its words.
func (d *draft) item(t *teller) deadyet.Item {
	it := deadyet.Item{
		Kind: d.kind, Network: t.world.network.ID, At: d.began, When: d.when,
		Published: d.published, Updated: d.updated, Until: d.back,
		Parts: d.parts(t.in.Subject), Versions: d.versions(t.in.Subject), Still: d.still, Name: d.name,
		Verdict: d.verdict, Final: d.final, Partly: d.partly,
	}
	if d.kind == deadyet.ItemOutage && d.back.IsZero() && !d.final {
		it.Names, it.Senders = t.pointing(d)
	}
	if len(d.changes) > 0 {
		it.Changes = make([]deadyet.Change, 0, len(d.changes))
	}
	if d.kind == deadyet.ItemPortClosed || d.kind == deadyet.ItemPortOpened || len(it.Versions) > 0 {
		it.Ports = d.ports()
	}
	if d.kind == deadyet.ItemRenumbered && len(d.hits) == 1 {
		it.Name = d.hits[0].server.Name()
	}
	for _, c := range d.changes {
		it.Changes = append(it.Changes, *c)
		back := c.To.Answer == deadyet.AnswerYes && d.kind != deadyet.ItemPortOpened && d.kind != deadyet.ItemVersionAccepted
		if c.Fact != "" && !back && !slices.Contains(it.Facts, c.Fact) {
			it.Facts = append(it.Facts, c.Fact)
		}
		it.Evidence = union(it.Evidence, c.Evidence[:min(len(c.Evidence), max(0, evidenceMost-len(it.Evidence)))])
	}
	return it
}

// evidenceMost is how many transcripts one item names at most.
const evidenceMost = 12
