package clients

import (
	"slices"
	"time"

	"deadyet"
)

// Matrix tells how each client goes together with each network at a moment, in
// the order of the catalogue and of the subject's networks. Clients that were
// not out yet are left out.
func (c *Course) Matrix(at time.Time) []deadyet.Access {
	out := make([]deadyet.Access, 0, len(c.pairs))
	t := nano(at)
	for i := range c.pairs {
		p := &c.pairs[i]
		if f := p.at(t, true); f.fit != "" {
			out = append(out, p.access(f, t))
		}
	}
	return out
}

func (p *pair) access(f finding, t int64) deadyet.Access {
	a := deadyet.Access{
		Client: p.client.ID, Network: p.ground.network.ID, Fit: f.fit,
		Version: f.version, Way: f.way, Point: f.point,
	}
	if f.patch != "" {
		a.Patches = []string{f.patch}
	}
	for _, k := range f.why {
		if k == "" {
			break
		}
		a.Why = append(a.Why, p.obstacle(k, f, t))
	}
	p.past(&a, t, f.down)
	return a
}

func (p *pair) obstacle(k deadyet.ObstacleKind, f finding, t int64) deadyet.Obstacle {
	o := deadyet.Obstacle{Kind: k}
	switch k {
	case deadyet.ObstacleBarred:
		o.By = f.barred.By
	case deadyet.ObstacleDown:
		for id, h := range p.ground.hosts {
			if h.down(t) {
				o.Names = append(o.Names, id.Name())
			}
		}
		slices.Sort(o.Names)
	}
	return o
}

// past goes back from border to border: since when it is as it is, and of a
// client that does not get in, until when it did.
func (p *pair) past(a *deadyet.Access, t int64, hosts bool) {
	same := true
	for {
		b, ok := p.before(t, hosts)
		if !ok {
			return
		}
		t = b.at - 1
		f := p.at(t, hosts)
		if same && f.fit != a.Fit {
			a.Since, same = b.when, false
		}
		switch {
		case f.fit == "" || a.Fit.In() && !same:
			return
		case f.fit.In() && !a.Fit.In():
			a.Ended, a.LastVersion, a.LastWay = b.when, f.version, f.way
			return
		}
	}
}

// Share counts the programs for people, of which something is known, that get
// into a network, as they are or patched. Clients apart are not among them.
func Share(s deadyet.Subject, matrix []deadyet.Access, n deadyet.NetworkID) (in, of int) {
	people := make(map[deadyet.ClientID]bool, len(s.Clients))
	for _, c := range s.Clients {
		people[c.ID] = !c.Apart && c.Kind != deadyet.ClientLibrary
	}
	for _, a := range matrix {
		if a.Network != n || !people[a.Client] || a.Fit == deadyet.FitUnknown {
			continue
		}
		of++
		if a.Fit.In() {
			in++
		}
	}
	return in, of
}
