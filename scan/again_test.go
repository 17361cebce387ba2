package scan

import (
	"testing"

	"deadyet"
)

// try makes a reading out of a few letters: y(es at version), Y(es at login),
// n(o, refused in words), r(efused connection), R(eset), s(ilent), S(ilent since
// nothing is there), c(losed), C(losed on this version alone), m(alformed),
// u(nasked because of the budget), e (our own machine).
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
	case 'R':
		return deadyet.Reading{Answer: deadyet.AnswerNo, Failure: deadyet.Failure{Kind: deadyet.FailureReset}}
	case 's':
		return deadyet.Reading{Answer: deadyet.AnswerSilent, Failure: deadyet.Failure{Kind: deadyet.FailureTimeout}}
	case 'S':
		return deadyet.Reading{Answer: deadyet.AnswerSilent, Failure: deadyet.Failure{Kind: deadyet.FailureUnreachable}}
	case 'c':
		return deadyet.Reading{Answer: deadyet.AnswerUnclear, Failure: deadyet.Failure{Kind: deadyet.FailureClosed}}
	case 'C':
		return deadyet.Reading{Answer: deadyet.AnswerNo, Failure: deadyet.Failure{Kind: deadyet.FailureClosed}}
	case 'e':
		return deadyet.Reading{Failure: deadyet.Failure{Kind: deadyet.FailureUnknown, Detail: "our own machine"}}
	case 'm':
		return deadyet.Reading{Answer: deadyet.AnswerUnclear, Failure: deadyet.Failure{Kind: deadyet.FailureMalformed}}
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
		{"a hang-up is tried three times", 0, "ccc", deadyet.AnswerUnclear, deadyet.FailureClosed, 3},
		{"a hang-up on one version alone is confirmed once", 0, "CC", deadyet.AnswerNo, deadyet.FailureClosed, 2},
		{"a hang-up that does not come again is unclear", 0, "Cy", deadyet.AnswerUnclear, deadyet.FailureDisagree, 2},
		{"no and then yes disagree", 0, "ry", deadyet.AnswerUnclear, deadyet.FailureDisagree, 2},
		{"a reset is tried three times", 0, "RRR", deadyet.AnswerNo, deadyet.FailureReset, 3},
		{"resets and then a refusal are a no", 0, "RRr", deadyet.AnswerNo, deadyet.FailureReset, 3},
		{"a reset and a yes disagree", 0, "Ry", deadyet.AnswerUnclear, deadyet.FailureDisagree, 2},
		{"silence gives way to two ways of saying no", 0, "srR", deadyet.AnswerNo, deadyet.FailureRefused, 3},
		{"over budget asks no more", 0, "u", deadyet.AnswerUnasked, deadyet.FailureOverBudget, 1},
		{"what equals the last finding is final", 's', "s", deadyet.AnswerSilent, deadyet.FailureTimeout, 1},

		{"silence that was loss is forgotten", 'y', "sy", deadyet.AnswerYes, "", 2},
		{"a no between two yes is forgotten", 'y', "ny", deadyet.AnswerYes, "", 2},
		{"two wrong tries are forgotten as well", 'y', "ncy", deadyet.AnswerYes, "", 3},
		{"a yes at another stage is forgotten", 'Y', "yY", deadyet.AnswerYes, "", 2},
		{"another way of saying no is forgotten", 'n', "rn", deadyet.AnswerNo, deadyet.FailureVersionRefused, 2},
		{"a yes between two silences is forgotten", 's', "ys", deadyet.AnswerSilent, deadyet.FailureTimeout, 2},

		{"what differs must win all three", 'y', "nnn", deadyet.AnswerNo, deadyet.FailureVersionRefused, 3},
		{"another stage differs too", 'Y', "yyy", deadyet.AnswerYes, "", 3},
		{"another kind of failure differs too", 'n', "rrr", deadyet.AnswerNo, deadyet.FailureRefused, 3},
		{"a resurrection must win all three", 's', "yyy", deadyet.AnswerYes, "", 3},
		{"of several kinds of failure the most frequent one", 'y', "rRR", deadyet.AnswerNo, deadyet.FailureReset, 3},
		{"and the earliest where none is", 'y', "Rrn", deadyet.AnswerNo, deadyet.FailureReset, 3},
		{"so too of silences", 'y', "sSS", deadyet.AnswerSilent, deadyet.FailureUnreachable, 3},
		{"so too of what can't be trusted", 'y', "mcc", deadyet.AnswerUnclear, deadyet.FailureClosed, 3},

		{"silence gives way to what was said twice", 'y', "rsr", deadyet.AnswerNo, deadyet.FailureRefused, 3},
		{"silence gives way to what was said once", 'y', "ssn", deadyet.AnswerNo, deadyet.FailureVersionRefused, 3},
		{"silence gives way to a resurrection", 'n', "sys", deadyet.AnswerYes, "", 3},
		{"silence gives way to two ways of saying no when something is known", 'y', "Rsr", deadyet.AnswerNo, deadyet.FailureReset, 3},

		{"tries that say different things are unclear", 'y', "nnc", deadyet.AnswerUnclear, deadyet.FailureDisagree, 3},
		{"silence settles nothing between them", 's', "nSy", deadyet.AnswerUnclear, deadyet.FailureDisagree, 3},
		{"two stages of a yes are unclear", 'n', "yYy", deadyet.AnswerUnclear, deadyet.FailureDisagree, 3},

		{"one try does not win for three when the budget ends", 'y', "nu", deadyet.AnswerUnasked, deadyet.FailureOverBudget, 2},
		{"two tries do not either", 'y', "nnu", deadyet.AnswerUnasked, deadyet.FailureOverBudget, 3},
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

// What was read stays, whatever was concluded: it is the evidence.
func TestConclude_keepsTheTriesThatDiffered(t *testing.T) {
	last := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	var o deadyet.Observation
	for _, l := range "nyy" {
		r := try(l)
		r.Derived = l == 'n'
		if o.Readings = append(o.Readings, r); !conclude(&o, &last) {
			break
		}
	}
	if o.Tries() != 2 || o.Readings[0].Answer != deadyet.AnswerNo || !o.Failure.IsZero() || o.Derived {
		t.Errorf("got %+v, want a yes with both of its tries and nothing of the first", o)
	}
	if f := Agree(noon, 1, []deadyet.Observation{o})[0]; f.Outcome != last || f.Tries != 2 {
		t.Errorf("finding: got %v after %d tries, want %v after 2", f.Outcome, f.Tries, last)
	}
}

func TestConclude_saysHowTheTriesDisagreed(t *testing.T) {
	last := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	var o deadyet.Observation
	for _, l := range "nsc" {
		o.Readings = append(o.Readings, try(l))
		conclude(&o, &last)
	}
	if want := "no, silent, unclear"; o.Failure.Detail != want {
		t.Errorf("got %q, want %q", o.Failure.Detail, want)
	}
}
