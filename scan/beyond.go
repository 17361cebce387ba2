package scan

import (
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"deadyet"
)

// Beyond is a host to which people are sent and that no list names.
type Beyond struct {
	Network deadyet.NetworkID
	Address string // as it was told; of a redirect it may be a name
	From    deadyet.ServerID
	Name    string // that leads there; "" where From sends its clients there
	Role    deadyet.Role
	Ask     []deadyet.Ask // what is asked at From, or at the port of the redirect
}

// MostBeyond is how many hosts of a network are found at most: a name or a
// server may tell anything.
const MostBeyond = 64

// FindBeyond looks through what people are told by the names and servers of the
// networks that may be asked, as it stands: to which hosts they are sent that
// are not listed anywhere, at ports that are asked in that network. Where a name
// leads to one address only, it stands for it. It is pure.
func FindBeyond(s deadyet.Subject, states []deadyet.State, day deadyet.Day) (out []Beyond) {
	b := beyond{subject: s, known: make(map[string]bool), count: make(map[deadyet.NetworkID]int)}
	for _, n := range s.Networks {
		for _, sv := range n.Servers {
			b.known[folded(sv.Address)] = true
		}
	}
	for i := range states {
		st := &states[i]
		n, sv, ok := s.Server(st.Check.Server)
		at, listed := sv.ListingOn(day)
		if !ok || !listed || !n.Dialled() {
			continue
		}
		switch told := st.Span.Outcome.Told; st.Check.Kind {
		case deadyet.KindName:
			b.byName(n, sv, at, told)
		case deadyet.KindIdentity:
			for _, to := range told.Now() {
				b.byServer(n, sv, st.Check, to)
			}
		}
	}
	return b.found
}

// beyond is what was found so far.
type beyond struct {
	subject deadyet.Subject
	known   map[string]bool // listed, or found
	count   map[deadyet.NetworkID]int
	found   []Beyond
}

func (b *beyond) byName(n deadyet.Network, sv deadyet.Server, at deadyet.Listing, told deadyet.Told) {
	addresses := told.Now()
	if len(addresses) < 2 && at.Role != deadyet.RoleEntry {
		return
	}
	role := at.Role
	if role == deadyet.RoleEntry {
		role = deadyet.RoleMain
	}
	for _, a := range addresses {
		if _, err := netip.ParseAddr(a); err == nil {
			b.add(Beyond{Network: n.ID, Address: a, From: sv.ID, Name: sv.LookedUp(), Role: role, Ask: sv.Ask})
		}
	}
}

func (b *beyond) byServer(n deadyet.Network, sv deadyet.Server, c deadyet.Check, to string) {
	host, port, err := net.SplitHostPort(to)
	if err != nil {
		host, port = to, strconv.Itoa(int(c.Port)) // a gateway names a host
	}
	p, err := strconv.ParseUint(port, 10, 16)
	if err != nil || !plausible(host) {
		return
	}
	asked := n.Ask
	if len(sv.Ask) > 0 {
		asked = sv.Ask
	}
	i := slices.IndexFunc(asked, func(a deadyet.Ask) bool { return uint64(a.Port) == p })
	if i < 0 {
		return // nobody asks there, whatever a server says
	}
	b.add(Beyond{Network: n.ID, Address: folded(host), From: sv.ID, Role: deadyet.RoleInternal, Ask: asked[i : i+1]})
}

func (b *beyond) add(f Beyond) {
	if b.known[folded(f.Address)] || b.count[f.Network] == MostBeyond {
		return
	}
	b.known[folded(f.Address)] = true
	b.count[f.Network]++
	b.found = append(b.found, f)
}

func folded(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }

// plausible reports whether a server's text may be a host: letters, digits and
// what stands between them, as far as files take them.
func plausible(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	outside := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.'
	}
	return strings.Contains(host, ".") && len(host) <= 253 && !strings.ContainsFunc(host, outside) && strings.Trim(host, "-.0123456789") != ""
}
