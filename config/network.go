package config

import (
	"cmp"
	"fmt"
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
		if deadyet.NetworkID(id) == deadyet.NetworkAdhoc {
			top.wrong("the file name %q: want another one; this is the network of targets on the command line", id)
		}
		s.Networks = append(s.Networks, readNetwork(top, deadyet.NetworkID(id)))
	}
	slices.SortStableFunc(s.Networks, func(a, b deadyet.Network) int {
		if (a.ID == s.Network) != (b.ID == s.Network) {
			return map[bool]int{true: -1, false: 1}[a.ID == s.Network]
		}
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	if _, ok := s.NetworkByID(s.Network); !ok && s.Network != "" {
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
	if !n.Closed.IsZero() && !n.Since.Before(n.Closed) {
		f["closed"].wrong("%s is not after since %s", n.Closed, n.Since)
	}
	b := newListings(id)
	b.lists(f["lists"])
	b.single(f["servers"])
	n.Servers, n.Moves = b.servers, b.checkMoves(f["lists"])
	if len(n.Servers) == 0 {
		top.wrong("want lists or servers with at least one server")
	}
	if len(n.Ask) == 0 && slices.ContainsFunc(n.Servers, func(s deadyet.Server) bool { return len(s.Ask) == 0 }) {
		f["ask"].wrong("missing, and there are servers without an ask of their own")
	}
	if why := tooFew(n); why != "" {
		f["connections_per_day"].wrong("%s", why)
	}
	return n
}

// tooFew says why the day's connections are not even enough to look at each
// port once in each round; "" when they are, or when nothing is asked.
func tooFew(n deadyet.Network) string {
	ports := len(n.Ask)
	for _, s := range n.Servers {
		ports = max(ports, len(s.Ask))
	}
	rounds := int((24*time.Hour + n.Interval - 1) / max(n.Interval, 1))
	if !n.Dialled() || n.ConnectionsPerDay >= ports*rounds {
		return ""
	}
	return fmt.Sprintf("%d are too few: one look at each port every %s takes %d; want at least that, or a longer interval", n.ConnectionsPerDay, n.Interval, ports*rounds)
}

// readAsks reads what is asked at which port.
func readAsks(v value) (out []deadyet.Ask) {
	type place struct {
		t deadyet.Transport
		p uint16
	}
	kinds, _ := probe.Kinds()
	kinds = slices.DeleteFunc(kinds, deadyet.Kind.ByItself)
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
		switch {
		case a.Kind == deadyet.KindPort && !f["versions"].missing():
			f["versions"].wrong("kind port asks for no version")
		case a.Kind == deadyet.KindMSNP && f["versions"].missing():
			f["versions"].wrong("missing; want versions like 2-24, or kind: port")
		}
		if seen[place{a.Transport, a.Port}] {
			item.wrong("%s:%d stands twice", a.Transport, a.Port)
		}
		seen[place{a.Transport, a.Port}] = true
		out = append(out, a)
	}
	return out
}
