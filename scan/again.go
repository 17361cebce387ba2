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
// Where something is known, a first try that differs from the last finding is
// asked twice more, and wins only if no try contradicts it:
//
//   - any try that equals the last finding (answer, stage, failure kind) ends
//     it: the last finding stands. What went wrong once and then right was
//     noise; it stays in the readings and changes nothing.
//   - so does one that differs in nothing but what is told: who tells it would
//     tell the same for a while. Rounds confirm that, not tries.
//   - a try that could not be asked ends it as unasked: it has not won all three.
//   - otherwise the three tries are settled among themselves, see [settle].
//
// Where nothing is known yet, what the server said in words is final; a refused
// connection is confirmed once, and so is a hang-up on one version by a server
// that answers others. Silence, a reset and any other hang-up are tried three
// times: a lost packet, a full queue and a machine on the way can look the
// same. Then the tries are settled as well.
func conclude(o *deadyet.Observation, last *deadyet.Outcome) (again bool) {
	first := &o.Readings[0]
	take(o, first)
	switch {
	case first.Answer == deadyet.AnswerUnasked:
		return false
	case last != nil:
		return differing(o, *last)
	case len(o.Readings) < needed(first) && !anyYes(o.Readings):
		return true
	}
	settle(o)
	return false
}

// needed returns how many tries a first reading wants where nothing is known.
func needed(r *deadyet.Reading) int {
	switch {
	case r.Answer == deadyet.AnswerYes:
		return 1
	case r.Failure.Kind == deadyet.FailureRefused,
		r.Failure.Kind == deadyet.FailureClosed && r.Answer == deadyet.AnswerNo:
		return 2
	}
	switch r.Failure.Kind {
	case deadyet.FailureVersionRefused, deadyet.FailureOtherVersion, deadyet.FailureEcho,
		deadyet.FailureControlAccepted, deadyet.FailureForeignService, deadyet.FailureTLSAlert:
		return 1
	}
	return Tries
}

func anyYes(readings []deadyet.Reading) bool {
	return slices.ContainsFunc(readings, func(r deadyet.Reading) bool { return r.Answer == deadyet.AnswerYes })
}

// differing concludes where something is known. It looks at the latest try
// only: those before it differed from the last finding, or there would be none.
func differing(o *deadyet.Observation, last deadyet.Outcome) (again bool) {
	latest := &o.Readings[len(o.Readings)-1]
	switch {
	case latest.Answer == deadyet.AnswerUnasked, found(latest, last):
		take(o, latest)
		return false
	case len(o.Readings) < Tries:
		return true
	}
	settle(o)
	return false
}

// settle decides between readings none of which is known to be right. Silence
// gives way to anything that was said, since a lost packet looks the same. What
// counts then has to agree in its answer, and in the stage of a yes, or the
// conclusion is unclear. It need not agree in the kind of failure: a server
// that resets once and refuses once has said no twice.
func settle(o *deadyet.Observation) {
	rs := counted(o.Readings)
	for _, r := range rs {
		if !outcome(r).SameNews(outcome(rs[0])) {
			disagree(o)
			return
		}
	}
	take(o, commonest(rs))
}

// commonest returns the first reading with the most frequent kind of failure,
// the earliest of those that are equally frequent.
func commonest(rs []*deadyet.Reading) *deadyet.Reading {
	best, most := rs[0], 0
	for _, r := range rs {
		n := 0
		for _, q := range rs {
			if q.Failure.Kind == r.Failure.Kind {
				n++
			}
		}
		if n > most {
			best, most = r, n
		}
	}
	return best
}

// take makes a reading the conclusion.
func take(o *deadyet.Observation, r *deadyet.Reading) {
	o.Answer, o.Stage, o.Failure, o.Identity, o.Told, o.Derived = r.Answer, r.Stage, r.Failure, r.Identity, r.Told, r.Derived
}

func disagree(o *deadyet.Observation) {
	last := &o.Readings[len(o.Readings)-1]
	o.Answer, o.Stage, o.Identity, o.Told = deadyet.AnswerUnclear, last.Stage, last.Identity, last.Told
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

// counted returns the readings that count against one another: those in which
// something was said, or, where nothing was, the silent ones. One at least was
// asked.
func counted(readings []deadyet.Reading) []*deadyet.Reading {
	var said, silent []*deadyet.Reading
	for i := range readings {
		switch r := &readings[i]; r.Answer {
		case deadyet.AnswerUnasked:
		case deadyet.AnswerSilent:
			silent = append(silent, r)
		default:
			said = append(said, r)
		}
	}
	if len(said) == 0 {
		return silent
	}
	return said
}

// found reports whether a reading finds the last outcome again, but perhaps for
// what is told.
func found(r *deadyet.Reading, last deadyet.Outcome) bool {
	return outcome(r).Of(r.Identity, last.Told) == last
}

func outcome(r *deadyet.Reading) deadyet.Outcome {
	return deadyet.MakeOutcome(r.Answer, r.Stage, r.Failure).Of(r.Identity, r.Told)
}
