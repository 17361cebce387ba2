package main

import (
	"context"
	"maps"
	"slices"
	"time"

	"deadyet"
	"deadyet/ledger"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/sim"
)

// stage plays a timeline: simulated servers, asked over real sockets by the
// real scanner, at moments of its own clock.
type stage struct {
	line    *timeline
	subject deadyet.Subject // as it is measured
	fleet   *sim.Fleet
	runner  scan.Runner
}

// stagePatience is how long an answer may take. Everything is on this machine;
// what is gone costs that much at each try.
const stagePatience = 200 * time.Millisecond

// stageHosts is how many hosts are asked at one time: few enough that all answer
// within the patience, however slow the machine is. Silent ones only wait.
const stageHosts, stageSuspects = 12, 64

func newStage(line *timeline, o sim.Options) (*stage, error) {
	fleet, err := sim.Start(line.servers(), o)
	if err != nil {
		return nil, err
	}
	s := &stage{line: line, subject: line.measured(), fleet: fleet}
	s.runner = scan.Runner{
		Vantage: "stage", InFlight: stageHosts, Suspects: stageSuspects,
		Prober: &probe.Prober{
			Dialer: &probe.Dialer{
				Listed: probe.Hosts(s.subject), Map: fleet.DialMap(),
				PerHost: func(string) int { return s.subject.Networks[0].PerHost },
			},
			Timeouts: probe.Timeouts{Connect: stagePatience, TLS: stagePatience, Answer: stagePatience},
			Control:  s.subject.Control,
		},
	}
	return s, nil
}

func (s *stage) Close() error { return s.fleet.Close() }

// measured is the subject of the timeline as somebody would have had it who
// asked the servers at that time: nothing of what they answered is known from
// the record. Whom they turned away can't be asked, so that stays.
func (t *timeline) measured() deadyet.Subject {
	s, n := t.recorded, t.network
	s.Simulated, s.Revisions = true, nil
	s.Record = slices.DeleteFunc(slices.Clone(s.Record), func(f deadyet.Fact) bool { return len(f.Block.Clients) == 0 })
	n.Closed, n.Interval, n.ConnectionsPerDay, n.PerHost = deadyet.Day{}, time.Hour, 1<<30, 3
	s.Networks = []deadyet.Network{n}
	return s
}

// round plays the scene of a moment, asks everybody, and keeps what was found
// as if the moment were now.
func (s *stage) round(ctx context.Context, book *ledger.Ledger, keep scan.Recorder, at time.Time) (deadyet.Round, error) {
	if err := s.fleet.Play(s.line.scene(at)); err != nil {
		return deadyet.Round{}, err
	}
	plan := scan.MakePlan(scan.Input{Subject: s.subject, Now: at, Last: memory{book}.Last})
	r, err := s.runner.Run(ctx, plan, book.Next(s.runner.Vantage))
	if err != nil {
		return deadyet.Round{}, err
	}
	move(&r, at)
	lighten(&r, plan)
	return r, keep.Record(ctx, r)
}

// lighten takes from the round the evidence of what was found as it was before.
// Of a real server a new look is kept each day; here that would be thousands of
// conversations a day which all say the same.
func lighten(r *deadyet.Round, p scan.Plan) {
	last := make(map[deadyet.Check]deadyet.Outcome)
	for _, j := range p.Jobs {
		for _, q := range j.Asks {
			maps.Copy(last, q.Last)
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if o, known := last[f.Check]; known && o == f.Outcome {
			f.Evidence = nil
		}
	}
}

// move moves a round and all that was found in it to another time.
func move(r *deadyet.Round, at time.Time) {
	by := at.Sub(r.Began)
	r.Began, r.Ended = at, r.Ended.Add(by)
	for i := range r.Findings {
		r.Findings[i].At = at
	}
	moved := make(map[*deadyet.Transcript]bool)
	for i := range r.Observations {
		for k := range r.Observations[i].Readings {
			rd := &r.Observations[i].Readings[k]
			rd.Began = rd.Began.Add(by)
			if t := rd.Transcript; t != nil && !moved[t] {
				moved[t] = true
				t.Began = t.Began.Add(by)
			}
		}
	}
}
