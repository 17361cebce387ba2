package sitetest

import (
	"math/rand/v2"
	"time"

	"deadyet"
)

// Fleet returns an edition with n servers in four regions, each with three
// endpoints that are asked for MSNP2–24, and with answers as varied as a slow
// death makes them: runs of one to ten versions at each endpoint, with different
// reasons and times.
func Fleet(n int) deadyet.Edition { return FleetOf(n, between(2, 24)) }

// Eight are the versions of the fleet for which the page has its bars.
func Eight() []deadyet.Version { return versions(8, 12, 15, 16, 18, 21, 22, 24) }

// FleetOf returns a fleet that is asked for some versions only.
func FleetOf(n int, asked []deadyet.Version) deadyet.Edition {
	e := Small()
	net := living()
	for i := range net.Ask {
		net.Ask[i].Versions = asked
	}
	net.ID, net.Name, net.Servers = "northwind", "Northwind", nil
	regions := []deadyet.Region{"bay", "bn1", "db3", "co4"}
	for i := range n {
		role := deadyet.RoleInternal
		if i%40 < 2 {
			role = deadyet.RoleMain
		}
		net.Servers = append(net.Servers, server(net.ID, address(i), role, regions[i*len(regions)/n], day("2014-12-05")))
	}
	e.Subject.Networks = []deadyet.Network{net}
	e.Lines = []deadyet.Line{{Network: net.ID, Answer: deadyet.AnswerYes, Versions: between(2, 18), Servers: n, Answering: n / 2, LastRound: 7, LastAsked: noon}}
	e.Verdict = deadyet.Verdict{
		Word: deadyet.WordMostly, Says: "MOSTLY", Reason: "Fewer than half of the servers take MSNP18.",
		Since: deadyet.At(noon.Add(-40 * time.Hour)), Listed: n, Reference: n / 3, Accepting: n / 2, LastYes: noon,
	}
	e.States, e.Spans = nil, nil
	r := rand.New(rand.NewPCG(1, 2))
	for _, sv := range net.Servers {
		e.States = append(e.States, varied(r, net.Checks(sv))...)
	}
	for _, st := range e.States {
		e.Spans = append(e.Spans, earlier(st)...)
	}
	return fleetPast(e, n, asked)
}

// varied answers the checks of one server in runs.
func varied(r *rand.Rand, checks []deadyet.Check) (out []deadyet.State) {
	left := 0
	var st deadyet.State
	for _, c := range checks {
		if c.Kind == deadyet.KindIdentity {
			out = append(out, deadyet.State{Check: c, Due: true})
			continue
		}
		if left == 0 || c.Version == "" || c.Version == "MSNP2" {
			st, left = variedState(r), 1+r.IntN(10)
		}
		left--
		st.Check, st.Span.Check = c, c
		out = append(out, st)
	}
	return out
}

func variedState(r *rand.Rand) deadyet.State {
	since := noon.AddDate(0, 0, -r.IntN(90))
	var c deadyet.Check
	switch r.IntN(8) {
	case 0, 1:
		return measured(c, deadyet.AnswerYes, deadyet.StageVersion, deadyet.Failure{}, since)
	case 2:
		return measured(c, deadyet.AnswerYes, deadyet.StageLogin, deadyet.Failure{}, since)
	case 3, 4:
		return measured(c, deadyet.AnswerNo, 0, deadyet.Failure{Stage: deadyet.StageVersion, Kind: deadyet.FailureVersionRefused}, since)
	case 5:
		return measured(c, deadyet.AnswerSilent, 0, deadyet.Failure{Stage: deadyet.StageConnect, Kind: deadyet.FailureTimeout}, since)
	case 6:
		return measured(c, deadyet.AnswerUnclear, 0, deadyet.Failure{Kind: deadyet.FailureDisagree}, since)
	}
	return deadyet.State{Due: true}
}
