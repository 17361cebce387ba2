package scan

import (
	"testing"

	"deadyet"
)

// try makes a reading out of a few letters: y(es at version), Y(es at login),
// n(o, refused in words), r(efused connection), s(ilent), c(losed), u(nasked).
func try(letter rune) deadyet.Reading {
	switch letter {
	case 'y':
		return deadyet.Reading{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	case 'Y':
		return deadyet.Reading{Answer: deadyet.AnswerYes, Stage: deadyet.StageLogin}
	case 'n':
		return deadyet.Reading{Answer: deadyet.AnswerNo, Failure: deadyet.Failure{Kind: deadyet.FailureVersionRefused}}
	case 'r':
		return deadyet.Reading{Answer: deadyet.AnswerNo, Failure: deadyet.Failure{Kind: deadyet.FailureRefused}}
	case 's':
		return deadyet.Reading{Answer: deadyet.AnswerSilent, Failure: deadyet.Failure{Kind: deadyet.FailureTimeout}}
	case 'c':
		return deadyet.Reading{Answer: deadyet.AnswerUnclear, Failure: deadyet.Failure{Kind: deadyet.FailureClosed}}
	}
	return deadyet.Reading{Failure: deadyet.Failure{Kind: deadyet.FailureOverBudget}}
}

func TestConclude(t *testing.T) {
	tests := []struct {
		name  string
		last  rune // 0: nothing is known
		tries string
		want  deadyet.Answer
		kind  deadyet.FailureKind
		used  int
	}{
		{"a yes is final where nothing is known", 0, "y", deadyet.AnswerYes, "", 1},
		{"a refusal in words is final", 0, "n", deadyet.AnswerNo, deadyet.FailureVersionRefused, 1},
		{"a refused connection is confirmed once", 0, "rr", deadyet.AnswerNo, deadyet.FailureRefused, 2},
		{"silence is tried three times", 0, "sss", deadyet.AnswerSilent, deadyet.FailureTimeout, 3},
		{"a lost packet does not hide a yes", 0, "sy", deadyet.AnswerYes, "", 2},
		{"a hang-up is final", 0, "c", deadyet.AnswerUnclear, deadyet.FailureClosed, 1},
		{"no and then yes disagree", 0, "ry", deadyet.AnswerUnclear, deadyet.FailureDisagree, 2},
		{"over budget asks no more", 0, "u", deadyet.AnswerUnasked, deadyet.FailureOverBudget, 1},
		{"what equals the last finding is final", 's', "s", deadyet.AnswerSilent, deadyet.FailureTimeout, 1},
		{"what differs must win all three", 'y', "nnn", deadyet.AnswerNo, deadyet.FailureVersionRefused, 3},
		{"another stage differs too", 'Y', "yyy", deadyet.AnswerYes, "", 3},
		{"silence that was loss is forgotten", 'y', "sy", deadyet.AnswerYes, "", 2},
		{"a no between two yes is unclear", 'y', "ny", deadyet.AnswerUnclear, deadyet.FailureDisagree, 2},
		{"three tries that differ are unclear", 'y', "snn", deadyet.AnswerUnclear, deadyet.FailureDisagree, 3},
		{"one try does not win for three when the budget ends", 'y', "nu", deadyet.AnswerUnasked, deadyet.FailureOverBudget, 2},
		{"two tries do not either", 'y', "nnu", deadyet.AnswerUnasked, deadyet.FailureOverBudget, 3},
		{"a resurrection must win all three", 's', "yyy", deadyet.AnswerYes, "", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var last *deadyet.Outcome
			if tt.last != 0 {
				r := try(tt.last)
				o := outcome(&r)
				last = &o
			}
			var o deadyet.Observation
			for i, l := range tt.tries {
				o.Readings = append(o.Readings, try(l))
				again := conclude(&o, last)
				if done := i+1 == tt.used; again == done {
					t.Fatalf("after %d tries again = %v", i+1, again)
				} else if done && (o.Answer != tt.want || o.Failure.Kind != tt.kind) {
					t.Errorf("got %s/%s, want %s/%s", o.Answer, o.Failure.Kind, tt.want, tt.kind)
				}
			}
		})
	}
}
