package site

import (
	"testing"
	"time"

	"deadyet"
)

func TestLine_SaysWhatIsAskedAndHowOften(t *testing.T) {
	day, err := deadyet.ParseDay("2017-05-19")
	if err != nil {
		t.Fatal(err)
	}
	asked := time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC)
	living := deadyet.Network{ID: "n", Name: "N", Interval: 6 * time.Hour, ConnectionsPerDay: 10}
	for _, c := range []struct {
		name    string
		network deadyet.Network
		last    time.Time
		live    bool
		want    string
	}{
		{"closed", deadyet.Network{ID: "n", Closed: day}, time.Time{}, true, "Closed on 19 May 2017 and not asked any more."},
		{"never asked, and not going to be", living, time.Time{}, false, "Not asked from here yet."},
		{"never asked, but soon", living, time.Time{}, true, "Not asked yet, asked every 6 hours."},
		{"asked once", living, asked, false, "Last asked 24 November 2026, 11:00 UTC, not asked at present."},
		{"being asked", living, asked, true, "Last asked 24 November 2026, 11:00 UTC, asked every 6 hours."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := index(deadyet.Edition{Live: c.live, Subject: deadyet.Subject{Networks: []deadyet.Network{c.network}}}, english())
			v := s.lineView(c.network, deadyet.Line{Network: "n", LastAsked: c.last})
			if got := v.asked(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestLine_NamesTheWaysInThatWereMeasured(t *testing.T) {
	ask := func(p uint16) deadyet.Ask {
		return deadyet.Ask{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: p, Versions: []deadyet.Version{"MSNP2"}}
	}
	n := deadyet.Network{ID: "n", Ask: []deadyet.Ask{ask(1863), ask(1864)}}
	e := deadyet.Edition{Subject: deadyet.Subject{Networks: []deadyet.Network{n}}}
	for _, name := range []string{"a", "b", "c", "d", "inner"} {
		role := deadyet.RoleMain
		if name == "inner" {
			role = deadyet.RoleInternal
		}
		sv := deadyet.Server{ID: deadyet.MakeServerID("n", name), Address: name, Listings: []deadyet.Listing{{Role: role}}}
		n.Servers = append(n.Servers, sv)
		c := deadyet.Check{Endpoint: deadyet.Endpoint{Server: sv.ID, Transport: deadyet.TransportTCP, Port: 1863}, Kind: deadyet.KindMSNP, Version: "MSNP2"}
		e.States = append(e.States, deadyet.State{Check: c, Span: deadyet.Span{Outcome: deadyet.Outcome{Answer: deadyet.AnswerYes}}})
	}
	if got, want := index(e, english()).waysIn(n), "a port 1863; b port 1863; c port 1863 and 1 more"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
