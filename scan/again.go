package scan

import (
	"slices"

	"deadyet"
)

// Tries is how often a check is asked at most in one round.
const Tries = 3

// conclude makes an observation out of the readings of one check. last is what
// was found last, nil if nothing was. again reports that one more try is
// needed before it counts.
//
// An answer equal to the last finding is final. One that differs is asked
// twice more and must win all three. Where nothing is known yet, what the
// server said in words is final, and so is a hang-up; a refused or reset
// connection is confirmed once, and silence is tried three times.
func conclude(readings []deadyet.Reading, last *deadyet.Outcome) (o deadyet.Observation, again bool) {
	first := readings[0]
	o = deadyet.Observation{
		Check: first.Check, Answer: first.Answer, Stage: first.Stage,
		Failure: first.Failure, Derived: first.Derived, Readings: readings,
	}
	if first.Answer == deadyet.AnswerUnasked || (last != nil && outcome(first) == *last) {
		return o, false
	}
	said := spoken(readings)
	if last != nil {
		return differing(o, said, *last)
	}
	if len(readings) < needed(first) && !anyYes(said) {
		return o, true
	}
	return settle(o, said), false
}

// needed returns how many tries a first reading wants where nothing is known.
func needed(r deadyet.Reading) int {
	switch {
	case r.Answer == deadyet.AnswerYes,
		r.Failure.Kind == deadyet.FailureVersionRefused,
		r.Failure.Kind == deadyet.FailureOtherVersion,
		r.Failure.Kind == deadyet.FailureEcho,
		r.Failure.Kind == deadyet.FailureControlAccepted,
		r.Failure.Kind == deadyet.FailureForeignService,
		r.Failure.Kind == deadyet.FailureTLSAlert:
		return 1
	case r.Failure.Kind == deadyet.FailureRefused, r.Failure.Kind == deadyet.FailureReset:
		return 2
	case r.Failure.Kind == deadyet.FailureClosed:
		return 1 // no packet loss looks like a hang-up, and each version was asked alone
	}
	return Tries
}

func anyYes(readings []deadyet.Reading) bool {
	return slices.ContainsFunc(readings, func(r deadyet.Reading) bool { return r.Answer == deadyet.AnswerYes })
}

// differing handles a first reading that is not what was found last.
func differing(o deadyet.Observation, said []deadyet.Reading, last deadyet.Outcome) (deadyet.Observation, bool) {
	n := len(o.Readings)
	latest := o.Readings[n-1]
	if outcome(latest) == last || latest.Answer == deadyet.AnswerUnasked {
		return settle(o, said), false
	}
	if n < Tries {
		return o, true
	}
	for _, r := range o.Readings[1:] {
		if outcome(r) != outcome(o.Readings[0]) {
			return disagree(o), false
		}
	}
	return o, false
}

// settle decides between readings: silence gives way to anything that was
// said, since a lost packet looks the same; all that was said must agree.
func settle(o deadyet.Observation, said []deadyet.Reading) deadyet.Observation {
	if len(said) == 0 {
		return o
	}
	for _, r := range said[1:] {
		if outcome(r) != outcome(said[0]) {
			return disagree(o)
		}
	}
	r := said[0]
	o.Answer, o.Stage, o.Failure, o.Derived = r.Answer, r.Stage, r.Failure, r.Derived
	return o
}

func disagree(o deadyet.Observation) deadyet.Observation {
	last := o.Last()
	o.Answer, o.Stage = deadyet.AnswerUnclear, last.Stage
	o.Failure = deadyet.Failure{Stage: last.Failure.Stage, Kind: deadyet.FailureDisagree, Detail: verdicts(o.Readings)}
	return o
}

// verdicts lists the answers of the tries: "no, yes, no".
func verdicts(readings []deadyet.Reading) (s string) {
	for i, r := range readings {
		if i > 0 {
			s += ", "
		}
		s += r.Answer.String()
	}
	return s
}

// spoken returns the readings that are neither silent nor unasked.
func spoken(readings []deadyet.Reading) (said []deadyet.Reading) {
	for _, r := range readings {
		if r.Answer != deadyet.AnswerSilent && r.Answer != deadyet.AnswerUnasked {
			said = append(said, r)
		}
	}
	return said
}

func outcome(r deadyet.Reading) deadyet.Outcome {
	return deadyet.MakeOutcome(r.Answer, r.Stage, r.Failure)
}
