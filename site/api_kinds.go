package site

import (
	"slices"
	"time"

	"deadyet"
)

// apiKind is documents of one kind, of which there are many. Capital letters in
// the name stand for the name of a thing.
type apiKind struct {
	name    string
	about   string
	example func(*Site) any // of the right type, empty where the edition has none
}

// apiKinds are the kinds of documents, in the order in which they are listed.
var apiKinds = []apiKind{
	{"networks/NETWORK", "one network: how it stands, its servers, versions and news", (*Site).exampleNetwork},
	{"networks/NETWORK/REGION", "one region of a network: its servers and news", (*Site).exampleRegion},
	{"servers/NETWORK/NAME", "one server: its checks, facts of the record, transcripts, and what its days add up to", (*Site).exampleServer},
	{"versions/VERSION", "one version: who takes it, who did, and until when", (*Site).exampleVersion},
	{"clients/CLIENT", "one client: what it speaks, and how it fares at each network", (*Site).exampleClient},
	{"news/ID", "one item of news, with the facts behind it", (*Site).exampleItem},
	{"at/", "the days on which something changed", (*Site).exampleCalendar},
	{"at/MOMENT/DOCUMENT", "any document that is not below at/ or diff/, as it was at a moment: with its own keys behind these", func(s *Site) any { return s.apiHead() }},
	{"diff/MOMENT/LATER", "what changed between two moments", (*Site).exampleDiff},
}

// parameters says what the capital letters stand for.
var parameters = map[string]string{
	"NETWORK":  "as in the list of networks",
	"REGION":   "one of the network's regions",
	"NAME":     "as in the list of servers",
	"VERSION":  "as in the list of versions",
	"CLIENT":   "ID of a client, as in the list of clients",
	"ID":       "of an item, or a name that it once had",
	"MOMENT":   "a day, which means its end, like 2015-03-05, or a minute of UTC, like 2015-03-05T12:00Z",
	"LATER":    "another moment, or “today”",
	"DOCUMENT": "the path of a document behind /api/v1/, slashes included",
}

func (s *Site) exampleNetwork() any {
	if ns := s.edition.Subject.Networks; len(ns) > 0 {
		return s.apiNetwork(slices.MaxFunc(ns, func(a, b deadyet.Network) int { return len(a.Servers) - len(b.Servers) }))
	}
	return apiOneNetwork{}
}

func (s *Site) exampleRegion() any {
	for _, n := range s.edition.Subject.Networks {
		if rs := s.regionsOf(n); len(rs) > 0 {
			return s.apiRegion(n, rs[0])
		}
	}
	return apiOneRegion{}
}

func (s *Site) exampleServer() any {
	if p, ok := s.richest(); ok {
		if v, err := s.apiServer(p); err == nil {
			return v
		}
	}
	return apiOneServer{}
}

func (s *Site) exampleVersion() any {
	if vs := s.edition.Subject.Versions; len(vs) > 0 {
		return s.apiVersion(vs[0])
	}
	return apiOneVersion{}
}

// exampleClient is the client of which there is the most to tell.
func (s *Site) exampleClient() any {
	best := apiOneClient{}
	for i := range s.edition.Subject.Clients {
		c := &s.edition.Subject.Clients[i]
		if v := s.apiClient(c); best.ID == "" || v.richness() > best.richness() {
			best = v
		}
	}
	return best
}

func (s *Site) exampleItem() any {
	best := -1
	for n, i := range s.edition.Items {
		if best < 0 || len(i.Facts)+len(i.Parts) > len(s.edition.Items[best].Facts)+len(s.edition.Items[best].Parts) {
			best = n
		}
	}
	if best < 0 {
		return apiOneItem{}
	}
	return s.apiItem(best)
}

func (s *Site) exampleCalendar() any {
	var days []deadyet.Day
	for d := range s.told() {
		days = append(days, d)
	}
	slices.SortFunc(days, func(a, b deadyet.Day) int { return a.Start().Compare(b.Start()) })
	return s.calendarDoc(days)
}

// exampleDiff is what is new since the moment before the last thing happened.
// Which answers changed between, one edition alone can't tell.
func (s *Site) exampleDiff() any {
	now, then := s.edition, s.edition
	var last time.Time
	for _, i := range now.Items {
		if i.At.After(last) && i.At.Before(now.At) {
			last = i.At
		}
	}
	if !last.IsZero() {
		then.At = last.Add(-time.Nanosecond)
	}
	return diff(Side{Edition: then}, Side{Name: "today", Edition: now}).document()
}
