package news

import (
	"slices"

	"deadyet"
)

// mend notes what is back to normal in the items that told of its end, or
// begins an item where none did.
func (t *teller) mend(s *stroke, b blow) {
	known := false
	for _, d := range t.drafts {
		for _, h := range d.hits {
			if h.server == s.server && !h.back && h.heals(d.kind, b) {
				known = true
				t.heal(d, h, s, b)
				t.rest(d, h, s)
			}
		}
	}
	switch {
	case known || b.mere:
	case b.kind == deadyet.ItemVersionRejected:
		b.kind = deadyet.ItemVersionAccepted
		t.hit(s, b)
	case b.kind == deadyet.ItemPortClosed || b.kind == deadyet.ItemOutage:
		b.kind = deadyet.ItemPortOpened
		t.hit(s, b)
	}
}

// heals takes what came back from what the server had lost by an item of that
// kind, and reports whether that was anything.
func (h *hit) heals(kind deadyet.ItemKind, b blow) bool {
	lost, missed := len(h.lost), len(h.missed)
	switch {
	case kind == b.kind && missed > 0:
		h.missed = slices.DeleteFunc(slices.Clone(h.missed), func(c deadyet.Check) bool {
			return slices.Contains(b.checks, c) || slices.Contains(b.whole, c.Endpoint)
		})
	case b.kind == deadyet.ItemVersionRejected:
	case kind == deadyet.ItemOutage || kind == deadyet.ItemDependencyDown:
		h.lost = nil // the server answers
	case kind == deadyet.ItemPortClosed:
		h.lost = without(h.lost, b.ports)
	}
	return len(h.lost) < lost || len(h.missed) < missed
}

func (t *teller) heal(d *draft, h *hit, s *stroke, b blow) {
	d.changes = append(d.changes, b.changes...)
	if s.confirmed().After(d.updated) {
		d.updated = s.confirmed()
	}
	h.back = len(h.lost) == 0 && len(h.missed) == 0
	d.mended = b.changes[0].When
	d.close()
}

// rest tells of the ports that an outage took and that did not come back with
// the server: they have been closed since it began.
func (t *teller) rest(d *draft, h *hit, s *stroke) {
	if d.kind != deadyet.ItemOutage {
		return
	}
	fell := &stroke{server: s.server, at: s.at, changes: s.changes} // and could not be told before
	b := blow{kind: deadyet.ItemPortClosed}
	for _, e := range t.world.host(s.server).where((*door).shut) {
		if c := d.shutting(e); c != nil && slices.Contains(h.ports, e.Port) {
			b.ports, b.changes = append(b.ports, e.Port), append(b.changes, c)
			if c.Begins().Before(fell.at) {
				fell.at = c.Begins()
			}
		}
	}
	if len(b.changes) > 0 {
		d.partly = true
		t.hit(fell, b)
	}
}

// shutting returns the last change of the draft by which an endpoint stopped
// answering, nil if there is none.
func (d *draft) shutting(e deadyet.Endpoint) *deadyet.Change {
	for _, c := range slices.Backward(d.changes) {
		if c.Check.Endpoint == e && c.Check.Kind == deadyet.KindPort && c.To.Answer != deadyet.AnswerYes {
			return c
		}
	}
	return nil
}

// leave takes a server that is no longer asked out of what goes on: nobody will
// know of its end, unless it is asked again.
func (t *teller) leave(h *host) {
	left := true
	for _, d := range h.ports {
		left = left && d.port == deadyet.AnswerUnasked
	}
	for _, d := range t.drafts {
		for _, hit := range d.hits {
			if hit.server == h.server.ID {
				hit.left = left
				d.close()
			}
		}
	}
}

// close ends the draft when all that is still asked of it is back, and was not
// before.
func (d *draft) close() {
	if d.back.IsZero() && !slices.ContainsFunc(d.hits, func(h *hit) bool { return !h.back && !h.left }) {
		d.back = d.mended
	}
}
