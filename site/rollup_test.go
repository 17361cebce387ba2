package site_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"
)

const (
	summedPage = "/server/contoso/ds.contoso.example"
	summedData = "/api/v1/servers/contoso/ds.contoso.example"
)

func TestServerPage_TellsHowFastItAnswered(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	page := string(mustPage(t, s, summedPage))
	inOrder(t, page, `id="latency"`, "How fast it answered, and what", "<desc ", "From Mar 2026 to 24 November 2026.", "connections were answered. Half of all answers took 7", `class="rail"`,
		"100\u00a0ms", "1\u00a0s", `class="reach"`, `class="median"`, "✔\u00a0yes", `class="share-yes"`, "✘\u00a0no", "…\u00a0silent", "–\u00a0unasked", ">Mar 2026<", ">24 Nov 2026<", "</svg>",
		"Left of the broken line each bar is a month", "<details>", "The same numbers as a table", `<time datetime="2026-11-24">24 November 2026</time>`, "41\u00a0% (76)",
		`<time datetime="2026-09-21">`, "<td></td>", "71\u00a0% (130)", `<time datetime="2026-03">Mar 2026</time>`)
	if strings.Contains(page, `datetime="2026-10-12"`) {
		t.Error("a day on which nobody asked has a row")
	}
	if closed := string(mustPage(t, s, "/server/northwind/192.0.2.4")); strings.Contains(closed, `id="latency"`) {
		t.Error("a server that was never asked from here has a picture")
	}
}

// periods are those that a document holds.
func periods(t *testing.T, s *site.Site) (out []string) {
	t.Helper()
	var doc struct {
		Rollups []struct {
			Period, Vantage string
			Answers         map[string]int
			Latency         *struct{ Count int }
		}
	}
	if err := json.Unmarshal(mustPage(t, s, summedData), &doc); err != nil {
		t.Fatal(err)
	}
	for _, r := range doc.Rollups {
		out = append(out, r.Vantage+" "+r.Period)
		if bad := r.Period == "2026-09-21"; (r.Latency == nil) != bad || (r.Answers["silent"] == 130) != bad {
			t.Errorf("%s: got latency %v, answers %v", r.Period, r.Latency, r.Answers)
		}
	}
	return out
}

// A page of the past tells of the days and months that were over; the present has
// the day that goes on.
func TestRollups_UntilTheMomentOfThePage(t *testing.T) {
	for _, tt := range []struct {
		name  string
		at    time.Time
		first string
		last  string
		count int
	}{
		{"", at("2026-11-24T12:00:00Z"), "elsewhere 2026-07", "home 2026-11-24", 1 + 5 + 116 - 5},
		{"2026-11-24", at("2026-11-24T23:59:59.999999999Z"), "elsewhere 2026-07", "home 2026-11-24", 117},
		{"2026-11-24T12:00Z", at("2026-11-24T12:00:00Z"), "elsewhere 2026-07", "home 2026-11-23", 116},
		{"2026-06-15", at("2026-06-15T23:59:59.999999999Z"), "home 2026-03", "home 2026-05", 3},
		{"2020-01-01", at("2020-01-01T23:59:59.999999999Z"), "", "", 0},
	} {
		e := sitetest.Small()
		e.At = tt.at
		s, err := site.NewAt(e, site.Moment{Name: tt.name, Rollups: sitetest.Rollups})
		if err != nil {
			t.Fatal(err)
		}
		got := periods(t, s)
		if len(got) != tt.count || tt.count > 0 && (got[0] != tt.first || got[len(got)-1] != tt.last) {
			t.Errorf("%q: got %d: %v", tt.name, len(got), got)
		}
		if has := strings.Contains(string(mustPage(t, s, summedPage)), `id="latency"`); has != (tt.count > 0) {
			t.Errorf("%q: a picture: %v", tt.name, has)
		}
	}
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestRollups_ThatCantBeReadAreNoPage(t *testing.T) {
	broken := errors.New("the disk is gone")
	s, err := site.NewAt(sitetest.Small(), site.Moment{Rollups: func(deadyet.ServerID) ([]deadyet.Rollup, error) { return nil, broken }})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{summedPage, summedData} {
		if _, err := s.Page(path); !errors.Is(err, broken) {
			t.Errorf("%s: got %v, want that it can't be read", path, err)
		}
	}
	if _, err := s.Page("/api/v1/openapi.json"); err != nil {
		t.Errorf("the description: %v", err)
	}
}

// Whatever is summed up, the picture stays within its frame.
func TestRollups_OfEveryShape(t *testing.T) {
	one := func(d string, month bool, took ...time.Duration) deadyet.Rollup {
		day, _ := deadyet.ParseDay(d)
		r := deadyet.Rollup{Vantage: "home", Day: day, Month: month, Rounds: 1, Answers: deadyet.Tally{0, 1}}
		for _, d := range took {
			r.Latency.Add(d)
		}
		return r
	}
	long := []deadyet.Rollup{}
	for d, _ := deadyet.ParseDay("2025-01-01"); d.Start().Before(at("2026-11-24T00:00:00Z")); d = deadyet.DayOf(d.End()) {
		long = append(long, one(d.String(), false, time.Millisecond))
	}
	for name, c := range map[string]struct {
		rollups []deadyet.Rollup
		want    string
	}{
		"a day":                       {[]deadyet.Rollup{one("2026-11-01", false, 80*time.Millisecond)}, `d="M291 `},
		"a little over a millisecond": {[]deadyet.Rollup{one("2026-11-01", false, 1534*time.Microsecond)}, "1,534\u00a0µs"},
		"a month":                     {[]deadyet.Rollup{one("2026-11-01", true)}, "Nov 2026"},
		"nothing answered":            {[]deadyet.Rollup{one("2026-11-01", false), one("2026-11-03", false)}, "<td></td>"},
		"nothing found":               {[]deadyet.Rollup{{Vantage: "home", Day: deadyet.DayOf(at("2026-11-03T00:00:00Z")), Connections: 7}}, "<td>7</td>"},
		"as fast as can be, and slow": {[]deadyet.Rollup{one("2026-11-01", false, 0, time.Hour)}, "3,600\u00a0s"},
		"a month, a gap and a day":    {[]deadyet.Rollup{one("2024-01-01", true), one("2024-03-01", true), one("2026-11-01", false)}, `x1="96.27%"`},
		"of another vantage":          {[]deadyet.Rollup{{Vantage: "a<b", Day: deadyet.DayOf(at("2026-11-03T00:00:00Z"))}, {Vantage: "a", Day: deadyet.DayOf(at("2026-11-01T00:00:00Z"))}}, "As seen from a&lt;b."},
		"more than fits":              {long, "292 more rows can be had as JSON."},
	} {
		s, err := site.NewAt(sitetest.Small(), site.Moment{Rollups: func(deadyet.ServerID) ([]deadyet.Rollup, error) { return c.rollups, nil }})
		if err != nil {
			t.Fatal(err)
		}
		page := string(mustPage(t, s, summedPage))
		if !strings.Contains(page, c.want) || strings.Contains(page, "NaN") || strings.Contains(page, "Inf") {
			t.Errorf("%s: the page lacks %q, or has no number", name, c.want)
		}
		for _, wrong := range checkHTML([]byte(page)) {
			t.Errorf("%s: %s", name, wrong)
		}
	}
}
