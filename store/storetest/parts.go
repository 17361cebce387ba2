package storetest

import (
	"time"

	"deadyet"
	"deadyet/ledger"
)

const vantage deadyet.VantageID = "home"

var (
	began = time.Date(2026, 11, 24, 22, 0, 0, 123456789, time.UTC)

	port = deadyet.Check{
		Endpoint: deadyet.Endpoint{Server: "escargot/ds.example.net", Transport: deadyet.TransportTCP, Port: 1863},
		Kind:     deadyet.KindPort,
	}
	version = deadyet.Check{Endpoint: port.Endpoint, Kind: deadyet.KindMSNP, Version: "MSNP18"}

	accepted = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageConnect, Identity: "service=msnp; product=nginx", Told: "now=192.0.2.7"}
	refused  = deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused, Identity: "service=http", Told: "turns=192.0.2.7, 192.0.2.8"}
	silent   = deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}
)

// moment is when round n began.
func moment(n int) time.Time { return began.Add(time.Duration(n-1) * 5 * time.Minute) }

func summary(n int) deadyet.RoundSummary {
	return deadyet.RoundSummary{
		Number: deadyet.RoundNumber(n), Vantage: vantage, Networks: []deadyet.NetworkID{"escargot"},
		Began: moment(n), Ended: moment(n).Add(3 * time.Second),
		Canary:  deadyet.Canary{Good: true, Hosts: []deadyet.CanaryHost{{Host: "192.0.2.1:443", Good: true, Took: 31 * time.Millisecond}}},
		Planned: 2, Connections: 3, Loss: deadyet.Loss{Sent: 9, Resent: 2, Bad: true},
		Counts:  map[deadyet.Answer]int{deadyet.AnswerYes: 1, deadyet.AnswerUnasked: 1},
		Unasked: map[deadyet.FailureKind]int{deadyet.FailureOverBudget: 1},
	}
}

// entry is round n without any change.
func entry(n int) ledger.Entry {
	return ledger.Entry{Subject: "msn", Round: summary(n)}
}

func transcript(text string) *deadyet.Transcript {
	return &deadyet.Transcript{
		Endpoint: port.Endpoint, Remote: "192.0.2.7:1863", Began: began, Took: time.Second, End: "the server hung up",
		Exchanges: []deadyet.Exchange{{Dir: deadyet.Sent, Bytes: []byte(text)}, {Dir: deadyet.Received, Bytes: []byte("\x00\xff<b>"), At: time.Millisecond}},
		TLS:       &deadyet.TLS{Version: "TLS 1.0", Suite: "RC4", NotAfter: began, Names: []string{"a", "b"}},
		Dropped:   7,
	}
}

// full is the first round, with something of everything.
func full() ledger.Entry {
	e := entry(1)
	failure := deadyet.Failure{Stage: deadyet.StageVersion, Kind: deadyet.FailureVersionRefused, Detail: "VER 1 0 “ÿ” 'quoted'"}
	notes := deadyet.Notes{
		Controls:     deadyet.Controls{Positive: deadyet.ControlGood, Negative: deadyet.ControlFailed},
		IgnoresOffer: true, Redirects: []deadyet.Hop{{To: "192.0.2.8:1863", Followed: true}}, Fingerprint: "nginx",
		Names: []deadyet.NameAnswer{{Resolver: "192.0.2.53:53", Chain: []string{"a.example.net"}, Addresses: []string{"192.0.2.7"}, TTL: 300}},
	}
	e.Spent = []deadyet.Spent{{Host: "192.0.2.7", Day: deadyet.DayOf(began), Connections: 3}}
	e.Begun = []deadyet.Span{
		{Check: version, Outcome: refused, Failure: failure, Since: deadyet.At(began), Notes: notes, Votes: deadyet.Votes{For: 3, Of: 4}, Evidence: []deadyet.EvidenceID{2, 1}},
		{Check: port, Outcome: accepted, Failure: deadyet.Failure{Stage: deadyet.StageGreet, Kind: deadyet.FailureClosed}, Since: deadyet.At(began)},
	}
	e.Pending = []ledger.Dissent{{Check: version, Pending: &deadyet.Pending{
		Outcome: silent, Failure: deadyet.Failure{Kind: deadyet.FailureTimeout}, Since: deadyet.Interval{From: moment(1), To: moment(2)},
		Rounds: 2, Notes: notes, Votes: deadyet.Votes{For: 1, Of: 1}, Evidence: []deadyet.EvidenceID{3},
	}}}
	e.Changes = []deadyet.Change{{Check: version, From: accepted, To: refused, Failure: failure, When: deadyet.Interval{From: moment(1), To: moment(2)}, Confirmed: moment(4)}}
	e.Exceptions = []ledger.Exception{
		{Check: port, Outcome: deadyet.Outcome{Failure: deadyet.FailureOverBudget}, Since: moment(2), Asked: moment(1)},
		{Check: version, Outcome: silent, Since: moment(1), Until: moment(1), Asked: moment(1), Runs: 1},
	}
	e.Latest = map[deadyet.Check]ledger.Latest{version: {Day: deadyet.DayOf(began), Evidence: []deadyet.EvidenceID{1}}}
	e.Rollups = []deadyet.Rollup{sums("ds.example.net", deadyet.DayOf(began), 1)}
	e.Evidence = map[deadyet.EvidenceID]*deadyet.Transcript{1: transcript("one"), 2: transcript("two"), 3: transcript("three"), 4: transcript("nobody names it")}
	return e
}
