package site

import (
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/words"
)

func TestFailureSentences_AreComplete(t *testing.T) {
	seen := make(map[words.Phrase]deadyet.FailureKind)
	for _, k := range deadyet.FailureKinds() {
		s := failureSentences[k]
		if s == "" {
			t.Errorf("%s has no sentence", k)
		}
		if other, twice := seen[s]; twice {
			t.Errorf("%s and %s share the sentence %q", k, other, s)
		}
		seen[s] = k
	}
	if got, want := len(failureSentences), len(deadyet.FailureKinds()); got != want {
		t.Errorf("got %d sentences, want %d", got, want)
	}
}

// Every answer at every stage has its mark and its word, and only a yes to a
// version names its stage.
func TestCell_OfEveryAnswerAndStage(t *testing.T) {
	plain := index(deadyet.Edition{}, english())
	for _, a := range deadyet.Answers() {
		for st := deadyet.StageNone; st <= deadyet.StageMessage; st++ {
			for _, v := range []deadyet.Version{"", "MSNP18"} {
				s := &deadyet.State{Check: deadyet.Check{Version: v}}
				s.Span.Outcome = deadyet.Outcome{Answer: a, Stage: st}
				c := plain.answerCell(s, "x")
				if !strings.HasPrefix(c.Text, a.Mark()+nbsp+a.String()) {
					t.Errorf("%s at %s: got %q", a, st, c.Text)
				}
				staged := a == deadyet.AnswerYes && v != "" && st != deadyet.StageNone
				if got := strings.Contains(c.Text, "("+st.String()+")"); got != staged {
					t.Errorf("%s at %q of %q: got stage %v, want %v", a, st, v, got, staged)
				}
				weak := a == deadyet.AnswerYes && v != "" && st < deadyet.StageLogin
				if got := strings.HasSuffix(c.Class, " version"); got != weak {
					t.Errorf("%s at %s of %q: class %q", a, st, v, c.Class)
				}
			}
		}
	}
}

func TestBands_JoinWhatIsEqual(t *testing.T) {
	yes := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	login := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageLogin}
	no := deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureReset}
	refused := deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused}
	var states []*deadyet.State
	for i, o := range []deadyet.Outcome{yes, yes, login, no, refused, {}, {}} {
		v := deadyet.Version("MSNP" + string(rune('2'+i)))
		states = append(states, &deadyet.State{Check: deadyet.Check{Version: v}, Span: deadyet.Span{Outcome: o}})
	}
	order := []deadyet.Version{"MSNP2", "MSNP3", "MSNP4", "MSNP5", "MSNP5.5", "MSNP6", "MSNP7", "MSNP8"}
	states[6].Pending = &deadyet.Pending{Outcome: no}
	var got []string
	s := index(deadyet.Edition{}, english())
	s.columns = order
	for _, b := range s.bandsOf(states) {
		c := s.bandCell(b, "p")
		got = append(got, strings.ReplaceAll(c.Text, nbsp, " ")+"|"+c.Span+"|"+c.Now)
	}
	want := []string{
		"✔ yes (version) MSNP2–3|2|", "✔ yes (login) MSNP4||", "✘ no MSNP5, 6|2|", "– unasked MSNP7||",
		"– unasked MSNP8||now: no, not confirmed yet",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestRanges(t *testing.T) {
	order := []deadyet.Version{"MSNP2", "MSNP3", "MSNP4", "MSNP8", "MSNP21"}
	for _, c := range []struct {
		want string
		set  []deadyet.Version
	}{
		{"", nil},
		{"MSNP2", []deadyet.Version{"MSNP2"}},
		{"MSNP2–4, 21", []deadyet.Version{"MSNP21", "MSNP4", "MSNP3", "MSNP2"}},
		{"MSNP2–3, 8–21", []deadyet.Version{"MSNP2", "MSNP3", "MSNP8", "MSNP21"}},
		{"MSNP2, 30", []deadyet.Version{"MSNP2", "MSNP30"}},
		{"MSNP2, TLS", []deadyet.Version{"MSNP2", "TLS"}},
	} {
		if got := ranges(order, c.set); got != c.want {
			t.Errorf("%v: got %q, want %q", c.set, got, c.want)
		}
	}
}

func TestWhen_SaysHowSureItIs(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	a, b, day := at("2026-11-24T10:00:00Z"), at("2026-11-24T10:30:00Z"), at("2017-05-19T00:00:00Z")
	for _, c := range []struct {
		want string
		i    deadyet.Interval
	}{
		{"", deadyet.Interval{}},
		{"since 24 November 2026, 10:00 UTC", deadyet.At(a)},
		{"since 19 May 2017", deadyet.OnDay(deadyet.DayOf(day))},
		{"since 19 May 2017", deadyet.At(day)},
		{"since 24 November 2026, 10:00 UTC", deadyet.Interval{From: a, To: a.Add(9 * time.Second)}},
		{"since some time between 10:00 UTC and 10:30 UTC on 24 November 2026", deadyet.Interval{From: a, To: b}},
		{"since some time between 19 May 2017, 00:00 UTC and 24 November 2026, 10:00 UTC", deadyet.Interval{From: day, To: a}},
		{"since some time between 19 May 2017 and 9 June 2017", deadyet.Interval{From: day, To: day.Add(22 * 24 * time.Hour)}},
		{"since 24 November 2026, 10:00 UTC or earlier", deadyet.Interval{To: a}},
		{"since 24 November 2026, 10:00 UTC or later", deadyet.Interval{From: a}},
	} {
		if got := english().inWords(asSince, c.i).Text(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestDateline_BeginsWithTheDay(t *testing.T) {
	day := time.Date(2017, 5, 19, 0, 0, 0, 0, time.UTC)
	for want, i := range map[string]deadyet.Interval{
		"":            {},
		"19 May 2017": deadyet.OnDay(deadyet.DayOf(day)),
		"19 May 2017, between 16:35 UTC and 17:09 UTC":              {From: day.Add(995 * time.Minute), To: day.Add(1029 * time.Minute)},
		"19 May 2017, before 06:00 UTC":                             {From: day, To: day.Add(6 * time.Hour)},
		"19 May 2017, 16:35 UTC":                                    deadyet.At(day.Add(995 * time.Minute)),
		"Between 19 May 2017 and 9 June 2017":                       {From: day, To: day.AddDate(0, 0, 22)},
		"Between 18 May 2017, 23:00 UTC and 19 May 2017, 01:00 UTC": {From: day.Add(-time.Hour), To: day.Add(time.Hour)},
	} {
		if got := english().dateline(i).Text(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEvery(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "", 6 * time.Hour: "every 6 hours", time.Hour: "every hour", 48 * time.Hour: "every 2 days",
		90 * time.Minute: "every 90 minutes", 2 * time.Second: "every 2 seconds", time.Millisecond: "every second",
	} {
		if got := english().every(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}

func TestClean_LeavesNothingHidden(t *testing.T) {
	for in, want := range map[string]string{
		"plain é ✔":              "plain é ✔",
		"a\r\n\tb":               `a\r\n\tb`,
		"\x1b[31m\x00\x7f":       `\x1b[31m\x00\x7f`,
		"\u202eabc\u2066\u200b":  `\u{202e}abc\u{2066}\u{200b}`,
		"\xff\xfe":               `\xff\xfe`,
		"e\u0301\u0302":          `e\u{301}\u{302}`,
		strings.Repeat("x", 301): strings.Repeat("x", 300) + "…",
		strings.Repeat("é", 200): strings.Repeat("é", 150) + "…",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	if got, want := visible([]byte("a\\\r\nb"), true), "a\\\\\\r\\n\nb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnchor_IsUniqueAndPlain(t *testing.T) {
	for in, want := range map[string]string{"https:443": "https_3a443", "a b": "a_20b", "a_20b": "a_5f20b", "bay-1.2": "bay-1.2"} {
		if got := anchor(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestWebLink_IsOfTheWeb(t *testing.T) {
	for _, bad := range []string{"", "javascript:alert(1)", "//x.example/", "data:text/html,x", "http:x", "/x", "ftp://x.example/", "http://%zz/"} {
		if got := webLink(bad); got != "" {
			t.Errorf("%q passed", bad)
		}
	}
	if got := webLink("https://x.example/?a=b"); got == "" {
		t.Error("an address of the web was dropped")
	}
}

func TestMarkdown_IsTame(t *testing.T) {
	got := string(markdown("# One\n\n### Three\n\n# Again\n\n<b onclick=x>raw</b> ![pic](https://x.example/p.png) [j](javascript:x) <script>y</script>", 3))
	for _, bad := range []string{"<b", "onclick", "<img", "javascript:", "<script"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is in %s", bad, got)
		}
	}
	for _, want := range []string{"<h3>One</h3>", "<h4>Three</h4>", "<h3>Again</h3>", `<a href="https://x.example/p.png">pic</a>`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
}
