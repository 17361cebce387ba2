package config

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"deadyet"
)

// listings gathers servers from lists. The same address in two lists is one
// server with two listings.
type listings struct {
	network deadyet.NetworkID
	servers []deadyet.Server
	moves   []deadyet.Move
	at      map[string]int    // by name
	names   map[string]string // by address, in one spelling
}

func newListings(n deadyet.NetworkID) *listings {
	return &listings{network: n, at: make(map[string]int), names: make(map[string]string)}
}

func (b *listings) lists(v value) {
	for _, item := range v.list() {
		f := item.fields("region", "since", "until", "moved_to", "moved_inferred", "main", "internal")
		l := deadyet.Listing{Region: deadyet.Region(f["region"].id()), Since: f["since"].needDay(), Until: f["until"].day()}
		runsForward(f["until"], l)
		b.move(f, l)
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

// move reads where the servers of a list went when it ended.
func (b *listings) move(f map[string]value, l deadyet.Listing) {
	if f["moved_to"].missing() {
		return
	}
	if l.Until.IsZero() {
		f["moved_to"].wrong("the list has no until; want the day on which its servers moved")
	}
	b.moves = append(b.moves, deadyet.Move{
		From: l.Region, To: deadyet.Region(f["moved_to"].id()), On: l.Until, Inferred: f["moved_inferred"].yes(),
	})
}

// checkMoves: where somebody moved to must be listed from that day on.
func (b *listings) checkMoves(at value) []deadyet.Move {
	for _, m := range b.moves {
		arrived := slices.ContainsFunc(b.servers, func(s deadyet.Server) bool {
			l, ok := s.ListingOn(m.On)
			return ok && l.Region == m.To && l.Since == m.On
		})
		if !arrived {
			at.wrong("%s moved to %s on %s, and no list of %s begins on that day", m.From, m.To, m.On, m.To)
		}
	}
	slices.SortStableFunc(b.moves, func(a, c deadyet.Move) int { return a.On.Start().Compare(c.On.Start()) })
	return b.moves
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
			Role:  word(f["role"], deadyet.RoleMain, deadyet.RoleInternal, deadyet.RoleDependency, deadyet.RoleEntry),
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
			if name = f["name"].need(); strings.ContainsAny(name, "/ ?#%") || strings.Trim(name, ".") == "" {
				f["name"].wrong("%q: want a name without spaces and slashes", name)
			}
		}
		if name != "" {
			b.add(f["address"], s, name, l)
		}
	}
}

// add lists a server. Two listings of one server may not overlap, and what is
// known of it stands in its first entry.
func (b *listings) add(at value, s deadyet.Server, name string, l deadyet.Listing) {
	if other, ok := b.names[oneSpelling(s.Address)]; ok && other != name {
		at.wrong("%s is the server %q already; want one server, with as many listings and asks as it needs", s.Address, other)
		return
	}
	i, ok := b.at[name]
	if !ok {
		s.ID = deadyet.MakeServerID(b.network, name)
		b.at[name], b.names[oneSpelling(s.Address)] = len(b.servers), name
		s.Listings = []deadyet.Listing{l}
		b.servers = append(b.servers, s)
		return
	}
	old := &b.servers[i]
	if why := again(*old, s, l); why != "" {
		at.wrong("%s %s", name, why)
		return
	}
	old.Listings = append(old.Listings, l)
	slices.SortFunc(old.Listings, func(a, b deadyet.Listing) int { return a.Since.Start().Compare(b.Since.Start()) })
}

// again says why s can't be another entry of old, "" when it can.
func again(old, s deadyet.Server, l deadyet.Listing) string {
	if s.Address != old.Address {
		return fmt.Sprintf("is %s already; want another name, since a name is never used again for another server", old.Address)
	}
	for _, o := range old.Listings {
		if overlap(o, l) {
			return fmt.Sprintf("is listed already from %s to %s", o.Since, orToday(o.Until))
		}
	}
	if s.Host != "" || s.Note != "" || len(s.Ask) > 0 {
		return "has an entry already; want its host, ask and note there"
	}
	return ""
}

// oneSpelling makes equal addresses equal: letters of any case, long and short
// forms of IPv6.
func oneSpelling(address string) string {
	if a, err := netip.ParseAddr(address); err == nil {
		return a.Unmap().String()
	}
	return strings.ToLower(address)
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
