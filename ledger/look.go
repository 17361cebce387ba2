package ledger

import (
	"slices"
	"time"

	"deadyet"
)

// Next returns the number of the vantage's next round.
func (l *Ledger) Next(v deadyet.VantageID) deadyet.RoundNumber {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.held.last[v] + 1
}

// LastRound returns when the last round that asked the network began; zero if
// none did.
func (l *Ledger) LastRound(n deadyet.NetworkID) time.Time {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.held.lastRound(n)
}

// Spent returns what was spent on the day d, as far as rounds were recorded.
// At least the last two days are known.
func (l *Ledger) Spent(d deadyet.Day) []deadyet.Spent {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var out []deadyet.Spent
	for _, s := range l.held.spent {
		if s.Day == d {
			out = append(out, s)
		}
	}
	return out
}

// Last returns the outcome of the check's open span, and when the check was
// last found. Both are zero for a check that was never found; what the record
// says does not count.
func (l *Ledger) Last(id deadyet.CheckID) (deadyet.Outcome, time.Time) {
	c, err := id.Parse()
	if err != nil {
		return deadyet.Outcome{}, time.Time{}
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	t := l.held.checks[c]
	if t == nil {
		return deadyet.Outcome{}, time.Time{}
	}
	return t.kept.Open.Outcome, l.held.asked(t)
}

// Outcomes returns the outcome of the open span of every check that was ever
// found.
func (l *Ledger) Outcomes() map[deadyet.CheckID]deadyet.Outcome {
	l.mu.RLock()
	defer l.mu.RUnlock()
	out := make(map[deadyet.CheckID]deadyet.Outcome, len(l.held.checks))
	for c, t := range l.held.checks {
		out[c.ID()] = t.kept.Open.Outcome
	}
	return out
}

// Changes returns all changes that were confirmed, in their order.
func (l *Ledger) Changes() []deadyet.Change {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return slices.Clone(l.held.changes)
}
