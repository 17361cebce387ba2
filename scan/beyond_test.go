package scan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"deadyet"
)

// outward is a subject of a network with a name, an entry and an address, and one
// that is closed; all with what people are told there.
func outward() (deadyet.Subject, []deadyet.State) {
	since := []deadyet.Listing{{Role: deadyet.RoleMain, Since: deadyet.DayOf(noon.AddDate(-1, 0, 0))}}
	server := func(id deadyet.ServerID, role deadyet.Role) deadyet.Server {
		l := slices.Clone(since)
		l[0].Role = role
		return deadyet.Server{ID: id, Address: id.Name(), Listings: l}
	}
	ask := []deadyet.Ask{
		{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP18"}},
		{Kind: deadyet.KindMSNP, Transport: deadyet.TransportHTTP, Port: 80, Versions: []deadyet.Version{"MSNP18"}},
	}
	net := deadyet.Network{ID: "net", ConnectionsPerDay: 100, Ask: ask, Servers: []deadyet.Server{
		server("net/ds.example", deadyet.RoleMain), server("net/public.example", deadyet.RoleEntry), server("net/20.0.0.1", deadyet.RoleInternal),
		server("net/lone.example", deadyet.RoleMain),
	}}
	old := deadyet.Network{ID: "old", Closed: deadyet.DayOf(noon), Servers: []deadyet.Server{server("old/gone.example", deadyet.RoleMain)}}
	told := func(id deadyet.ServerID, t deadyet.Told) deadyet.State {
		c := deadyet.Check{Endpoint: deadyet.Endpoint{Server: id, Transport: deadyet.TransportDNS, Port: 53}, Kind: deadyet.KindName}
		return deadyet.State{Check: c, Span: deadyet.Span{Outcome: deadyet.Outcome{Answer: deadyet.AnswerYes, Told: t}}}
	}
	hops := []string{
		"20.0.2.1:1863", "20.0.2.1:80", "20.0.2.2:22", "DS.example:1863", "inner.example:1863", "gw.example",
		"a b:1863", "nonsense", "1.2:1863", "", ":1863", "x.example:99999", "evil\n.example:1863", "[2a00::1]:1863",
	}
	c := deadyet.Check{Endpoint: deadyet.Endpoint{Server: "net/20.0.0.1", Transport: deadyet.TransportHTTP, Port: 80}, Kind: deadyet.KindIdentity}
	return deadyet.Subject{Networks: []deadyet.Network{net, old}}, []deadyet.State{
		told("net/ds.example", deadyet.MakeTold([]string{"20.0.0.1", "20.0.0.2", "20.0.0.3"})),
		told("net/public.example", deadyet.MakeTold([]string{"20.0.1.1"})),
		told("net/lone.example", deadyet.MakeTold([]string{"20.0.1.2"})),
		told("old/gone.example", deadyet.MakeTold([]string{"20.0.3.1", "20.0.3.2"})),
		told("net/removed.example", deadyet.MakeTold([]string{"20.0.3.1", "20.0.3.2"})),
		{Check: c, Span: deadyet.Span{Outcome: deadyet.Outcome{Answer: deadyet.AnswerYes, Told: deadyet.Told("now=" + strings.Join(hops, ", "))}}},
	}
}

func TestFindBeyond(t *testing.T) {
	s, states := outward()
	var got []string
	for _, b := range FindBeyond(s, states, deadyet.DayOf(noon)) {
		where := ""
		for _, a := range b.Ask {
			where += fmt.Sprintf(" %s:%d", a.Transport, a.Port)
		}
		got = append(got, fmt.Sprint(b.Address, " ", b.Role, " by ", b.From.Name(), " ", b.Name, where))
	}
	want := []string{
		"20.0.0.2 main by ds.example ds.example", "20.0.0.3 main by ds.example ds.example",
		"20.0.1.1 main by public.example public.example",
		"20.0.2.1 internal by 20.0.0.1  tcp:1863",
		"inner.example internal by 20.0.0.1  tcp:1863",
		"gw.example internal by 20.0.0.1  http:80",
		"2a00::1 internal by 20.0.0.1  tcp:1863",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n := len(FindBeyond(s, states, deadyet.DayOf(noon.AddDate(-2, 0, 0)))); n != 0 {
		t.Errorf("found %d before anybody was listed", n)
	}
}

// However many hosts a server names, few are found.
func TestFindBeyond_isBounded(t *testing.T) {
	s, states := outward()
	var hops []string
	for i := range 10000 {
		hops = append(hops, fmt.Sprintf("20.1.%d.%d:1863", i>>8, i&0xff))
	}
	states[len(states)-1].Span.Outcome.Told = deadyet.Told("now=" + strings.Join(hops, ", "))
	if n := len(FindBeyond(s, states, deadyet.DayOf(noon))); n != MostBeyond {
		t.Errorf("found %d, want %d", n, MostBeyond)
	}
}
