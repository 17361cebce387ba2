package sqlite_test

import (
	"bytes"
	"testing"
	"time"

	"deadyet"
	"deadyet/store/sqlite"
)

func someSums() (all []deadyet.Rollup) {
	r := deadyet.Rollup{Rounds: 24, Connections: 72, Answers: deadyet.Tally{0, 480, 96, 1, 300}}
	all = append(all, deadyet.Rollup{}, r)
	for _, d := range []time.Duration{1, 79_000, 80_000, 80_001, 81_000, 3_000_000} {
		r.Latency.Add(d * time.Microsecond)
	}
	return append(all, r)
}

func TestSums_AreReadAsWritten(t *testing.T) {
	for _, want := range someSums() {
		b := sqlite.AppendSums(nil, &want)
		var got deadyet.Rollup
		rest, err := sqlite.TakeSums(append(b, "behind"...), &got)
		if err != nil || got != want || string(rest) != "behind" {
			t.Errorf("got %+v, %q, %v, want %+v", got, rest, err, want)
		}
		if len(b) > 30 {
			t.Errorf("%d bytes for %+v", len(b), want)
		}
	}
}

// What can be read is written in the same bytes again.
func FuzzSums(f *testing.F) {
	for _, r := range someSums() {
		f.Add(sqlite.AppendSums(nil, &r))
	}
	f.Add([]byte{0x80, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		var r deadyet.Rollup
		rest, err := sqlite.TakeSums(b, &r)
		if err != nil {
			return
		}
		if again := append(sqlite.AppendSums(nil, &r), rest...); !bytes.Equal(again, b) {
			t.Errorf("read %x as %+v, and wrote %x", b, r, again)
		}
	})
}
