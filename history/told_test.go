package history_test

import (
	"testing"

	"deadyet"
)

// What is told counts for equality. A move counts wherever it leads to each time,
// and what is seen now and then changes nothing.
func TestExtend_told(t *testing.T) {
	type heard []string
	gone := heard(nil) // the name does not exist
	for _, tt := range []struct {
		name  string
		found []heard // an hour apart
		open  deadyet.Told
		news  int
	}{
		{"the same, in another order", []heard{{"a", "b"}, {"b", "a"}, {"a", "b"}, {"b", "a"}}, "now=a, b", 0},
		{"elsewhere", []heard{{"a"}, {"b"}, {"b"}, {"b"}}, "now=b; before=a", 1},
		{"elsewhere, not yet", []heard{{"a"}, {"b"}, {"b"}}, "now=a", 0},
		{"elsewhere for a while", []heard{{"a"}, {"b"}, {"b"}, {"a"}, {"a"}}, "now=a", 0},
		{"elsewhere, and each time to another one", []heard{{"a"}, {"b"}, {"c"}, {"d"}}, "now=b; before=a", 1},
		{"there and back", []heard{{"a"}, {"b"}, {"b"}, {"b"}, {"a"}, {"a"}, {"a"}}, "turns=a, b", 1},
		{"and then to and fro", []heard{{"a"}, {"b"}, {"b"}, {"b"}, {"a"}, {"a"}, {"a"}, {"b"}, {"b"}, {"b"}, {"a"}, {"a"}, {"a"}}, "turns=a, b", 1},
		{"a part of many, another one each time", []heard{{"a", "b", "c", "d"}, {"a", "b"}, {"c", "d"}, {"b", "c"}, {"a", "d"}}, "now=a, b, c, d", 0},
		{"one more", []heard{{"a"}, {"a", "b"}, {"a", "b"}, {"a", "b"}}, "now=a, b", 0},
		{"one less", []heard{{"a", "b"}, {"b"}, {"b"}, {"b"}}, "now=b; before=a", 0},
		{"gone", []heard{{"a"}, gone, gone, gone}, "now=a", 1},
		{"gone, and elsewhere after that", []heard{{"a"}, gone, gone, gone, {"b"}, {"b"}, {"b"}}, "now=b; before=a", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var fs []deadyet.Finding
			known := deadyet.Told("")
			for h, addresses := range tt.found {
				o := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageResolve, Told: known.With(addresses)}
				if len(addresses) == 0 {
					o = deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureNameNotFound, Told: known}
				}
				fs = append(fs, finding(float64(h), o))
				s, _, _ := replay(fs, confirm)
				known = s.Open.Outcome.Told // which the next visit is told
			}
			s, _, changes := replay(fs, confirm)
			news := 0
			for i := range changes {
				if changes[i].News() {
					news++
				}
			}
			if s.Open.Outcome.Told != tt.open || news != tt.news {
				t.Errorf("got %q and %d changes that can be news, want %q and %d", s.Open.Outcome.Told, news, tt.open, tt.news)
			}
		})
	}
}
