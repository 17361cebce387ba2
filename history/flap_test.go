package history_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"deadyet"
	"deadyet/history"
)

// run is a run of findings from hour a to hour b.
func run(a, b float64, o deadyet.Outcome) history.Flap {
	return history.Flap{Check: check, Outcome: o, Since: hour(a), Until: hour(b), Runs: 1}
}

func TestFlaps(t *testing.T) {
	flap := func(a, b float64, o deadyet.Outcome, runs int) history.Flap {
		f := run(a, b, o)
		f.Runs = runs
		return f
	}
	other := func(f history.Flap) history.Flap {
		f.Check.Version = "MSNP18"
		return f
	}
	for _, tt := range []struct {
		name string
		runs []history.Flap
		want []history.Flap
	}{
		{"nothing makes nothing", nil, nil},
		{"a run is a flap", []history.Flap{run(1, 2, silent)}, []history.Flap{run(1, 2, silent)}},
		{"runs of a night are one", []history.Flap{run(1, 2, silent), run(4, 4, silent), run(7, 8, silent)}, []history.Flap{flap(1, 8, silent, 3)}},
		{"quiet for just as long is not too long", []history.Flap{run(1, 2, silent), run(5, 5, silent)}, []history.Flap{flap(1, 5, silent, 2)}},
		{"quiet for longer is", []history.Flap{run(1, 2, silent), run(5.1, 6, silent)}, []history.Flap{run(1, 2, silent), run(5.1, 6, silent)}},
		{"the outcome is that of the first", []history.Flap{run(3, 3, refused), run(1, 1, silent)}, []history.Flap{flap(1, 3, silent, 2)}},
		{"the longest ends last", []history.Flap{run(1, 9, silent), run(2, 3, silent), run(11, 11, silent)}, []history.Flap{flap(1, 11, silent, 3)}},
		{"each check has its own, in order", []history.Flap{run(1, 1, silent), other(run(2, 2, silent)), run(3, 3, silent)}, []history.Flap{other(run(2, 2, silent)), flap(1, 3, silent, 2)}},
		{"flaps merge as well", []history.Flap{flap(1, 4, silent, 3), flap(6, 9, refused, 2)}, []history.Flap{flap(1, 9, silent, 5)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			given := slices.Clone(tt.runs)
			if got := history.Flaps(tt.runs, 3*time.Hour); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if !reflect.DeepEqual(tt.runs, given) {
				t.Errorf("what was given has changed: %+v", tt.runs)
			}
		})
	}
}

// runs draws runs of two checks in any order.
func runs(t *rapid.T) []history.Flap {
	fs := make([]history.Flap, rapid.IntRange(0, 30).Draw(t, "runs"))
	for i := range fs {
		at := rapid.IntRange(0, 60).Draw(t, "since")
		fs[i] = run(float64(at), float64(at+rapid.IntRange(0, 5).Draw(t, "hours")), rapid.SampledFrom([]deadyet.Outcome{yes, login, refused, reset, silent, unclear}).Draw(t, "outcome"))
		fs[i].Check.Version = rapid.SampledFrom([]deadyet.Version{"MSNP18", "MSNP21"}).Draw(t, "version")
	}
	return fs
}

func TestFlaps_laws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := runs(t)
		quiet := time.Duration(rapid.IntRange(0, 6).Draw(t, "quiet")) * time.Hour
		want := history.Flaps(all, quiet)
		same := func(what string, got []history.Flap) {
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: got %+v, want %+v", what, got, want)
			}
		}
		same("merged again", history.Flaps(want, quiet))
		same("in another order", history.Flaps(rapid.Permutation(all).Draw(t, "order"), quiet))
		var steps []history.Flap
		for rest := all; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "at once")
			steps, rest = history.Flaps(append(steps, rest[:n]...), quiet), rest[n:]
		}
		same("step by step", steps)
		coversRuns(t, want, all, quiet)
	})
}

// coversRuns: each run lies within one flap of its check, none is lost, and
// flaps of one check are further apart than quiet.
func coversRuns(t *rapid.T, flaps, all []history.Flap, quiet time.Duration) {
	left := 0
	for i, f := range flaps {
		left += f.Runs
		if i > 0 && flaps[i-1].Check == f.Check && f.Since.Sub(flaps[i-1].Until) <= quiet {
			t.Fatalf("flaps %d and %d are one: %+v", i-1, i, flaps)
		}
	}
	for _, r := range all {
		n := 0
		for _, f := range flaps {
			if f.Check == r.Check && !r.Since.Before(f.Since) && !r.Until.After(f.Until) {
				n++
			}
		}
		if left--; n != 1 {
			t.Fatalf("run %+v lies within %d of %+v", r, n, flaps)
		}
	}
	if left != 0 {
		t.Fatalf("%d runs too many or too few in %+v", left, flaps)
	}
}
