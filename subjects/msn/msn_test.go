package msn_test

import (
	"io/fs"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/subjects/msn"
)

func load(t *testing.T) deadyet.Subject {
	t.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		t.Fatalf("load the built-in subject: %v", err)
	}
	return s
}

func day(t *testing.T, s string) deadyet.Day {
	t.Helper()
	d, err := deadyet.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func network(t *testing.T, s deadyet.Subject, id deadyet.NetworkID) deadyet.Network {
	t.Helper()
	n, ok := s.NetworkByID(id)
	if !ok {
		t.Fatalf("there is no network %s", id)
	}
	return n
}

type place struct {
	region deadyet.Region
	role   deadyet.Role
}

func listedOn(n deadyet.Network, d deadyet.Day) map[place]int {
	out := make(map[place]int)
	for _, s := range n.Servers {
		if l, ok := s.ListingOn(d); ok && l.Region != "" {
			out[place{l.Region, l.Role}]++
		}
	}
	return out
}

func TestMicrosoft_ServersListedOnADay(t *testing.T) {
	const main, internal = deadyet.RoleMain, deadyet.RoleInternal
	tests := []struct {
		day  string
		all  int
		want map[place]int
	}{
		{"2014-12-04", 0, map[place]int{}},
		{"2014-12-05", 277, map[place]int{
			{"bay", main}: 2, {"bay", internal}: 70,
			{"bn1", main}: 2, {"bn1", internal}: 116,
			{"db3", main}: 2, {"db3", internal}: 85,
		}},
		{"2016-05-14", 55, map[place]int{
			{"bay", main}: 2, {"bay", internal}: 31,
			{"bn2", main}: 1, {"bn2", internal}: 10,
			{"db5", main}: 1, {"db5", internal}: 10,
		}},
		{"2017-05-19", 29, map[place]int{
			{"bn2", main}: 1, {"bn2", internal}: 10,
			{"db5", main}: 1, {"db5", internal}: 10,
			{"co4", main}: 1, {"co4", internal}: 6,
		}},
	}
	n := network(t, load(t), "microsoft")
	for _, tt := range tests {
		t.Run("on "+tt.day, func(t *testing.T) {
			got := listedOn(n, day(t, tt.day))
			if !maps.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			all := 0
			for _, c := range got {
				all += c
			}
			if all != tt.all {
				t.Errorf("got %d servers, want %d", all, tt.all)
			}
		})
	}
}

func TestMicrosoft_AnAddressInTwoListsIsOneServer(t *testing.T) {
	_, s, ok := load(t).Server("microsoft/64.4.45.62")
	if !ok {
		t.Fatal("the main server of bay is not listed")
	}
	if got := len(s.Listings); got != 2 {
		t.Errorf("got %d listings, want 2", got)
	}
}

func TestNetworks_NoClosedOneMayBeDialled(t *testing.T) {
	for _, n := range load(t).Networks {
		if !n.Closed.IsZero() && (n.Dialled() || n.ConnectionsPerDay != 0) {
			t.Errorf("%s closed on %s and may be dialled", n.ID, n.Closed)
		}
	}
}

func TestNetworks_TheLivingOnesAreAskedGently(t *testing.T) {
	var got []deadyet.NetworkID
	for _, n := range load(t).Networks {
		if !n.Dialled() {
			continue
		}
		got = append(got, n.ID)
		if n.Interval < 6*time.Hour || n.ConnectionsPerDay > 120 || n.PerHost != 1 {
			t.Errorf("%s: every %s, %d connections a day, %d at a time", n.ID, n.Interval, n.ConnectionsPerDay, n.PerHost)
		}
		if n.Consent.Stands() {
			t.Errorf("%s: consent stands, which nobody gave", n.ID)
		}
		if n.Source.URL == "" || n.Says.Source.URL == "" || n.Note == "" {
			t.Errorf("%s: want the source of the addresses, that of its claim, and a note", n.ID)
		}
	}
	if want := []deadyet.NetworkID{"crosstalk", "escargot"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A usual round costs a connection for each version that a TCP port takes and
// about five more; it must fit into the day with room for retries.
func TestNetworks_ADayOfRoundsFitsTheBudget(t *testing.T) {
	const accepted, more, gateway = 17, 5, 2
	for _, n := range load(t).Networks {
		if !n.Dialled() {
			continue
		}
		rounds := int(24 * time.Hour / n.Interval)
		for _, s := range n.Servers {
			cost := 0
			for _, a := range s.Ask {
				if cost += gateway; a.Transport == deadyet.TransportTCP {
					cost += accepted + more - gateway
				}
			}
			if cost*rounds > n.ConnectionsPerDay*8/10 {
				t.Errorf("%s: %d rounds of %d connections leave no room in %d a day", s.ID, rounds, cost, n.ConnectionsPerDay)
			}
		}
	}
}

func TestVersions_EveryOneFrom2To24IsKnown(t *testing.T) {
	s := load(t)
	var want []deadyet.Version
	for v := 2; v <= 24; v++ {
		want = append(want, deadyet.Version("MSNP"+strconv.Itoa(v)))
	}
	var got []deadyet.Version
	for _, i := range s.Versions {
		got = append(got, i.Version)
		if counts := i.Version != "MSNP23" && i.Version != "MSNP24"; i.Counts != counts {
			t.Errorf("%s counts: got %t, want %t", i.Version, i.Counts, counts)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRecord_IsWhatWasWrittenDown(t *testing.T) {
	s := load(t)
	ids := make(map[deadyet.FactID]deadyet.Fact)
	for _, f := range s.Record {
		ids[f.ID] = f
		if f.Select.Network != s.Network || f.Source.Title == "" || f.Text == "" {
			t.Errorf("%s: want a fact about %s with a text and a source, got %+v", f.ID, s.Network, f)
		}
	}
	if f := ids["bn1-main-1863"]; f.Since != deadyet.OnDay(day(t, "2014-12-04")) || f.Answer != deadyet.AnswerNo || f.Vague() {
		t.Errorf("bn1-main-1863: got %+v", f)
	}
	if f := ids["bay-msnp18-refused"]; f.Count != (deadyet.Count{Least: 90, Most: 99}) || len(f.Select.Versions) != 11 {
		t.Errorf("bay-msnp18-refused: got %+v", f)
	}
	if f := ids["msnp18-untested"]; f.Answer != deadyet.AnswerUnasked {
		t.Errorf("what stopped being tested must end as unasked: got %+v", f)
	}
	for _, id := range []deadyet.FactID{"baseline-ports", "baseline-versions"} {
		if f := ids[id]; !f.Inferred || f.Since != deadyet.OnDay(day(t, "2014-11-01")) {
			t.Errorf("%s: want a baseline of 2014-11-01 that is marked as inferred, got %+v", id, f)
		}
	}
}

func TestRule_SaysEveryWord(t *testing.T) {
	r := load(t).Rule
	want := map[deadyet.Word]string{
		deadyet.WordNo: "NO", deadyet.WordMostly: "MOSTLY", deadyet.WordYes: "YES",
		deadyet.WordYesBut: "YES, but so is everything else", deadyet.WordUnknown: "CAN'T TELL",
	}
	if !maps.Equal(r.Says, want) {
		t.Errorf("got %v, want %v", r.Says, want)
	}
	if r.Reference != "MSNP18" || r.Half != 50 || r.After != 24*time.Hour {
		t.Errorf("got %s, %d %%, %s", r.Reference, r.Half, r.After)
	}
}

func TestTexts_AllArePresent(t *testing.T) {
	s := load(t)
	for _, name := range []string{
		"meant", "background", "clients", "why", "reference", "faq", "affiliation", "source", "credit", "manners",
	} {
		if text := s.Text(name); text.Title == "" || len(text.Body) < 200 {
			t.Errorf("the text %s is missing or nearly empty", name)
		}
	}
	if text := s.Text("situation"); text.Body != "" {
		t.Errorf("%s takes the place of what the page writes of the present", text.File)
	}
	if got := strings.Count("\n"+s.Text("faq").Body, "\n## "); got < 8 {
		t.Errorf("the FAQ has %d questions, want at least 8", got)
	}
}

func TestTexts_TheReferenceNamesEveryAnswerWithItsMark(t *testing.T) {
	body := load(t).Text("reference").Body
	for _, a := range deadyet.Answers() {
		if row := "| " + a.Mark() + " | " + a.String() + " |"; !strings.Contains(body, row) {
			t.Errorf("the reference has no row %q", row)
		}
	}
}

// The manners are prose, and what they promise is set elsewhere.
func TestTexts_TheMannersSayWhatTheNetworksFilesSay(t *testing.T) {
	s := load(t)
	body := strings.Join(strings.Fields(s.Text("manners").Body), " ")
	words := map[time.Duration]string{6 * time.Hour: "six hours", 12 * time.Hour: "twelve", 24 * time.Hour: "day"}
	for _, n := range s.Networks {
		if !n.Dialled() {
			continue
		}
		often := regexp.MustCompile(regexp.QuoteMeta(n.Name) + ` every ` + words[n.Interval] + `\b`)
		if words[n.Interval] == "" || !often.MatchString(body) {
			t.Errorf("the manners don't say that %s is asked every %s", n.Name, n.Interval)
		}
		if want := "at most " + strconv.Itoa(n.ConnectionsPerDay) + " a day"; !strings.Contains(body, want) {
			t.Errorf("the manners don't say %q, as the file of %s does", want, n.Name)
		}
		if want := "one at a time to a host"; n.PerHost != 1 || !strings.Contains(body, want) {
			t.Errorf("%s: %d at a time; the manners must say so", n.Name, n.PerHost)
		}
	}
}

func TestTexts_NoneStatesTheVerdict(t *testing.T) {
	verdict := regexp.MustCompile(`\b(NO|MOSTLY|YES)\b`)
	for name, body := range prose(t) {
		if m := verdict.FindString(body); m != "" {
			t.Errorf("%s says %q; the verdict is worked out and never typed", name, m)
		}
	}
}

func TestTexts_NoneContainsAnOfficialAddress(t *testing.T) {
	s := load(t)
	names := regexp.MustCompile(`(?i)[a-z0-9.-]*\b(hotmail\.com|msn\.com|messenger\.live\.com|login\.live\.com|passport\.(com|net)|akadns\.net|microsoft\.com)\b`)
	number := regexp.MustCompile(`\b\d{1,3}(\.\d{1,3}){3}\b`)
	official := make(map[netip.Addr]bool)
	for _, sv := range network(t, s, "microsoft").Servers {
		if a, err := netip.ParseAddr(sv.Address); err == nil {
			official[a] = true
		}
	}
	bodies := prose(t)
	for _, c := range s.Clients {
		for _, set := range c.Set {
			bodies["the client "+string(c.ID)] += set.Where + " " + set.Field + "\n"
		}
		bodies["the client "+string(c.ID)] += c.Name + "\n" + c.Note
	}
	for _, n := range s.Networks {
		bodies["the note of "+string(n.ID)] = n.Note + n.Says.Text
	}
	for _, l := range s.Links {
		bodies["the link "+l.Text] = l.URL + " " + l.Note
	}
	for name, body := range bodies {
		if m := names.FindString(body); m != "" {
			t.Errorf("%s contains the official name %s", name, m)
		}
		for _, m := range number.FindAllString(body, -1) {
			if a, err := netip.ParseAddr(m); err == nil && official[a] {
				t.Errorf("%s contains the official address %s", name, m)
			}
		}
	}
}

func TestNews_SaysThatThePageBegins(t *testing.T) {
	got := make(map[deadyet.ItemID]string)
	for _, e := range load(t).Edits {
		got[e.ID] = e.Item.At.Format(time.DateOnly)
	}
	want := map[deadyet.ItemID]string{
		"2026-11-24-this-page-begins": "2026-11-24",
	}
	for id, at := range want {
		if got[id] != at {
			t.Errorf("%s: got %q, want %s", id, got[id], at)
		}
	}
}

// prose returns what people wrote for people: texts and news as in the files,
// with their titles.
func prose(t *testing.T) map[string]string {
	t.Helper()
	out := make(map[string]string)
	for _, pattern := range []string{"texts/*.md", "news/*.md"} {
		names, err := fs.Glob(msn.FS(), pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("list %s: %d files, %v", pattern, len(names), err)
		}
		for _, name := range names {
			body, err := fs.ReadFile(msn.FS(), name)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = string(body)
		}
	}
	return out
}

func TestClients_EveryVersionThatCountsHasOne(t *testing.T) {
	s := load(t)
	spoken := make(map[deadyet.Version]bool)
	for _, c := range s.Clients {
		for _, v := range c.Versions {
			spoken[v] = true
		}
	}
	for _, i := range s.Versions {
		if i.Counts && !spoken[i.Version] {
			t.Errorf("no client of the catalogue offers %s", i.Version)
		}
	}
	if n := len(s.Clients); n < 62 {
		t.Errorf("got %d clients, want those of the research and what it lacked", n)
	}
}

func TestClients_WhatIsFoundedWellSaysMore(t *testing.T) {
	for _, c := range load(t).Clients {
		switch {
		case c.Confidence == deadyet.ConfidenceHigh && len(c.Versions) == 0:
			t.Errorf("%s: high confidence, and its versions are not known", c.ID)
		case c.Confidence == deadyet.ConfidenceLow && c.Note == "":
			t.Errorf("%s: low confidence, and no note says what is inferred", c.ID)
		}
	}
}
