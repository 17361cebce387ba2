package site

import (
	"time"

	"deadyet"
)

type apiNetworks struct {
	apiHead
	Networks []apiNetwork `json:"networks"`
}

type apiNetwork struct {
	Network         deadyet.NetworkID   `json:"network"`
	Name            string              `json:"name"`
	Project         string              `json:"project,omitempty"`
	Site            string              `json:"site,omitempty"`
	Since           deadyet.Day         `json:"since,omitzero"`
	Closed          deadyet.Day         `json:"closed,omitzero"`
	Source          deadyet.Source      `json:"source,omitzero"`
	Says            *apiClaim           `json:"says,omitempty"`
	IntervalSeconds int64               `json:"interval_seconds,omitempty"`
	Answer          deadyet.Answer      `json:"answer"`
	Versions        []deadyet.Version   `json:"versions,omitempty"`
	Servers         int                 `json:"servers"`
	Answering       int                 `json:"answering"`
	LastRound       deadyet.RoundNumber `json:"last_round,omitempty"`
	LastAsked       apiTime             `json:"last_asked,omitzero"`
	Recorded        bool                `json:"recorded,omitempty"`
	Verdict         *apiVerdict         `json:"verdict,omitempty"`
}

type apiClaim struct {
	Text     string            `json:"text"`
	Versions []deadyet.Version `json:"versions,omitempty"`
	Source   deadyet.Source    `json:"source,omitzero"`
}

func (s *Site) apiNetworks() any {
	v := apiNetworks{apiHead: s.apiHead(), Networks: []apiNetwork{}}
	for _, n := range s.edition.Subject.Networks {
		v.Networks = append(v.Networks, networkOf(s.asOfNow(n), s.lineOf(n.ID)))
	}
	return v
}

// asOfNow is a network as it was known at the moment of the edition.
func (s *Site) asOfNow(n deadyet.Network) deadyet.Network {
	if !s.closed(n) {
		n.Closed = deadyet.Day{} // not by then
	}
	return n
}

// lineOf returns the line of a network, the zero value where there is none.
func (s *Site) lineOf(id deadyet.NetworkID) deadyet.Line {
	for _, l := range s.edition.Lines {
		if l.Network == id {
			return l
		}
	}
	return deadyet.Line{}
}

func networkOf(n deadyet.Network, l deadyet.Line) apiNetwork {
	a := apiNetwork{
		Network: n.ID, Name: n.Name, Project: n.Project, Site: n.Site, Since: n.Since, Closed: n.Closed, Source: n.Source,
		Answer: l.Answer, Versions: l.Versions, Servers: l.Servers, Answering: l.Answering,
		LastRound: l.LastRound, LastAsked: apiTime(l.LastAsked), Recorded: l.Recorded,
	}
	if l.Verdict.Word != "" {
		v := verdictOf(l.Verdict)
		a.Verdict = &v
	}
	if n.Says.Text != "" {
		a.Says = &apiClaim{n.Says.Text, n.Says.Versions, n.Says.Source}
	}
	if n.Dialled() {
		a.IntervalSeconds = int64(n.Interval / time.Second)
	}
	return a
}

type apiServers struct {
	apiHead
	Servers []apiServer `json:"servers"`
}

type apiServer struct {
	Network   deadyet.NetworkID `json:"network"`
	Server    string            `json:"server"`
	Address   string            `json:"address"`
	Host      string            `json:"host,omitempty"`
	Listed    bool              `json:"listed"`
	Listings  []apiListing      `json:"listings"`
	Endpoints []apiEndpoint     `json:"endpoints"`
}

type apiListing struct {
	Region deadyet.Region `json:"region,omitempty"`
	Role   deadyet.Role   `json:"role"`
	Since  deadyet.Day    `json:"since,omitzero"`
	Until  deadyet.Day    `json:"until,omitzero"`
}

type apiEndpoint struct {
	Transport deadyet.Transport `json:"transport"`
	Port      uint16            `json:"port"`
}

func (s *Site) apiServers() any {
	v := apiServers{apiHead: s.apiHead(), Servers: []apiServer{}}
	on := s.listedNow(s.edition.Subject.Networks...)
	for _, p := range s.places {
		v.Servers = append(v.Servers, s.serverOf(p, on[p.server.ID]))
	}
	return v
}

// listedNow are the servers of networks that are listed at the moment of the
// edition.
func (s *Site) listedNow(ns ...deadyet.Network) map[deadyet.ServerID]bool {
	on := make(map[deadyet.ServerID]bool)
	for _, n := range ns {
		now, _ := s.listedOn(n)
		for _, l := range now {
			on[l.ID] = true
		}
	}
	return on
}

func (s *Site) serverOf(p place, on bool) apiServer {
	n, sv := p.network, p.server
	a := apiServer{
		Network: n.ID, Server: sv.ID.Name(), Address: sv.Address, Host: sv.Host, Listed: on,
		Listings: []apiListing{}, Endpoints: []apiEndpoint{},
	}
	for _, l := range s.stays(sv) {
		a.Listings = append(a.Listings, apiListing(l.Listing))
	}
	checks := n.Checks(sv)
	if p.stray {
		for _, st := range s.asked[sv.ID] {
			checks = append(checks, st.Check)
		}
	}
	for _, e := range endpointsOf(checks) {
		a.Endpoints = append(a.Endpoints, apiEndpoint{e.Transport, e.Port})
	}
	return a
}

type apiRounds struct {
	apiHead
	Rounds []apiRound `json:"rounds"`
}

type apiRound struct {
	Number      deadyet.RoundNumber         `json:"number"`
	Vantage     deadyet.VantageID           `json:"vantage"`
	Networks    []deadyet.NetworkID         `json:"networks"`
	Simulated   bool                        `json:"simulated"`
	Began       apiTime                     `json:"began"`
	Ended       apiTime                     `json:"ended"`
	CanaryGood  bool                        `json:"canary_good"`
	Planned     int                         `json:"planned"`
	Connections int                         `json:"connections"`
	Counts      map[deadyet.Answer]int      `json:"counts"`
	Unasked     map[deadyet.FailureKind]int `json:"unasked,omitempty"`
	Loss        *apiLoss                    `json:"loss,omitempty"`
}

// apiLoss is how much of what a round sent had to be sent again.
type apiLoss struct {
	Sent   int  `json:"packets"`
	Resent int  `json:"resent"`
	Voted  bool `json:"voted"`
}

// lossDoc returns nil where nothing is known.
func lossDoc(l deadyet.Loss) *apiLoss {
	if l.Sent == 0 {
		return nil
	}
	return &apiLoss{l.Sent, l.Resent, !l.Bad}
}

func (s *Site) apiRounds() any {
	v := apiRounds{apiHead: s.apiHead(), Rounds: []apiRound{}}
	for _, r := range s.edition.Rounds {
		v.Rounds = append(v.Rounds, apiRound{
			Number: r.Number, Vantage: r.Vantage, Networks: r.Networks, Simulated: r.Simulated,
			Began: apiTime(r.Began), Ended: apiTime(r.Ended), CanaryGood: r.Canary.Good,
			Planned: r.Planned, Connections: r.Connections, Counts: r.Counts, Unasked: r.Unasked, Loss: lossDoc(r.Loss),
		})
	}
	return v
}
