package scan

import (
	"testing"
	"time"

	"deadyet"
)

// The prober is told whom to expect, and what it finds out is a finding.
func TestMakePlan_SaysWhoAnsweredUntilNow(t *testing.T) {
	const who deadyet.Fingerprint = "service=msnp; product=nginx"
	last := func(id deadyet.CheckID) Last {
		if c, err := id.Parse(); err != nil || c.Kind != deadyet.KindIdentity {
			return Last{}
		}
		return Last{deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}.Of(who, ""), noon.Add(-time.Hour)}
	}
	for _, j := range MakePlan(Input{Subject: subjectOf(fleet("n", "192.0.2.1")), Now: noon, Last: last}).Jobs {
		for _, q := range j.Asks {
			if q.Target.Identity != who {
				t.Errorf("%s: got %q, want %q", q.Target.Endpoint, q.Target.Identity, who)
			}
		}
	}
	c := deadyet.Check{Kind: deadyet.KindIdentity}
	o := deadyet.Observation{Check: c, Readings: []deadyet.Reading{{
		Check: c, Answer: deadyet.AnswerYes, Stage: deadyet.StageGreet, Identity: who, Fingerprint: who + "; server=nginx/1.24",
	}}}
	if conclude(&o, nil) {
		t.Error("a yes is asked again")
	}
	f := Agree(noon, 1, []deadyet.Observation{o})[0]
	if f.Outcome.Identity != who || f.Notes.Fingerprint != who+"; server=nginx/1.24" {
		t.Errorf("got %+v with %q", f.Outcome, f.Notes.Fingerprint)
	}
}
