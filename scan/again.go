package scan

import (
	"slices"
	"strings"

	"deadyet"
)

// Tries is how often a check is asked at most in one round.
const Tries = 3

// conclude draws o's conclusion from its readings, of which there is at least
// one. last is what was found last, nil if nothing was. It reports whether one
// more try is needed before the conclusion counts.
//
// An answer equal to the last finding is final. One that differs is asked
// twice more and must win all three. Where nothing is known yet, what the
// server said in words is final, and so is a hang-up; a refused or reset
// connection is confirmed once, and silence is tried three times.
func conclude(o *deadyet.Observation, last *deadyet.Outcome) (again bool) {
	first := &o.Readings[0]
	take(o, first)
	if first.Answer == deadyet.AnswerUnasked || (last != nil && outcome(first) == *last) {
		return false
	}
	said := spoken(o.Readings)
	if last != nil {
		return differing(o, said, *last)
	}
	if len(o.Readings) < needed(first) && !anyYes(said) {
		return true
	}
	settle(o, said)
	return false
}

// needed returns how many tries a first reading wants where nothing is known.
func needed(r *deadyet.Reading) int {
	switch {
	case r.Answer == deadyet.AnswerYes:
		return 1
	case r.Failure.Kind == deadyet.FailureRefused, r.Failure.Kind == deadyet.FailureReset:
		return 2
	}
	switch r.Failure.Kind {
	case deadyet.FailureVersionRefused, deadyet.FailureOtherVersion, deadyet.FailureEcho,
		deadyet.FailureControlAccepted, deadyet.FailureForeignService, deadyet.FailureTLSAlert,
		deadyet.FailureClosed: // no packet loss looks like a hang-up, and each version was asked alone
		return 1
	}
	return Tries
}

func anyYes(readings []*deadyet.Reading) bool {
	return slices.ContainsFunc(readings, func(r *deadyet.Reading) bool { return r.Answer == deadyet.AnswerYes })
}

// differing handles a first reading that is not what was found last.
func differing(o *deadyet.Observation, said []*deadyet.Reading, last deadyet.Outcome) (again bool) {
	n := len(o.Readings)
	latest := &o.Readings[n-1]
	switch {
	case latest.Answer == deadyet.AnswerUnasked:
		take(o, latest) // it has not won all three
		return false
	case outcome(latest) == last:
		settle(o, said)
		return false
	}
	if n < Tries {
		return true
	}
	for i := range o.Readings {
		if outcome(&o.Readings[i]) != outcome(&o.Readings[0]) {
			disagree(o)
			return false
		}
	}
	return false
}

// settle decides between readings: silence gives way to anything that was
// said, since a lost packet looks the same; all that was said must agree.
func settle(o *deadyet.Observation, said []*deadyet.Reading) {
	if len(said) == 0 {
		return
	}
	for _, r := range said[1:] {
		if outcome(r) != outcome(said[0]) {
			disagree(o)
			return
		}
	}
	take(o, said[0])
}

// take makes a reading the conclusion.
func take(o *deadyet.Observation, r *deadyet.Reading) {
	o.Answer, o.Stage, o.Failure, o.Derived = r.Answer, r.Stage, r.Failure, r.Derived
}

func disagree(o *deadyet.Observation) {
	last := &o.Readings[len(o.Readings)-1]
	o.Answer, o.Stage = deadyet.AnswerUnclear, last.Stage
	o.Failure = deadyet.Failure{Stage: last.Failure.Stage, Kind: deadyet.FailureDisagree, Detail: answers(o.Readings)}
}

// answers lists those of the tries: "no, yes, no".
func answers(readings []deadyet.Reading) string {
	words := make([]string, len(readings))
	for i := range readings {
		words[i] = readings[i].Answer.String()
	}
	return strings.Join(words, ", ")
}

// spoken returns the readings that are neither silent nor unasked.
func spoken(readings []deadyet.Reading) (said []*deadyet.Reading) {
	for i := range readings {
		if r := &readings[i]; r.Answer != deadyet.AnswerSilent && r.Answer != deadyet.AnswerUnasked {
			said = append(said, r)
		}
	}
	return said
}

func outcome(r *deadyet.Reading) deadyet.Outcome {
	return deadyet.MakeOutcome(r.Answer, r.Stage, r.Failure)
}
