package verdict_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/history"
	"deadyet/news"
	"deadyet/verdict"
)

var began = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

// after is the moment d after the first round.
func after(d time.Duration) time.Time { return began.Add(d) }

func day(s string) deadyet.Day {
	d, err := deadyet.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// subject has one network of main servers s0, s1, … and a login host.
func subject(servers int) deadyet.Subject {
	ask := []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP18", "MSNP21", "MSNP24"}}}
	n := deadyet.Network{ID: "net", Ask: ask, ConnectionsPerDay: 100}
	add := func(name string, role deadyet.Role) {
		n.Servers = append(n.Servers, deadyet.Server{
			ID: deadyet.MakeServerID("net", name), Listings: []deadyet.Listing{{Region: "bay", Role: role, Since: day("2014-12-05")}},
		})
	}
	for i := range servers {
		role := deadyet.RoleMain
		if i%2 == 1 {
			role = deadyet.RoleInternal
		}
		add(fmt.Sprintf("s%d", i), role)
	}
	add("login", deadyet.RoleDependency)
	return deadyet.Subject{
		ID: "msn", Network: "net", Networks: []deadyet.Network{n},
		Versions: []deadyet.VersionInfo{{Version: "MSNP18", Counts: true}, {Version: "MSNP21", Counts: true}, {Version: "MSNP24"}},
		Rule: deadyet.Rule{
			Reference: "MSNP18", Half: 50, After: 24 * time.Hour,
			Says: map[deadyet.Word]string{"no": "NO", "mostly": "MOSTLY", "yes": "YES", "yes_but": "YES, but", "cant_tell": "CAN'T TELL"},
		},
	}
}

func check(server string, v deadyet.Version) deadyet.Check {
	kind := deadyet.KindMSNP
	if v == "" {
		kind = deadyet.KindPort
	}
	return deadyet.Check{Endpoint: deadyet.Endpoint{Server: deadyet.MakeServerID("net", server), Transport: deadyet.TransportTCP, Port: 1863}, Kind: kind, Version: v}
}

// span is open, measured, and began at t.
func span(server string, v deadyet.Version, a deadyet.Answer, t time.Time) deadyet.Span {
	return deadyet.Span{Check: check(server, v), Outcome: deadyet.Outcome{Answer: a}, Since: deadyet.At(t), Last: t}
}

// ended is span until the interval.
func ended(s deadyet.Span, until deadyet.Interval) deadyet.Span {
	s.Until, s.Last = until, until.From
	return s
}

func states(spans ...deadyet.Span) (out []deadyet.State) {
	for _, s := range spans {
		out = append(out, deadyet.State{Check: s.Check, Span: s, Due: true})
	}
	return out
}

// judge lays out the changes of the spans, and judges the subject's network.
func judge(s deadyet.Subject, now []deadyet.State, past []deadyet.Span, at time.Time, down bool) deadyet.Verdict {
	n, _ := s.NetworkByID(s.Network)
	return news.English.Explain(s, verdict.Judge(s, n, changesOf(now, past), at, down))
}

func changesOf(now []deadyet.State, past []deadyet.Span) []deadyet.Change {
	spans := slices.Clone(past)
	for _, st := range now {
		spans = append(spans, st.Span)
	}
	history.Sort(spans)
	return history.Changes(spans, nil)
}

// answers gives the servers s0, s1, … an answer each at the reference version.
func answers(as ...deadyet.Answer) (spans []deadyet.Span) {
	for i, a := range as {
		spans = append(spans, span(fmt.Sprintf("s%d", i), "MSNP18", a, began))
	}
	return spans
}

const (
	yes     = deadyet.AnswerYes
	no      = deadyet.AnswerNo
	silent  = deadyet.AnswerSilent
	unclear = deadyet.AnswerUnclear
	unasked = deadyet.AnswerUnasked
)

func TestJudge_words(t *testing.T) {
	login := func(a deadyet.Answer) deadyet.Span { return span("login", "", a, began) }
	for _, tt := range []struct {
		name   string
		n      int
		spans  []deadyet.Span
		down   bool
		word   deadyet.Word
		reason string
	}{
		{"nothing was asked", 4, nil, false, deadyet.WordUnknown, "No server was asked yet."},
		{"there is no server", 0, nil, false, deadyet.WordUnknown, "No server is listed."},
		{"all take the reference", 2, answers(yes, yes), false, deadyet.WordNo, "Both servers still take MSNP18."},
		{"the only server takes it", 1, answers(yes), false, deadyet.WordNo, "The only server still takes MSNP18."},
		{"exactly half take the reference", 4, answers(yes, yes, no, silent), false, deadyet.WordNo, "2 of the 4 servers still take MSNP18."},
		{"one less than half", 4, answers(yes, no, no, silent), false, deadyet.WordMostly, "Only 1 of the 4 servers still takes MSNP18, and 1 any version at all."},
		{"another version only", 2, append(answers(no, no), span("s1", "MSNP21", yes, began)), false, deadyet.WordMostly, "No server takes MSNP18 any more. 1 of the 2 servers still takes MSNP21."},
		{"a version that does not count is nothing", 2, append(answers(no, no), span("s1", "MSNP24", yes, began)), false, deadyet.WordYes, "MSNP18 is gone. None of the 2 servers was ever seen to take any."},
		{"an open port is nothing", 2, append(answers(no, no), span("s1", "", yes, began)), false, deadyet.WordYes, "MSNP18 is gone. None of the 2 servers was ever seen to take any."},
		{"unclear is no yes", 2, answers(unclear, silent), false, deadyet.WordYes, "MSNP18 is gone. None of the 2 servers was ever seen to take any."},
		{"unasked does not worsen", 4, answers(yes, unasked, unasked, unasked), false, deadyet.WordNo, "The only server still takes MSNP18. 3 more are listed and were never asked."},
		{"unasked does not improve", 3, answers(no, no, unasked), false, deadyet.WordYes, "MSNP18 is gone. None of the 2 servers was ever seen to take any. 1 more is listed and was never asked."},
		{"a dependency is down while servers answer", 2, append(answers(yes, no), login(silent)), false, deadyet.WordYesBut, "Login, which everyone needs, is down. 1 of the 2 servers still takes MSNP18."},
		{"a dependency is up", 2, append(answers(yes, no), login(yes)), false, deadyet.WordNo, "1 of the 2 servers still takes MSNP18."},
		{"a dependency was not asked", 2, append(answers(yes, no), login(unasked)), false, deadyet.WordNo, "1 of the 2 servers still takes MSNP18."},
		{"a dependency alone is no reason", 2, append(answers(no, no), login(no)), false, deadyet.WordYes, "MSNP18 is gone. None of the 2 servers was ever seen to take any."},
		{"a dependency never counts as a server", 1, append(answers(no), span("login", "MSNP18", yes, began)), false, deadyet.WordYes, "MSNP18 is gone. The only server was never seen to take any."},
		{"our line is down and nothing answered", 2, answers(silent, silent), true, deadyet.WordUnknown, "Our own line or scan is down, and nothing answered."},
		{"our line is down and something answered", 2, answers(yes, silent), true, deadyet.WordNo, "1 of the 2 servers still takes MSNP18."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := subject(tt.n)
			got := judge(s, states(tt.spans...), nil, after(time.Hour), tt.down)
			if got.Word != tt.word || got.Says != s.Rule.Says[tt.word] || got.Reason != tt.reason {
				t.Errorf("got %s %q: %s\nwant %s: %s", got.Word, got.Says, got.Reason, tt.word, tt.reason)
			}
			if len(got.Facts) != 0 {
				t.Errorf("facts: got %v, want none: it was measured", got.Facts)
			}
		})
	}
}

func TestJudge_waitsBeforeYes(t *testing.T) {
	s := subject(1)
	border := deadyet.Interval{From: after(10 * time.Hour), To: after(11 * time.Hour)}
	gone := span("s0", "MSNP18", silent, border.To)
	gone.Since = border
	past := []deadyet.Span{ended(span("s0", "MSNP18", yes, began), border)}
	for _, tt := range []struct {
		name  string
		at    time.Time
		word  deadyet.Word
		since deadyet.Interval
	}{
		{"a second before 24 hours", border.From.Add(24*time.Hour - time.Second), deadyet.WordMostly, border},
		{"at 24 hours to the second", border.From.Add(24 * time.Hour), deadyet.WordYes, deadyet.Interval{From: border.From.Add(24 * time.Hour), To: border.To.Add(24 * time.Hour)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := judge(s, states(gone), past, tt.at, false)
			if got.Word != tt.word || got.Since != tt.since || !got.LastYes.Equal(border.From) {
				t.Errorf("got %s since %v, last yes %v, want %s since %v, %v", got.Word, got.Since, got.LastYes, tt.word, tt.since, border.From)
			}
			want := "Nothing has taken any version since 1 November 2026, 22:00 UTC; that has to last 24 hours until the answer is YES."
			if tt.word == deadyet.WordMostly && got.Reason != want {
				t.Errorf("reason: got %q, want %q", got.Reason, want)
			}
		})
	}
}

func TestJudge_since(t *testing.T) {
	hours := func(n int) time.Time { return after(time.Duration(n) * time.Hour) }
	border := func(n int) deadyet.Interval { return deadyet.Interval{From: hours(n - 1), To: hours(n)} }
	from := func(server string, a deadyet.Answer, n int) deadyet.Span {
		s := span(server, "MSNP18", a, hours(n))
		if n > 0 {
			s.Since = border(n)
		}
		return s
	}
	for _, tt := range []struct {
		name  string
		past  []deadyet.Span
		now   []deadyet.Span
		word  deadyet.Word
		since deadyet.Interval
	}{
		{"a word that always held is as old as what is known", nil, answers(yes, yes, no), deadyet.WordNo, deadyet.At(began)},
		{"a border that changes no word is passed over",
			[]deadyet.Span{ended(from("s2", yes, 0), border(5))},
			[]deadyet.Span{from("s0", yes, 0), from("s1", yes, 0), from("s2", no, 5)}, deadyet.WordNo, deadyet.At(began)},
		{"the border that made it mostly",
			[]deadyet.Span{ended(from("s1", yes, 0), border(5)), ended(from("s2", yes, 0), border(7))},
			[]deadyet.Span{from("s0", yes, 0), from("s1", no, 5), from("s2", no, 7)}, deadyet.WordMostly, border(7)},
		{"mostly goes on over a yes that was never said",
			[]deadyet.Span{ended(from("s0", yes, 0), border(4)), ended(from("s0", no, 4), border(9))},
			[]deadyet.Span{from("s0", yes, 9), from("s1", no, 0), from("s2", no, 0)}, deadyet.WordMostly, deadyet.At(began)},
		{"mostly begins anew after a yes that was said",
			[]deadyet.Span{ended(from("s0", yes, 0), border(4)), ended(from("s0", no, 4), border(40))},
			[]deadyet.Span{from("s0", yes, 40), from("s1", no, 0), from("s2", no, 0)}, deadyet.WordMostly, border(40)},
		{"a question no longer asked keeps its last answer",
			[]deadyet.Span{ended(from("s0", yes, 0), border(4)), ended(from("s1", yes, 0), border(4)), ended(from("s2", no, 0), border(4))},
			[]deadyet.Span{from("s0", unasked, 4), from("s1", unasked, 4), from("s2", unasked, 4)}, deadyet.WordNo, deadyet.At(began)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := judge(subject(3), states(tt.now...), tt.past, hours(100), false)
			if got.Word != tt.word || got.Since != tt.since {
				t.Errorf("got %s since %v, want %s since %v", got.Word, got.Since, tt.word, tt.since)
			}
		})
	}
}

func TestJudge_listings(t *testing.T) {
	s := subject(3)
	s.Networks[0].Servers[0].Listings[0].Until = day("2026-11-03")
	now := states(answers(yes, no, no)...)
	if got := judge(s, now, nil, day("2026-11-02").Start(), false); got.Word != deadyet.WordMostly || got.Listed != 3 {
		t.Errorf("while it is listed: got %s of %d, want mostly of 3", got.Word, got.Listed)
	}
	got := judge(s, now, nil, day("2026-11-03").Start(), false)
	if got.Word != deadyet.WordYes || got.Listed != 2 || got.Since != deadyet.At(day("2026-11-03").Start()) {
		t.Errorf("once it is not: got %s of %d since %v, want yes of 2 since that day", got.Word, got.Listed, got.Since)
	}
}

// TestJudge_record is the case with which deadyet begins: one fact says that
// Microsoft's network is gone, and nothing was measured.
func TestJudge_record(t *testing.T) {
	closed, last := day("2017-05-19"), day("2017-05-18")
	s := subject(29)
	s.Networks[0].Closed = closed
	s.Record = []deadyet.Fact{{
		ID: "gone", Select: deadyet.Selector{Network: "net"}, Answer: silent, Failure: deadyet.FailureUnreachable, Since: deadyet.OnDay(last),
	}}
	for _, tt := range []struct {
		name  string
		until deadyet.Day // of the listings
		down  bool
	}{
		{"listed for ever", deadyet.Day{}, false},
		{"listed until the day it closed", closed, false},
		{"our line says nothing about the record", deadyet.Day{}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for i := range s.Networks[0].Servers {
				s.Networks[0].Servers[i].Listings[0].Until = tt.until
			}
			spans := history.Recorded(s)
			got := judge(s, nil, spans, day("2026-11-24").Start(), tt.down)
			if got.Word != deadyet.WordYes || got.Says != "YES" || got.Since != deadyet.OnDay(last) || got.Listed != 29 ||
				!slices.Equal(got.Facts, []deadyet.FactID{"gone"}) {
				t.Errorf("got %+v", got)
			}
			if want := "All protocol versions up to MSNP21 are gone. None of the 29 servers was ever seen to take any."; got.Reason != want {
				t.Errorf("got %q, want %q", got.Reason, want)
			}
		})
	}
}

func TestHistory_risesFromTheDead(t *testing.T) {
	s := subject(1)
	at := func(n int) time.Time { return after(time.Duration(n) * time.Hour) }
	border := func(n int) deadyet.Interval { return deadyet.Interval{From: at(n - 1), To: at(n)} }
	spans := []deadyet.Span{
		{Check: check("s0", "MSNP18"), Outcome: deadyet.Outcome{Answer: yes}, Since: deadyet.At(began)},
		{Check: check("s0", "MSNP18"), Outcome: deadyet.Outcome{Answer: silent}, Since: border(10)},
		{Check: check("s0", "MSNP18"), Outcome: deadyet.Outcome{Answer: yes}, Since: border(50)},
	}
	got := news.English.ExplainAll(s, verdict.History(s, s.Networks[0], history.Changes(spans, nil), at(100)))
	var words []string
	for _, v := range got {
		words = append(words, fmt.Sprint(v.Word, " ", v.Since.From.Sub(began).Hours()))
	}
	if want := []string{"no 0", "mostly 9", "yes 33", "no 49"}; !slices.Equal(words, want) {
		t.Errorf("got %q, want %q", words, want)
	}
	if want := "It rose from the dead on 3 November 2026. The only server still takes MSNP18."; got[3].Reason != want {
		t.Errorf("got %q, want %q", got[3].Reason, want)
	}
}

func TestHistory_aReferenceThatNobodyAskedDecidesNothing(t *testing.T) {
	s := subject(2)
	spans := []deadyet.Span{{Check: check("s0", "MSNP21"), Outcome: deadyet.Outcome{Answer: yes}, Since: deadyet.At(began)}}
	got := verdict.History(s, s.Networks[0], history.Changes(spans, nil), after(time.Hour))
	if len(got) != 1 || got[0].Word != deadyet.WordNo {
		t.Errorf("got %+v, want no: it was alive before the reference version existed", got)
	}
}

func TestJudge_doesNotDependOnOrder(t *testing.T) {
	s := subject(4)
	now := states(answers(yes, no, silent, no)...)
	past := []deadyet.Span{
		ended(span("s1", "MSNP18", yes, began.Add(-time.Hour)), deadyet.At(began)),
		ended(span("s2", "MSNP21", yes, began.Add(-time.Hour)), deadyet.At(began)),
	}
	want := judge(s, now, past, after(time.Hour), false)
	now[0], now[3] = now[3], now[0]
	past[0], past[1] = past[1], past[0]
	if got := judge(s, now, past, after(time.Hour), false); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// It answers again in the round in which its 24 hours are over: until that is
// settled nothing is said that would have to be taken back.
func TestTell_saysNoYesWhileSomethingStirs(t *testing.T) {
	s := subject(1)
	at := func(n int) time.Time { return after(time.Duration(n) * time.Hour) }
	spans := []deadyet.Span{
		{Check: check("s0", "MSNP18"), Outcome: deadyet.Outcome{Answer: yes}, Since: deadyet.At(began)},
		{Check: check("s0", "MSNP18"), Outcome: deadyet.Outcome{Answer: silent}, Since: deadyet.Interval{From: at(9), To: at(10)}},
	}
	changes := history.Changes(spans, nil)
	for _, tt := range []struct {
		stirs time.Time
		want  deadyet.Word
	}{{time.Time{}, deadyet.WordYes}, {at(33), deadyet.WordMostly}, {at(32), deadyet.WordMostly}, {at(34), deadyet.WordYes}} {
		got, said := verdict.Tell(s, s.Networks[0], changes, at(35), verdict.Present{Stirs: tt.stirs})
		if got.Word != tt.want || said[len(said)-1].Word != tt.want {
			t.Errorf("stirring since %v: got %s, want %s", tt.stirs, got.Word, tt.want)
		}
	}
}
