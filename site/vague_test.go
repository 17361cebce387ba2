package site

import (
	"strings"
	"testing"
	"time"

	"deadyet"
)

// What is known for a share of servers only is marked at all of them, whatever
// they are said to answer, until the fact ends or something was measured.
func TestVague(t *testing.T) {
	began := time.Date(2015, 2, 26, 0, 0, 0, 0, time.UTC)
	since, ended := deadyet.Interval{From: began, To: began.Add(24 * time.Hour)}, deadyet.At(began.Add(72*time.Hour))
	s := index(deadyet.Edition{Subject: deadyet.Subject{Record: []deadyet.Fact{
		{ID: "share", Count: deadyet.Count{Least: 90, Most: 99}, Since: since, Until: ended},
		{ID: "one", Count: deadyet.Count{Number: 1}, Since: since},
		{ID: "all", Since: since},
	}}}, english())
	const one, share = "≈\u00a0recorded for 1 of these servers; which one is not known", "≈\u00a0recorded for 90\u00a0% to 99\u00a0% of these servers; which ones is not known"
	for _, c := range []struct {
		name   string
		fact   deadyet.FactID
		answer deadyet.Answer
		since  deadyet.Interval
		want   string
	}{
		{"said to refuse", "share", deadyet.AnswerNo, since, share},
		{"still said to answer", "share", deadyet.AnswerYes, since, share},
		{"one of two", "one", deadyet.AnswerNo, since, one},
		{"known for all", "all", deadyet.AnswerNo, since, ""},
		{"measured", "", deadyet.AnswerNo, since, ""},
		{"after the end", "share", deadyet.AnswerYes, ended, ""},
		{"off the list", "one", deadyet.AnswerUnasked, ended, ""},
		{"of a fact that is gone", "other", deadyet.AnswerNo, since, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := &deadyet.State{Check: deadyet.Check{Version: "MSNP18"}, Span: deadyet.Span{Fact: c.fact, Since: c.since, Outcome: deadyet.Outcome{Answer: c.answer}}}
			cell, row := s.answerCell(st, "x"), s.checkView(st)
			marked := c.want != ""
			if got := strings.HasPrefix(cell.Text, "≈\u00a0"+c.answer.Mark()); got != marked {
				t.Errorf("the cell says %q", cell.Text)
			}
			if got := strings.HasPrefix(row.Answer, "≈\u00a0"+c.answer.Mark()); got != marked {
				t.Errorf("the row says %q", row.Answer)
			}
			if marked && (!strings.HasPrefix(cell.Title, c.want+"; ") || !strings.HasSuffix(cell.Class, " recorded vague") || len(row.Notes) == 0 || row.Notes[0] != c.want+".") {
				t.Errorf("got title %q, class %q, notes %q", cell.Title, cell.Class, row.Notes)
			}
		})
	}
}

func TestBands_KeepWhatIsVagueApart(t *testing.T) {
	s := index(deadyet.Edition{Subject: deadyet.Subject{Record: []deadyet.Fact{{ID: "a", Count: deadyet.Count{Number: 2}}, {ID: "b"}, {ID: "c"}}}}, english())
	var states []*deadyet.State
	for _, f := range []deadyet.FactID{"a", "a", "b", "c"} {
		states = append(states, &deadyet.State{Span: deadyet.Span{Fact: f, Outcome: deadyet.Outcome{Answer: deadyet.AnswerNo}}})
	}
	if got := len(s.bandsOf(states)); got != 2 {
		t.Errorf("got %d bands, want 2: the vague ones, and the rest", got)
	}
}

func TestFlapText(t *testing.T) {
	a := time.Date(2026, 11, 1, 10, 0, 0, 0, time.UTC)
	for want, f := range map[string]deadyet.Flap{
		"": {},
		"Found otherwise once on 1 November 2026, 10:00 UTC, too short to count.":                                                  {Since: a, Until: a, Runs: 1},
		"Found otherwise 3 times between 1 November 2026, 10:00 UTC and 2 November 2026, 10:00 UTC, each time too short to count.": {Since: a, Until: a.Add(24 * time.Hour), Runs: 3},
	} {
		if got := english().flapText(f); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAlive_SaysTheVerdictInSmallWords(t *testing.T) {
	day := deadyet.OnDay(deadyet.DayOf(time.Date(2017, 5, 19, 0, 0, 0, 0, time.UTC)))
	last := time.Date(2017, 5, 18, 16, 35, 0, 0, time.UTC)
	risen := []deadyet.Reason{{Kind: deadyet.ReasonRisen, Since: day}}
	down := func(names ...string) []deadyet.Reason {
		return []deadyet.Reason{{Kind: deadyet.ReasonDependency, Names: names}}
	}
	for _, c := range []struct {
		want string
		v    deadyet.Verdict
	}{
		{"", deadyet.Verdict{}},
		{"", deadyet.Verdict{Word: deadyet.WordUnknown}},
		{"alive", deadyet.Verdict{Word: deadyet.WordNo, Accepting: 1}},
		{"rose from the dead on 19 May 2017", deadyet.Verdict{Word: deadyet.WordNo, Accepting: 1, Reasons: risen}},
		{"mostly gone", deadyet.Verdict{Word: deadyet.WordMostly, Accepting: 1, LastYes: last}},
		{"nothing taken since 18 May 2017, 16:35 UTC", deadyet.Verdict{Word: deadyet.WordMostly, LastYes: last}},
		{"gone since 19 May 2017", deadyet.Verdict{Word: deadyet.WordYes, Since: day, LastYes: last}},
		{"gone", deadyet.Verdict{Word: deadyet.WordYes, LastYes: last}},
		{"never seen alive", deadyet.Verdict{Word: deadyet.WordYes, Since: day}},
		{"alive, but login is down", deadyet.Verdict{Word: deadyet.WordYesBut, Accepting: 1, Reasons: down("login")}},
		{"alive, but a and b are down", deadyet.Verdict{Word: deadyet.WordYesBut, Accepting: 1, Reasons: down("a", "b")}},
		{"alive, but nobody gets in", deadyet.Verdict{Word: deadyet.WordYesBut, Accepting: 1}},
	} {
		if got := english().aliveText(c.v); got != c.want {
			t.Errorf("%s: got %q, want %q", c.v.Word, got, c.want)
		}
	}
}

func TestLasted(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		0: "less than a minute", 90 * time.Minute: "2 hours", 50 * time.Minute: "50 minutes", time.Hour: "1 hour", day: "1 day", 58 * day: "58 days",
		40 * day: "40 days", 700 * day: "about 2 years", 2149 * day: "about 6 years", 400 * day: "about 13 months",
	} {
		if got := english().lasted(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}
