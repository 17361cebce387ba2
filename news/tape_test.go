package news_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/history"
	"deadyet/news"
	"deadyet/verdict"
)

const (
	unasked = deadyet.AnswerUnasked
	yes     = deadyet.AnswerYes
	no      = deadyet.AnswerNo
	silent  = deadyet.AnswerSilent
	unclear = deadyet.AnswerUnclear
)

var (
	began   = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	longAgo = began.AddDate(0, -1, 0) // when everything was first found
)

// hour is the moment of the round that began h hours after the first.
func hour(h float64) time.Time { return began.Add(time.Duration(h * float64(time.Hour))) }

func day(s string) deadyet.Day {
	d, err := deadyet.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// fleet is a subject with one network: in each region one main server and a
// number of internal ones, ports 80 and 443, and two versions at the latter.
func fleet(internal int, regions ...deadyet.Region) deadyet.Subject {
	n := deadyet.Network{ID: "net", Name: "Network", Interval: time.Hour, ConnectionsPerDay: 1000, Ask: []deadyet.Ask{
		{Kind: deadyet.KindPort, Transport: deadyet.TransportHTTP, Port: 80},
		{Kind: deadyet.KindMSNP, Transport: deadyet.TransportHTTPS, Port: 443, Versions: []deadyet.Version{"MSNP18", "MSNP21"}},
	}}
	for _, r := range regions {
		for i := range internal + 1 {
			role := deadyet.RoleInternal
			if i == 0 {
				role = deadyet.RoleMain
			}
			n.Servers = append(n.Servers, deadyet.Server{
				ID:       deadyet.MakeServerID("net", fmt.Sprintf("%s-%d", r, i)),
				Listings: []deadyet.Listing{{Region: r, Role: role, Since: day("2026-01-01")}},
			})
		}
	}
	n.Servers = append(n.Servers, deadyet.Server{
		ID: "net/login", Ask: []deadyet.Ask{{Kind: deadyet.KindPort, Transport: deadyet.TransportHTTPS, Port: 443}},
		Listings: []deadyet.Listing{{Role: deadyet.RoleDependency, Since: day("2026-01-01")}},
	})
	return deadyet.Subject{
		ID: "msn", Name: "MSN", Network: "net", Networks: []deadyet.Network{n},
		Versions: []deadyet.VersionInfo{{Version: "MSNP18", Counts: true, Used: "most people"}, {Version: "MSNP21", Counts: true}},
		Ports:    []deadyet.PortInfo{{Port: 80, Name: "HTTP"}, {Port: 443, Name: "HTTPS"}},
		Rule:     deadyet.Rule{Reference: "MSNP18", Half: 50, After: 24 * time.Hour},
		Confirm:  deadyet.Confirmation{Rounds: 3, After: 2 * time.Hour},
	}
}

// tape is what was found, as spans.
type tape struct {
	subject deadyet.Subject
	spans   []deadyet.Span
}

// record begins with everything answered.
func record(s deadyet.Subject) *tape {
	t := &tape{subject: s}
	t.all("", "", yes, 0)
	return t
}

// all finds an answer from hour h on at the checks of the servers and endpoints
// whose names begin so: "bay-0", "http:80", "https:443/MSNP18".
func (t *tape) all(server, where string, a deadyet.Answer, h float64) *tape {
	n := t.subject.Networks[0]
	for _, sv := range n.Servers {
		if !strings.HasPrefix(sv.ID.Name(), server) {
			continue
		}
		for _, c := range n.Checks(sv) {
			if !strings.HasPrefix(c.Where()+"/"+string(c.Version), where) {
				continue
			}
			o := deadyet.Outcome{Answer: a}
			since := deadyet.Interval{From: hour(h - 1), To: hour(h)}
			if h == 0 {
				since = deadyet.At(longAgo)
			}
			t.spans = append(t.spans, deadyet.Span{Check: c, Outcome: o, Since: since})
		}
	}
	return t
}

// finds has one check, named as in "bay-0/msnp/https:443/MSNP18", answer so
// from hour h on.
func (t *tape) finds(check string, o deadyet.Outcome, h float64) *tape {
	c, err := deadyet.CheckID("net/" + check).Parse()
	if err != nil {
		panic(err)
	}
	t.spans = append(t.spans, deadyet.Span{Check: c, Outcome: o, Since: deadyet.Interval{From: hour(h - 1), To: hour(h)}})
	return t
}

// foreign has another service answer to both versions of a server.
func (t *tape) foreign(server string, h float64) *tape {
	o := deadyet.Outcome{Answer: unclear, Failure: deadyet.FailureForeignService}
	return t.finds(server+"/msnp/https:443/MSNP18", o, h).finds(server+"/msnp/https:443/MSNP21", o, h)
}

// input is everything that is known two hours after each change.
func (t *tape) input(at float64) news.Input {
	spans := slices.Clone(t.spans)
	history.Sort(spans)
	confirmed := make(map[history.Border]time.Time)
	for _, s := range spans {
		if !s.Since.To.Equal(longAgo) {
			confirmed[history.Border{Check: s.Check, At: s.Since.To}] = s.Since.To.Add(2 * time.Hour)
		}
	}
	changes := history.Changes(spans, confirmed)
	verdicts := make(map[deadyet.NetworkID][]deadyet.Verdict)
	for _, n := range t.subject.Networks {
		verdicts[n.ID] = verdict.History(t.subject, n, changes, hour(at))
	}
	return news.Input{Subject: t.subject, Changes: changes, Verdicts: verdicts, At: hour(at)}
}

// told returns the news at hour h, latest first, without the lists.
func (t *tape) told(h float64) (lines []string) {
	for _, i := range news.Write(t.input(h)) {
		if i.Kind != deadyet.ItemListed && i.Kind != deadyet.ItemRetired {
			lines = append(lines, strings.TrimSpace(string(i.Kind)+": "+i.Title+". "+i.Body))
		}
	}
	return lines
}

// port answers at the port checks of 443.
func (t *tape) port() *tape {
	for _, sv := range t.subject.Networks[0].Servers {
		c := deadyet.Check{Endpoint: deadyet.Endpoint{Server: sv.ID, Transport: deadyet.TransportHTTPS, Port: 443}, Kind: deadyet.KindPort}
		t.spans = append(t.spans, deadyet.Span{Check: c, Outcome: deadyet.Outcome{Answer: yes}, Since: deadyet.At(longAgo)})
	}
	return t
}
