package site

import (
	"testing"

	"deadyet"
)

func TestTables_CountMessengerServersAndNameTheRest(t *testing.T) {
	n := deadyet.Network{ID: "n", Name: "N", Ask: []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP2"}}}}
	for _, x := range []struct {
		name   string
		region deadyet.Region
		role   deadyet.Role
	}{{"inner", "bay", deadyet.RoleInternal}, {"login", "", deadyet.RoleDependency}, {"name", "", deadyet.RoleEntry}} {
		n.Servers = append(n.Servers, deadyet.Server{ID: deadyet.MakeServerID("n", x.name), Listings: []deadyet.Listing{{Region: x.region, Role: x.role}}})
	}
	s := index(deadyet.Edition{Subject: deadyet.Subject{Networks: []deadyet.Network{n}}}, english())
	got := s.fleetView(n).Tables
	if len(got) != 2 || got[1].Title != "Of no region" || got[1].Summary != "0 of 1 server takes something" || got[1].Groups[0].Name != "name" {
		t.Errorf("got %+v", got)
	}
	n.Servers = n.Servers[1:2]
	if got := s.fleetView(n).Tables; len(got) != 1 || got[0].Title != "All servers" || got[0].Summary != "" {
		t.Errorf("got %+v", got)
	}
}
