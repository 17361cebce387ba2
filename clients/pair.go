package clients

import (
	"deadyet"
)

// pair is a client and a network.
type pair struct {
	client  *deadyet.Client
	ground  *ground
	choices []choice // in the order of the client
	own     []border // of the client alone: its release, what bars it, its patches
	login   bool     // every sign-in needs a host of its own
}

// choice is a version that the client offers over one of its ways, where the
// network was ever asked about it.
type choice struct {
	port
	entry *entry
}

func newPair(c *deadyet.Client, g *ground) pair {
	p := pair{client: c, ground: g, login: c.NeedsLoginHost()}
	for _, v := range c.Versions {
		for _, w := range c.Ways {
			if e := g.ports[port{w, v}]; e != nil {
				p.choices = append(p.choices, choice{port{w, v}, e})
			}
		}
	}
	p.know(c.First.Interval())
	p.know(deadyet.Interval{From: c.Served.From, To: c.Served.From})
	p.know(deadyet.Interval{From: c.Served.To, To: c.Served.To})
	if !g.network.Closed.IsZero() {
		p.know(deadyet.OnDay(g.network.Closed))
	}
	for i := range c.Barred {
		if b := &c.Barred[i]; b.Network == g.network.ID {
			p.know(b.Since)
			p.know(b.Until)
		}
	}
	for i := range c.Patches {
		if t := &c.Patches[i]; t.For(g.network.ID, c.BuiltFor) && !t.Since.IsZero() {
			p.know(deadyet.OnDay(t.Since))
		}
	}
	return p
}

// know adds a border of the client's own.
func (p *pair) know(when deadyet.Interval) {
	if !when.From.IsZero() {
		p.own = append(p.own, border{nano(when.From), when})
	}
}

// before returns the latest border that is not after t; ok is false when there
// is none, and it was the same ever before.
func (p *pair) before(t int64, hosts bool) (b border, ok bool) {
	b.at = always
	for i := range p.own {
		b.later(t, &p.own[i])
	}
	for i := range p.choices {
		e := p.choices[i].entry
		b.later(t, &e.asked)
		e.door.last(t, &b)
		e.inner.last(t, &b)
		e.unclear.last(t, &b)
	}
	if hosts {
		for _, h := range p.ground.hosts {
			h.open.last(t, &b)
			h.shut.last(t, &b)
		}
	}
	return b, b.at != always
}

// finding is how the two go together at a moment.
type finding struct {
	fit    deadyet.Fit // "" when the client was not out yet
	port               // what is taken
	point  bool
	patch  string
	why    [3]deadyet.ObstacleKind // as many as there are
	barred *deadyet.Barred
	down   bool // it can't sign in because a host is down
}

func (f finding) because(kinds ...deadyet.ObstacleKind) finding {
	for _, k := range kinds {
		for i := range f.why {
			if f.why[i] == "" {
				f.why[i] = k
				break
			}
		}
	}
	return f
}

func (f finding) is(fit deadyet.Fit, kinds ...deadyet.ObstacleKind) finding {
	f.fit = fit
	return f.because(kinds...)
}

// at tells how the two go together. hosts says that those of the sign-in count:
// an outage of theirs is told while it lasts, and is no border of the past.
func (p *pair) at(t int64, hosts bool) finding {
	if first := p.client.First.Interval().From; !first.IsZero() && t < nano(first) {
		return finding{}
	}
	if p.client.Apart {
		return p.apart(t)
	}
	f, outer, ok := p.taken(t)
	if !ok {
		return p.refused(t)
	}
	return p.bring(f, outer, t, hosts)
}

// apart tells of a client of another service: its own servers, for a time.
func (p *pair) apart(t int64) finding {
	var f finding
	switch {
	case p.ground.network.ID != p.client.BuiltFor:
		return f.is(deadyet.FitNo, deadyet.ObstacleVersion)
	case t < nano(p.client.Served.From):
		return f
	case t < nano(p.client.Served.To):
		return f.is(deadyet.FitWorks)
	}
	return f.is(deadyet.FitNo, deadyet.ObstacleGone)
}

// taken finds the best of what is taken: at a door, if there is one.
func (p *pair) taken(t int64) (f finding, outer, ok bool) {
	for i := range p.choices {
		if c := &p.choices[i]; c.entry.door.holds(t) {
			f.port = c.port
			return f, true, true
		}
	}
	for i := range p.choices {
		if c := &p.choices[i]; c.entry.inner.holds(t) {
			f.port = c.port
			return f, false, true
		}
	}
	return f, false, false
}

// refused tells why nothing is taken.
func (p *pair) refused(t int64) (f finding) {
	asked, over := false, false
	for i := range p.choices {
		c := &p.choices[i]
		if c.entry.unclear.holds(t) {
			return f.is(deadyet.FitUnknown, deadyet.ObstacleUnclear)
		}
		asked = asked || c.entry.asked.at <= t
	}
	for _, v := range p.client.Versions {
		of := p.ground.taken[v]
		over = over || of != nil && of.holds(t)
	}
	ended := !p.ground.network.Closed.IsZero() && nano(p.ground.network.Closed.Start()) <= t
	switch {
	case ended && !p.ground.takes.holds(t):
		return f.is(deadyet.FitNo, deadyet.ObstacleGone)
	case len(p.client.Versions) == 0:
		return f.is(deadyet.FitUnknown, deadyet.ObstacleUnknown)
	case !asked:
		return f.is(deadyet.FitUnknown, deadyet.ObstacleUnasked)
	case over:
		return f.is(deadyet.FitNo, deadyet.ObstacleTransport)
	case p.ground.takes.holds(t):
		return f.is(deadyet.FitNo, deadyet.ObstacleVersion)
	}
	return f.is(deadyet.FitNo, deadyet.ObstacleGone)
}
