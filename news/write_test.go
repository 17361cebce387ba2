package news_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/news"
)

func TestWrite(t *testing.T) {
	for _, tt := range []struct {
		name string
		tape *tape
		at   float64
		want []string
	}{
		{"nothing happened", record(fleet(9, "bay")), 100, nil},
		{"a closed port, and not the versions behind it",
			record(fleet(9, "bay")).all("bay-0", "http:80", no, 5), 100,
			[]string{"port-closed: One main bay server closed port 80 (HTTP). No main server has it open any more; internal servers still do. HTTPS (port 443) still works."}},
		{"nothing is told before it is confirmed",
			record(fleet(9, "bay")).all("bay-0", "http:80", no, 5), 6.5, nil},
		{"a refused version where the endpoint still answers",
			record(fleet(9, "bay")).all("bay", "https:443/MSNP18", no, 5), 100,
			[]string{"version-rejected: No server takes MSNP18 any more. The last to refuse it were all 10 bay servers. MSNP21 is still taken there. MSNP18 was used by most people."}},
		{"servers of one day are one item, as a person would group them",
			record(fleet(19, "bay", "bn1", "db3")).all("bay-1", "https:443/MSNP18", no, 5).all("db3-0", "https:443/MSNP18", no, 9), 100,
			[]string{"version-rejected: Most internal bay servers and one main db3 server refuse MSNP18. MSNP21 is still taken there. MSNP18 was used by most people."}},
		{"what one refuses and another takes is not still taken there",
			record(fleet(9, "bay")).all("bay-1", "https:443/MSNP18", no, 5).all("bay-2", "https:443/MSNP21", no, 6), 100,
			[]string{"version-rejected: Two internal bay servers refuse MSNP18 and MSNP21. They take no other version that counts. MSNP18 was used by most people."}},
		{"an outage, and not closed ports",
			record(fleet(9, "bay")).all("bay-3", "", silent, 5), 20,
			[]string{"outage: One internal bay server does not answer. Nine others still answer."}},
		{"it ends in place",
			record(fleet(9, "bay")).all("bay-3", "", silent, 5).all("bay-3", "", yes, 15), 30,
			[]string{"outage: One internal bay server was down for ten hours. Back to normal on 2 November 2026, after ten hours."}},
		{"an outage grows while servers fall",
			record(fleet(9, "bay", "bn1")).all("bay", "", silent, 5).all("bn1-2", "", silent, 6), 20,
			[]string{"outage: All 10 bay servers and one internal bn1 server do not answer. Nine others still answer."}},
		{"and no longer",
			record(fleet(9, "bay", "bn1")).all("bay", "", silent, 5).all("bn1-2", "", silent, 10), 20,
			[]string{
				"outage: One internal bn1 server does not answer. Nine others still answer.",
				"outage: All 10 bay servers do not answer. Ten others still answer.",
			}},
		{"some are back",
			record(fleet(9, "bay", "bn1")).all("bay", "", silent, 5).all("bay-2", "", yes, 10), 20,
			[]string{"outage: All 10 bay servers do not answer. Ten others still answer. One of them is back to normal."}},
		{"all is down, then gone, and what fell last belongs to the end",
			record(fleet(9, "bay", "bn1")).all("bay", "", silent, 5).all("bn1", "", silent, 10), 60,
			[]string{
				"gone: All servers are gone. All protocol versions up to MSNP21 are gone. None of the 20 servers has taken any since 2 November 2026.",
				"outage: All 10 bay servers stopped answering. Ten others still answered. They never came back.",
			}},
		{"what may be the end is not told before it is",
			record(fleet(9, "bay", "bn1")).all("bay", "", silent, 5).all("bn1", "", silent, 10), 20,
			[]string{"outage: All 10 bay servers do not answer. Ten others still answer."}},
		{"it rose from the dead",
			record(fleet(9, "bay")).all("bay", "", silent, 5).all("bay", "", yes, 60), 90,
			[]string{
				"resurrected: Back from the dead. It rose from the dead on 4 November 2026. All 10 servers still take MSNP18.",
				"gone: All servers were gone for two days. All protocol versions up to MSNP21 are gone. None of the 10 servers has taken any since 2 November 2026. It rose from the dead on 4 November 2026, after two days.",
				"outage: All 10 bay servers were down for two days. Back to normal on 4 November 2026, after two days.",
			}},
		{"a port that opens again ends the item that told of its end",
			record(fleet(9, "bay")).all("bay-0", "http:80", no, 5).all("bay-0", "http:80", yes, 29), 100,
			[]string{"port-closed: One main bay server had port 80 (HTTP) closed for one day. No main server has it open any more; internal servers still do. HTTPS (port 443) still works. Back to normal on 3 November 2026, after one day."}},
		{"what does not come back with a server is closed",
			record(fleet(9, "bay")).all("bay-0", "", silent, 5).all("bay-0", "http:80", yes, 29), 100,
			[]string{
				"outage: One main bay server was down for one day. Answering again since 3 November 2026, after one day, though not at every port.",
				"port-closed: One main bay server closed port 443 (HTTPS). No main server has it open any more; internal servers still do. HTTP (port 80) still works.",
			}},
		{"what closes again is another item",
			record(fleet(9, "bay")).all("bay-0", "http:80", no, 3).all("bay-0", "http:80", yes, 7).all("bay-0", "http:80", no, 12), 100,
			[]string{
				"port-closed: One main bay server closed port 80 (HTTP). No main server has it open any more; internal servers still do. HTTPS (port 443) still works.",
				"port-closed: One main bay server had port 80 (HTTP) closed for four hours. No main server has it open any more; internal servers still do. HTTPS (port 443) still works. Back to normal on 2 November 2026, after four hours.",
			}},
		{"a closed port is back after an outage as well",
			record(fleet(9, "bay")).all("bay-0", "http:80", no, 5).all("bay-0", "", silent, 30).all("bay-0", "", yes, 54), 100,
			[]string{
				"outage: One main bay server was down for one day. Back to normal on 4 November 2026, after one day.",
				"port-closed: One main bay server had port 80 (HTTP) closed for two days. No main server has it open any more; internal servers still do. HTTPS (port 443) still works. Back to normal on 4 November 2026, after two days.",
			}},
		{"a doubt on the way to no hides nothing",
			record(fleet(9, "bay")).all("bay-1", "https:443/MSNP18", unclear, 5).all("bay-1", "https:443/MSNP18", no, 30), 100,
			[]string{"version-rejected: One internal bay server refuses MSNP18. MSNP21 is still taken there. MSNP18 was used by most people."}},
		{"a doubt that ends is no news",
			record(fleet(9, "bay")).all("bay-1", "https:443/MSNP18", unclear, 5).all("bay-1", "https:443/MSNP18", yes, 30), 100, nil},
		{"the outage of a server that leaves holds back nothing",
			record(fleet(1, "bay", "bn1")).all("bay-1", "", silent, 5).all("bay-1", "", unasked, 20).all("bay-0", "", silent, 50).all("bn1", "", silent, 50), 53,
			[]string{
				"outage: Two bn1 servers and one main bay server do not answer.",
				"outage: One internal bay server does not answer. Three others still answer.",
			}},
		{"a port that was never told of opens",
			(&tape{subject: fleet(9, "bay")}).all("", "https", yes, 0).all("", "http:80", no, 0).all("bay-0", "http:80", yes, 5), 100,
			[]string{"port-opened: One main bay server opened port 80 (HTTP)."}},
		{"a version that was never taken is",
			(&tape{subject: fleet(9, "bay")}).all("", "https:443/MSNP21", no, 0).all("", "https:443/MSNP18", yes, 0).all("", "https:443/ ", yes, 0).port().all("bay", "https:443/MSNP21", yes, 5), 100,
			[]string{"version-accepted: All 10 bay servers take MSNP21 now."}},
		{"tries that disagree are no news",
			record(fleet(9, "bay")).all("bay-1", "", unclear, 5), 100, nil},
		{"what is no longer asked is no news",
			record(fleet(9, "bay")).all("bay", "http:80", unasked, 5), 100, nil},
		{"a doubt does not end an outage",
			record(fleet(9, "bay")).all("bay-1", "", silent, 5).all("bay-1", "", unclear, 30), 100,
			[]string{"outage: One internal bay server does not answer. Nine others still answer."}},
		{"what answered never is not missed when a doubt ends",
			(&tape{subject: fleet(9, "bay")}).all("", "https", yes, 0).all("", "http:80", unclear, 0).all("bay-1", "http:80", silent, 30), 100, nil},
		{"a version that is back at one port is not at another",
			record(twoPorts()).all("bay-1", "https:443/MSNP18", no, 5).all("bay-1", "tcp:1863/MSNP18", no, 30).all("bay-1", "https:443/MSNP18", yes, 60), 100,
			[]string{
				"version-rejected: One internal bay server refuses MSNP18. MSNP21 is still taken there. MSNP18 was used by most people.",
				"version-rejected: One internal bay server refused MSNP18 for two days. MSNP21 is still taken there. MSNP18 was used by most people. Back to normal on 4 November 2026, after two days.",
			}},
		{"nor at both of one item",
			record(twoPorts()).all("bay-1", "https:443/MSNP18", no, 5).all("bay-1", "tcp:1863/MSNP18", no, 5).all("bay-1", "https:443/MSNP18", yes, 60), 100,
			[]string{"version-rejected: One internal bay server refuses MSNP18. MSNP21 is still taken there. MSNP18 was used by most people."}},
		{"one comes back, then the other leaves the list",
			record(fleet(9, "bay")).all("bay-1", "", silent, 5).all("bay-2", "", silent, 5).all("bay-1", "", yes, 30).all("bay-2", "", unasked, 50), 100,
			[]string{"outage: Two internal bay servers were down for one day. Back to normal on 3 November 2026, after one day."}},
		{"one leaves the list, then the other comes back",
			record(fleet(9, "bay")).all("bay-1", "", silent, 5).all("bay-2", "", silent, 5).all("bay-2", "", unasked, 20).all("bay-1", "", yes, 30), 100,
			[]string{"outage: Two internal bay servers were down for one day. Back to normal on 3 November 2026, after one day."}},
		{"one that left the list while it was down answers when it is listed again",
			record(fleet(9, "bay")).all("bay-1", "", silent, 5).all("bay-1", "", unasked, 20).all("bay-1", "", yes, 53), 100,
			[]string{"outage: One internal bay server was down for two days. Back to normal on 4 November 2026, after two days."}},
		{"one that left the list and is listed again is no news",
			record(fleet(9, "bay")).all("bay-1", "", unasked, 20).all("bay-1", "", yes, 53), 100, nil},
		{"nor is what a first look at it finds otherwise",
			record(fleet(9, "bay")).all("bay-1", "", unasked, 20).all("bay-1", "http:80", silent, 53), 100, nil},
		{"one that another service answers for leaves the list",
			record(fleet(9, "bay")).foreign("bay-1", 5).all("bay-1", "", unasked, 30), 100,
			[]string{"repurposed: Something else answers at one internal bay server. Somebody is at home there, but not whom we asked for, so nothing that it says counts."}},
		{"a version that was refused before an outage is taken after it",
			record(fleet(9, "bay")).all("bay-1", "https:443/MSNP18", no, 5).all("bay-1", "", silent, 30).all("bay-1", "", yes, 53), 100,
			[]string{
				"outage: One internal bay server was down for 23 hours. Back to normal on 4 November 2026, after 23 hours.",
				"version-rejected: One internal bay server refused MSNP18 for two days. MSNP21 is still taken there. MSNP18 was used by most people. Back to normal on 4 November 2026, after two days.",
			}},
		{"a dependency is up when one of its ports is",
			record(twoLogins()).all("login", "", silent, 5).all("login", "http:80", yes, 25), 100,
			[]string{"dependency-down: Login was down for 20 hours. Everybody needs it to get in, whatever they speak. Back to normal on 3 November 2026, after 20 hours."}},
		{"also by the one that had closed before",
			record(twoLogins()).all("login", "http:80", silent, 5).all("login", "https:443", silent, 15).all("login", "http:80", yes, 25), 100,
			[]string{"dependency-down: Login was down for ten hours. Everybody needs it to get in, whatever they speak. Back to normal on 3 November 2026, after ten hours."}},
		{"a server as well",
			record(fleet(9, "bay")).all("bay-0", "http:80", no, 5).all("bay-0", "https", silent, 30).all("bay-0", "http:80", yes, 54), 100,
			[]string{
				"outage: One main bay server was down for one day. Answering again since 4 November 2026, after one day, though not at every port.",
				"port-closed: One main bay server closed port 443 (HTTPS). No main server has it open any more; internal servers still do. HTTP (port 80) still works.",
				"port-closed: One main bay server had port 80 (HTTP) closed for two days. No main server has it open any more; internal servers still do. HTTPS (port 443) still works. Back to normal on 4 November 2026, after two days.",
			}},
		{"a dependency is down",
			record(fleet(9, "bay")).all("login", "", silent, 5).all("login", "", yes, 25), 100,
			[]string{"dependency-down: Login was down for 20 hours. Everybody needs it to get in, whatever they speak. Back to normal on 3 November 2026, after 20 hours."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.tape.told(tt.at); !slices.Equal(got, tt.want) {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(tt.want, "\n  "))
			}
		})
	}
}

// twoPorts is a fleet that is asked about the versions at two ports.
func twoPorts() deadyet.Subject {
	s := fleet(9, "bay")
	n := &s.Networks[0]
	n.Ask = append(n.Ask, deadyet.Ask{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: n.Ask[1].Versions})
	return s
}

// twoLogins is a fleet whose login host is asked at two ports.
func twoLogins() deadyet.Subject {
	s := fleet(9, "bay")
	login := &s.Networks[0].Servers[10]
	login.Ask = append(login.Ask, deadyet.Ask{Kind: deadyet.KindPort, Transport: deadyet.TransportHTTP, Port: 80})
	return s
}

func TestWrite_oneEventIsOneItemWithOneName(t *testing.T) {
	tape := record(fleet(9, "bay")).all("bay-1", "", silent, 23).all("bay-2", "", silent, 24).all("bay-3", "", silent, 25)
	var ids []deadyet.ItemID
	for _, at := range []float64{25, 26, 27, 30, 200} {
		items := slices.DeleteFunc(news.Write(tape.input(at)), func(i deadyet.Item) bool { return i.Kind == deadyet.ItemListed })
		if len(items) != 1 {
			t.Fatalf("at hour %v: got %d items, want one that grows", at, len(items))
		}
		ids = append(ids, items[0].ID)
		if n := len(items[0].Parts[0].Servers); at == 200 && n != 3 {
			t.Errorf("got %d servers in the end, want 3", n)
		}
	}
	if want := deadyet.ItemID("2026-11-02-net-outage"); slices.ContainsFunc(ids, func(id deadyet.ItemID) bool { return id != want }) {
		t.Errorf("got %v, want %s whenever it is told", ids, want)
	}
}

// What fell first may be confirmed last: that it grows at its front does not
// make an item younger.
func TestWrite_publishedWhenItCouldFirstBeTold(t *testing.T) {
	in := record(fleet(9, "bay")).all("bay-1", "", silent, 5).all("bay-2", "", silent, 6).input(30)
	for i := range in.Changes {
		if c := &in.Changes[i]; c.When.To.Equal(hour(5)) {
			c.Confirmed = hour(20)
		}
	}
	if i := news.Write(in)[0]; i.Kind != deadyet.ItemOutage || !i.Published.Equal(hour(8)) || !i.Updated.Equal(hour(20)) {
		t.Errorf("got %+v, want it published at hour 8 and updated at hour 20", i)
	}
}

// One port of a dead server is confirmed an hour after the other: until then it
// looks as if a port had closed.
func TestWrite_waitsForWhatIsUnsettled(t *testing.T) {
	tape := record(fleet(9, "bay")).all("bay-1", "https", silent, 5).all("bay-1", "http:80", silent, 6)
	in := tape.input(7.5)
	in.Unsettled = map[deadyet.ServerID]time.Time{"net/bay-1": hour(6)}
	if items := slices.DeleteFunc(news.Write(in), func(i deadyet.Item) bool { return i.Kind == deadyet.ItemListed }); len(items) != 0 {
		t.Errorf("told too early: %+v", items)
	}
	if got := tape.told(8.5); len(got) != 1 || !strings.HasPrefix(got[0], "outage") {
		t.Errorf("got %q, want an outage alone", got)
	}
}

// Nobody looked for four days, and at some checks a look before that had gone
// wrong, so that their borders begin earlier. All was found in one round, and
// is one event.
func TestWrite_foundTogetherIsToldTogether(t *testing.T) {
	ta := record(fleet(2, "bay", "db3")).all("bay", "https:443", no, 100)
	for i, s := range ta.spans {
		if s.Since.To.Equal(longAgo) {
			continue
		}
		ta.spans[i].Since.From = hour(4)
		if s.Check.Version == "MSNP18" && s.Check.Server == "net/bay-0" || s.Check.Server == "net/bay-1" {
			ta.spans[i].Since.From = hour(-20)
		}
	}
	want := []string{"port-closed: All 3 bay servers closed port 443 (HTTPS). HTTP (port 80) still works."}
	if got := ta.told(110); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What was told before a server became unsettled stays told.
func TestWrite_keepsWhatWasToldWhileSomethingElseIsUnsettled(t *testing.T) {
	tape := record(fleet(9, "bay")).all("bay-1", "", silent, 5)
	in := tape.input(15)
	in.Unsettled = map[deadyet.ServerID]time.Time{"net/bay-1": hour(8)}
	if items := slices.DeleteFunc(news.Write(in), func(i deadyet.Item) bool { return i.Kind == deadyet.ItemListed }); len(items) != 1 {
		t.Errorf("got %d items, want the outage that was told at hour 7", len(items))
	}
}

// One wrong reading at the first look of all is put right three rounds later,
// and that is no event.
func TestWrite_aFirstLookThatIsPutRightIsNoNews(t *testing.T) {
	for lasted, want := range map[float64]int{3: 0, 5: 0, 8: 1} {
		tape := record(fleet(9, "bay"))
		c := tape.subject.Networks[0].Checks(tape.subject.Networks[0].Servers[1])[2]
		for i := range tape.spans {
			if tape.spans[i].Check == c {
				tape.spans[i].Outcome.Answer = no
			}
		}
		at := longAgo.Add(time.Duration(lasted * float64(time.Hour)))
		tape.spans = append(tape.spans, deadyet.Span{
			Check: c, Outcome: deadyet.Outcome{Answer: yes}, Since: deadyet.Interval{From: at.Add(-time.Hour), To: at},
		})
		if got := tape.told(20); len(got) != want {
			t.Errorf("a first answer found for %v hours: got %q, want %d items", lasted-1, got, want)
		}
	}
}

func TestWrite_otherNetworksAreNamed(t *testing.T) {
	tape := record(fleet(0, ""))
	tape.subject.Network = "another"
	tape.subject.Networks[0].Servers[0].Listings[0].Region = ""
	tape.all("-0", "http:80", no, 5)
	if got, want := tape.told(20), []string{"port-closed: Network: One main server closed port 80 (HTTP). HTTPS (port 443) still works."}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
