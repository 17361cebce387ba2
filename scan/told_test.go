package scan

import (
	"testing"

	"deadyet"
)

// What is told is handed on from finding to finding, and asked once in a round:
// a resolver would tell the same for a while.
func TestConclude_whatIsToldIsAskedOnce(t *testing.T) {
	c := deadyet.Check{Endpoint: deadyet.Endpoint{Server: "net/ds.example", Transport: deadyet.TransportDNS, Port: 53}, Kind: deadyet.KindName}
	last := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageResolve, Told: "now=20.0.0.1"}
	reading := deadyet.Reading{Check: c, Answer: deadyet.AnswerYes, Stage: deadyet.StageResolve, Told: "now=20.0.0.2; before=20.0.0.1", Names: []deadyet.NameAnswer{{Resolver: "r", TTL: 300}}}
	o := deadyet.Observation{Check: c, Readings: []deadyet.Reading{reading}}
	if conclude(&o, &last) {
		t.Error("it is asked again")
	}
	f := Agree(noon, 1, []deadyet.Observation{o})[0]
	if f.Outcome.Told != reading.Told || len(f.Notes.Names) != 1 || f.Outcome.Answer != deadyet.AnswerYes {
		t.Errorf("got %+v, %+v", f.Outcome, f.Notes)
	}
	gone := deadyet.Reading{Check: c, Answer: deadyet.AnswerSilent, Failure: deadyet.Failure{Stage: deadyet.StageResolve, Kind: deadyet.FailureNameNotFound}, Told: last.Told}
	o = deadyet.Observation{Check: c, Readings: []deadyet.Reading{gone}}
	if !conclude(&o, &last) {
		t.Error("a name that is gone is believed at once")
	}
	o.Readings = append(o.Readings, reading)
	if conclude(&o, &last) || o.Answer != deadyet.AnswerYes || o.Told != reading.Told {
		t.Errorf("a look-up that failed once: got %s, %q", o.Answer, o.Told)
	}
}

// The plan tells the prober what was told until now, and takes no connections
// from the doors for it; that a name is known makes no host one that answers.
func TestMakePlan_names(t *testing.T) {
	n := deadyet.Network{
		ID: "net", ConnectionsPerDay: 100,
		Ask: []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP18"}}},
		Servers: []deadyet.Server{{
			ID: "net/ds.example", Address: "ds.example", Listings: []deadyet.Listing{{Role: deadyet.RoleMain, Since: deadyet.DayOf(noon)}},
		}},
	}
	last := func(id deadyet.CheckID) Last {
		if c, err := id.Parse(); err == nil && c.Kind == deadyet.KindName {
			return Last{deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageResolve, Told: "now=20.0.0.1"}, noon}
		}
		return Last{deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}, noon}
	}
	p := MakePlan(Input{Subject: deadyet.Subject{Networks: []deadyet.Network{n}}, Now: noon, Last: last})
	if len(p.Jobs) != 1 || len(p.Jobs[0].Asks) != 2 || !p.Jobs[0].Suspect || p.Jobs[0].dialled() != 1 {
		t.Fatalf("got %+v", p.Jobs)
	}
	if q := p.Jobs[0].Asks[1]; q.Target.Told != "now=20.0.0.1" || q.Target.LookedUp() != "ds.example" || q.Checks[0].ID() != "net/ds.example/name/dns:53" {
		t.Errorf("got %+v", q)
	}
}
