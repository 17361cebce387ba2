package news

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// stroke is what happened to one server within one confirmation time.
type stroke struct {
	server  deadyet.ServerID
	at      time.Time
	changes []*deadyet.Change // each check once
}

// confirmed returns when the stroke as a whole could be told.
func (s *stroke) confirmed() (t time.Time) {
	for _, c := range s.changes {
		if c.Confirmed.After(t) {
			t = c.Confirmed
		}
	}
	return t
}

// settling is one confirmation time of a network.
func settling(s deadyet.Subject, n deadyet.Network) time.Duration {
	if !n.Dialled() {
		return s.Confirm.After
	}
	return max(s.Confirm.After, time.Duration(s.Confirm.Rounds-1)*n.Interval)
}

// strokes groups the changes of a network, which are in the order of time. The
// first answers of checks are in it as well: they are no news, but the world
// has to know them. The result is in the order of time and server.
func strokes(changes []*deadyet.Change, settle time.Duration) (all []*stroke) {
	type track struct {
		server deadyet.ServerID
		news   bool
		name   bool // where its name leads is not what happens to the server
	}
	type question struct {
		check deadyet.Check
		news  bool
	}
	latest := make(map[track]*stroke)
	struck := make(map[question]*stroke) // the latest one with the check
	for _, c := range changes {
		at := c.Begins()
		news := c.News()
		on, asked := track{c.Check.Server, news, c.Check.Kind == deadyet.KindName}, question{c.Check, news}
		s := latest[on]
		if s == nil || at.Sub(s.at) > settle || struck[asked] == s || long(c) && c.When != s.changes[0].When {
			s = &stroke{server: c.Check.Server, at: at}
			latest[on] = s
			all = append(all, s)
		}
		s.changes = append(s.changes, c)
		struck[asked] = s
	}
	slices.SortStableFunc(all, func(a, b *stroke) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.server, b.server))
	})
	return all
}

// blow is what a stroke means for its server.
type blow struct {
	kind     deadyet.ItemKind
	back     bool // it undoes what an earlier item told
	mere     bool // it does nothing but that: by itself it is a consequence
	ports    []uint16
	versions []deadyet.Version
	checks   []deadyet.Check    // that tell of it, where it is about less than whole ports
	whole    []deadyet.Endpoint // that are the server's own again, whatever is asked there
	changes  []*deadyet.Change  // on which it rests, without consequences
}

// about adds what a check tells to what the blow is about.
func (b *blow) about(c deadyet.Check) {
	b.ports = union(b.ports, []uint16{c.Port})
	b.checks = union(b.checks, []deadyet.Check{c})
	if c.Version != "" {
		b.versions = union(b.versions, []deadyet.Version{c.Version})
	}
}

// strike lets the stroke happen in the world and says what it means.
func (w *world) strike(s *stroke) (blows []blow) {
	h := w.host(s.server)
	before, lent := h.open(), h.taken()
	var own []*deadyet.Change // where the network's own server is back
	for i, c := range s.changes {
		c = w.resumed(c)
		if c.Check.Version != "" && strange(c.From) && !strange(c.To) && c.News() {
			own = append(own, c)
		}
		s.changes[i] = w.undoubted(c)
		w.play(c)
	}
	if len(own) == 0 && !slices.ContainsFunc(s.changes, (*deadyet.Change).News) {
		return nil
	}
	after, strangers := h.open(), h.taken()
	taken := without(strangers, lent)
	if len(taken) > 0 {
		blows = append(blows, s.strangers(taken))
	}
	if b := s.renumbered(); len(b.changes) > 0 {
		blows = append(blows, b)
	}
	both := common(before, after)
	freed := common(without(lent, strangers), after)
	if back := s.own(own, freed, both); len(back.changes) > 0 {
		blows = append(blows, back)
	}
	shut, opened := without(without(before, after), taken), without(without(after, before), freed)
	if b := s.versions(deadyet.ItemVersionRejected, opened, accepted); len(b.versions) > 0 {
		b.mere = true
		blows = append(blows, b)
	}
	switch {
	case len(shut) > 0 && len(after) == 0:
		return append(blows, s.blow(deadyet.ItemOutage, false, shut))
	case len(before) == 0 && len(opened) > 0:
		return append(blows, s.blow(deadyet.ItemOutage, true, opened))
	}
	if len(shut) > 0 {
		blows = append(blows, s.blow(deadyet.ItemPortClosed, false, shut))
	}
	if len(opened) > 0 {
		blows = append(blows, s.blow(deadyet.ItemPortClosed, true, opened))
	}
	for _, b := range []blow{
		s.versions(deadyet.ItemVersionRejected, both, refused),
		s.versions(deadyet.ItemVersionRejected, both, accepted),
		s.versions(deadyet.ItemRepurposed, both, repurposed),
	} {
		if len(b.versions) > 0 {
			blows = append(blows, b)
		}
	}
	return blows
}

// without returns what is in a and not in b.
func without[T comparable](a, b []T) []T {
	return slices.DeleteFunc(slices.Clone(a), func(x T) bool { return slices.Contains(b, x) })
}

// blow is about whole endpoints.
func (s *stroke) blow(k deadyet.ItemKind, back bool, at []deadyet.Endpoint) blow {
	b := blow{kind: k, back: back}
	for _, c := range s.changes {
		if slices.Contains(at, c.Check.Endpoint) && c.News() && c.Check.Kind == deadyet.KindPort {
			b.ports = union(b.ports, []uint16{c.Check.Port})
			b.changes = append(b.changes, c)
		}
	}
	return b
}

// versions is about versions at endpoints that answered all the time.
func (s *stroke) versions(k deadyet.ItemKind, at []deadyet.Endpoint, is func(*deadyet.Change) bool) blow {
	b := blow{kind: k}
	for _, c := range s.changes {
		if c.Check.Version == "" || !c.News() || !is(c) || !slices.Contains(at, c.Check.Endpoint) {
			continue
		}
		b.back = c.To.Answer == deadyet.AnswerYes
		b.changes = append(b.changes, c)
		b.about(c.Check)
	}
	return b
}

func refused(c *deadyet.Change) bool {
	return c.From.Answer == deadyet.AnswerYes && (c.To.Answer == deadyet.AnswerNo || c.To.Answer == deadyet.AnswerSilent)
}

func accepted(c *deadyet.Change) bool {
	return c.From.Answer != deadyet.AnswerYes && c.To.Answer == deadyet.AnswerYes
}

// repurposed reports whether something else answers now.
func repurposed(c *deadyet.Change) bool {
	return c.From.Answer == deadyet.AnswerYes && strange(c.To)
}

// strange reports whether it was something else that answered.
func strange(o deadyet.Outcome) bool {
	if o.Answer != deadyet.AnswerUnclear {
		return false
	}
	switch o.Failure {
	case deadyet.FailureForeignService, deadyet.FailureEcho, deadyet.FailureControlAccepted, deadyet.FailureRepurposed:
		return true
	}
	return false
}
