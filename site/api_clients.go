package site

import (
	"strings"

	"deadyet"
)

// apiClients is the matrix of clients and networks.
type apiClients struct {
	apiHead
	Clients []apiClientEntry `json:"clients"`
}

// apiClientEntry is a client with what becomes of it.
type apiClientEntry struct {
	ID         deadyet.ClientID   `json:"id"`
	Name       string             `json:"name"`
	Builds     string             `json:"builds,omitempty"`
	Kind       deadyet.ClientKind `json:"kind"`
	Apart      bool               `json:"apart,omitempty"`
	Versions   []deadyet.Version  `json:"versions"`
	Endpoints  []apiEndpoint      `json:"endpoints"`
	Fit        deadyet.Fit        `json:"fit"`
	Access     []apiAccess        `json:"access"`
	Confidence deadyet.Confidence `json:"confidence"`
}

// apiAccess is how a client and a network go together.
type apiAccess struct {
	Network     deadyet.NetworkID `json:"network"`
	Fit         deadyet.Fit       `json:"fit"`
	Version     deadyet.Version   `json:"version,omitempty"`
	Endpoint    *apiEndpoint      `json:"endpoint,omitempty"`
	Patches     []string          `json:"patches,omitempty"`
	Why         []apiObstacle     `json:"why,omitempty"`
	Since       apiInterval       `json:"since,omitzero"`
	Ended       apiInterval       `json:"ended,omitzero"`
	LastVersion deadyet.Version   `json:"last_version,omitempty"`
	Doors       []apiDoor         `json:"doors,omitempty"`
}

type apiObstacle struct {
	Kind  deadyet.ObstacleKind `json:"kind"`
	By    string               `json:"by,omitempty"`
	Names []string             `json:"names,omitempty"`
}

// apiDoor is a server that lets the client in.
type apiDoor struct {
	Server  string        `json:"server"`
	Address string        `json:"address"`
	Seen    apiTime       `json:"seen"`
	Votes   deadyet.Votes `json:"votes"`
}

// apiOneClient is the page of a client as data.
type apiOneClient struct {
	apiHead
	apiClientEntry
	Platforms []string         `json:"platforms,omitempty"`
	SignIn    []deadyet.SignIn `json:"sign_in,omitempty"`
	TLS       []string         `json:"tls,omitempty"`
	Settings  []apiSetting     `json:"settings"`
	First     string           `json:"first,omitempty"` // a year, a month or a day
	Last      string           `json:"last,omitempty"`
	Sources   []deadyet.Source `json:"sources"`
	Note      string           `json:"note,omitempty"` // Markdown
}

type apiSetting struct {
	How   deadyet.SetHow `json:"how"`
	Where string         `json:"where,omitempty"`
	Field string         `json:"field,omitempty"`
	Login bool           `json:"login,omitempty"`
}

func (s *Site) apiClients() any {
	v := apiClients{apiHead: s.apiHead(), Clients: []apiClientEntry{}}
	for i := range s.edition.Subject.Clients {
		if c := &s.edition.Subject.Clients[i]; !s.unknown(*c) {
			v.Clients = append(v.Clients, s.clientEntry(c))
		}
	}
	return v
}

func (s *Site) clientEntry(c *deadyet.Client) apiClientEntry {
	v := apiClientEntry{
		ID: c.ID, Name: c.Name, Builds: c.Builds, Kind: c.Kind, Apart: c.Apart, Versions: append([]deadyet.Version{}, c.Versions...),
		Endpoints: []apiEndpoint{}, Fit: s.edition.FitOf(c.ID), Access: []apiAccess{}, Confidence: c.Confidence,
	}
	for _, w := range c.Ways {
		v.Endpoints = append(v.Endpoints, apiEndpoint(w))
	}
	for _, a := range s.edition.AccessOf(c.ID) {
		v.Access = append(v.Access, s.accessDoc(a))
	}
	return v
}

func (s *Site) accessDoc(a deadyet.Access) apiAccess {
	v := apiAccess{
		Network: a.Network, Fit: a.Fit, Version: a.Version, Patches: a.Patches,
		Since: intervalOf(a.Since), Ended: intervalOf(a.Ended), LastVersion: a.LastVersion,
	}
	if a.Version != "" {
		v.Endpoint = &apiEndpoint{a.Way.Transport, a.Way.Port}
	}
	for _, o := range a.Why {
		v.Why = append(v.Why, apiObstacle(o))
	}
	if n, ok := s.edition.Subject.NetworkByID(a.Network); ok && s.guided(n, a) {
		for _, d := range s.doors(n, a) {
			v.Doors = append(v.Doors, apiDoor{d.server.ID.Name(), d.server.Address, apiTime(d.seen()), d.state.Span.Votes})
		}
	}
	return v
}

func (s *Site) apiClient(c *deadyet.Client) apiOneClient {
	v := apiOneClient{
		apiHead: s.apiHead(), apiClientEntry: s.clientEntry(c), Platforms: c.Platforms, SignIn: c.SignIn, TLS: c.TLS,
		Settings: []apiSetting{}, First: dateDoc(c.First), Last: dateDoc(c.Last), Sources: append([]deadyet.Source{}, c.Sources...), Note: c.Note,
	}
	for _, x := range c.Set {
		v.Settings = append(v.Settings, apiSetting(x))
	}
	return v
}

// richness is how much is told of how the client fares.
func (v apiOneClient) richness() (n int) {
	for _, a := range v.Access {
		n += len(a.Doors) + len(a.Why) + len(a.Patches) + len(a.LastVersion)
	}
	return n
}

// dateDoc writes a date as far as it is known.
func dateDoc(d deadyet.Date) string {
	day := d.Day.String()
	switch d.Precision {
	case deadyet.PrecisionYear:
		day, _, _ = strings.Cut(day, "-")
	case deadyet.PrecisionMonth:
		day = day[:strings.LastIndex(day, "-")]
	}
	if d.IsZero() {
		return ""
	}
	return day
}
