package scan

import (
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
			Outcome: deadyet.MakeOutcome(o.Answer, o.Stage, o.Failure),
			Failure: o.Failure, Tries: o.Tries(), Derived: o.Derived,
			Notes: deadyet.Notes{
				Controls: last.Controls, IgnoresOffer: last.IgnoresOffer,
				Redirects: last.Redirects, Fingerprint: last.Fingerprint,
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
