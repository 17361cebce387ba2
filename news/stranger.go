package news

import (
	"slices"

	"deadyet"
)

// taken returns the endpoints at which somebody else answers since this stroke.
func (s *stroke) taken() (es []deadyet.Endpoint) {
	for _, c := range s.changes {
		if stranger(c) {
			es = append(es, c.Check.Endpoint)
		}
	}
	return es
}

// freed returns those of the open endpoints at which it is the server's own
// again since this stroke, and somebody else was.
func (s *stroke) freed(open []deadyet.Endpoint) (es []deadyet.Endpoint) {
	for _, c := range s.changes {
		if returned(c) && slices.Contains(open, c.Check.Endpoint) {
			es = append(es, c.Check.Endpoint)
		}
	}
	return es
}

// strangers is about endpoints at which somebody else answers, and the versions
// that were taken there until then. What they are answered now is a consequence.
func (s *stroke) strangers(at []deadyet.Endpoint) blow {
	b := blow{kind: deadyet.ItemRepurposed}
	for _, c := range s.changes {
		switch {
		case !slices.Contains(at, c.Check.Endpoint):
		case stranger(c):
			b.ports = union(b.ports, []uint16{c.Check.Port})
			b.changes = append(b.changes, c)
		case c.Check.Version != "" && c.From.Answer == deadyet.AnswerYes:
			b.versions = union(b.versions, []deadyet.Version{c.Check.Version})
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
		if returned(c) && slices.Contains(freed, c.Check.Endpoint) {
			b.ports = union(b.ports, []uint16{c.Check.Port})
			b.changes = append(b.changes, c)
		}
	}
	return b
}

// stranger reports whether somebody else answers since the change.
func stranger(c *deadyet.Change) bool {
	return c.Check.Kind == deadyet.KindIdentity && c.News() &&
		c.To.Failure == deadyet.FailureRepurposed && c.From.Failure != deadyet.FailureRepurposed
}

// returned reports whether somebody else has answered until the change, and
// the server itself does since.
func returned(c *deadyet.Change) bool {
	return c.Check.Kind == deadyet.KindIdentity && c.From.Failure == deadyet.FailureRepurposed && c.To.Answer == deadyet.AnswerYes
}
