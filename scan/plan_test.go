package scan

import (
	"slices"
	"testing"
	"time"

	"deadyet"
)

func day(s string) deadyet.Day {
	d, err := deadyet.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func versions(names ...deadyet.Version) []deadyet.Version { return names }

// fleet is a network of hosts with one tcp endpoint each.
func fleet(id deadyet.NetworkID, hosts ...string) deadyet.Network {
	n := deadyet.Network{
		ID: id, ConnectionsPerDay: 48, Interval: 6 * time.Hour,
		Ask: []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863,
			Versions: versions("MSNP8", "MSNP12", "MSNP15", "MSNP18")}},
	}
	for _, h := range hosts {
		n.Servers = append(n.Servers, deadyet.Server{
			ID: deadyet.MakeServerID(id, h), Address: h,
			Listings: []deadyet.Listing{{Region: "r", Role: deadyet.RoleMain, Since: day("1999-01-01")}},
		})
	}
	return n
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestMakePlan_NetworksThatAreClosedOrHaveNoBudgetAreNeverAsked(t *testing.T) {
	closed, free := fleet("closed", "192.0.2.1"), fleet("free", "192.0.2.2")
	closed.Closed = day("2017-05-19")
	none := fleet("none", "192.0.2.3")
	none.ConnectionsPerDay = 0
	p := MakePlan(Input{Subject: deadyet.Subject{Networks: []deadyet.Network{closed, none, free}}, Now: noon})
	if len(p.Jobs) != 1 || p.Jobs[0].Host != "192.0.2.2" {
		t.Fatalf("got jobs %+v, want only 192.0.2.2", p.Jobs)
	}
	if got := p.Checks(); got != 6 {
		t.Errorf("got %d checks, want the port, four versions and who answers", got)
	}
}

func TestMakePlan_ServersThatAreNotListedAnyMoreAreNotAsked(t *testing.T) {
	n := fleet("n", "192.0.2.1", "192.0.2.2")
	n.Servers[0].Listings[0].Until = day("2026-11-24")
	p := MakePlan(Input{Subject: deadyet.Subject{Networks: []deadyet.Network{n}}, Now: noon})
	if len(p.Jobs) != 1 || p.Jobs[0].Host != "192.0.2.2" {
		t.Fatalf("got %+v", p.Jobs)
	}
}

func TestMakePlan_HostsThatWereSilentAreSuspect(t *testing.T) {
	n := fleet("n", "192.0.2.1", "192.0.2.2")
	last := func(id deadyet.CheckID) Last {
		c, _ := id.Parse()
		if c.Server.Name() == "192.0.2.1" {
			return Last{deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}, noon}
		}
		return Last{}
	}
	p := MakePlan(Input{Subject: deadyet.Subject{Networks: []deadyet.Network{n}}, Now: noon, Last: last})
	if !p.Jobs[0].Suspect || p.Jobs[1].Suspect {
		t.Errorf("got suspect %v and %v, want true and false", p.Jobs[0].Suspect, p.Jobs[1].Suspect)
	}
}

func TestMakePlan_BudgetLeavesOutTheKnownVersionsThatWereAskedLast(t *testing.T) {
	n := fleet("n", "192.0.2.1")
	yes := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	last := func(id deadyet.CheckID) Last {
		c, _ := id.Parse()
		switch c.Version {
		case "MSNP8":
			return Last{yes, noon.Add(-48 * time.Hour)}
		case "MSNP12":
			return Last{yes, noon.Add(-time.Hour)}
		}
		return Last{} // MSNP15 and MSNP18 were over budget
	}
	in := Input{Subject: deadyet.Subject{Networks: []deadyet.Network{n}}, Now: noon, Last: last,
		Left: func(deadyet.Network, string) int { return 9 }} // three rounds are left: three connections each
	j := MakePlan(in).Jobs[0]
	var got []deadyet.Version
	for _, c := range j.Asks[0].Checks {
		got = append(got, c.Version)
	}
	if want := versions("", "MSNP8", "MSNP15", "MSNP18", ""); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if j.Connections != 3 {
		t.Errorf("got %d connections, want 3", j.Connections)
	}
	if want := versions("MSNP8"); !slices.Equal(j.Asks[0].Target.Known, want) {
		t.Errorf("known: got %q, want %q", j.Asks[0].Target.Known, want)
	}
}

func TestBudget(t *testing.T) {
	n := fleet("n", "192.0.2.1")
	n.ConnectionsPerDay = 2
	b := NewBudget(deadyet.Subject{Networks: []deadyet.Network{n}}, []deadyet.Spent{{Host: "192.0.2.1", Day: deadyet.DayOf(noon), Connections: 1}})
	if err := b.Take("192.0.2.1", noon); err != nil {
		t.Fatalf("second connection of the day: %v", err)
	}
	if err := b.Take("192.0.2.1", noon); err == nil {
		t.Fatal("third connection of the day was allowed")
	}
	if err := b.Take("192.0.2.1", noon.Add(24*time.Hour)); err != nil {
		t.Fatalf("first connection of the next day: %v", err)
	}
	b.Begin(Plan{Jobs: []Job{{Host: "192.0.2.1", Connections: 0}}})
	if err := b.Take("192.0.2.1", noon.Add(24*time.Hour)); err == nil {
		t.Error("a connection past the round's share was allowed")
	}
}
