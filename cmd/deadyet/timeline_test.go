package main

import (
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/sim"
)

func moment(tb testing.TB, s string) time.Time {
	tb.Helper()
	at, err := parseMoment(s)
	if err != nil {
		tb.Fatal(err)
	}
	return at
}

// What the record says is what the fleet looks like, from the hour on in which
// somebody who looks each full hour would have found it.
func TestTimeline_scenes(t *testing.T) {
	line, err := officialTimeline()
	if err != nil {
		t.Fatal(err)
	}
	const all, v18, v21 = "takes MSNP8, 11–12, 14–16, 18, 21", "takes MSNP8, 11–12, 14–16, 18, 21–22", "takes MSNP21–22"
	for _, tt := range []struct{ at, port, want string }{
		{"2014-11-01T00:00", "64.4.45.62:1863", all},
		{"2014-11-01T00:00", "64.4.45.62:443", v18},
		{"2014-12-01T00:29", "64.4.45.62:1863", all},
		{"2014-12-01T00:30", "64.4.45.62:1863", "closed"},
		{"2014-12-01T00:30", "64.4.45.62:80", all},
		{"2015-02-26T00:00", "64.4.45.62:443", v18},
		{"2015-02-26T01:00", "64.4.45.62:443", v21},
		{"2015-02-26T01:00", "157.56.122.81:443", v18}, // db3 went on
		{"2015-03-12", "157.56.122.81:443", v21},
		{"2015-03-12", "157.56.126.33:80", "closed"},
		{"2015-04-30", "157.56.122.81:443", v21}, // nobody asked about MSNP18 any more
		{"2015-06-18T12:00", "64.4.45.62:443", "gone"},
		{"2015-06-21T00:00", "64.4.45.62:443", "gone"},
		{"2015-06-21T01:00", "64.4.45.62:443", v21},
		{"2016-02-04", "157.56.108.81:443", v21},
		{"2016-02-04", "65.52.108.75:443", "gone"}, // not listed yet
		{"2016-02-05T00:00", "157.56.108.81:443", "gone"},
		{"2016-02-05T00:00", "65.52.108.75:443", v21},
		{"2016-02-05T00:00", "65.52.108.75:80", "closed"}, // nobody ever found it open
		{"2016-06-01", "64.4.45.62:80", "closed"},         // nor was it asked any more
		{"2017-03-21T00:00", "login.live.com:443", "open"},
		{"2017-03-21T01:00", "login.live.com:443", "gone"},
		{"2017-03-22T01:00", "login.live.com:443", "open"},
		{"2017-05-18T16:34", "40.77.226.205:443", v21},
		{"2017-05-18T16:35", "40.77.226.205:443", "gone"},
	} {
		if got := look(line.scene(moment(t, tt.at)), tt.port); got != tt.want {
			t.Errorf("%s: %s: got %s, want %s", tt.at, tt.port, got, tt.want)
		}
	}
}

// The shares of the record are played by as many servers as its replay counts.
func TestTimeline_shares(t *testing.T) {
	line, err := officialTimeline()
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]int{"2015-02-25": 277, "2015-02-26": 97, "2015-03-12": 0} {
		n, servers := 0, make(map[deadyet.ServerID]bool)
		scene := line.scene(moment(t, at))
		for _, s := range line.spots {
			role := s.server.LastListing().Role
			counts := role == deadyet.RoleMain || role == deadyet.RoleInternal
			if counts && !servers[s.server.ID] && strings.Contains(look(scene, s.logical), "18, 21") {
				servers[s.server.ID] = true
				n++
			}
		}
		if n != want {
			t.Errorf("%s: %d servers take MSNP18, want %d", at, n, want)
		}
	}
}

func TestTimeline_difference(t *testing.T) {
	line, err := officialTimeline()
	if err != nil {
		t.Fatal(err)
	}
	got := line.difference(moment(t, "2014-12-08"), moment(t, "2014-12-09"))
	want := []string{
		"db3 main, tcp:1863: closed, before: takes MSNP8, 11–12, 14–16, 18, 21 (157.56.122.81, 157.56.123.81)",
		"entry, tcp:1863: closed, before: takes MSNP8, 11–12, 14–16, 18, 21 (messenger.hotmail.com)",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if got := line.difference(moment(t, "2014-12-09"), moment(t, "2014-12-09")); len(got) != 0 {
		t.Errorf("nothing happened: got %q", got)
	}
}

func TestMove_toAnotherTime(t *testing.T) {
	then, now := time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC), day(t, "2015-02-26")
	tr := &deadyet.Transcript{Began: then.Add(time.Second)}
	reading := func() deadyet.Reading { return deadyet.Reading{Began: then.Add(2 * time.Second), Transcript: tr} }
	r := deadyet.Round{
		Began: then, Ended: then.Add(5 * time.Second), Findings: []deadyet.Finding{{At: then}},
		Observations: []deadyet.Observation{{Readings: []deadyet.Reading{reading(), reading()}}},
	}
	move(&r, now)
	for what, got := range map[string]time.Duration{
		"the round":      r.Began.Sub(now),
		"its end":        r.Ended.Sub(now) - 5*time.Second,
		"a finding":      r.Findings[0].At.Sub(now),
		"a reading":      r.Observations[0].Readings[1].Began.Sub(now) - 2*time.Second,
		"its transcript": tr.Began.Sub(now) - time.Second,
	} {
		if got != 0 {
			t.Errorf("%s is off by %s", what, got)
		}
	}
}

func TestPace_moments(t *testing.T) {
	from, to := moment(t, "2015-02-20T00:00"), moment(t, "2015-02-28T00:00")
	events := []time.Time{moment(t, "2014-12-01T00:30"), moment(t, "2015-02-24T00:30"), moment(t, "2015-02-24T02:00")}
	for _, tt := range []struct {
		name string
		pace pace
		want string // days and hours
	}{
		{"daily at noon, hourly around events", pace{time.Hour, 2 * time.Hour, 1}, "20/00 20/12 21/12 22/12 23/12 24/00 24/01 24/02 24/03 24/04 25/12 26/12 27/12"},
		{"quiet days are few", pace{0, time.Hour, 3}, "20/00 22/12 24/01 24/02 24/03 27/12"},
	} {
		var got []string
		for _, m := range tt.pace.moments(events, from, to) {
			got = append(got, m.Format("02/15"))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, strings.Join(got, " "), tt.want)
		}
	}
}

func TestTimeline_allServersAreThereOnce(t *testing.T) {
	line, err := officialTimeline()
	if err != nil {
		t.Fatal(err)
	}
	fleet, err := sim.Start(line.servers(), sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer fleet.Close()
	if got, want := len(fleet.Logical()), len(line.spots); got != want {
		t.Errorf("%d ports are simulated, want %d", got, want)
	}
	if err := fleet.Play(line.scene(moment(t, "2015-02-26"))); err != nil {
		t.Error(err)
	}
}
