package scan

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/probe"
	"deadyet/sim"
)

// Servers that never answer take nothing from the others: these are done when
// they would be done without them, in a fleet that has a place for each, and
// where the silent ones alone are more than the places of both lanes. There it
// may take two turns of patience until they have all gone aside; waiting for
// them would take ten times as long and more.
func TestRunner_SilentServersDelayNobody(t *testing.T) {
	const healthy, silent, known = 60, 20, 6
	const answer, grace = 30 * time.Second, 3 * time.Second
	for _, tt := range []struct {
		name               string
		inFlight, suspects int
		more               time.Duration
	}{
		{"with a place for each", 128, 64, grace},
		{"with all lanes full", 8, 4, grace + 2*patience},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var servers []sim.Server
			var hosts []string
			for n := range healthy + silent {
				hosts = append(hosts, fmt.Sprintf("198.18.0.%d", n+1))
				servers = append(servers, sim.Server{Host: hosts[n], Ports: sim.Everywhere("microsoft-2012", []msnp.Version{18})[:1]})
			}
			fleetOf, err := sim.Start(servers, sim.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer fleetOf.Close()
			dead := make(map[string]bool)
			for n, h := range hosts[healthy:] {
				dead[h] = n < known // the others answered last time
				if err := fleetOf.Break(h, 1863, sim.Fault{Name: "tarpit"}); err != nil {
					t.Fatal(err)
				}
			}
			prober := &probe.Prober{
				Dialer:   &probe.Dialer{Listed: func(string) bool { return true }, Map: fleetOf.DialMap()},
				Timeouts: probe.Timeouts{Answer: answer},
			}
			run := func(hosts []string) time.Duration {
				last := func(id deadyet.CheckID) Last {
					if c, _ := id.Parse(); dead[c.Server.Name()] {
						s := try('s')
						return Last{outcome(&s), noon}
					}
					return Last{}
				}
				ctx, enough := context.WithCancel(t.Context())
				defer enough()
				began := time.Now()
				var done atomic.Int64
				var took time.Duration
				r := Runner{Prober: prober, InFlight: tt.inFlight, Suspects: tt.suspects, Found: func(o deadyet.Observation) {
					if o.Check.Kind == deadyet.KindMSNP && o.Check.Version == "MSNP18" && o.Answer == deadyet.AnswerYes && done.Add(1) == healthy {
						took = time.Since(began)
						enough()
					}
				}}
				_, err := r.Run(ctx, MakePlan(Input{Subject: subjectOf(fleet("n", hosts...)), Now: noon, Last: last}), 1)
				if done.Load() != healthy {
					t.Fatalf("%d of %d servers were found to take MSNP18, and %v", done.Load(), healthy, err)
				}
				return took
			}
			without, with := run(hosts[:healthy]), run(hosts)
			t.Logf("the last of %d servers was done after %s without, %s with the silent ones", healthy, without, with)
			if with > without+tt.more {
				t.Errorf("the others took %s with silent servers, and %s without", with, without)
			}
		})
	}
}
