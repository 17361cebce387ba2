package clients

import (
	"slices"

	"deadyet"
)

// Course is how the networks took versions over time, seen from the clients of
// the catalogue. It may be shared between goroutines.
type Course struct {
	pairs []pair // by client and network, in the subject's order
}

// ground is what one network took over time.
type ground struct {
	network deadyet.Network
	seats   map[deadyet.ServerID][]seat
	ports   map[port]*entry
	takes   cover // any version that counts
	taken   map[deadyet.Version]*cover
	hosts   map[deadyet.ServerID]*host // of the sign-in
}

// port is a way with a version behind it.
type port struct {
	way     deadyet.Way
	version deadyet.Version
}

// entry is when servers took a version over a way.
type entry struct {
	door    cover // at a server that everybody is led to
	inner   cover // at one to which the doors lead
	unclear cover
	asked   border // since when anything is known
}

// host is when a dependency was open and when it was not.
type host struct{ open, shut cover }

// seat is a time for which a server was listed.
type seat struct {
	role deadyet.Role
	time stretch
}

// Follow goes through the spans of all checks, by check and time as
// [deadyet.Edition] has them.
func Follow(s deadyet.Subject, spans []deadyet.Span) *Course {
	grounds := make(map[deadyet.NetworkID]*ground, len(s.Networks))
	for _, n := range s.Networks {
		grounds[n.ID] = newGround(n)
	}
	for from, to := 0, 0; from < len(spans); from = to {
		server := spans[from].Check.Server
		for to = from; to < len(spans) && spans[to].Check.Server == server; to++ {
		}
		if g := grounds[server.Network()]; g != nil {
			g.follow(g.seats[server], spans[from:to])
		}
	}
	c := &Course{pairs: make([]pair, 0, len(s.Clients)*len(s.Networks))}
	for _, n := range s.Networks {
		grounds[n.ID].close(s)
	}
	for i := range s.Clients {
		for _, n := range s.Networks {
			c.pairs = append(c.pairs, newPair(&s.Clients[i], grounds[n.ID]))
		}
	}
	return c
}

func newGround(n deadyet.Network) *ground {
	g := &ground{
		network: n, seats: make(map[deadyet.ServerID][]seat, len(n.Servers)),
		ports: make(map[port]*entry), taken: make(map[deadyet.Version]*cover), hosts: make(map[deadyet.ServerID]*host),
	}
	first := n.FirstList()
	for _, sv := range n.Servers {
		for _, l := range sv.Listings {
			g.seats[sv.ID] = append(g.seats[sv.ID], seat{l.Role, listed(l, first)})
		}
	}
	return g
}

func listed(l deadyet.Listing, first deadyet.Day) stretch {
	s := stretch{border{always, deadyet.Interval{}}, border{never, deadyet.Interval{}}}
	if !l.Role.Counted() || l.Since != first {
		s.from = border{nano(l.Since.Start()), deadyet.At(l.Since.Start())}
	}
	if !l.Until.IsZero() {
		s.to = border{nano(l.Until.Start()), deadyet.At(l.Until.Start())}
	}
	return s
}

// follow goes through the spans of one server.
func (g *ground) follow(seats []seat, spans []deadyet.Span) {
	if len(seats) == 0 {
		return
	}
	for from, to := 0, 0; from < len(spans); from = to {
		for to = from; to < len(spans) && same(&spans[to].Check, &spans[from].Check); to++ {
		}
		g.lay(seats, spans[from:to])
	}
}

// same reports whether two checks of one server are one.
func same(a, b *deadyet.Check) bool {
	return a.Port == b.Port && a.Version == b.Version && a.Transport == b.Transport && a.Kind == b.Kind
}

// lay adds the spans of one check where its server was listed. An answer holds
// until it gave way to another one; that it was no longer asked for is none.
func (g *ground) lay(seats []seat, spans []deadyet.Span) {
	c := &spans[0].Check
	var e *entry
	if c.Version != "" {
		e = g.entry(port{deadyet.Way{Transport: c.Transport, Port: c.Port}, c.Version})
	} else if seats[0].role != deadyet.RoleDependency || c.Kind != deadyet.KindPort {
		return
	}
	to := border{at: never}
	for i := len(spans) - 1; i >= 0; i-- {
		s := &spans[i]
		if s.Outcome.Answer == deadyet.AnswerUnasked || e == nil && s.Outcome.Answer == deadyet.AnswerUnclear && slices.ContainsFunc(spans[:i], sure) {
			continue // a doubt opens no host, and shuts none
		}
		from := border{nano(s.Begins()), s.Since}
		for j := range seats {
			t := seats[j].time.with(from, to)
			switch {
			case t.from.at >= t.to.at:
			case seats[j].role == deadyet.RoleDependency:
				g.host(c.Server).lay(s.Outcome.Answer, t)
			case e != nil:
				e.lay(s.Outcome.Answer, seats[j].role, t)
			}
		}
		to = from
	}
}

// sure reports whether a host was found open or shut.
func sure(s deadyet.Span) bool {
	return s.Outcome.Answer != deadyet.AnswerUnasked && s.Outcome.Answer != deadyet.AnswerUnclear
}

// with is the time from one border to another within s.
func (s stretch) with(from, to border) stretch {
	if from.at > s.from.at {
		s.from = from
	}
	if to.at < s.to.at {
		s.to = to
	}
	return s
}

func (e *entry) lay(a deadyet.Answer, role deadyet.Role, t stretch) {
	if t.from.at < e.asked.at {
		e.asked = t.from
	}
	switch {
	case a == deadyet.AnswerUnclear:
		e.unclear.add(t)
	case a != deadyet.AnswerYes:
	case role == deadyet.RoleInternal:
		e.inner.add(t)
	default:
		e.door.add(t)
	}
}

func (g *ground) entry(p port) *entry {
	e := g.ports[p]
	if e == nil {
		e = &entry{asked: border{at: never}}
		g.ports[p] = e
	}
	return e
}

func (g *ground) host(id deadyet.ServerID) *host {
	h := g.hosts[id]
	if h == nil {
		h = &host{}
		g.hosts[id] = h
	}
	return h
}

func (h *host) lay(a deadyet.Answer, t stretch) {
	switch a {
	case deadyet.AnswerYes, deadyet.AnswerUnclear: // of which nothing was known before
		h.open.add(t)
	case deadyet.AnswerNo, deadyet.AnswerSilent:
		h.shut.add(t)
	}
}

func (g *ground) close(s deadyet.Subject) {
	for p, e := range g.ports {
		e.door.close()
		e.inner.close()
		e.unclear.close()
		of := g.taken[p.version]
		if of == nil {
			of = &cover{}
			g.taken[p.version] = of
		}
		for _, c := range []cover{e.door, e.inner} {
			for _, t := range c {
				of.add(t)
				if s.Counts(p.version) {
					g.takes.add(t)
				}
			}
		}
	}
	for _, of := range g.taken {
		of.close()
	}
	g.takes.close()
	for _, h := range g.hosts {
		h.open.close()
		h.shut.close()
	}
}
