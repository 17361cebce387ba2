package probe_test

import (
	"fmt"
	"testing"
	"time"

	"deadyet"
	"deadyet/probe"
	"deadyet/sim"
)

// cuts are the exchanges that are cut at each byte, by what they say in full.
// Their length is measured, since certificates and dates differ.
var cuts = []struct {
	name    string
	at      int // of sim.Everywhere
	consent bool
}{
	{"VER over tcp", 0, false},
	{"VER, CVR and USR over tcp", 0, true},
	{"VER through the gateway", 1, false},
	{"VER, CVR and USR through the gateway", 1, true},
	{"VER through the gateway inside TLS", 2, false},
}

// A connection may end at any byte. What was not said to its end is no yes, and
// who began to answer did not refuse.
func TestProbe_CutAtEveryByte(t *testing.T) {
	for _, c := range cuts {
		for _, fault := range []string{"cut", "cut-reset"} {
			t.Run(c.name+", "+fault, func(t *testing.T) {
				t.Parallel()
				w := start(t, "microsoft-2012", nil)
				w.prober.Timeouts = probe.Timeouts{Connect: 10 * time.Second, TLS: 10 * time.Second, Answer: 10 * time.Second}
				target := w.target(w.server.Ports[c.at])
				target.Consent = c.consent
				stage, whole := deadyet.StageNone, 0
				for after := 1; stage < w.full(c.consent); after++ {
					if err := w.fleet.Break(w.server.Host, target.Port, sim.Fault{Name: fault, After: after}); err != nil {
						t.Fatal(err)
					}
					r := w.askOne(t, target)
					if after > 20000 {
						t.Fatalf("after %d bytes it still is %s at %s", after, r.Answer, r.Stage)
					}
					isHonest(t, fmt.Sprintf("%d bytes", after), r)
					if r.Stage < stage && !jitters(target) {
						t.Errorf("%d bytes reach %s, and fewer reached %s", after, r.Stage, stage)
					}
					stage, whole = max(stage, r.Stage), after
				}
				t.Logf("cut after each of %d bytes", whole)
			})
		}
	}
}

// jitters reports whether the length of what comes before the answer differs
// from one connection to the next: signatures do, and names of sessions.
func jitters(t deadyet.Target) bool { return t.Transport != deadyet.TransportTCP }

// full is the stage that an uncut exchange reaches.
func (w *world) full(consent bool) deadyet.Stage {
	if consent {
		return deadyet.StageLogin
	}
	return deadyet.StageVersion
}

// askOne asks for MSNP18 alone.
func (w *world) askOne(t *testing.T, tg deadyet.Target) deadyet.Reading {
	t.Helper()
	tg.Known = []deadyet.Version{"MSNP18"}
	got, err := w.prober.Probe(t.Context(), tg, []deadyet.Check{{Endpoint: tg.Endpoint, Kind: deadyet.KindMSNP, Version: "MSNP18"}})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d readings and %v", len(got), err)
	}
	return got[0]
}

// isHonest checks what is said of a server that begins an answer and does not
// end it.
func isHonest(t *testing.T, what string, r deadyet.Reading) {
	t.Helper()
	ended := r.Failure.Kind == deadyet.FailureClosed || r.Failure.Kind == deadyet.FailureReset
	switch {
	case r.Answer == deadyet.AnswerYes && r.Failure.IsZero() && r.Stage >= deadyet.StageVersion:
	case r.Answer == deadyet.AnswerYes && ended && r.Stage == deadyet.StageVersion && r.Failure.Stage == deadyet.StageLogin:
	case r.Answer == deadyet.AnswerUnclear && ended && r.Stage < r.Failure.Stage && r.Failure.Stage <= deadyet.StageGreet:
	case r.Answer == deadyet.AnswerNo && r.Failure.Kind == deadyet.FailureReset && r.Failure.Stage == deadyet.StageHTTP && r.Check.Transport == deadyet.TransportHTTPS:
		// a record that is cut says nothing, not even that it is one
	default:
		t.Errorf("%s: got %s at %s, %s", what, r.Answer, r.Stage, r.Failure)
	}
}
