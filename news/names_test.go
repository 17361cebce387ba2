package news_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"deadyet"
	"deadyet/news"
)

// named is a network of two main servers with names, and one that has an
// address only.
func named() deadyet.Subject {
	s := fleet(2, "")
	n := &s.Networks[0]
	n.Servers = slices.Clone(n.Servers[:3])
	for i, address := range []string{"ds.example", "gw.example", "20.0.0.3"} {
		sv := &n.Servers[i]
		sv.ID, sv.Address = deadyet.MakeServerID("net", address), address
		sv.Listings[0].Role = deadyet.RoleMain
	}
	return s
}

// leads finds from hour h on that the name of a server leads to addresses.
func (t *tape) leads(server string, h float64, addresses ...string) *tape {
	for _, sv := range t.subject.Networks[0].Servers {
		for _, c := range t.subject.Networks[0].Checks(sv) {
			if sv.ID.Name() != server || c.Kind != deadyet.KindName {
				continue
			}
			o := deadyet.Outcome{Answer: yes, Stage: deadyet.StageResolve}
			for _, s := range t.spans {
				if s.Check == c && s.Outcome.Told != "" {
					o.Told = s.Outcome.Told
				}
			}
			o.Told = o.Told.With(addresses)
			since := deadyet.Interval{From: hour(h - 1), To: hour(h)}
			if h == 0 {
				since = deadyet.At(longAgo)
			}
			t.spans = append(t.spans, deadyet.Span{Check: c, Outcome: o, Since: since})
		}
	}
	return t
}

// sends finds from hour h on that a server sends its clients there.
func (t *tape) sends(server string, h float64, to string) *tape {
	for _, sv := range t.subject.Networks[0].Servers {
		for _, c := range t.subject.Networks[0].Checks(sv) {
			if sv.ID.Name() == server && c.Kind == deadyet.KindIdentity {
				since := deadyet.Interval{From: hour(h - 1), To: hour(h)}
				if h == 0 {
					since = deadyet.At(longAgo)
				}
				t.spans = append(t.spans, deadyet.Span{
					Check: c, Outcome: deadyet.Outcome{Answer: yes, Stage: deadyet.StageGreet, Identity: "service=msnp", Told: deadyet.MakeTold([]string{to})}, Since: since,
				})
			}
		}
	}
	return t
}

// answering is a tape on which the doors of all servers are open, and the names
// lead to an address each.
func answering() *tape {
	t := &tape{subject: named()}
	return t.all("", "http", yes, 0).leads("ds.example", 0, "20.0.0.1").leads("gw.example", 0, "20.0.0.2", "20.0.0.3")
}

func TestWrite_names(t *testing.T) {
	for _, tt := range []struct {
		name string
		tape *tape
		want []string
	}{
		{"one more, one less, and in turns: no move", answering().
			leads("ds.example", 5, "20.0.0.1", "20.0.0.9").leads("ds.example", 50, "20.0.0.9").leads("ds.example", 100, "20.0.0.1"), nil},
		{"elsewhere", answering().leads("ds.example", 5, "20.0.1.1"),
			[]string{"renumbered: ds.example leads elsewhere. ds.example led to 20.0.0.1, and leads to 20.0.1.1 since."}},
		{"elsewhere, where nothing answers", answering().leads("ds.example", 5, "20.0.1.1").all("ds.example", "http", silent, 5),
			[]string{
				"outage: One main server does not answer. Two others still answer. The name ds.example still leads there.",
				"renumbered: ds.example leads elsewhere. ds.example led to 20.0.0.1, and leads to 20.0.1.1 since. Nothing answered there then.",
			}},
		{"each night elsewhere: one piece of news", answering().
			leads("ds.example", 5, "20.0.1.1").leads("ds.example", 29, "20.0.1.2").leads("ds.example", 53, "20.0.1.3").leads("ds.example", 150, "20.0.1.4"),
			[]string{"renumbered: ds.example leads elsewhere. ds.example led to 20.0.0.1 once, went elsewhere four times, and leads to 20.0.1.4 now."}},
		{"two on one day", answering().leads("ds.example", 5, "20.0.1.1").leads("gw.example", 6, "20.0.1.2"),
			[]string{"renumbered: The names of two main servers lead elsewhere. ds.example led to 20.0.0.1, and leads to 20.0.1.1 since. gw.example led to 20.0.0.2 and 20.0.0.3, and leads to 20.0.1.2 since."}},
		{"a name still leads to an address that is silent", answering().all("20.0.0.3", "http", silent, 5),
			[]string{"outage: One main server does not answer. Two others still answer. The name gw.example still leads there."}},
		{"and then no more", answering().all("20.0.0.3", "http", silent, 5).leads("gw.example", 100, "20.0.0.2"),
			[]string{"outage: One main server does not answer. Two others still answer."}},
		{"what takes turns may not lead there any more", answering().
			leads("gw.example", 5, "20.0.0.3").leads("gw.example", 50, "20.0.0.2").all("20.0.0.3", "http", silent, 100),
			[]string{"outage: One main server does not answer. Two others still answer."}},
		{"a server still sends people there", answering().sends("ds.example", 0, "20.0.0.3:1863").all("20.0.0.3", "http", silent, 5),
			[]string{"outage: One main server does not answer. Two others still answer. The name gw.example still leads there. ds.example still sends people there."}},
		{"what follows is dated by itself", answering().sends("ds.example", 0, "20.0.0.3:1863").sends("ds.example", 5, "20.0.0.2:1863").
			leads("ds.example", 6, "20.0.1.1").all("ds.example", "http", silent, 6.5).all("ds.example", "http", yes, 16.5),
			[]string{
				"outage: One main server was down for ten hours. Back to normal on 2 November 2026, after ten hours.",
				"renumbered: ds.example leads elsewhere. ds.example led to 20.0.0.1, and leads to 20.0.1.1 since.",
			}},
		{"that it sends them elsewhere is no news", answering().sends("ds.example", 0, "20.0.0.3:1863").sends("ds.example", 5, "20.0.0.2:1863"), nil},
		{"what is over leads nobody astray", answering().all("20.0.0.3", "http", silent, 5).all("20.0.0.3", "http", yes, 20),
			[]string{"outage: One main server was down for 15 hours. Back to normal on 2 November 2026, after 15 hours."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.tape.told(200); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// However names wander and servers come and go, what was told of it keeps its
// name. One server stays, so that nothing turns out to have been the end.
func TestWrite_namesOfWanderersStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tape := answering()
		at := 0.0
		for range rapid.IntRange(1, 12).Draw(t, "events") {
			at += float64(rapid.IntRange(4, 60).Draw(t, "later"))
			server := rapid.SampledFrom([]string{"ds.example", "gw.example"}).Draw(t, "server")
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				tape.all(server, "http", silent, at)
			case 1:
				tape.all(server, "http", yes, at)
			default:
				tape.leads(server, at, fmt.Sprintf("20.0.1.%d", rapid.IntRange(0, 5).Draw(t, "address")))
			}
		}
		told := make(map[deadyet.ItemID]deadyet.ItemKind)
		for now := 0.0; now < at+100; now += 20 {
			is := make(map[deadyet.ItemID]bool)
			for _, i := range news.Write(tape.input(now)) {
				is[i.ID], told[i.ID] = true, i.Kind
				for _, id := range i.Aliases {
					is[id] = true
				}
			}
			for id, kind := range told {
				if !is[id] {
					t.Fatalf("%s (%s) was told and is not at hour %v", id, kind, now)
				}
			}
		}
	})
}
