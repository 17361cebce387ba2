package history

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// Flap is a time in which a check was found otherwise than its open span says,
// once or again and again, and never for long enough to count as a change.
type Flap struct {
	Check        deadyet.Check
	Outcome      deadyet.Outcome // of the first run
	Since, Until time.Time       // when it was first and last found otherwise
	Runs         int             // how often it was; 1 for a run of its own
}

// Flaps merges the runs of one check that follow each other closely: those that
// begin at most quiet after the last one ended, or before. A server that comes
// and goes all night has flapped once, with a beginning and an end, and not
// twenty times. The result is ordered by check and time.
//
// What was merged can be merged again, with more runs or without: the result is
// that of merging all of them at once, in any order. No run is given twice.
func Flaps(runs []Flap, quiet time.Duration) []Flap {
	var merged []Flap
	for _, f := range inOrder(runs) {
		if n := len(merged); n > 0 && follows(merged[n-1], f, quiet) {
			merged[n-1] = join(merged[n-1], f)
		} else {
			merged = append(merged, f)
		}
	}
	return merged
}

// inOrder sorts a copy by check and time. Of runs that begin together the
// outcome decides which is the first, and nothing that merging changes does.
func inOrder(runs []Flap) []Flap {
	ids := make(map[deadyet.Check]deadyet.CheckID)
	for _, f := range runs {
		if _, ok := ids[f.Check]; !ok {
			ids[f.Check] = f.Check.ID()
		}
	}
	sorted := slices.Clone(runs)
	slices.SortFunc(sorted, func(a, b Flap) int {
		return cmp.Or(cmp.Compare(ids[a.Check], ids[b.Check]), a.Since.Compare(b.Since), compareOutcomes(a.Outcome, b.Outcome))
	})
	return sorted
}

func compareOutcomes(a, b deadyet.Outcome) int {
	return cmp.Or(cmp.Compare(a.Answer, b.Answer), cmp.Compare(a.Stage, b.Stage), cmp.Compare(a.Failure, b.Failure))
}

// follows reports whether next, which does not begin before f, belongs to it.
func follows(f, next Flap, quiet time.Duration) bool {
	return next.Check == f.Check && next.Since.Sub(f.Until) <= quiet
}

// join takes next into f. A run may lie within another: what two sources saw.
func join(f, next Flap) Flap {
	f.Runs += next.Runs
	if next.Until.After(f.Until) {
		f.Until = next.Until
	}
	return f
}
