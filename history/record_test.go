package history_test

import (
	"fmt"
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
		{"an empty selector picks every check of who is listed", fact("f", "2017-05-19", deadyet.Selector{}), 3},
		{"before the first list the first list counts", fact("f", "2014-11-01", deadyet.Selector{Regions: []deadyet.Region{"bn1"}}), 9},
		{"another network picks nothing", fact("f", "2017-05-19", deadyet.Selector{Network: "escargot"}), 0},
		{"a kind", fact("f", "2017-05-19", deadyet.Selector{Kinds: []deadyet.Kind{deadyet.KindPort}}), 1},
		{"a version leaves port checks out", fact("f", "2017-05-19", deadyet.Selector{Versions: []deadyet.Version{"MSNP18"}}), 1},
		{"a port that nobody asks", fact("f", "2017-05-19", deadyet.Selector{Ports: []uint16{80}}), 0},
		{"a transport that nobody asks", fact("f", "2017-05-19", deadyet.Selector{Transports: []deadyet.Transport{deadyet.TransportHTTP}}), 0},
		{"a server", fact("f", "2017-05-19", deadyet.Selector{Servers: []deadyet.ServerID{"microsoft/64.4.45.62"}}), 3},
		{"the region on the day the fact began; who leaves is not asked any more", fact("f", "2015-01-01", deadyet.Selector{Regions: []deadyet.Region{"bn1"}}), 9},
		{"the region after the move", fact("f", "2015-02-26", deadyet.Selector{Regions: []deadyet.Region{"bn2"}}), 3},
		{"who was not listed is not picked", fact("f", "2017-05-19", deadyet.Selector{Regions: []deadyet.Region{"bn1"}}), 0},
		{"the role on that day", fact("f", "2017-05-19", deadyet.Selector{Roles: []deadyet.Role{deadyet.RoleInternal}}), 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := history.Recorded(subject(tt.fact)); len(got) != tt.want {
				t.Errorf("got %d spans, want %d: %v", len(got), tt.want, got)
			}
		})
	}
}

// told is a span of one check in a few words.
func told(spans []deadyet.Span, c deadyet.CheckID) (out []string) {
	for _, s := range spans {
		if s.Check.ID() == c {
			out = append(out, fmt.Sprintf("%s %s by %s", s.Since.From.Format(time.DateOnly), s.Outcome.Answer, s.Fact))
		}
	}
	return out
}

func TestRecorded_laysFactsOverEachOther(t *testing.T) {
	says := func(id deadyet.FactID, since, until string, a deadyet.Answer, q deadyet.Selector) deadyet.Fact {
		f := deadyet.Fact{ID: id, Select: q, Answer: a, Since: deadyet.OnDay(day(since))}
		if until != "" {
			f.Until = deadyet.OnDay(day(until))
		}
		return f
	}
	port, all := deadyet.Selector{Ports: []uint16{1863}}, deadyet.Selector{}
	v18 := deadyet.Selector{Versions: []deadyet.Version{"MSNP18"}}
	up := says("up", "2014-12-05", "", deadyet.AnswerYes, all)
	half := says("half", "2015-01-01", "", deadyet.AnswerNo, v18)
	half.Count = deadyet.Count{Least: 40, Most: 60}
	for _, tt := range []struct {
		name  string
		facts []deadyet.Fact
		check deadyet.CheckID
		want  []string
	}{
		{"what held before an outage goes on after it",
			[]deadyet.Fact{up, says("out", "2015-01-01", "2015-01-03", deadyet.AnswerSilent, all)}, "microsoft/64.4.45.62/msnp/tcp:1863/MSNP18",
			[]string{"2014-12-05 yes by up", "2015-01-01 silent by out", "2015-01-03 yes by out"}},
		{"a refused version changes nothing behind a closed port",
			[]deadyet.Fact{up, says("closed", "2015-01-01", "", deadyet.AnswerNo, port), says("refused", "2015-01-05", "", deadyet.AnswerSilent, v18)}, "microsoft/64.4.45.62/msnp/tcp:1863/MSNP18",
			[]string{"2014-12-05 yes by up", "2015-01-01 no by closed"}},
		{"what is not tested any more is unasked and nothing else",
			[]deadyet.Fact{up, says("untested", "2015-01-01", "", deadyet.AnswerUnasked, v18), says("gone", "2017-01-01", "", deadyet.AnswerSilent, all)}, "microsoft/64.4.45.62/msnp/tcp:1863/MSNP18",
			[]string{"2014-12-05 yes by up", "2015-01-01 unasked by untested"}},
		{"the first of a group stand for a share",
			[]deadyet.Fact{up, half}, "microsoft/64.4.45.62/msnp/tcp:1863/MSNP18",
			[]string{"2014-12-05 yes by up", "2015-01-01 no by half"}},
		{"the others bear the fact, for it may mean them",
			[]deadyet.Fact{up, half}, "microsoft/207.46.4.1/msnp/tcp:1863/MSNP18",
			[]string{"2014-12-05 yes by up", "2015-01-01 yes by half", "2015-02-26 unasked by half"}},
		{"a fact about all ends the doubt",
			[]deadyet.Fact{up, half, says("rest", "2015-02-01", "", deadyet.AnswerNo, v18)}, "microsoft/64.4.45.62/msnp/tcp:1863/MSNP18",
			[]string{"2014-12-05 yes by up", "2015-01-01 no by half", "2015-02-01 no by rest"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(history.Recorded(subject(tt.facts...)), tt.check); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestChanges(t *testing.T) {
	spans := []deadyet.Span{
		{Check: check, Outcome: yes, Since: deadyet.OnDay(day("2014-12-05")), Fact: "up"},
		{Check: check, Outcome: yes, Since: deadyet.OnDay(day("2015-01-01")), Fact: "vague"},
		{Check: check, Outcome: silent, Since: deadyet.Interval{From: hour(1), To: hour(2)}},
	}
	got := history.Changes(spans, map[history.Border]time.Time{{Check: check, At: hour(2)}: hour(4)})
	if len(got) != 2 || got[0].From.Answer != deadyet.AnswerUnasked || got[0].To != yes || got[1].From != yes || got[1].To != silent {
		t.Fatalf("got %+v, want the first answer and one change", got)
	}
	if !got[0].Confirmed.Equal(day("2014-12-05").Start()) || !got[1].Confirmed.Equal(hour(4)) {
		t.Errorf("confirmed: got %v and %v", got[0].Confirmed, got[1].Confirmed)
	}
}

func TestRecorded_isOrdered(t *testing.T) {
	got := history.Recorded(subject(fact("gone", "2015-02-26", deadyet.Selector{}), fact("off", "2014-12-05", deadyet.Selector{})))
	sorted := slices.IsSortedFunc(got, func(a, b deadyet.Span) int {
		switch {
		case a.Check.ID() < b.Check.ID():
			return -1
		case a.Check != b.Check:
			return 1
		}
		return a.Since.From.Compare(b.Since.From)
	})
	if !sorted || len(got) != 9 {
		t.Errorf("got %d spans, sorted %v, want 9, sorted", len(got), sorted)
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

func TestUntil_opensWhatWentOn(t *testing.T) {
	spans := []deadyet.Span{
		{Check: check, Outcome: yes, Since: deadyet.At(hour(0)), Until: deadyet.Interval{From: hour(4), To: hour(5)}, Last: hour(4)},
		{Check: check, Outcome: silent, Since: deadyet.Interval{From: hour(4), To: hour(5)}},
	}
	if got := history.Until(spans, hour(4.5)); len(got) != 1 || !got[0].Open() || spans[0].Open() {
		t.Errorf("before the border: got %+v", got)
	}
	if got := history.Until(spans, hour(5)); len(got) != 2 || got[0].Open() {
		t.Errorf("at the border: got %+v", got)
	}
}

func TestRecorded_aServerOffTheListIsNotAsked(t *testing.T) {
	s := subject(deadyet.Fact{ID: "up", Answer: deadyet.AnswerYes, Since: deadyet.OnDay(day("2014-12-05"))})
	l := &s.Networks[0].Servers[1].Listings
	*l = append(*l, deadyet.Listing{Region: "bn2", Role: deadyet.RoleMain, Since: day("2015-06-01")})
	want := []string{"2014-12-05 yes by up", "2015-02-26 unasked by up", "2015-06-01 yes by up"}
	if got := told(history.Recorded(s), "microsoft/207.46.4.1/port/tcp:1863"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
