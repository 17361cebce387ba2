package sitetest

import (
	"fmt"
	"time"

	"deadyet"
)

func version(n int) deadyet.Version { return deadyet.Version(fmt.Sprintf("MSNP%d", n)) }

func address(i int) string { return fmt.Sprintf("192.0.%d.%d", 2+i/250, 1+i%250) }

// Small returns an edition with a little of everything: a closed network with
// a record, one that is asked, one that nobody asked, all five answers, a
// finding that is not confirmed, transcripts and TLS.
func Small() deadyet.Edition {
	s := subject()
	e := deadyet.Edition{
		ID: "0f1e2d3c4b5a69788796a5b4c3d2e1f0", At: noon, Subject: s, Live: true, Vantage: "home",
		Verdict: now(), Verdicts: verdicts(),
		Situation: deadyet.Text{Name: "situation", Title: "The present situation", Body: "None of the 14 servers takes *any* version any more. It lives on: Contoso takes MSNP2 to MSNP18."},
		Lines: []deadyet.Line{
			{Network: "northwind", Answer: deadyet.AnswerSilent, Servers: 14, Recorded: true, Verdict: now()},
			{Network: "contoso", Answer: deadyet.AnswerYes, Versions: append(between(2, 18), "MSNP21"), Servers: 2, Answering: 1, LastRound: 7, LastAsked: noon.Add(-time.Hour), Verdict: risen()},
			{Network: "fabrikam", Servers: 1, Verdict: deadyet.Verdict{Word: deadyet.WordUnknown, Says: "CAN’T TELL", Reason: "No server was asked yet."}},
		},
		Items: items(), Rounds: rounds(), Evidence: evidence(), Access: access(),
	}
	for _, sv := range s.Networks[0].Servers {
		for _, c := range s.Networks[0].Checks(sv) {
			e.States = append(e.States, recorded(c))
		}
	}
	return withPast(withStrays(withContoso(e)))
}

// withStrays adds findings of servers that the configuration does not hold any
// more: one of a network that it holds, one of another.
func withStrays(e deadyet.Edition) deadyet.Edition {
	for _, id := range []deadyet.ServerID{"contoso/old.contoso.example", "tailspin/192.0.2.250"} {
		at := deadyet.Endpoint{Server: id, Transport: deadyet.TransportTCP, Port: 1863}
		for _, c := range []deadyet.Check{{Endpoint: at, Kind: deadyet.KindPort}, {Endpoint: at, Kind: deadyet.KindMSNP, Version: "MSNP18"}} {
			st := measured(c, deadyet.AnswerUnasked, 0, deadyet.Failure{}, noon.Add(-90*24*time.Hour))
			st.Due = false
			e.States = append(e.States, st)
		}
	}
	return e
}

// risen is the verdict of a network that was dead.
func risen() deadyet.Verdict {
	return deadyet.Verdict{
		Word: deadyet.WordNo, Says: "NO", Reason: "It rose from the dead on 12 November 2026. 1 of the 2 servers still takes MSNP18.",
		Reasons: []deadyet.Reason{
			{Kind: deadyet.ReasonClients, Programs: 1, OfPrograms: 2},
			{Kind: deadyet.ReasonReference, Servers: 1, Of: 2, Versions: versions(18)},
			{Kind: deadyet.ReasonDependency, Servers: 1, Of: 1, Names: []string{"login.contoso.example"}},
			{Kind: deadyet.ReasonAccepting, Servers: 1, Of: 2, Versions: between(2, 18), Ways: []string{"tcp:1863"}},
			{Kind: deadyet.ReasonRisen, Since: deadyet.At(noon.Add(-300 * time.Hour))},
		},
		Listed: 2, Reference: 1, Accepting: 1,
	}
}

func rounds() []deadyet.RoundSummary {
	return []deadyet.RoundSummary{{
		Number: 7, Vantage: "home", Networks: []deadyet.NetworkID{"contoso"}, Began: noon.Add(-time.Hour), Ended: noon.Add(-59 * time.Minute),
		Canary: deadyet.Canary{Good: true}, Planned: 145, Connections: 40, Loss: deadyet.Loss{Sent: 120, Resent: 3},
		Counts:  map[deadyet.Answer]int{deadyet.AnswerYes: 30, deadyet.AnswerNo: 10, deadyet.AnswerUnasked: 3},
		Unasked: map[deadyet.FailureKind]int{deadyet.FailureOverBudget: 3},
	}}
}

func recorded(c deadyet.Check) deadyet.State {
	o, fact := deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}, deadyet.FactID("gone")
	if c.Version == "MSNP24" { // all that may be meant bear the fact
		fact, o = "refused", deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused}
		if c.Server == deadyet.MakeServerID("northwind", address(13)) {
			o = deadyet.Outcome{Answer: deadyet.AnswerUnclear, Failure: deadyet.FailureMalformed}
		}
	}
	return deadyet.State{Check: c, Span: deadyet.Span{Check: c, Outcome: o, Since: gone().Since, Fact: fact}}
}

func measured(c deadyet.Check, a deadyet.Answer, st deadyet.Stage, f deadyet.Failure, since time.Time) deadyet.State {
	return deadyet.State{
		Check: c, Asked: noon.Add(-time.Hour), Due: true,
		Span: deadyet.Span{
			Check: c, Outcome: deadyet.MakeOutcome(a, st, f), Failure: f, Last: noon.Add(-time.Hour),
			Since: deadyet.Interval{From: since.Add(-30 * time.Minute), To: since},
			Votes: deadyet.Votes{For: 1, Of: 1}, Evidence: []deadyet.EvidenceID{1},
			Notes: deadyet.Notes{Controls: deadyet.Controls{Positive: deadyet.ControlGood, Negative: deadyet.ControlGood}},
		},
	}
}

func withContoso(e deadyet.Edition) deadyet.Edition {
	n := e.Subject.Networks[1]
	for _, c := range n.Checks(n.Servers[0]) {
		e.States = append(e.States, frontDoor(c))
	}
	i := 0
	for _, c := range n.Checks(n.Servers[1]) {
		if c.Kind == deadyet.KindIdentity {
			e.States = append(e.States, stranger(c))
			continue
		}
		e.States = append(e.States, innerServer(i, c))
		i++
	}
	flap := deadyet.Flap{Since: noon.Add(-50 * time.Hour), Until: noon.Add(-20 * time.Hour), Runs: 3}
	e.States[len(e.States)-2].Flap = flap
	for _, c := range n.Checks(n.Servers[2]) {
		if c.Kind == deadyet.KindName {
			e.States = append(e.States, named(c, noon.Add(-72*time.Hour), "turns=192.0.2.90, 192.0.2.91, 192.0.2.92"))
			continue
		}
		e.States = append(e.States, measured(c, deadyet.AnswerYes, deadyet.StageConnect, deadyet.Failure{}, noon.Add(-72*time.Hour)))
	}
	return e
}

// frontDoor takes MSNP2–18 over TCP, those up to 12 with a sign-in.
func frontDoor(c deadyet.Check) deadyet.State {
	since := noon.Add(-300 * time.Hour)
	refused := deadyet.Failure{Stage: deadyet.StageVersion, Kind: deadyet.FailureVersionRefused, Detail: "VER 1 0"}
	closed := deadyet.Failure{Stage: deadyet.StageConnect, Kind: deadyet.FailureRefused}
	switch {
	case c.Kind == deadyet.KindIdentity && c.Transport != deadyet.TransportHTTP:
		st := measured(c, deadyet.AnswerYes, deadyet.StageGreet, deadyet.Failure{}, since)
		st.Span.Outcome.Identity = "service=msnp; product=Contoso"
		if c.Transport == deadyet.TransportTCP {
			st.Span.Outcome.Told = "now=inner.contoso.example:1863; before=192.0.2.99:1863"
		}
		return st
	case c.Kind == deadyet.KindName:
		return named(c, since, deadyet.MakeTold([]string{"192.0.2.98"}).With([]string{"192.0.2.78", "192.0.2.77"}))
	case c.Transport == deadyet.TransportHTTP:
		return measured(c, deadyet.AnswerNo, 0, closed, since)
	case c.Version == "":
		return measured(c, deadyet.AnswerYes, deadyet.StageConnect, deadyet.Failure{}, since)
	case len(c.Version) == 5 || c.Version <= "MSNP12":
		return measured(c, deadyet.AnswerYes, deadyet.StageLogin, deadyet.Failure{}, since)
	case c.Version <= "MSNP18" || c.Version == "MSNP21":
		return measured(c, deadyet.AnswerYes, deadyet.StageVersion, deadyet.Failure{}, since)
	}
	return measured(c, deadyet.AnswerNo, 0, refused, since)
}

// named says where a name leads, and that not all of it was told last.
func named(c deadyet.Check, since time.Time, told deadyet.Told) deadyet.State {
	st := measured(c, deadyet.AnswerYes, deadyet.StageResolve, deadyet.Failure{}, since)
	st.Span.Outcome.Told, st.Span.Evidence = told, nil
	st.Span.Notes = deadyet.Notes{Names: []deadyet.NameAnswer{
		{Resolver: "192.0.2.53:53", Chain: []string{"geo.contoso.example"}, Addresses: []string{"192.0.2.77"}, TTL: 300},
		{Resolver: "192.0.2.53:53", Subnet: "198.51.100.0/24", Chain: []string{"geo.contoso.example"}, Addresses: []string{"192.0.2.78"}, TTL: 300},
		{Resolver: deadyet.ResolverOwn, Failure: deadyet.Failure{Stage: deadyet.StageResolve, Kind: deadyet.FailureResolver, Detail: "it said SERVFAIL"}},
	}}
	if next := told.With([]string{"192.0.2.78"}); !told.InTurns() {
		st.Pending = &deadyet.Pending{Outcome: st.Span.Outcome.Of("", next), Rounds: 1, Since: deadyet.At(noon.Add(-time.Hour))}
	}
	return st
}

// stranger says that somebody else answers.
func stranger(c deadyet.Check) deadyet.State {
	st := measured(c, deadyet.AnswerUnclear, 0, deadyet.Failure{
		Stage: deadyet.StageGreet, Kind: deadyet.FailureRepurposed, Detail: "service was msnp and is http",
	}, noon.Add(-48*time.Hour))
	st.Span.Outcome.Identity, st.Span.Notes.Fingerprint = "service=msnp; product=Contoso", "service=http; product=nginx; server=nginx/1.24"
	return st
}

// innerServer gives every answer in turn.
func innerServer(i int, c deadyet.Check) deadyet.State {
	since := noon.Add(-time.Duration(i) * 24 * time.Hour)
	kinds := deadyet.FailureKinds()
	switch a := deadyet.Answers()[i/4%5]; a {
	case deadyet.AnswerUnasked:
		return deadyet.State{Check: c, Due: true}
	case deadyet.AnswerYes:
		st := measured(c, a, deadyet.StageVersion, deadyet.Failure{}, since)
		st.Pending = &deadyet.Pending{
			Outcome: deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout},
			Failure: deadyet.Failure{Stage: deadyet.StageGreet, Kind: deadyet.FailureTimeout}, Rounds: 1,
			Since: deadyet.At(noon.Add(-time.Hour)), Evidence: []deadyet.EvidenceID{2},
		}
		st.Span.Notes.IgnoresOffer = true
		st.Span.Notes.Redirects = []deadyet.Hop{{To: "198.51.100.9:1863"}, {To: "192.0.2.4:1863", Followed: true}}
		st.Span.Notes.Fingerprint = "service=msnp; product=Contoso; server=Contoso/1.0"
		return st
	default:
		return measured(c, a, 0, deadyet.Failure{Stage: deadyet.StageGreet, Kind: kinds[i%len(kinds)]}, since)
	}
}

func evidence() map[deadyet.EvidenceID]*deadyet.Transcript {
	at := deadyet.Endpoint{Server: "contoso/ds.contoso.example", Transport: deadyet.TransportTCP, Port: 1863}
	began := noon.Add(-300 * time.Hour)
	return map[deadyet.EvidenceID]*deadyet.Transcript{
		1: {
			Endpoint: at, Remote: "192.0.2.77:1863", Began: began, Took: 120 * time.Millisecond, End: "we hung up",
			Exchanges: []deadyet.Exchange{
				{Dir: deadyet.Sent, Bytes: []byte("VER 1 MSNP18 CVR0\r\n")},
				{Dir: deadyet.Received, Bytes: []byte("VER 1 MSNP18\r\n\x00\xff"), At: 61 * time.Millisecond},
			},
			TLS: &deadyet.TLS{
				Version: "TLS 1.0", Suite: "TLS_RSA_WITH_3DES_EDE_CBC_SHA", ServerName: "ds.contoso.example",
				Subject: "CN=contoso.example", Issuer: "CN=Contoso", Names: []string{"*.contoso.example"},
				NotBefore: day("2020-01-01").Start(), NotAfter: day("2021-01-01").Start(), Fingerprint: "ab12", Problem: "expired",
			},
		},
		2: {Endpoint: at, Remote: "192.0.2.77:1863", Began: noon, Took: 10 * time.Second, End: "nothing came in time", Dropped: 3},
	}
}
