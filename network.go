package deadyet

import (
	"net/netip"
	"time"
)

// NetworkID names a network: a lower-case word, e.g. "microsoft".
type NetworkID string

// NetworkAdhoc is the network of targets that were given on the command line.
const NetworkAdhoc NetworkID = "adhoc"

// Region names a group inside a network by the operator's codename: bay, bn1.
type Region string

// Role says what a server is for.
type Role string

const (
	RoleMain       Role = "main"       // a front door; where there are inner servers, it redirects to them
	RoleInternal   Role = "internal"   // reached by redirects
	RoleDependency Role = "dependency" // needed by everybody, but no messenger server: a login host and its like
	// RoleEntry is the network's public name, which leads to its main servers.
	// It stands for the network as long as no server behind it is known.
	RoleEntry Role = "entry"
)

// Counted reports whether servers of the role are the fleet itself: those whose
// answers are counted.
func (r Role) Counted() bool { return r == RoleMain || r == RoleInternal }

// Network is a set of servers run by one operator.
type Network struct {
	ID      NetworkID
	Name    string
	Project string // who runs it, as a project; never a person
	Site    string // URL of the project's page, "" if there is none
	Source  Source // where the project itself publishes the addresses
	Since   Day    // when it began, zero if not known
	Closed  Day    // when it closed for good, zero while it lives
	Says    Claim  // what it says of itself; shown apart from what was measured
	Note    string // one neutral sentence for the page, Markdown

	// Asking.
	Interval          time.Duration // between two rounds
	ConnectionsPerDay int           // budget per host and UTC day, retries counted; 0 means that the network is never dialled
	PerHost           int           // connections at one time to one host; 0 means 1
	Consent           Consent       // zero: no sign-in step is ever sent

	Ask     []Ask // what is asked at each server that has no list of its own
	Servers []Server
	Moves   []Move // in the order of time
}

// Move says that the servers of a region gave way to those of another, or got
// other addresses where From and To are the same.
type Move struct {
	From, To Region
	On       Day
	Inferred bool // the lists show it, but nobody wrote it down
}

// Dialled reports whether the network may be asked at all.
func (n Network) Dialled() bool { return n.ConnectionsPerDay > 0 && n.Closed.IsZero() }

// FirstList returns the first day on which n listed a server that is counted,
// zero if it never did. Before that day, where older things are known, the list
// of that day stands for the network.
func (n Network) FirstList() (first Day) {
	for _, s := range n.Servers {
		for _, l := range s.Listings {
			if l.Role.Counted() && (first.IsZero() || l.Since.Before(first)) {
				first = l.Since
			}
		}
	}
	return first
}

// Checks returns all checks of s, a server of n, in the order in which they
// stand in the configuration. Where versions are asked, who answers shows by
// the way, and is asked as well. So is where the name of a listed server leads.
func (n Network) Checks(s Server) []Check {
	ask := s.Ask
	if len(ask) == 0 {
		ask = n.Ask
	}
	most := 1
	for _, a := range ask {
		most += len(a.Versions) + 2
	}
	checks := make([]Check, 0, most)
	for _, a := range ask {
		e := Endpoint{Server: s.ID, Transport: a.Transport, Port: a.Port}
		checks = append(checks, Check{Endpoint: e, Kind: KindPort})
		for _, v := range a.Versions {
			checks = append(checks, Check{Endpoint: e, Kind: a.Kind, Version: v})
		}
		if len(a.Versions) > 0 && n.Dialled() {
			checks = append(checks, Check{Endpoint: e, Kind: KindIdentity})
		}
	}
	if n.Dialled() && n.ID != NetworkAdhoc && len(s.Listings) > 0 && s.LookedUp() != "" {
		checks = append(checks, Check{Endpoint: Endpoint{s.ID, TransportDNS, 53}, Kind: KindName})
	}
	return checks
}

// Claim is something that a network says of itself.
type Claim struct {
	Text     string
	Versions []Version // versions it says it takes; nil if it does not say
	Source   Source
}

// Consent says who allowed the sign-in step to be sent to a network, and when.
type Consent struct {
	By   string
	Date Day
}

// Stands reports whether there is consent.
func (c Consent) Stands() bool { return c.By != "" && !c.Date.IsZero() }

// Ask is what is asked at one port: whether it is open, and which of the
// versions it takes.
type Ask struct {
	Kind      Kind // of the version checks
	Transport Transport
	Port      uint16
	Versions  []Version
}

// Source says where something is known from.
type Source struct {
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
	Date  Day    `json:"date,omitzero"` // when it was read or published
}

// ServerID is "network/name". It never changes and is never used again for
// another server.
type ServerID string

// MakeServerID joins a network and the name of a server in its file.
func MakeServerID(n NetworkID, name string) ServerID { return ServerID(string(n) + "/" + name) }

// Network returns the part before the slash.
func (id ServerID) Network() NetworkID { n, _ := id.cut(); return NetworkID(n) }

// Name returns the part behind the slash.
func (id ServerID) Name() string { _, name := id.cut(); return name }

func (id ServerID) cut() (network, name string) {
	for i := range len(id) {
		if id[i] == '/' {
			return string(id[:i]), string(id[i+1:])
		}
	}
	return "", string(id)
}

// Server is one address or host name of a network.
type Server struct {
	ID       ServerID
	Address  string    // IP address or host name, without a port
	Host     string    // name to present as SNI and Host header; "" means Address
	Listings []Listing // in the order of time; at least one
	Ask      []Ask     // nil means the network's
	Note     string
}

// Presents returns the name to present as SNI and Host header.
func (s Server) Presents() string {
	if s.Host != "" {
		return s.Host
	}
	return s.Address
}

// LookedUp returns the name that people look up to find s, "" where they are
// given an address.
func (s Server) LookedUp() string { return lookedUp(s.Address, s.Presents()) }

func lookedUp(names ...string) string {
	for _, n := range names {
		if _, err := netip.ParseAddr(n); err != nil {
			return n
		}
	}
	return ""
}

// Listing says that a server stood in its network's list for a time.
type Listing struct {
	Region Region
	Role   Role
	Since  Day
	Until  Day // first day on which it was not listed any more; zero means still listed
}

// On reports whether the listing held at the end of day d.
func (l Listing) On(d Day) bool {
	return !d.Before(l.Since) && (l.Until.IsZero() || d.Before(l.Until))
}

// ListingOn returns the listing that holds on day d; ok is false when s is not
// listed that day.
func (s Server) ListingOn(d Day) (l Listing, ok bool) {
	for _, l := range s.Listings {
		if l.On(d) {
			return l, true
		}
	}
	return Listing{}, false
}

// LastListing returns the latest listing of s, whether it still holds or not.
func (s Server) LastListing() Listing {
	if len(s.Listings) == 0 {
		return Listing{}
	}
	return s.Listings[len(s.Listings)-1]
}
