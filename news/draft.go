package news

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// teller turns the strokes of one network into drafts of items.
type teller struct {
	in      Input
	world   *world
	settle  time.Duration
	drafts  []*draft
	touched []*draft // at this moment
}

// draft is an item while it grows.
type draft struct {
	kind      deadyet.ItemKind
	name      string // of the dependency
	began     time.Time
	when      deadyet.Interval
	grew      time.Time // when the last server fell
	published time.Time
	updated   time.Time
	hits      []*hit
	changes   []*deadyet.Change
	groups    []group // how many it could have happened to
	still     deadyet.Still
	verdict   deadyet.Verdict  // of an end and a resurrection
	end       *draft           // of the network, to which an outage belongs
	final     bool             // an outage that ended so, and of which nothing came back
	partly    bool             // an outage that not every port came back from
	held      bool             // it is not known yet whether it is an outage or the end
	mended    deadyet.Interval // when the last of what is back came back
	back      deadyet.Interval // the same once nothing else is missed
}

// hit is a server to which it happened.
type hit struct {
	server   deadyet.ServerID
	place    deadyet.Listing
	ports    []uint16
	versions []deadyet.Version
	lost     []uint16        // of the ports, those that are not back
	missed   []deadyet.Check // of those that told of it, where it is about less than whole ports
	about    bool
	back     bool
	left     bool // it is no longer asked
}

// tell lets one stroke happen and gives what it means to the drafts.
func (t *teller) tell(s *stroke) {
	if since, ok := t.in.Unsettled[s.server]; ok && !since.After(s.confirmed()) && t.in.At.Sub(s.at) < 4*t.settle {
		return // it was not told before it became unsettled
	}
	h := t.world.host(s.server)
	defer t.leave(h)
	role := h.server.LastListing().Role
	for _, b := range t.world.strike(s) {
		switch {
		case len(b.changes) == 0:
			// Nothing of it is news.
		case role == deadyet.RoleDependency:
			t.dependency(s, b)
		case role == deadyet.RoleEntry && t.world.inner && b.kind != deadyet.ItemRenumbered:
			// Servers behind the name are known, and their news is told.
		case b.back:
			t.mend(s, b)
		default:
			t.hit(s, b)
		}
	}
}

// dependency: a closed port of a login host is a login host that is down.
func (t *teller) dependency(s *stroke, b blow) {
	if b.kind != deadyet.ItemOutage && b.kind != deadyet.ItemPortClosed {
		return
	}
	open := len(t.world.host(s.server).open()) > 0
	switch b.kind = deadyet.ItemDependencyDown; {
	case b.back && open:
		t.mend(s, b)
	case !b.back && !open:
		t.hit(s, b)
	}
}

// hit adds a stroke to the draft that it belongs to, or begins one.
func (t *teller) hit(s *stroke, b blow) {
	d := t.growing(s, b)
	if d == nil {
		d = &draft{kind: b.kind, began: s.at, when: b.changes[0].When, published: s.confirmed()}
		if b.kind == deadyet.ItemDependencyDown {
			d.name = s.server.Name()
		}
		t.drafts = append(t.drafts, d)
	}
	if !d.updated.After(s.confirmed()) {
		d.updated = s.confirmed()
	}
	if s.confirmed().Before(d.published) { // it has grown at its front
		d.published = s.confirmed()
	}
	if s.at.After(d.grew) {
		d.grew = s.at
	}
	d.changes = append(d.changes, b.changes...)
	d.add(t.hitOf(s, b))
	if !slices.Contains(t.touched, d) {
		t.touched = append(t.touched, d)
	}
}

func (t *teller) hitOf(s *stroke, b blow) *hit {
	h := &hit{server: s.server, ports: b.ports, versions: b.versions, missed: b.checks}
	if len(b.checks) == 0 {
		h.lost = b.ports
	}
	h.place = t.world.place(t.world.host(s.server).server, deadyet.DayOf(s.at))
	for _, c := range b.changes {
		// Those that are left of a group are as little known as those that fell.
		for _, id := range []deadyet.FactID{c.Fact, c.Before} {
			if f := t.share(id); f != nil {
				h.about = true
				if len(f.Select.Roles) != 1 && h.place.Role.Counted() {
					h.place.Role = ""
				}
			}
		}
	}
	return h
}

// share returns the fact when it is about a share of servers, else nil.
func (t *teller) share(id deadyet.FactID) *deadyet.Fact {
	if id == "" {
		return nil
	}
	for i := range t.in.Subject.Record {
		if f := &t.in.Subject.Record[i]; f.ID == id {
			if f.Vague() && !f.Count.Exact() {
				return f
			}
			return nil
		}
	}
	return nil
}

// growing returns the draft that the stroke belongs to: one of its kind of the
// same day, or of less than a confirmation time ago. An outage grows only while
// servers fall, and never after it is over.
func (t *teller) growing(s *stroke, b blow) *draft {
	for _, d := range slices.Backward(t.drafts) {
		near := s.at.Sub(d.grew).Abs() <= t.settle
		sameDay := deadyet.DayOf(s.at) == deadyet.DayOf(d.began)
		switch {
		case d.kind == b.kind && d.wanders(s):
			return d
		case d.kind != b.kind, d.kind == deadyet.ItemDependencyDown && d.name != s.server.Name():
		case d.when != b.changes[0].When && (long(d.changes[0]) || long(b.changes[0])):
			// Only somewhere in a long time: nothing says that it was one event.
		case d.kind == deadyet.ItemOutage || d.kind == deadyet.ItemDependencyDown:
			if near && d.back.IsZero() {
				return d
			}
		case (near || sameDay) && d.back.IsZero():
			return d
		}
	}
	return nil
}

// long reports whether the record does not even know on which day something
// happened. What was measured may be as vague, after days without a look, but
// was found in a round, together with the rest.
func long(c *deadyet.Change) bool { return c.Fact != "" && c.When.To.Sub(c.When.From) > 48*time.Hour }

// add merges what happens to a server twice within one item.
func (d *draft) add(h *hit) {
	for _, old := range d.hits {
		if old.server == h.server && old.place.Region == h.place.Region {
			old.ports, old.versions = union(old.ports, h.ports), union(old.versions, h.versions)
			old.lost, old.missed, old.back = union(old.lost, h.lost), union(old.missed, h.missed), false
			return
		}
	}
	d.hits = append(d.hits, h)
}

func union[T comparable](a, b []T) []T {
	u := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(u, x) {
			u = append(u, x)
		}
	}
	return u
}

func common[T comparable](a, b []T) (both []T) {
	for _, x := range a {
		if slices.Contains(b, x) {
			both = append(both, x)
		}
	}
	return both
}

// look finishes a moment: what it touched is compared with those to which it
// did not happen.
func (t *teller) look(at time.Time) {
	for _, d := range t.touched {
		d.groups = t.groupsOf(d, deadyet.DayOf(at))
		d.still = t.stillOf(d, deadyet.DayOf(at))
		if d.kind == deadyet.ItemOutage {
			d.held = t.dark(at) && t.standing(d)
		}
	}
	t.touched = nil
}

// dark reports whether nothing of the fleet answers, as far as that is settled.
func (t *teller) dark(at time.Time) bool {
	for _, h := range t.world.hosts {
		if l, ok := t.world.listed(h.server, deadyet.DayOf(at)); ok && l.Role.Counted() && len(h.open()) > 0 {
			if _, unsettled := t.in.Unsettled[h.server.ID]; !unsettled {
				return false
			}
		}
	}
	return true
}

// standing reports whether an earlier outage still goes on.
func (t *teller) standing(last *draft) bool {
	return slices.ContainsFunc(t.drafts, func(d *draft) bool {
		return d != last && d.kind == deadyet.ItemOutage && d.back.IsZero() &&
			slices.ContainsFunc(d.hits, func(h *hit) bool { return !h.back && !h.left })
	})
}

// ports and versions of the whole draft, ordered.
func (d *draft) ports() (ps []uint16) {
	for _, h := range d.hits {
		ps = union(ps, h.ports)
	}
	slices.Sort(ps)
	return ps
}

func (d *draft) versions(s deadyet.Subject) (vs []deadyet.Version) {
	for _, h := range d.hits {
		vs = union(vs, h.versions)
	}
	return inOrder(s, vs)
}

// inOrder puts versions into the order of their release.
func inOrder(s deadyet.Subject, vs []deadyet.Version) []deadyet.Version {
	at := func(v deadyet.Version) int {
		i := slices.IndexFunc(s.Versions, func(i deadyet.VersionInfo) bool { return i.Version == v })
		if i < 0 {
			return len(s.Versions)
		}
		return i
	}
	slices.SortFunc(vs, func(a, b deadyet.Version) int { return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a, b)) })
	return vs
}
