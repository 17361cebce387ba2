package scan

import (
	"fmt"
	"time"

	"deadyet"
)

// Agree turns the observations of a round into findings. With one vantage a
// finding is what that vantage observed, and the votes say so: 1 of 1, or 0 of
// 0 when it could not ask and has no vote.
func Agree(at time.Time, number deadyet.RoundNumber, os []deadyet.Observation) []deadyet.Finding {
	findings := make([]deadyet.Finding, 0, len(os))
	for _, o := range os {
		last := o.Last()
		f := deadyet.Finding{
			Check: o.Check, Round: number, At: at,
			Outcome: deadyet.MakeOutcome(o.Answer, o.Stage, o.Failure).Of(o.Identity, o.Told),
			Failure: o.Failure, Tries: o.Tries(), Derived: o.Derived,
			Notes: deadyet.Notes{
				Controls: last.Controls, IgnoresOffer: last.IgnoresOffer,
				Redirects: last.Redirects, Fingerprint: last.Fingerprint, Names: last.Names,
			},
		}
		if f.Voted() {
			f.Votes = deadyet.Votes{For: 1, Of: 1}
		}
		for _, rd := range o.Readings {
			if rd.Transcript != nil {
				f.Evidence = append(f.Evidence, rd.Transcript)
			}
		}
		findings = append(findings, f)
	}
	return findings
}

// withhold takes from the findings of a round the vote that its vantage should
// not have. On a line that loses too much, that is all of them. When the canary
// failed, it is what something on the way may have said in a server's name: a
// refusal, a reset, a hang-up. What only the server itself can say stays.
func withhold(r *deadyet.Round, local map[deadyet.ServerID]bool) {
	for i := range r.Findings {
		switch f := &r.Findings[i]; {
		case !f.Voted() || local[f.Check.Server]:
		case r.Loss.Bad:
			abstain(f, deadyet.FailureLineLossy, fmt.Sprintf("%.0f %% of all packets had to be sent again", 100*r.Loss.Share()))
		case !r.Canary.Good && !ownWords(f):
			abstain(f, deadyet.FailureLineDown, "the canary failed")
		}
	}
}

// ownWords reports whether nothing but the server can have said it.
func ownWords(f *deadyet.Finding) bool {
	switch f.Failure.Kind {
	case deadyet.FailureRefused, deadyet.FailureReset, deadyet.FailureClosed, deadyet.FailureDisagree, deadyet.FailureRepurposed:
		return f.Outcome.Answer == deadyet.AnswerYes
	}
	return true
}

// abstain makes a finding unasked. What was observed stays in the observation.
func abstain(f *deadyet.Finding, kind deadyet.FailureKind, why string) {
	f.Failure = deadyet.Failure{Stage: f.Failure.Stage, Kind: kind, Detail: why + "; observed: " + f.Outcome.Answer.String()}
	f.Outcome = deadyet.MakeOutcome(deadyet.AnswerUnasked, deadyet.StageNone, f.Failure)
	f.Votes = deadyet.Votes{}
}
