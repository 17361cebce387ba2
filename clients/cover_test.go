package clients

import (
	"testing"
	"time"

	"deadyet"
)

// Hosts come in any order: of two borders at one moment the same one stays.
func TestBorder_laterMindsNoOrder(t *testing.T) {
	found := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	from := func(d time.Duration) border {
		return border{nano(found), deadyet.Interval{From: found.Add(-d), To: found}}
	}
	one, two := from(time.Hour), from(2*time.Hour)
	for _, order := range [][]border{{one, two}, {two, one}} {
		b := border{at: always}
		for i := range order {
			b.later(nano(found), &order[i])
		}
		if b != two {
			t.Errorf("of %v got %v, want %v", order, b, two)
		}
	}
}
