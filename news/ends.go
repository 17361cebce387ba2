package news

import (
	"slices"
	"time"

	"deadyet"
)

// ends tells when the network was gone and when it rose from the dead, by the
// history of its verdict, and decides what was held back for that.
func (t *teller) ends(verdicts []deadyet.Verdict) {
	var gone *draft
	for i, v := range verdicts {
		switch {
		case v.Published.After(t.in.At):
		case v.Word == deadyet.WordYes && !v.LastYes.IsZero():
			gone = t.end(deadyet.ItemGone, v)
			t.release(gone)
		case gone != nil && i > 0 && verdicts[i-1].Word == deadyet.WordYes && v.Word != deadyet.WordUnknown:
			gone.back, gone.updated = v.Since, v.Published
			t.end(deadyet.ItemResurrected, v)
		}
	}
	for _, d := range t.drafts {
		waiting := d.began.Add(t.in.Subject.Rule.After + t.settle)
		if d.held && d.kind == deadyet.ItemOutage && (!d.back.IsZero() || !t.in.At.Before(waiting)) && d.end == nil {
			d.held = false
		}
	}
}

// end begins a draft about the whole fleet.
func (t *teller) end(k deadyet.ItemKind, v deadyet.Verdict) *draft {
	d := &draft{kind: k, began: v.At, when: v.Since, grew: v.LastYes, published: v.Published, updated: v.Published, verdict: v}
	day := deadyet.DayOf(v.At)
	var open map[deadyet.ServerID][]uint16
	if k == deadyet.ItemGone {
		open = t.openAt(v.At)
	}
	for _, sv := range t.world.network.Servers {
		l, ok := t.world.listed(sv, day)
		if !ok || !l.Role.Counted() && (l.Role != deadyet.RoleEntry || t.world.inner) {
			continue
		}
		if h := t.world.host(sv.ID); len(h.ports) > 0 {
			d.hits = append(d.hits, &hit{server: sv.ID, place: l})
			d.still.Ports = union(d.still.Ports, open[sv.ID])
		}
	}
	slices.Sort(d.still.Ports)
	t.drafts = append(t.drafts, d)
	return d
}

// openAt returns the ports that answered at a moment, by server.
func (t *teller) openAt(at time.Time) map[deadyet.ServerID][]uint16 {
	last := make(map[deadyet.Endpoint]deadyet.Answer)
	for i := range t.in.Changes {
		if c := &t.in.Changes[i]; c.Check.Kind == deadyet.KindPort && !c.Begins().After(at) && !c.Confirmed.After(t.in.At) {
			last[c.Check.Endpoint] = c.To.Answer
		}
	}
	open := make(map[deadyet.ServerID][]uint16)
	for e, a := range last {
		if a == deadyet.AnswerYes {
			open[e.Server] = append(open[e.Server], e.Port)
		}
	}
	return open
}

// release lets the end tell what was held back. What belongs to an earlier one
// is told with that.
func (t *teller) release(gone *draft) {
	for _, d := range t.drafts {
		if d.kind != deadyet.ItemOutage || d.end != nil || !d.endsIn(gone) {
			continue
		}
		d.end = gone
		d.final = !slices.ContainsFunc(d.hits, func(h *hit) bool { return h.back })
		if d.held {
			gone.changes = append(gone.changes, d.changes...)
		}
	}
}

// endsIn reports whether the draft still went on when the network was gone.
func (d *draft) endsIn(gone *draft) bool {
	return d.began.Before(gone.began) && (d.back.IsZero() || !d.back.To.Before(gone.began))
}
