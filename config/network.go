package config

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/probe"
)

// networks reads all of them: the subject's own first, then by name.
func (l *loader) networks(s *deadyet.Subject, own value) {
	for _, name := range l.files("networks", ".yaml") {
		top := l.tree(name, false)
		id := stem(name)
		if !idPattern.MatchString(id) {
			top.wrong("the file name %q: want a lower-case word: letters, digits and -", id)
		}
		s.Networks = append(s.Networks, readNetwork(top, deadyet.NetworkID(id)))
	}
	slices.SortStableFunc(s.Networks, func(a, b deadyet.Network) int {
		if (a.ID == s.Network) != (b.ID == s.Network) {
			return map[bool]int{true: -1, false: 1}[a.ID == s.Network]
		}
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	if _, ok := s.NetworkByID(s.Network); !ok {
		own.wrong("there is no file %s", path.Join("networks", string(s.Network)+".yaml"))
	}
}

func readNetwork(top value, id deadyet.NetworkID) deadyet.Network {
	f := top.fields("name", "project", "site", "source", "since", "closed", "says", "note",
		"interval", "connections_per_day", "per_host", "consent", "ask", "lists", "servers")
	n := deadyet.Network{
		ID: id, Name: f["name"].need(), Project: f["project"].text(), Site: f["site"].link(),
		Source: readSource(f["source"]), Since: f["since"].day(), Closed: f["closed"].day(), Note: f["note"].text(),
		Interval:          f["interval"].lasting(6*time.Hour, 5*time.Minute, 30*24*time.Hour),
		ConnectionsPerDay: f["connections_per_day"].number(0, 1_000_000),
		PerHost:           f["per_host"].numberOr(1, 1, 64),
		Ask:               readAsks(f["ask"]),
	}
	says := f["says"].fields("text", "versions", "source")
	n.Says = deadyet.Claim{Text: says["text"].text(), Versions: says["versions"].versions(), Source: readSource(says["source"])}
	if !f["consent"].missing() {
		c := f["consent"].fields("by", "date")
		n.Consent = deadyet.Consent{By: c["by"].need(), Date: c["date"].needDay()}
	}
	if !n.Closed.IsZero() && n.ConnectionsPerDay > 0 {
		f["connections_per_day"].wrong("the network is closed; want 0, its addresses may belong to others now")
	}
	b := &listings{network: id, at: make(map[string]int)}
	b.lists(f["lists"])
	b.single(f["servers"])
	n.Servers = b.servers
	if len(n.Servers) == 0 {
		top.wrong("want lists or servers with at least one server")
	}
	if len(n.Ask) == 0 && slices.ContainsFunc(n.Servers, func(s deadyet.Server) bool { return len(s.Ask) == 0 }) {
		f["ask"].wrong("missing, and there are servers without an ask of their own")
	}
	return n
}

// readAsks reads what is asked at which port.
func readAsks(v value) (out []deadyet.Ask) {
	type place struct {
		t deadyet.Transport
		p uint16
	}
	kinds, _ := probe.Kinds()
	seen := make(map[place]bool)
	for _, item := range v.list() {
		f := item.fields("kind", "transport", "port", "versions")
		a := deadyet.Ask{
			Kind:      word(f["kind"], kinds...),
			Transport: word(f["transport"], deadyet.TransportTCP, deadyet.TransportHTTP, deadyet.TransportHTTPS),
			Port:      uint16(f["port"].number(1, 65535)),
			Versions:  f["versions"].versions(),
		}
		if a.Kind == "" {
			a.Kind = deadyet.KindMSNP
		}
		if f["transport"].missing() {
			f["transport"].wrong("missing; want tcp, http or https")
		}
		if seen[place{a.Transport, a.Port}] {
			item.wrong("%s:%d stands twice", a.Transport, a.Port)
		}
		seen[place{a.Transport, a.Port}] = true
		out = append(out, a)
	}
	return out
}

// listings gathers servers from lists. The same address in two lists is one
// server with two listings.
type listings struct {
	network deadyet.NetworkID
	servers []deadyet.Server
	at      map[string]int // by name
}

func (b *listings) lists(v value) {
	for _, item := range v.list() {
		f := item.fields("region", "since", "until", "main", "internal")
		l := deadyet.Listing{Region: deadyet.Region(f["region"].id()), Since: f["since"].needDay(), Until: f["until"].day()}
		runsForward(f["until"], l)
		for _, role := range []deadyet.Role{deadyet.RoleMain, deadyet.RoleInternal} {
			l.Role = role
			for _, a := range f[string(role)].list() {
				if host := a.host(); host != "" {
					b.add(a, deadyet.Server{Address: host}, host, l)
				}
			}
		}
	}
}

func runsForward(at value, l deadyet.Listing) {
	if !l.Until.IsZero() && !l.Since.Before(l.Until) {
		at.wrong("%s is not after since %s", l.Until, l.Since)
	}
}

func (b *listings) single(v value) {
	for _, item := range v.list() {
		f := item.fields("name", "address", "host", "role", "region", "since", "until", "ask", "note")
		s := deadyet.Server{Address: f["address"].host(), Ask: readAsks(f["ask"]), Note: f["note"].text()}
		if !f["host"].missing() {
			s.Host = f["host"].host()
		}
		l := deadyet.Listing{
			Role:  word(f["role"], deadyet.RoleMain, deadyet.RoleInternal, deadyet.RoleDependency),
			Since: f["since"].needDay(), Until: f["until"].day(),
		}
		if f["role"].missing() {
			l.Role = deadyet.RoleMain
		}
		if !f["region"].missing() {
			l.Region = deadyet.Region(f["region"].id())
		}
		runsForward(f["until"], l)
		name := s.Address
		if !f["name"].missing() {
			if name = f["name"].need(); strings.ContainsAny(name, "/ ?#%") {
				f["name"].wrong("%q: want a name without spaces and slashes", name)
			}
		}
		if name != "" {
			b.add(f["address"], s, name, l)
		}
	}
}

// add lists a server. Two listings of one server may not overlap.
func (b *listings) add(at value, s deadyet.Server, name string, l deadyet.Listing) {
	i, ok := b.at[name]
	if !ok {
		s.ID = deadyet.MakeServerID(b.network, name)
		b.at[name] = len(b.servers)
		s.Listings = []deadyet.Listing{l}
		b.servers = append(b.servers, s)
		return
	}
	for _, old := range b.servers[i].Listings {
		if overlap(old, l) {
			at.wrong("%s is listed already from %s to %s", name, old.Since, orToday(old.Until))
			return
		}
	}
	b.servers[i].Listings = append(b.servers[i].Listings, l)
	slices.SortFunc(b.servers[i].Listings, func(a, b deadyet.Listing) int { return a.Since.Start().Compare(b.Since.Start()) })
}

func overlap(a, b deadyet.Listing) bool {
	return (b.Until.IsZero() || a.Since.Before(b.Until)) && (a.Until.IsZero() || b.Since.Before(a.Until))
}

func orToday(d deadyet.Day) string {
	if d.IsZero() {
		return "today"
	}
	return d.String()
}
