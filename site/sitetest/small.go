package sitetest

import (
	"time"

	"deadyet"
)

// noon is the moment of all editions that are made here.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// day reads a day; the zero day when it can't be read.
func day(s string) deadyet.Day {
	d, err := deadyet.ParseDay(s)
	if err != nil {
		return deadyet.Day{}
	}
	return d
}

// versions names versions by their numbers.
func versions(numbers ...int) (out []deadyet.Version) {
	for _, n := range numbers {
		out = append(out, version(n))
	}
	return out
}

func between(from, to int) (out []deadyet.Version) {
	for n := from; n <= to; n++ {
		out = append(out, version(n))
	}
	return out
}

// subject returns a subject with a closed network and a living one, the texts
// of every section, and news.
func subject() deadyet.Subject {
	return deadyet.Subject{
		ID: "msn", Name: "MSN", Question: "Is MSN dead yet?", Network: "northwind",
		Source:   "https://code.example/deadyet",
		Versions: versionInfos(), Control: "MSNP99",
		Rule: deadyet.Rule{Reference: "MSNP18", Half: 50, After: 24 * time.Hour, Says: map[deadyet.Word]string{
			deadyet.WordNo: "NO", deadyet.WordMostly: "MOSTLY", deadyet.WordYes: "YES",
			deadyet.WordYesBut: "YES, but so is everything else", deadyet.WordUnknown: "CAN’T TELL",
		}},
		Confirm:  deadyet.Confirmation{Rounds: 3, After: 2 * time.Hour},
		Networks: []deadyet.Network{closed(), living(), shy()},
		Clients:  clients(),
		Record:   record(), Revisions: []deadyet.Revision{{File: "northwind", Number: 3}, {File: "other", Number: 1}}, Texts: texts(),
		Links: []deadyet.Link{
			{Text: "The page that came before", URL: "https://before.example/", Note: "with *its* archive"},
			{Text: "A link that runs something", URL: "javascript:alert(1)"},
		},
	}
}

func versionInfos() (out []deadyet.VersionInfo) {
	for _, v := range between(2, 24) {
		out = append(out, deadyet.VersionInfo{Version: v, Counts: v != "MSNP23" && v != "MSNP24", First: "client of " + string(v)})
	}
	return out
}

func gone() deadyet.Fact {
	return deadyet.Fact{
		File: "northwind",
		ID:   "gone", Select: deadyet.Selector{Network: "northwind"}, Answer: deadyet.AnswerSilent,
		Failure: deadyet.FailureTimeout, Since: deadyet.OnDay(day("2017-05-19")), Inferred: true,
		Text:   "The last server of Northwind went away.",
		Source: deadyet.Source{Title: "before.example", URL: "https://before.example/", Date: day("2017-05-19")},
	}
}

func closed() deadyet.Network {
	n := deadyet.Network{
		ID: "northwind", Name: "Northwind", Project: "Northwind Traders", Closed: day("2017-05-19"),
		Note: "The one that the question means.",
		Ask: []deadyet.Ask{
			{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: versions(18, 21)},
			{Kind: deadyet.KindMSNP, Transport: deadyet.TransportHTTPS, Port: 443, Versions: versions(18, 21, 22, 24)},
		},
	}
	for i := range 14 {
		role := deadyet.RoleInternal
		if i == 3 {
			role = deadyet.RoleMain
		}
		n.Servers = append(n.Servers, server(n.ID, address(i), role, "north", day("2014-12-05")))
	}
	old := server(n.ID, address(200), deadyet.RoleInternal, "south", day("2014-12-05"))
	old.Listings[0].Until = day("2016-05-14")
	n.Servers = append(n.Servers, old)
	return n
}

func living() deadyet.Network {
	n := deadyet.Network{
		ID: "contoso", Name: "Contoso", Project: "Contoso revival", Site: "https://contoso.example/",
		Source:   deadyet.Source{Title: "its page", URL: "https://contoso.example/connect", Date: day("2026-01-02")},
		Says:     deadyet.Claim{Text: "all clients up to 2009", Source: deadyet.Source{Title: "its page", URL: "https://contoso.example/"}},
		Note:     "Run by *volunteers*.",
		Interval: 6 * time.Hour, ConnectionsPerDay: 120,
		Ask: []deadyet.Ask{
			{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: between(2, 24)},
			{Kind: deadyet.KindMSNP, Transport: deadyet.TransportHTTP, Port: 80, Versions: between(2, 24)},
			{Kind: deadyet.KindMSNP, Transport: deadyet.TransportHTTPS, Port: 443, Versions: between(2, 24)},
		},
	}
	n.Servers = []deadyet.Server{
		server(n.ID, "ds.contoso.example", deadyet.RoleMain, "", day("2021-01-01")),
		server(n.ID, "2001:db8::1", deadyet.RoleInternal, "", day("2021-01-01")),
		server(n.ID, "login.contoso.example", deadyet.RoleDependency, "", day("2021-01-01")),
	}
	n.Servers[2].Ask = []deadyet.Ask{{Kind: deadyet.KindPort, Transport: deadyet.TransportHTTPS, Port: 443}}
	return n
}

func shy() deadyet.Network {
	n := deadyet.Network{
		ID: "fabrikam", Name: "Fabrikam", Project: "Fabrikam", Interval: time.Hour, ConnectionsPerDay: 10,
		Says: deadyet.Claim{Text: "1.0 to 2009, complete", Source: deadyet.Source{Title: "a forum", URL: "https://forum.example/1", Date: day("2026-08-18")}},
		Ask:  []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: between(2, 24)}},
	}
	n.Servers = []deadyet.Server{server(n.ID, "ms.fabrikam.example", deadyet.RoleMain, "", day("2025-02-02"))}
	return n
}

func server(n deadyet.NetworkID, address string, role deadyet.Role, region deadyet.Region, since deadyet.Day) deadyet.Server {
	return deadyet.Server{
		ID: deadyet.MakeServerID(n, address), Address: address,
		Listings: []deadyet.Listing{{Region: region, Role: role, Since: since}},
	}
}

func texts() (out []deadyet.Text) {
	for _, t := range []struct{ name, title string }{
		{"meant", "What is meant by MSN"}, {"background", "How it came to this"}, {"clients", "What clients work"},
		{"why", "Why care?"}, {"reference", "Reference"}, {"faq", "Frequently asked questions"},
		{"affiliation", "No affiliation"}, {"source", "Source"}, {"credit", "Credit"}, {"manners", "Method and manners"},
	} {
		body := "About **" + t.name + "**: see [the reference](#reference).\n\n## A heading\n\nMore of it.\n\n#### A deeper one\n\n| a | b |\n|--|:-:|\n| 1 | 2 |\n"
		out = append(out, deadyet.Text{Name: t.name, Title: t.title, Body: body, File: "subjects/msn/texts/" + t.name + ".md"})
	}
	return out
}
