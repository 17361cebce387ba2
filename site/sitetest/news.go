package sitetest

import (
	"fmt"
	"time"

	"deadyet"
)

// items are news of many kinds: a note by people, an outage that grew and is half
// over, one that a person put into words and that is over, some that rest on the
// record or on lists, and more than a page shows unfolded.
func items() []deadyet.Item {
	return []deadyet.Item{
		{
			ID: "welcome", Kind: deadyet.ItemNote, At: noon.Add(-48 * time.Hour), Title: "The page is back", Body: "After *years*.",
			Pinned: true, By: "the editors", Links: []deadyet.Link{{Text: "what it says", URL: "https://contoso.example/news"}},
		},
		growing(), over(), end(), refusal(), portsClosed(), moved(), block(),
		listed("2014-03-02"), listed("2012-05-06"), listed("2012-01-01"), listed("2009-09-09"),
	}
}

func servers(n deadyet.NetworkID, from, to int) (out []deadyet.ServerID) {
	for i := from; i <= to; i++ {
		out = append(out, deadyet.MakeServerID(n, address(i)))
	}
	return out
}

// growing is an outage that took in a second server and is half over.
func growing() deadyet.Item {
	at := noon.Add(-30 * time.Hour)
	return deadyet.Item{
		ID: "2026-11-23-contoso-outage", Kind: deadyet.ItemOutage, Network: "contoso",
		At: at, When: deadyet.Interval{From: at.Add(-6 * time.Hour), To: at}, Published: at.Add(2 * time.Hour), Updated: at.Add(9 * time.Hour),
		Parts: []deadyet.Part{{
			Role: deadyet.RoleMain, Count: 1, Of: 1, Listed: 1, Ports: []uint16{443, 1863}, Servers: []deadyet.ServerID{"contoso/ds.contoso.example"},
		}, {
			Role: deadyet.RoleInternal, Count: 2, Of: 2, Listed: 2, Back: 1, Ports: []uint16{1863},
			Servers: []deadyet.ServerID{"contoso/2001:db8::1", "contoso/old.contoso.example"},
		}},
		Evidence: []deadyet.EvidenceID{2}, Changes: []deadyet.Change{change("contoso/2001:db8::1", at)},
		Title: "Contoso: All three servers do not answer", Body: "One of them is back to normal.",
	}
}

func change(server deadyet.ServerID, at time.Time) deadyet.Change {
	return deadyet.Change{
		Check: deadyet.Check{Endpoint: deadyet.Endpoint{Server: server, Transport: deadyet.TransportTCP, Port: 1863}, Kind: deadyet.KindPort},
		From:  deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageConnect},
		To:    deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout},
		When:  deadyet.Interval{From: at.Add(-6 * time.Hour), To: at}, Confirmed: at.Add(2 * time.Hour),
	}
}

// over is an outage that was measured, corrected by a person, and is over.
func over() deadyet.Item {
	at := noon.Add(-300 * time.Hour)
	return deadyet.Item{
		ID: "2026-11-12-contoso-dependency-down", Aliases: []deadyet.ItemID{"2026-11-11-contoso-dependency-down", "early"},
		Kind: deadyet.ItemDependencyDown, Network: "contoso", At: at, When: deadyet.Interval{From: at.Add(-10 * time.Minute), To: at},
		Published: at.Add(2 * time.Hour), Updated: at.Add(26 * time.Hour), Until: deadyet.At(at.Add(24 * time.Hour)),
		Parts: []deadyet.Part{{Role: deadyet.RoleDependency, Count: 1, Of: 1, Listed: 1, Back: 1, Servers: []deadyet.ServerID{"contoso/login.contoso.example"}}},
		Name:  "login.contoso.example", Evidence: []deadyet.EvidenceID{1}, By: "the editors",
		Title: "Contoso: login.contoso.example was down for one day", Body: "Somebody **tripped over** a cable.",
	}
}

// refusal is recorded for a share of the servers only.
func refusal() deadyet.Item {
	on := day("2017-05-19")
	return deadyet.Item{
		ID: "2017-05-19-northwind-version-rejected", Kind: deadyet.ItemVersionRejected, Network: "northwind",
		At: on.Start(), When: deadyet.OnDay(on), Published: on.Start(), Updated: on.Start(),
		Parts: []deadyet.Part{{
			Region: "north", Count: 13, Of: 14, Listed: 14, About: true, Ports: []uint16{443}, Versions: versions(24), Servers: servers("northwind", 0, 12),
		}},
		Ports: []uint16{443}, Versions: versions(24), Still: deadyet.Still{Versions: versions(18, 21, 22)}, Facts: []deadyet.FactID{"refused"},
		Title: "Almost all north servers refuse MSNP24", Body: "MSNP18, MSNP21 and MSNP22 are still taken there.",
	}
}

// portsClosed has two parts, of one of which it is not known which server it is.
func portsClosed() deadyet.Item {
	return deadyet.Item{
		ID: "2016-03-01-northwind-port-closed", Kind: deadyet.ItemPortClosed, Network: "northwind",
		At: day("2016-03-01").Start(), When: deadyet.Interval{From: day("2016-03-01").Start(), To: day("2016-03-09").End()},
		Published: day("2016-03-01").Start(), Updated: day("2016-03-01").Start(),
		Parts: []deadyet.Part{
			{Region: "north", Role: deadyet.RoleMain, Count: 1, Of: 1, Listed: 1, Ports: []uint16{1863}, Servers: servers("northwind", 3, 3)},
			{Region: "south", Role: deadyet.RoleInternal, Count: 1, Of: 2, Listed: 3, About: true, Ports: []uint16{80, 1863}, Servers: servers("northwind", 200, 200)},
		},
		Ports: []uint16{80, 1863}, Still: deadyet.Still{Ports: []uint16{443}, Others: 12}, Facts: []deadyet.FactID{"closed", "south-closed"},
		Title: "One main north server and one south server closed port 1863", Body: "HTTPS (port 443) still works.",
	}
}

func end() deadyet.Item {
	return deadyet.Item{
		ID: "2017-05-19-northwind-gone", Kind: deadyet.ItemGone, Network: "northwind",
		At: gone().Since.From, When: gone().Since, Verdict: deadyet.Verdict{Reason: "None of the 14 servers takes any version any more."},
		Parts: []deadyet.Part{{Region: "north", Count: 14, Of: 14, Listed: 14, Servers: servers("northwind", 0, 13)}},
		Facts: []deadyet.FactID{"gone"},
		Title: "All servers are gone", Body: "None of the 14 servers takes any version any more.",
	}
}

// moved follows from the lists.
func moved() deadyet.Item {
	return deadyet.Item{
		ID: "2014-12-05-northwind-moved", Kind: deadyet.ItemMoved, Network: "northwind",
		At: day("2014-12-05").Start(), When: deadyet.OnDay(day("2014-12-05")), To: "north", Arrived: 14, Inferred: true,
		Parts: []deadyet.Part{{Region: "west", Count: 1, Of: 1, Listed: 1, Servers: servers("northwind", 240, 240)}},
		Title: "The west servers moved to north", Body: "14 servers came in place of one.",
	}
}

func listed(on string) deadyet.Item {
	d := day(on)
	return deadyet.Item{
		ID: deadyet.ItemID(on + "-northwind-listed"), Kind: deadyet.ItemListed, Network: "northwind", At: d.Start(), When: deadyet.OnDay(d),
		Parts: []deadyet.Part{{Region: "west", Role: deadyet.RoleInternal, Count: 1, Of: 1, Listed: 1, Servers: servers("northwind", 241, 241)}},
		Title: "One west server came onto the list",
	}
}

func block() deadyet.Item {
	return deadyet.Item{
		ID: "2014-11-13-northwind-client-block", Kind: deadyet.ItemClientBlock, Network: "northwind",
		At: day("2014-11-13").Start(), When: deadyet.OnDay(day("2014-11-13")),
		Name: "application ID", Clients: []string{"Messenger 2008", "Messenger 2009"}, Facts: []deadyet.FactID{"block"},
		Title: "Messenger 2008 and Messenger 2009 are turned away", Body: "They are told apart by application ID.",
	}
}

// record is what was known before anything was measured.
func record() []deadyet.Fact {
	src := deadyet.Source{Title: "before.example", URL: "https://before.example/", Date: day("2016-03-02")}
	return []deadyet.Fact{
		gone(),
		{
			File: "northwind", ID: "refused", Select: deadyet.Selector{Network: "northwind", Regions: []deadyet.Region{"north"}, Transports: []deadyet.Transport{"https"}, Versions: versions(24)},
			Count: deadyet.Count{Least: 90, Most: 99}, Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused, Since: gone().Since,
			Text: "Almost all servers refused MSNP24.", Aside: "It was a *Friday*.", Source: src,
		},
		{
			ID: "closed", Select: deadyet.Selector{Network: "northwind", Roles: []deadyet.Role{deadyet.RoleMain}, Ports: []uint16{1863}},
			Answer: deadyet.AnswerNo, Since: deadyet.OnDay(day("2016-03-01")), Until: deadyet.OnDay(day("2016-04-01")),
			Text: "The front door closed port 1863.", Source: src,
		},
		{
			ID: "south-closed", Select: deadyet.Selector{Network: "northwind", Regions: []deadyet.Region{"south"}, Kinds: []deadyet.Kind{deadyet.KindPort}, Servers: servers("northwind", 200, 200)},
			Count: deadyet.Count{Number: 1}, Answer: deadyet.AnswerYes, Stage: deadyet.StageConnect, Since: deadyet.OnDay(day("2016-03-01")),
			Text: "One of the servers of south.", Source: deadyet.Source{Title: "a letter"},
		},
		{
			ID: "block", Select: deadyet.Selector{Network: "northwind"}, Block: deadyet.Block{Clients: []string{"Messenger 2008", "Messenger 2009"}, By: "application ID"},
			Since: deadyet.OnDay(day("2014-11-13")), Text: "Sign-in was refused to two clients.", Source: src,
		},
	}
}

// verdicts is the history of the answer.
func verdicts() []deadyet.Verdict {
	return []deadyet.Verdict{
		{Word: deadyet.WordNo, Says: "NO", Reason: "The only server still takes MSNP2.", Since: deadyet.OnDay(day("1999-07-22")), Published: day("1999-07-22").Start(), Listed: 1, Accepting: 1},
		{Word: deadyet.WordMostly, Says: "MOSTLY", Reason: "Only about 5 of the 14 servers still take MSNP18.", Since: deadyet.OnDay(day("2016-03-01")), Facts: []deadyet.FactID{"closed"}, Listed: 14, Reference: 5, Accepting: 14},
		now(),
	}
}

// now is the present answer.
func now() deadyet.Verdict {
	return deadyet.Verdict{
		Word: deadyet.WordYes, Says: "YES", Reason: "None of the 14 servers takes any version any more.",
		Reasons: []deadyet.Reason{
			{Kind: deadyet.ReasonAccepting, Of: 14},
			{Kind: deadyet.ReasonGone, Of: 14, Versions: versions(18, 21, 22), Clients: []string{"most third-party clients"}},
		},
		Since: gone().Since, Published: gone().Since.From, Facts: []deadyet.FactID{"gone"}, Listed: 14, LastYes: day("2017-05-18").Start(),
	}
}

// Yearbook returns a fleet with much news: so many items, five each year.
func Yearbook(servers, n int) deadyet.Edition {
	e := Fleet(servers)
	net := e.Subject.Networks[0]
	e.Items = nil
	for i := range n {
		at := noon.AddDate(0, 0, -73*i)
		it := deadyet.Item{
			ID: deadyet.ItemID(fmt.Sprintf("%s-northwind-outage", at.Format(time.DateOnly))), Kind: deadyet.ItemOutage, Network: net.ID,
			At: at, When: deadyet.Interval{From: at.Add(-6 * time.Hour), To: at}, Published: at, Updated: at, Until: deadyet.At(at.Add(time.Hour)),
			Title: fmt.Sprintf("Most bay servers and %d others were down for one hour", i), Body: "Back to normal, after one hour.",
		}
		bay := servers / 4
		p := deadyet.Part{Region: "bay", Count: bay * 4 / 5, Of: bay, Listed: bay}
		for k := range p.Count {
			p.Servers = append(p.Servers, net.Servers[(i+k)%bay].ID)
		}
		it.Parts = []deadyet.Part{p}
		e.Items = append(e.Items, it)
	}
	return e
}
