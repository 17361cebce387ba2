package news

import (
	"slices"

	"deadyet"
)

// taken returns the endpoints at which somebody else answers since this stroke.
func (s *stroke) taken() (es []deadyet.Endpoint) {
	for _, c := range s.changes {
		if stranger(c) && !slices.Contains(es, c.Check.Endpoint) {
			es = append(es, c.Check.Endpoint)
		}
	}
	return es
}

// strangers is about endpoints at which somebody else answers. What the
// versions are answered there is a consequence.
func (s *stroke) strangers(at []deadyet.Endpoint) blow {
	b := blow{kind: deadyet.ItemRepurposed}
	for _, e := range at {
		if !slices.Contains(b.ports, e.Port) {
			b.ports = append(b.ports, e.Port)
		}
	}
	for _, c := range s.changes {
		if stranger(c) {
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

// returned reports whether somebody else has answered until the change.
func returned(c *deadyet.Change) bool {
	return c.Check.Kind == deadyet.KindIdentity && c.From.Failure == deadyet.FailureRepurposed
}
