package history_test

import (
	"fmt"
	"slices"
	"testing"

	"deadyet"
	"deadyet/history"
)

func TestDeclines_countsServersAndKeepsSharesVague(t *testing.T) {
	s := subject()
	n := &s.Networks[0]
	n.Servers = nil
	for i := range 10 {
		n.Servers = append(n.Servers, deadyet.Server{
			ID:       deadyet.MakeServerID("microsoft", fmt.Sprint(i)),
			Listings: []deadyet.Listing{{Region: "bay", Role: deadyet.RoleInternal, Since: day("2014-12-05"), Until: day("2016-01-01")}},
		})
	}
	s.Versions = []deadyet.VersionInfo{{Version: "MSNP18"}, {Version: "MSNP21"}}
	v18 := deadyet.Selector{Versions: []deadyet.Version{"MSNP18"}}
	s.Record = []deadyet.Fact{
		{ID: "up", Answer: deadyet.AnswerYes, Since: deadyet.OnDay(day("2014-12-05"))},
		{ID: "most", Select: v18, Count: deadyet.Count{Least: 50, Most: 90}, Answer: deadyet.AnswerNo, Since: deadyet.OnDay(day("2015-02-01"))},
		{ID: "all", Select: v18, Answer: deadyet.AnswerNo, Since: deadyet.OnDay(day("2015-03-01"))},
	}
	var got []string
	for _, d := range history.Declines(s, history.Recorded(s)) {
		for _, c := range d.Curves {
			for _, p := range c.Points {
				got = append(got, fmt.Sprintf("%q %s %s %d-%d", d.Region, c.Version, deadyet.DayOf(p.At), p.Low, p.High))
			}
		}
	}
	want := []string{
		`"" MSNP18 2014-12-05 10-10`, `"" MSNP18 2015-02-01 1-5`, `"" MSNP18 2015-03-01 0-0`,
		`"" MSNP21 2014-12-05 10-10`, `"" MSNP21 2016-01-01 0-0`,
		`"bay" MSNP18 2014-12-05 10-10`, `"bay" MSNP18 2015-02-01 1-5`, `"bay" MSNP18 2015-03-01 0-0`,
		`"bay" MSNP21 2014-12-05 10-10`, `"bay" MSNP21 2016-01-01 0-0`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestLives(t *testing.T) {
	s := subject(
		deadyet.Fact{ID: "up", Answer: deadyet.AnswerYes, Since: deadyet.OnDay(day("2014-12-05"))},
		deadyet.Fact{ID: "18", Select: deadyet.Selector{Versions: []deadyet.Version{"MSNP18"}}, Answer: deadyet.AnswerNo, Since: deadyet.OnDay(day("2015-03-01"))},
	)
	s.Versions = []deadyet.VersionInfo{{Version: "MSNP18"}, {Version: "MSNP21"}}
	got := history.Lives(s, history.Recorded(s))
	if len(got) != 2 {
		t.Fatalf("got %d lives, want 2: %+v", len(got), got)
	}
	if l := got[0]; l.Alive() || l.Last != deadyet.OnDay(day("2015-03-01")) || l.Survivor != "microsoft/64.4.45.62" || !l.Recorded {
		t.Errorf("MSNP18: got %+v, want the end of the server that stayed on the list", l)
	}
	if l := got[1]; !l.Alive() || l.Takers != 1 || l.First != deadyet.OnDay(day("2014-12-05")) {
		t.Errorf("MSNP21: got %+v, want one taker", l)
	}
}
