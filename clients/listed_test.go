package clients_test

import (
	"encoding/json"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"deadyet"
	"deadyet/clients"
	"deadyet/config"
	"deadyet/history"
	"deadyet/subjects/msn"
)

func official(tb testing.TB) (deadyet.Subject, []deadyet.Span) {
	tb.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		tb.Fatal(err)
	}
	return s, history.Recorded(s)
}

func endOf(tb testing.TB, day string) time.Time {
	tb.Helper()
	d, err := deadyet.ParseDay(day)
	if err != nil {
		tb.Fatal(err)
	}
	return d.End().Add(-time.Nanosecond)
}

// listed is what a person listed on a day.
type listed struct {
	Works    []deadyet.ClientID
	Patched  map[deadyet.ClientID]string
	Apart    []deadyet.ClientID
	Unlisted map[deadyet.ClientID]string
}

// What is worked out of the record must be what the old page listed by hand,
// no more and no less.
func TestMatrix_isWhatTheOldPageListed(t *testing.T) {
	data, err := os.ReadFile("testdata/listed.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Days map[string]listed }
	if err := json.Unmarshal(data, &file); err != nil || len(file.Days) != 4 {
		t.Fatalf("got %d days, %v", len(file.Days), err)
	}
	s, spans := official(t)
	course := clients.Follow(s, spans)
	for day, want := range file.Days {
		t.Run(day, func(t *testing.T) { compare(t, s, course.Matrix(endOf(t, day)), want) })
	}
}

func compare(t *testing.T, s deadyet.Subject, matrix []deadyet.Access, want listed) {
	met := 0
	for _, a := range matrix {
		c, _ := s.Client(a.Client)
		if a.Network != s.Network || c.Kind == deadyet.ClientLibrary || !a.Fit.In() {
			continue
		}
		met++
		_, unlisted := want.Unlisted[a.Client]
		patch, patched := want.Patched[a.Client]
		switch {
		case c.Apart:
			if !slices.Contains(want.Apart, a.Client) {
				t.Errorf("%s is told of apart, and was not listed", a.Client)
			}
		case patched:
			if a.Fit != deadyet.FitPatched || !slices.Contains(a.Patches, patch) {
				t.Errorf("%s: got %s with %v, want it with %s", a.Client, a.Fit, a.Patches, patch)
			}
		case a.Fit == deadyet.FitPatched:
			t.Errorf("%s is told to work with %v, and was not listed with a patch", a.Client, a.Patches)
		case !unlisted && !slices.Contains(want.Works, a.Client):
			t.Errorf("%s is told to work with %s over %s, and was not listed", a.Client, a.Version, a.Way)
		}
	}
	if all := len(want.Works) + len(want.Patched) + len(want.Apart) + len(want.Unlisted); met != all {
		t.Errorf("%d get in, want %d: some that were listed don't", met, all)
	}
}

func find(t *testing.T, matrix []deadyet.Access, client deadyet.ClientID, network deadyet.NetworkID) deadyet.Access {
	t.Helper()
	for _, a := range matrix {
		if a.Client == client && a.Network == network {
			return a
		}
	}
	return deadyet.Access{}
}

// Why each of them got in or not, and since when.
func TestMatrix_saysWhy(t *testing.T) {
	s, spans := official(t)
	course := clients.Follow(s, spans)
	for _, tt := range []struct {
		day, client string
		fit         deadyet.Fit
		why         []deadyet.ObstacleKind
		way, since  string
		ended       string // day, of one that got in before
	}{
		{"2003-10-14", "msn-1.0", deadyet.FitWorks, nil, "tcp:1863", "2001-07-05", ""}, // since the outage of that day
		{"2003-10-15", "msn-1.0", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleVersion}, "", "2003-10-15", "2003-10-15"},
		{"2007-09-12", "msn-7.5", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleBarred}, "tcp:1863", "2007-09-12", "2007-09-12"},
		{"2013-04-09", "wlm-2009", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleBarred}, "tcp:1863", "2013-04-08", "2013-04-08"},
		{"2014-11-14", "pidgin-2.10.2-2.10.10", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleBarred}, "tcp:1863", "2014-11-13", "2014-11-13"},
		{"2014-12-10", "tmsnc-0.3.0", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleAddress}, "tcp:1863", "2014-12-09", "2014-12-09"},
		{"2014-12-10", "bitlbee-0.90-1.2", deadyet.FitUnknown, []deadyet.ObstacleKind{deadyet.ObstacleSetting}, "tcp:1863", "2014-12-09", "2014-12-09"},
		{"2015-03-13", "wm-4.7.2009", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleVersion}, "", "2015-03-12", "2015-03-12"},
		{"2015-03-13", "wlm-2011", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleTransport}, "", "2015-03-12", "2015-03-12"},
		{"2017-03-21", "wlm-2012", deadyet.FitLogin, []deadyet.ObstacleKind{deadyet.ObstacleBarred, deadyet.ObstacleDown}, "https:443", "2017-03-21", "2017-03-21"},
		{"2017-03-23", "win8-messaging", deadyet.FitWorks, nil, "https:443", "2012-10-01", ""},
		{"2017-05-20", "win8-messaging", deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleGone}, "", "2017-05-18", "2017-05-18"},
	} {
		t.Run(tt.day+" "+tt.client, func(t *testing.T) {
			a := find(t, course.Matrix(endOf(t, tt.day)), deadyet.ClientID(tt.client), s.Network)
			var why []deadyet.ObstacleKind
			for _, o := range a.Why {
				why = append(why, o.Kind)
			}
			if a.Fit != tt.fit || !slices.Equal(why, tt.why) {
				t.Errorf("got %s because of %v, want %s because of %v", a.Fit, why, tt.fit, tt.why)
			}
			if tt.way != "" && a.Way.String() != tt.way {
				t.Errorf("got %s, want %s", a.Way, tt.way)
			}
			if got := deadyet.DayOf(a.Since.From).String(); got != tt.since {
				t.Errorf("since: got %s, want %s", got, tt.since)
			}
			ended := ""
			if !a.Ended.IsZero() {
				ended = deadyet.DayOf(a.Ended.From).String()
			}
			if ended != tt.ended {
				t.Errorf("ended: got %s, want %s", ended, tt.ended)
			}
		})
	}
}

func TestMatrix_leavesOutWhatWasNotOut(t *testing.T) {
	s, spans := official(t)
	m := clients.Follow(s, spans).Matrix(endOf(t, "2014-12-10"))
	if a := find(t, m, "retro-prpl", s.Network); a.Fit != "" {
		t.Errorf("a program of 2025 was told of in 2014: %+v", a)
	}
	if in, of := clients.Share(s, m, s.Network); in != 13 || of != 42 {
		t.Errorf("got %d of %d, want 13 of 42", in, of)
	}
}

// BenchmarkMatrix is what an edition costs: all clients at all networks, with
// their past.
func BenchmarkMatrix(b *testing.B) {
	s, spans := official(b)
	five(&s)
	course := clients.Follow(s, spans)
	at := endOf(b, "2017-05-20")
	b.ReportAllocs()
	pairs := 0
	defer cpuTime(b)()
	for b.Loop() {
		pairs = len(course.Matrix(at))
	}
	b.ReportMetric(float64(pairs), "pairs")
}

// BenchmarkFollow is what knowledge costs, once until something changes.
func BenchmarkFollow(b *testing.B) {
	s, spans := official(b)
	b.ReportAllocs()
	defer cpuTime(b)()
	for b.Loop() {
		clients.Follow(s, spans)
	}
	b.ReportMetric(float64(len(spans)), "spans")
}

// cpuTime reports the time of processors that a loop takes: others work on the
// same machine.
func cpuTime(b *testing.B) func() {
	used := func() int64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return u.Utime.Nano() + u.Stime.Nano()
	}
	from := used()
	return func() { b.ReportMetric(float64(used()-from)/float64(b.N), "cpu-ns/op") }
}

// five makes up networks until there are five.
func five(s *deadyet.Subject) {
	for _, id := range []deadyet.NetworkID{"fourth", "fifth"} {
		s.Networks = append(slices.Clone(s.Networks), deadyet.Network{ID: id, Name: string(id)})
	}
}
