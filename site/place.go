package site

import "deadyet"

// place is a server with its network, as a page shows them.
type place struct {
	network deadyet.Network
	server  deadyet.Server
	// stray: the configuration does not hold the server any more, but what was
	// found there is kept, and so is its page.
	stray bool
}

// placesOf lists the servers of the configuration in its order, and then those
// of which the edition still has findings.
func placesOf(e deadyet.Edition) (out []place) {
	known := make(map[deadyet.ServerID]bool)
	for _, n := range e.Subject.Networks {
		for _, sv := range n.Servers {
			known[sv.ID] = true
			out = append(out, place{network: n, server: sv})
		}
	}
	for _, st := range e.States {
		if id := st.Check.Server; !known[id] {
			known[id] = true
			out = append(out, strayPlace(e.Subject, id))
		}
	}
	return out
}

// strayPlace makes up what is known of a server by its ID alone. It has no
// listings, and nothing is asked there.
func strayPlace(s deadyet.Subject, id deadyet.ServerID) place {
	n, ok := s.NetworkByID(id.Network())
	if !ok {
		n = deadyet.Network{ID: id.Network(), Name: string(id.Network())}
	}
	n.Ask, n.Servers = nil, nil
	return place{network: n, server: deadyet.Server{ID: id, Address: id.Name()}, stray: true}
}

// straysOf returns the servers of a network that the configuration does not
// hold any more.
func (s *Site) straysOf(id deadyet.NetworkID) (out []deadyet.Server) {
	for _, p := range s.places {
		if p.stray && p.network.ID == id {
			out = append(out, p.server)
		}
	}
	return out
}

// strayNetworks returns the networks that the configuration does not hold any
// more, each once.
func (s *Site) strayNetworks() (out []deadyet.Network) {
	seen := make(map[deadyet.NetworkID]bool)
	for _, p := range s.places {
		if _, ok := s.edition.Subject.NetworkByID(p.network.ID); ok || seen[p.network.ID] {
			continue
		}
		seen[p.network.ID] = true
		out = append(out, p.network)
	}
	return out
}
