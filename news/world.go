package news

import (
	"cmp"
	"slices"

	"deadyet"
)

// world is what every check of a network answers at one moment of its history.
type world struct {
	network deadyet.Network
	first   deadyet.Day // on which a list of main and internal servers began
	hosts   map[deadyet.ServerID]*host
	sure    map[deadyet.Check]deadyet.Answer  // the last answer that was no doubt
	left    map[deadyet.Check]deadyet.Outcome // the last answer to what is no longer asked
	inner   bool                              // a main or internal server is known, so the public name stands for nobody
}

// host is one server in the world.
type host struct {
	server deadyet.Server
	ports  map[deadyet.Endpoint]*door
	told   deadyet.Outcome // where its name leads
	sends  map[deadyet.Endpoint]deadyet.Told
}

// door is one endpoint.
type door struct {
	port  deadyet.Answer // the last one that was no doubt, if there was any
	taken bool           // somebody else answers
	takes map[deadyet.Version]deadyet.Outcome
}

func newWorld(n deadyet.Network) *world {
	w := &world{
		network: n, first: n.FirstList(), hosts: make(map[deadyet.ServerID]*host, len(n.Servers)),
		sure: make(map[deadyet.Check]deadyet.Answer), left: make(map[deadyet.Check]deadyet.Outcome),
	}
	for _, sv := range n.Servers {
		w.hosts[sv.ID] = &host{server: sv, ports: make(map[deadyet.Endpoint]*door)}
	}
	return w
}

// host returns the server of a change; what has left the configuration keeps
// its past and so has a place here.
func (w *world) host(id deadyet.ServerID) *host {
	h, ok := w.hosts[id]
	if !ok {
		h = &host{server: deadyet.Server{ID: id}, ports: make(map[deadyet.Endpoint]*door)}
		w.hosts[id] = h
	}
	return h
}

// play takes a change over.
func (w *world) play(c *deadyet.Change) {
	h := w.host(c.Check.Server)
	if c.Check.Kind == deadyet.KindName {
		h.told = c.To
		return
	}
	w.inner = w.inner || h.server.LastListing().Role.Counted()
	d, ok := h.ports[c.Check.Endpoint]
	if !ok {
		d = &door{takes: make(map[deadyet.Version]deadyet.Outcome)}
		h.ports[c.Check.Endpoint] = d
	}
	w.remember(c)
	switch {
	case c.Check.Kind == deadyet.KindIdentity:
		d.taken = c.To.Failure == deadyet.FailureRepurposed || d.taken && c.To.Answer != deadyet.AnswerYes
		if h.sends == nil {
			h.sends = make(map[deadyet.Endpoint]deadyet.Told)
		}
		h.sends[c.Check.Endpoint] = c.To.Told
	case c.Check.Version != "":
		d.takes[c.Check.Version] = c.To
	case c.To.Answer != deadyet.AnswerUnclear || d.port == deadyet.AnswerUnasked:
		d.port = c.To.Answer
	}
}

// remember keeps what a later change may have to be read with.
func (w *world) remember(c *deadyet.Change) {
	delete(w.left, c.Check)
	if c.From.Answer == deadyet.AnswerUnasked {
		delete(w.sure, c.Check)
	}
	switch c.To.Answer {
	case deadyet.AnswerUnasked:
		w.left[c.Check] = c.From
	case deadyet.AnswerUnclear:
	default:
		w.sure[c.Check] = c.To.Answer
	}
}

// resumed returns the change as what it is where the question had not been asked
// for a time and is accepted now: one from the answer before that. That it is
// not accepted is not told of: a first look may be wrong.
func (w *world) resumed(c *deadyet.Change) *deadyet.Change {
	was, ok := w.left[c.Check]
	if !ok || c.From.Answer != deadyet.AnswerUnasked || c.To.Answer != deadyet.AnswerYes {
		return c
	}
	since := *c // which others may read
	since.From = was
	return &since
}

// undoubted returns the change as one from the last answer that was no doubt.
// Who answers and where a name leads are no such questions: that it is somebody
// else is a doubt.
func (w *world) undoubted(c *deadyet.Change) *deadyet.Change {
	if c.From.Answer != deadyet.AnswerUnclear || c.Check.Version == "" && c.Check.Kind != deadyet.KindPort {
		return c
	}
	sure := *c // which others may read
	sure.From.Answer = w.sure[c.Check]
	return &sure
}

// open reports whether the endpoint answers, for all that is known: tries that
// disagree close nothing. A port at which somebody else answers is none of the
// server's.
func (d *door) open() bool {
	return !d.taken && (d.port == deadyet.AnswerYes || d.port == deadyet.AnswerUnclear)
}

// shut reports whether the endpoint is known not to answer. One at which somebody
// else does has news of its own.
func (d *door) shut() bool {
	return !d.taken && (d.port == deadyet.AnswerNo || d.port == deadyet.AnswerSilent)
}

// open returns the endpoints of h that answer, ordered.
func (h *host) open() []deadyet.Endpoint { return h.where((*door).open) }

// where returns the endpoints of h of which is holds, ordered.
func (h *host) where(is func(*door) bool) (es []deadyet.Endpoint) {
	for e, d := range h.ports {
		if is(d) {
			es = append(es, e)
		}
	}
	slices.SortFunc(es, func(a, b deadyet.Endpoint) int {
		return cmp.Or(cmp.Compare(a.Port, b.Port), cmp.Compare(a.Transport, b.Transport))
	})
	return es
}

// has reports whether a listed server still has one of the ports open, or takes
// one of the versions; with neither given, whether anything answers.
func (h *host) has(ports []uint16, versions []deadyet.Version) bool {
	for e, d := range h.ports {
		switch {
		case !d.open():
		case len(ports) == 0 && len(versions) == 0, slices.Contains(ports, e.Port):
			return true
		}
		for _, v := range versions {
			if d.open() && d.takes[v].Answer == deadyet.AnswerYes {
				return true
			}
		}
	}
	return false
}

// listed returns the listing that counts on a day: before the first list of the
// network, that one.
func (w *world) listed(sv deadyet.Server, day deadyet.Day) (l deadyet.Listing, ok bool) {
	if l, ok = sv.ListingOn(day); ok {
		return l, true
	}
	if day.Before(w.first) && len(sv.Listings) > 0 && !w.first.Before(sv.Listings[0].Since) {
		return sv.Listings[0], true
	}
	if !w.network.Closed.IsZero() && !day.Before(w.network.Closed) && sv.LastListing().Until.IsZero() {
		return sv.LastListing(), true
	}
	return deadyet.Listing{}, false
}

// place is the listing under which a server is told of.
func (w *world) place(sv deadyet.Server, day deadyet.Day) deadyet.Listing {
	if l, ok := w.listed(sv, day); ok {
		return l
	}
	return sv.LastListing()
}
