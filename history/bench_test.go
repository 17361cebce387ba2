package history_test

import (
	"fmt"
	"testing"
	"time"

	"deadyet"
	"deadyet/history"
)

// BenchmarkExtend is the common case: a round of 6,000 checks in which nothing
// has changed.
func BenchmarkExtend(b *testing.B) {
	const checks = 6000
	states := make([]history.State, checks)
	findings := make([]deadyet.Finding, checks)
	for i := range states {
		c := check
		c.Server = deadyet.MakeServerID("fleet", fmt.Sprintf("198.51.100.%d", i/6))
		c.Port = uint16(1 + i%6)
		findings[i] = deadyet.Finding{Check: c, At: hour(0), Outcome: yes, Votes: deadyet.Votes{For: 1, Of: 1}, Tries: 1}
		states[i], _, _ = history.Extend(history.State{}, findings[i], time.Time{}, confirm)
	}
	at := hour(0)
	b.ReportAllocs()
	for b.Loop() {
		previous := at
		at = at.Add(time.Hour)
		for i := range states {
			findings[i].At = at
			var change *deadyet.Change
			if states[i], _, change = history.Extend(states[i], findings[i], previous, confirm); change != nil {
				b.Fatalf("got %+v, want no change", *change)
			}
		}
	}
	b.ReportMetric(float64(b.N)*checks/b.Elapsed().Seconds(), "findings/s")
}
