package news

import (
	"slices"

	"deadyet"
)

// taken returns the endpoints at which somebody else answers, ordered: those of
// which nothing says that he has gone. That nothing answers for a while does not.
func (h *host) taken() []deadyet.Endpoint {
	return h.where(func(d *door) bool { return d.taken })
}

// strangers is about endpoints at which somebody else answers, and the versions
// that were taken there until then. What they are answered now is a consequence.
func (s *stroke) strangers(at []deadyet.Endpoint) blow {
	b := blow{kind: deadyet.ItemRepurposed}
	for _, c := range s.changes {
		switch {
		case !slices.Contains(at, c.Check.Endpoint):
		case stranger(c):
			b.about(c.Check)
			b.changes = append(b.changes, c)
		case c.Check.Version != "" && c.From.Answer == deadyet.AnswerYes:
			b.about(c.Check)
		}
	}
	return b
}

// own is about endpoints at which it is the server's own again: those that are
// freed as a whole, and those of both moments at which single versions are.
func (s *stroke) own(versions []*deadyet.Change, freed, both []deadyet.Endpoint) blow {
	b := (&stroke{changes: versions}).versions(deadyet.ItemRepurposed, slices.Concat(freed, both), (*deadyet.Change).News)
	b.back = true
	for _, c := range s.changes {
		if c.Check.Kind == deadyet.KindIdentity && c.News() && slices.Contains(freed, c.Check.Endpoint) {
			b.about(c.Check)
			b.whole = append(b.whole, c.Check.Endpoint)
			b.changes = append(b.changes, c)
		}
	}
	return b
}

// stranger reports whether somebody else answers since the change.
func stranger(c *deadyet.Change) bool {
	return c.Check.Kind == deadyet.KindIdentity && c.News() && c.To.Failure == deadyet.FailureRepurposed
}
