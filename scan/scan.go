// Package scan plans a round as data, and then runs it.
//
// [MakePlan] is pure: from the subject, what was found last, and what is left
// of the budgets it decides which checks are due, in which order, at which
// host, with how many connections. A [Runner] carries the plan out: one
// connection at a time to a host that is not ours, servers that are suspected
// to be dead in a lane of their own, answers that differ from the last finding
// asked again, and a look at the canary that tells whether our own line is
// good. What comes out is a [deadyet.Round], in which every planned check has
// an observation. [Schedule] does so again and again.
//
//	plan := scan.MakePlan(scan.Input{Subject: subject, Now: time.Now()})
//	round, err := scan.Runner{Prober: prober}.Run(ctx, plan, 1)
//
// The package knows no protocol: it is given a [Prober]. It keeps nothing: it
// is given a [Recorder].
package scan

import (
	"context"

	"deadyet"
)

// Prober asks the checks of one endpoint. It must be safe for concurrent use.
type Prober interface {
	// Probe returns one reading for each check. It returns an error only when
	// the question could not be asked; a server that refuses, hangs or lies is
	// described by its readings.
	Probe(ctx context.Context, t deadyet.Target, checks []deadyet.Check) ([]deadyet.Reading, error)
}

// Recorder keeps rounds.
type Recorder interface {
	// Record keeps one round. Recording the same round twice is harmless.
	Record(ctx context.Context, r deadyet.Round) error
}
