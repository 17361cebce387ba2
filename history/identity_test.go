package history_test

import (
	"testing"

	"deadyet"
)

// Who answers counts for equality, and begins a run of its own each time.
func TestExtend_identity(t *testing.T) {
	of := func(f deadyet.Fingerprint) deadyet.Outcome {
		return deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageGreet}.Of(f, "")
	}
	old, fresh, third := of("service=msnp; product=nginx"), of("service=msnp; product=Caddy"), of("service=msnp; product=Envoy")
	stranger := deadyet.Outcome{Answer: deadyet.AnswerUnclear, Failure: deadyet.FailureRepurposed}.Of(old.Identity, "")
	for _, tt := range []struct {
		name  string
		found []deadyet.Outcome // an hour apart
		open  deadyet.Outcome
		news  int
	}{
		{"the same", []deadyet.Outcome{old, old, old, old}, old, 0},
		{"another program, found three times in two hours", []deadyet.Outcome{old, fresh, fresh, fresh}, fresh, 0},
		{"not yet", []deadyet.Outcome{old, fresh, fresh}, old, 0},
		{"each time another one", []deadyet.Outcome{old, fresh, third, fresh, third}, old, 0},
		{"somebody else", []deadyet.Outcome{old, stranger, stranger, stranger}, stranger, 1},
		{"somebody else, and back", []deadyet.Outcome{old, stranger, stranger, stranger, old, old, old}, old, 2},
		{"somebody else once", []deadyet.Outcome{old, stranger, old, old}, old, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var fs []deadyet.Finding
			for h, o := range tt.found {
				fs = append(fs, finding(float64(h), o))
			}
			s, _, changes := replay(fs, confirm)
			news := 0
			for i := range changes {
				if changes[i].News() {
					news++
				}
			}
			if s.Open.Outcome != tt.open || news != tt.news {
				t.Errorf("got %+v and %d changes that can be news, want %+v and %d", s.Open.Outcome, news, tt.open, tt.news)
			}
		})
	}
}
