package main

import "time"

// pace says when a stage has rounds: each full hour around an event, and at
// noon of every so many days otherwise.
type pace struct {
	before, after time.Duration // around each event
	days          int           // between two quiet rounds
}

// moments returns when rounds begin, from the full hour from on until to.
func (p pace) moments(events []time.Time, from, to time.Time) (ms []time.Time) {
	quiet := from // the last round
	for t := from; !t.After(to); t = t.Add(time.Hour) {
		for len(events) > 0 && t.After(events[0].Add(p.after)) {
			events = events[1:]
		}
		near := len(events) > 0 && !t.Before(events[0].Add(-p.before))
		noon := t.Hour() == 12 && t.Sub(quiet) >= time.Duration(p.days)*24*time.Hour-12*time.Hour
		if near || noon || t.Equal(from) {
			ms, quiet = append(ms, t), t
		}
	}
	return ms
}
