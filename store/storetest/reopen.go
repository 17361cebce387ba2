package storetest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"deadyet"
	"deadyet/ledger"
)

// Subject is one with a network of that many servers, each with a port check
// and two versions, for tests that record rounds.
func Subject(servers int) deadyet.Subject {
	n := deadyet.Network{
		ID: "escargot", Name: "Escargot", Interval: 5 * time.Minute, ConnectionsPerDay: 1000,
		Ask: []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP18", "MSNP21"}}},
	}
	for i := range servers {
		name := fmt.Sprintf("192.0.%d.%d", 2+i>>8, i&0xff)
		n.Servers = append(n.Servers, deadyet.Server{
			ID: deadyet.MakeServerID(n.ID, name), Address: name,
			Listings: []deadyet.Listing{{Region: "bay", Role: deadyet.RoleMain, Since: deadyet.DayOf(began.AddDate(-1, 0, 0))}},
		})
	}
	return deadyet.Subject{
		ID: "msn", Name: "MSN", Question: "Is MSN dead yet?", Network: n.ID, Networks: []deadyet.Network{n},
		Versions: []deadyet.VersionInfo{{Version: "MSNP18", Counts: true}, {Version: "MSNP21", Counts: true}},
		Rule:     deadyet.Rule{Reference: "MSNP18", Half: 50, After: 24 * time.Hour},
		Confirm:  deadyet.Confirmation{Rounds: 3, After: 10 * time.Minute},
	}
}

// Round is round n of all checks of the subject; outcome says what is found.
// Checks for which it is unasked have no vote. Each server leaves one
// transcript.
func Round(s deadyet.Subject, n int, outcome func(deadyet.Check) deadyet.Outcome) deadyet.Round {
	r := deadyet.Round{
		Number: deadyet.RoundNumber(n), Vantage: vantage, Simulated: s.Simulated,
		Began: moment(n), Ended: moment(n).Add(3 * time.Second), Canary: summary(n).Canary,
	}
	for _, nw := range s.Networks {
		r.Networks = append(r.Networks, nw.ID)
		for _, sv := range nw.Servers {
			t := transcript(fmt.Sprintf("VER 1 MSNP18 CVR0\r\n%d", n))
			t.Endpoint.Server, t.Began = sv.ID, r.Began
			for _, c := range nw.Checks(sv) {
				o := outcome(c)
				f := deadyet.Finding{
					Check: c, Round: r.Number, At: r.Began, Outcome: o, Failure: deadyet.Failure{Kind: o.Failure}, Tries: 1,
					Evidence: []*deadyet.Transcript{t},
				}
				r.Findings = append(r.Findings, f)
				r.Observations = append(r.Observations, deadyet.Observation{
					Check: c, Vantage: vantage, Round: r.Number, Answer: o.Answer, Stage: o.Stage, Failure: f.Failure,
				})
			}
		}
	}
	r.Planned = len(r.Observations)
	return r
}

// testReopened records rounds of every kind, and opens the store anew after
// each: what is loaded must be what was in memory.
func testReopened(t *testing.T, open Open) {
	const rounds = 60
	random := rand.New(rand.NewPCG(1, 2))
	outcomes := []deadyet.Outcome{accepted, accepted, refused, silent, {Failure: deadyet.FailureOverBudget}}
	s, dir := Subject(3), t.TempDir()
	held := map[deadyet.Check]deadyet.Outcome{}
	for n := 1; n <= rounds; n++ {
		r := Round(s, n, func(c deadyet.Check) deadyet.Outcome {
			if o, ok := held[c]; !ok || random.IntN(4) == 0 {
				held[c] = outcomes[random.IntN(len(outcomes))]
				return o
			}
			return held[c]
		})
		r.Canary.Good = random.IntN(5) > 0
		if random.IntN(10) == 0 {
			r.Findings = r.Findings[:len(r.Findings)/2] // the rest was not planned
		}
		s = shrink(s, n)
		if !reopened(t, open, dir, s, r) {
			t.Fatalf("round %d", n)
		}
	}
}

// shrink lets a server leave the configuration for some rounds.
func shrink(s deadyet.Subject, n int) deadyet.Subject {
	switch n {
	case 20:
		s.Networks[0].Servers = s.Networks[0].Servers[:2]
	case 40:
		s.Networks[0].Servers = Subject(3).Networks[0].Servers
	}
	return s
}

// reopened records r in the store of dir, and reports whether a ledger that is
// opened later shows the same.
func reopened(t *testing.T, open Open, dir string, s deadyet.Subject, r deadyet.Round) bool {
	t.Helper()
	look := func(record bool) (e deadyet.Edition, changes []deadyet.Change) {
		st := open(t, dir)
		defer st.Close()
		l, err := ledger.Open(t.Context(), st, s, ledger.Options{Vantage: vantage, Live: true})
		if err != nil {
			t.Fatal(err)
		}
		if record {
			if err := l.Record(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		return l.Edition(r.Ended), l.Changes()
	}
	want, wantChanges := look(true)
	got, gotChanges := look(false)
	same(t, "changes", gotChanges, wantChanges)
	if got.ID != want.ID {
		same(t, "edition", got, want)
	}
	if !reflect.DeepEqual(got.Verdict, want.Verdict) {
		t.Errorf("verdict: got %+v, want %+v", got.Verdict, want.Verdict)
	}
	return !t.Failed()
}
