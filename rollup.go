package deadyet

import "time"

// Rollup sums up what the rounds of one vantage found at a server on a UTC day, or
// in a month.
type Rollup struct {
	Server  ServerID
	Vantage VantageID
	Day     Day  // the day, or the first one of the month
	Month   bool // of the whole month, not of the day alone

	Rounds      int // that had a finding of the server
	Connections int // that they made for it
	Answers     Tally
	Latency     Latency
}

// Tally counts findings by their answer.
type Tally [5]int

// Count returns how many findings there were.
func (t Tally) Count() (n int) {
	for _, c := range t {
		n += c
	}
	return n
}

// Start returns the first moment of the day or the month.
func (r *Rollup) Start() time.Time { return r.Day.Start() }

// End returns the first moment behind it.
func (r *Rollup) End() time.Time {
	if r.Month {
		return r.Day.Start().AddDate(0, 1, 0)
	}
	return r.Day.End()
}

// Period returns the day or the month as it is written: 2006-01-02 or 2006-01.
func (r *Rollup) Period() string {
	if r.Month {
		return r.Day.Start().Format("2006-01")
	}
	return r.Day.String()
}

// Merge adds what q sums up to r, which keeps its own day or month.
func (r *Rollup) Merge(q *Rollup) {
	r.Rounds += q.Rounds
	r.Connections += q.Connections
	for i, n := range q.Answers {
		r.Answers[i] += n
	}
	r.Latency.Merge(q.Latency)
}

// RollupDays is for how many days at least there is a roll-up for each day. Of what
// is older, those of a month are one.
const RollupDays = 90

// Daily returns the first day that still has a roll-up of its own on day d: months
// are packed when all of their days are old enough.
func (d Day) Daily() Day { return Day{d.t.AddDate(0, 0, -RollupDays)}.MonthStart() }

// MonthStart returns the first day of the month of d.
func (d Day) MonthStart() Day { return Day{d.t.AddDate(0, 0, 1-d.t.Day())} }
