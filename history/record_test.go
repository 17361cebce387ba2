package history_test

import (
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/history"
)

func day(s string) deadyet.Day {
	d, err := deadyet.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// subject has one network of two servers: the first moved from bn1 to bn2 and
// from the front to the inside on 2015-02-26, the second left the list then.
func subject(facts ...deadyet.Fact) deadyet.Subject {
	ask := []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP18", "MSNP21"}}}
	return deadyet.Subject{
		ID: "msn", Network: "microsoft", Record: facts,
		Networks: []deadyet.Network{{ID: "microsoft", Ask: ask, Servers: []deadyet.Server{
			{ID: "microsoft/64.4.45.62", Listings: []deadyet.Listing{
				{Region: "bn1", Role: deadyet.RoleMain, Since: day("2014-12-05"), Until: day("2015-02-26")},
				{Region: "bn2", Role: deadyet.RoleInternal, Since: day("2015-02-26")},
			}},
			{ID: "microsoft/207.46.4.1", Listings: []deadyet.Listing{
				{Region: "bn1", Role: deadyet.RoleMain, Since: day("2014-12-05"), Until: day("2015-02-26")},
			}},
		}}},
	}
}

func fact(id deadyet.FactID, since string, q deadyet.Selector) deadyet.Fact {
	return deadyet.Fact{ID: id, Select: q, Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout, Since: deadyet.OnDay(day(since))}
}

func TestRecorded_selects(t *testing.T) {
	for _, tt := range []struct {
		name string
		fact deadyet.Fact
		want int // spans
	}{
		{"an empty selector picks every check", fact("f", "2017-05-19", deadyet.Selector{}), 6},
		{"another network picks nothing", fact("f", "2017-05-19", deadyet.Selector{Network: "escargot"}), 0},
		{"a kind", fact("f", "2017-05-19", deadyet.Selector{Kinds: []deadyet.Kind{deadyet.KindPort}}), 2},
		{"a version leaves port checks out", fact("f", "2017-05-19", deadyet.Selector{Versions: []deadyet.Version{"MSNP18"}}), 2},
		{"a port that nobody asks", fact("f", "2017-05-19", deadyet.Selector{Ports: []uint16{80}}), 0},
		{"a transport that nobody asks", fact("f", "2017-05-19", deadyet.Selector{Transports: []deadyet.Transport{deadyet.TransportHTTP}}), 0},
		{"a server", fact("f", "2017-05-19", deadyet.Selector{Servers: []deadyet.ServerID{"microsoft/64.4.45.62"}}), 3},
		{"the region on the day the fact began", fact("f", "2015-01-01", deadyet.Selector{Regions: []deadyet.Region{"bn1"}}), 6},
		{"the region after the move", fact("f", "2015-02-26", deadyet.Selector{Regions: []deadyet.Region{"bn2"}}), 3},
		{"the last region of a server that was not listed", fact("f", "2017-05-19", deadyet.Selector{Regions: []deadyet.Region{"bn1"}}), 3},
		{"the role on that day", fact("f", "2017-05-19", deadyet.Selector{Roles: []deadyet.Role{deadyet.RoleInternal}}), 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := history.Recorded(subject(tt.fact)); len(got) != tt.want {
				t.Errorf("got %d spans, want %d: %v", len(got), tt.want, got)
			}
		})
	}
}

func TestRecorded_laterFactsEndEarlierOnes(t *testing.T) {
	one := deadyet.Selector{Servers: []deadyet.ServerID{"microsoft/64.4.45.62"}, Versions: []deadyet.Version{"MSNP21"}}
	up := fact("up", "2014-12-05", one)
	up.Answer, up.Stage, up.Failure, up.Until = deadyet.AnswerYes, deadyet.StageVersion, "", deadyet.OnDay(day("2017-01-01"))
	replaced := fact("replaced", "2016-07-25", one)
	got := history.Recorded(subject(fact("gone", "2017-05-19", one), replaced, fact("off", "2016-07-25", one), up))
	want := []struct {
		fact  deadyet.FactID
		until deadyet.Interval
	}{
		{"up", deadyet.OnDay(day("2016-07-25"))},
		{"off", deadyet.OnDay(day("2017-05-19"))},
		{"gone", deadyet.Interval{}},
	}
	if len(got) != len(want) {
		t.Fatalf("got %d spans, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		if got[i].Fact != w.fact || got[i].Until != w.until || !got[i].Recorded() {
			t.Errorf("span %d: got %q until %v, want %q until %v", i, got[i].Fact, got[i].Until, w.fact, w.until)
		}
	}
	if got[0].Outcome != yes || got[1].Outcome != silent {
		t.Errorf("outcomes: got %v and %v, want %v and %v", got[0].Outcome, got[1].Outcome, yes, silent)
	}
}

func TestRecorded_isOrdered(t *testing.T) {
	got := history.Recorded(subject(fact("gone", "2017-05-19", deadyet.Selector{}), fact("off", "2016-07-25", deadyet.Selector{})))
	sorted := slices.IsSortedFunc(got, func(a, b deadyet.Span) int {
		switch {
		case a.Check.ID() < b.Check.ID():
			return -1
		case a.Check != b.Check:
			return 1
		}
		return a.Since.From.Compare(b.Since.From)
	})
	if !sorted || len(got) != 12 {
		t.Errorf("got %d spans, sorted %v, want 12, sorted", len(got), sorted)
	}
}

func TestOverlay(t *testing.T) {
	other := check
	other.Version = "MSNP18"
	recorded := func(c deadyet.Check, since string) deadyet.Span {
		return deadyet.Span{Check: c, Outcome: silent, Since: deadyet.OnDay(day(since)), Fact: deadyet.FactID(since)}
	}
	began := deadyet.At(day("2026-11-24").Start().Add(90 * time.Minute))
	measured := deadyet.Span{Check: check, Outcome: yes, Since: began}
	got := history.Overlay(
		[]deadyet.Span{recorded(other, "2017-05-19"), recorded(check, "2017-05-19"), recorded(check, "2030-01-01")},
		[]deadyet.Span{measured},
	)
	if len(got) != 3 {
		t.Fatalf("got %d spans, want 3: %+v", len(got), got)
	}
	if !got[0].Open() || got[0].Check != other {
		t.Errorf("a check that was not measured: got %+v, want its record, open", got[0])
	}
	if got[1].Until != began || !got[1].Recorded() {
		t.Errorf("the record before the first finding: got %+v, want it to end at %v", got[1], began)
	}
	if got[2].Recorded() || !got[2].Open() {
		t.Errorf("the measured span: got %+v, want it as it was", got[2])
	}
}
