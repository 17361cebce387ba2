package web

import (
	"errors"
	"strings"
	"time"

	"deadyet/site"
)

// diff returns how to make the page of what changed between two moments, which
// are written "A/B". They are told in the order of time, however they are
// asked for.
func (t *trip) diff(rest string) (func() (site.Page, error), error) {
	a, b, ok := strings.Cut(rest, "/")
	if !ok || strings.Contains(b, "/") {
		return nil, &stray{site.NoTwoDates(), site.AtPrefix}
	}
	from, err := t.side(a)
	if err != nil {
		return nil, err
	}
	to, err := t.side(b)
	if err != nil {
		return nil, err
	}
	if from.at.After(to.at) {
		from, to = to, from
	}
	if from.name != a || to.name != b {
		return nil, &stray{to: t.root() + "diff/" + from.name + "/" + to.name}
	}
	return func() (site.Page, error) {
		m := &t.server.machine
		m.making.Lock()
		defer m.making.Unlock()
		if t.api {
			return t.visit.now.DiffDocument(from.side(t), to.side(t))
		}
		return t.visit.now.Diff(from.side(t), to.side(t))
	}, nil
}

// end is one end of a difference.
type end struct {
	name string
	at   time.Time
}

func (t *trip) side(name string) (end, error) {
	if name == today {
		return end{name, t.clock}, nil
	}
	at, err := t.moment(name)
	if lost := (*stray)(nil); errors.As(err, &lost) && !lost.Told() {
		return end{today, t.clock}, nil
	}
	return end{name, at}, err
}

// side makes the edition of an end.
func (e end) side(t *trip) site.Side {
	if e.name == today {
		return site.Side{Name: today, Edition: t.visit.now.Edition()}
	}
	return site.Side{Name: e.name, Edition: t.server.options.In(t.past.At(e.at), t.visit.now.Language)}
}
