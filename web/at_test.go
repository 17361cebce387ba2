package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/subjects/msn"
	"deadyet/web"
)

// nowhere is a book that keeps nothing: what is known is the record.
type nowhere struct{}

func (nowhere) Load(context.Context, deadyet.VantageID) (ledger.Memory, error) {
	return ledger.Memory{}, nil
}
func (nowhere) Commit(context.Context, ledger.Entry) error        { return nil }
func (nowhere) Reserve(context.Context, []deadyet.Spent) error    { return nil }
func (nowhere) Publish(context.Context, ledger.Publication) error { return nil }

var afterAll = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// travelling serves the real record with its past. All tests share it, and only
// ask: making it takes longer than most of them.
func travelling(tb testing.TB) *web.Server {
	tb.Helper()
	s, err := record()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

var record = sync.OnceValues(func() (*web.Server, error) {
	subject, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		return nil, err
	}
	l, err := ledger.Open(context.Background(), nowhere{}, subject, ledger.Options{Vantage: "home"})
	if err != nil {
		return nil, err
	}
	s := web.New(web.Options{Now: func() time.Time { return afterAll }, Rollups: summed})
	if err := s.Publish(l.Edition(afterAll)); err != nil {
		return nil, err
	}
	s.Remember(l)
	return s, nil
})

// summed has three days of one server.
func summed(id deadyet.ServerID) (out []deadyet.Rollup, err error) {
	if id != "microsoft/64.4.45.62" {
		return nil, nil
	}
	for n := range 3 {
		day := deadyet.DayOf(time.Date(2015, 3, 4+n, 0, 0, 0, 0, time.UTC))
		out = append(out, deadyet.Rollup{Server: id, Vantage: "home", Day: day, Rounds: 1, Answers: deadyet.Tally{0, 1}})
	}
	return out, nil
}

func TestAt_SumsUpUntilThen(t *testing.T) {
	s := travelling(t)
	const page = "/server/microsoft/64.4.45.62"
	for path, last := range map[string]string{
		page: "2015-03-06", "/de" + page: "2015-03-06", "/at/2015-03-05" + page: "2015-03-05", "/de/at/2015-03-05T12:00Z" + page: "2015-03-04",
		"/at/2015-03-03" + page: "", "/server/microsoft/64.4.45.63": "",
	} {
		got := ""
		for _, day := range []string{"2015-03-04", "2015-03-05", "2015-03-06"} {
			if strings.Contains(bodyOf(t, ask(s, "GET", path)), `<th scope="row"><time datetime="`+day) {
				got = day
			}
		}
		if got != last {
			t.Errorf("%s: the last day is %q, want %q", path, got, last)
		}
	}
}

func TestAt_ShowsThePageAsItWas(t *testing.T) {
	s := travelling(t)
	for path, want := range map[string]string{
		"/at/2015-03-05/": "<strong>MOSTLY</strong>",
		"/at/2015-02-25/": "<strong>NO</strong>",
		"/at/2017-03-01/": "<strong>MOSTLY</strong>",
		"/at/2015-03-05/server/microsoft/64.4.45.62": "64.4.45.62",
		"/at/2015-03-05T12:00Z/":                     "5 March 2015, 12:00 UTC",
		"/at/2015-03-05/verdict.txt":                 "MOSTLY\n",
		"/api/v1/at/2015-03-05/verdict":              `"at":"2015-03-05T23:59:59.999999999Z"`,
		"/api/v1/at/2015-03-05/networks/microsoft":   `"at":"2015-03-05T23:59:59.999999999Z"`,
		"/api/v1/at/":                   `{"day":"2015-02-26","word":"mostly","news":["2015-02-26-microsoft-version-rejected"`,
		"/api/v1/at/2017-06-01/verdict": `"word":"yes"`,
		"/at/":                          "2015-02-26/",
	} {
		r := ask(s, "GET", path)
		if body := bodyOf(t, r); want != "" && (r.StatusCode != 200 || !strings.Contains(body, want)) {
			t.Errorf("%s: got %d without %q:\n%.600s", path, r.StatusCode, want, body)
		}
	}
}

func TestAt_LeadsAwayFromWhereNothingIsKnown(t *testing.T) {
	s := travelling(t)
	for _, c := range []struct {
		path   string
		status int
		want   string // in the body, or where to
	}{
		{"/at", 301, "/at/"},
		{"/at/2015-03-05", 301, "/at/2015-03-05/"},
		{"/at/2026-11-24/", 302, "/"},
		{"/at/2026-11-24//evil.example", 302, "/evil.example"},
		{"/at/2026-11-24///evil.example/x", 302, "/evil.example/x"},
		{"/api/v1/at/2026-11-24/verdict", 302, "/api/v1/verdict"},
		{"/at/1998-01-01/", 404, `href="/at/1999-07-22/"`},
		{"/at/2031-01-01/", 404, "has not happened yet"},
		{"/at/yesterday/", 404, "This is no date"},
		{"/at/2015-02-30/", 404, "This is no date"},
		{"/at/2015-03-05/nothing", 404, "no such page"},
		{"/api/v1/at/1998-01-01/verdict", 404, `"nearest":"/at/1999-07-22/"`},
		{"/api/v1/at/2015-03-05/nothing", 404, `"error"`},
		{"/at/?day=2015-03-05", 302, "/at/2015-03-05/"},
		{"/de/at/?day=5.3.2015", 302, "/de/at/2015-03-05/"},
		{"/at/?day=March+5,+2015", 302, "/at/2015-03-05/"},
		{"/at/?day=2026-11-24", 302, "/"},
		{"/at/?day=", 200, "2017"},
		{"/at/?day=3/5/2015", 404, "the year first"},
		{"/at/?day=2015-02-30", 404, `name="day"`},
		{"/at/?day=//evil.example/", 404, "This is no date"},
		{"/at/?day=1998-01-01", 404, `href="/at/1999-07-22/"`},
		{"/diff/?from=2015-02-25&to=2015-02-27", 302, "/diff/2015-02-25/2015-02-27"},
		{"/diff/?from=2015-02-25&to=", 302, "/diff/2015-02-25/today"},
		{"/diff/?from=2015-02-25&to=soon", 404, "This is no date"},
		{"/diff/", 301, "/at/"},
		{"/api/v1/at", 301, "/api/v1/at/"},
	} {
		r := ask(s, "GET", c.path, "Accept", "text/html")
		got := bodyOf(t, r)
		if r.StatusCode/100 == 3 {
			got = r.Header.Get("Location")
			if got == c.want {
				got = "there" // and nowhere that merely holds it
				c.want = got
			}
		}
		if r.StatusCode != c.status || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %d %.300s, want %d %s", c.path, r.StatusCode, got, c.status, c.want)
		}
	}
}

// Whoever has the page gets it once only, and asks again: what is known of the
// past can change.
func TestAt_IsKeptByVisitors(t *testing.T) {
	s := travelling(t)
	r := ask(s, "GET", "/at/2015-03-05/")
	tag := r.Header.Get("Etag")
	if tag == "" || r.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("ETag %q, Cache-Control %q", tag, r.Header.Get("Cache-Control"))
	}
	if r := ask(s, "GET", "/at/2015-03-05/", "If-None-Match", tag); r.StatusCode != 304 {
		t.Errorf("the same again: %d", r.StatusCode)
	}
}

// Every link of a page of the past leads to a page: of that time, of another or
// of today.
func TestAt_LinksLeadSomewhere(t *testing.T) {
	s := travelling(t)
	known := make(map[string]bool)
	for _, from := range []string{"/at/2015-03-05/", "/at/2015-03-05/server/microsoft/64.4.45.62", "/at/"} {
		for _, l := range read(t, bodyOf(t, ask(s, "GET", from))).links {
			to := resolve(t, from, l)
			if to.Host != "" || known[to.Path] || strings.Contains(to.Path, "/server/") && len(known) > 40 || strings.HasPrefix(to.Path, "/diff/") {
				continue
			}
			known[to.Path] = true
			if r := ask(s, "GET", to.EscapedPath()); r.StatusCode != 200 {
				t.Errorf("%s leads to %s: %d", from, to.Path, r.StatusCode)
			}
		}
	}
}

func TestDiff_TellsWhatChanged(t *testing.T) {
	s := travelling(t)
	for path, want := range map[string][]string{
		"/diff/2015-02-25/2015-02-27":        {"<strong>NO</strong>", "<strong>MOSTLY</strong>", "News between them", "MSNP18", "≈", "Server by server", "/server/microsoft/"},
		"/diff/2015-01-10/2015-01-11":        {"Nothing changed between them"},
		"/diff/2016-02-04/2016-02-06":        {"came onto the list"},
		"/diff/2017-06-01/today":             {"YES"},
		"/api/v1/diff/2015-02-25/2015-02-27": {`"word":"no"`, `"word":"mostly"`, `"from":"yes","to":"no"`, `"fact":"`},
	} {
		r := ask(s, "GET", path)
		body := bodyOf(t, r)
		if r.StatusCode != 200 {
			t.Errorf("%s: got %d", path, r.StatusCode)
		}
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s: %q is missing", path, w)
			}
		}
		if strings.HasPrefix(path, "/diff/") && len(body) > 200<<10 {
			t.Errorf("%s takes %d bytes", path, len(body))
		}
	}
	for path, to := range map[string]string{
		"/diff/2015-02-27/2015-02-25": "/diff/2015-02-25/2015-02-27", "/diff/2015-02-27/2026-11-24": "/diff/2015-02-27/today",
		"/api/v1/diff/today/2015-02-25": "/api/v1/diff/2015-02-25/today",
	} {
		if r := ask(s, "GET", path); r.StatusCode != 302 || r.Header.Get("Location") != to {
			t.Errorf("%s: got %d %s, want %s", path, r.StatusCode, r.Header.Get("Location"), to)
		}
	}
	for _, path := range []string{"/diff/2015-02-27", "/diff/1998-02-27/2015-01-01", "/api/v1/diff/x/y", "/diff/a/b/c"} {
		if r := ask(s, "GET", path); r.StatusCode != 404 {
			t.Errorf("%s: got %d", path, r.StatusCode)
		}
	}
}

func TestAt_MakesOneMomentOnceForAll(t *testing.T) {
	s := travelling(t)
	var all sync.WaitGroup
	for n := range 12 {
		all.Go(func() {
			path := fmt.Sprintf("/api/v1/at/2016-01-%02d/verdict", 1+n%6)
			var v struct{ Word string }
			if err := json.NewDecoder(ask(s, "GET", path).Body).Decode(&v); err != nil || v.Word == "" {
				t.Errorf("%s: %v", path, err)
			}
		})
	}
	all.Wait()
}

// BenchmarkAt asks for the front page of a day never asked before, with the real
// record. Beside the time it reports that of the processor, which other work on
// the machine does not change as much.
func BenchmarkAt(b *testing.B) {
	s := travelling(b)
	ask(s, "GET", "/at/2014-12-06/")
	day, n := time.Date(2014, 12, 7, 0, 0, 0, 0, time.UTC), 0
	b.ReportAllocs()
	before := spent(b)
	for b.Loop() {
		path := "/at/" + day.AddDate(0, 0, n).Format(time.DateOnly) + "/"
		if n++; ask(s, "GET", path, "Accept-Encoding", "gzip").StatusCode != 200 {
			b.Fatal(path)
		}
	}
	b.ReportMetric(float64(spent(b)-before)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
}

// spent is the time of the processor that this program took.
func spent(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
