package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"deadyet"
)

// decade is what is recorded for [BenchmarkTenYears]: a round each hour at a
// thousand servers with six checks each. A check changes eight times, each time
// to be confirmed by three rounds, and flaps four times, at hours that have
// nothing to do with those of other checks: the worst case for what is kept,
// since no two changes share a transcript.
type decade struct {
	subject deadyet.Subject
	hours   int
	round   deadyet.Round
	events  [][]event // by hour
	watched [][]int   // by hour: the servers whose visit leaves a transcript
	lines   *rand.Rand
}

// event is another outcome of the i-th check from an hour on.
type event struct {
	check   int
	outcome deadyet.Outcome
}

const (
	decadeServers = 1000
	decadeChecks  = 6
	decadeChanges = 8
	decadeFlaps   = 4
)

var decadeBegan = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)

// hour is the moment of a round. The clock of a machine is never quite in time.
func hour(n int) time.Time {
	return decadeBegan.Add(time.Duration(n)*time.Hour + time.Duration(n*n%1009)*time.Millisecond)
}

func decadeSubject() deadyet.Subject {
	n := deadyet.Network{
		ID: "microsoft", Name: "Microsoft", Interval: time.Hour, ConnectionsPerDay: 1000,
		Ask: []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP8", "MSNP12", "MSNP18", "MSNP21"}}},
	}
	for i := range decadeServers {
		address := fmt.Sprintf("64.4.%d.%d", 1+i/250, 1+i%250)
		n.Servers = append(n.Servers, deadyet.Server{
			ID: deadyet.MakeServerID(n.ID, address), Address: address,
			Listings: []deadyet.Listing{{Region: "bay", Role: deadyet.RoleMain, Since: deadyet.DayOf(decadeBegan.AddDate(-12, 0, 0))}},
		})
	}
	return deadyet.Subject{
		ID: "msn", Name: "MSN", Question: "Is MSN dead yet?", Network: n.ID, Networks: []deadyet.Network{n},
		Rule:    deadyet.Rule{Reference: "MSNP18", Half: 50, After: 24 * time.Hour},
		Confirm: deadyet.Confirmation{Rounds: 3, After: 2 * time.Hour},
		Record: []deadyet.Fact{
			{ID: "up", Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion, Since: deadyet.OnDay(deadyet.DayOf(decadeBegan.AddDate(-12, 0, 1)))},
			{ID: "gone", Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout, Since: deadyet.OnDay(deadyet.DayOf(decadeBegan.AddDate(-9, 0, 0)))},
		},
	}
}

func makeDecade(hours int) *decade {
	d := &decade{subject: decadeSubject(), hours: hours, events: make([][]event, hours), watched: make([][]int, hours), lines: rand.New(rand.NewPCG(5, 80))}
	n := d.subject.Networks[0]
	random := rand.New(rand.NewPCG(2026, 2036))
	for _, sv := range n.Servers {
		for _, c := range n.Checks(sv) {
			d.plan(random, len(d.round.Findings))
			d.round.Findings = append(d.round.Findings, deadyet.Finding{Check: c, Outcome: taken, Votes: deadyet.Votes{For: 1, Of: 1}, Notes: well, Tries: 1})
			o := deadyet.Observation{Check: c, Vantage: "home", Answer: taken.Answer, Stage: taken.Stage}
			if c.Kind == deadyet.KindPort {
				o.Readings = []deadyet.Reading{{Check: c, Answer: taken.Answer, Transcript: &deadyet.Transcript{
					Exchanges: []deadyet.Exchange{{Dir: deadyet.Sent}, {Dir: deadyet.Received}},
				}}}
			}
			d.round.Observations = append(d.round.Observations, o)
		}
	}
	d.round.Vantage, d.round.Networks, d.round.Planned, d.round.Connections = "home", []deadyet.NetworkID{n.ID}, len(d.round.Findings), decadeServers
	return d
}

var (
	taken   = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	refused = deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused}
	silent  = deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}
	well    = deadyet.Notes{Controls: deadyet.Controls{Positive: deadyet.ControlGood, Negative: deadyet.ControlGood}}
)

// plan spreads what happens to a check over the years: every change somewhere
// in its share of the time, and a flap of one round in every other share.
func (d *decade) plan(random *rand.Rand, check int) {
	outcomes := []deadyet.Outcome{taken, refused, silent}
	is, share := 0, d.hours/(decadeChanges+1)
	for i := range decadeChanges + 1 {
		from := i*share + share/8
		if i%2 == 1 {
			at := from + random.IntN(share/8)
			d.event(at, check, outcomes[(is+1)%3])
			d.event(at+1, check, outcomes[is])
		}
		if i == decadeChanges {
			break
		}
		is = (is + 1 + random.IntN(2)) % 3
		d.event(from+share/4+random.IntN(share/2), check, outcomes[is])
	}
}

func (d *decade) event(hour, check int, o deadyet.Outcome) {
	d.events[hour] = append(d.events[hour], event{check, o})
	for h := hour - 1; h < hour+3; h++ {
		d.watched[h] = append(d.watched[h], check/decadeChecks)
	}
}

// at returns the round of an hour. It is the same one each time, with what has
// become different.
//
// In life each visit leaves a transcript, and the ledger keeps the latest of
// each day in place of the one of the day before. Here the visits around what
// happens leave one, and the first ones of each quarter. That leaves the same
// things behind, without writing them 22 million times.
func (d *decade) at(n int) deadyet.Round {
	r := &d.round
	for _, e := range d.events[n] {
		f, o := &r.Findings[e.check], &r.Observations[e.check]
		f.Outcome, f.Failure = e.outcome, failureOf(e.outcome)
		o.Answer, o.Stage, o.Failure = f.Outcome.Answer, f.Outcome.Stage, f.Failure
	}
	if n > 0 {
		d.watch(n-1, false)
	}
	d.watch(n, true)
	for i := range decadeServers {
		d.answer(i)
	}
	r.Number, r.Began, r.Ended = deadyet.RoundNumber(n+1), hour(n), hour(n).Add(41*time.Second)
	r.Canary = deadyet.Canary{Good: true, Hosts: []deadyet.CanaryHost{
		{Host: "example.com:443", Good: true, Took: time.Duration(9+n%7) * 1_234_567}, {Host: "www.iana.org:443", Good: true, Took: time.Duration(31+n%5) * 1_345_678},
	}}
	r.Spent = nil
	if n >= d.hours-8*24 { // older ones are forgotten
		for _, sv := range d.subject.Networks[0].Servers {
			r.Spent = append(r.Spent, deadyet.Spent{Host: sv.Address, Day: deadyet.DayOf(r.Began), Connections: 1 + r.Began.Hour()})
		}
	}
	return *r
}

// answer lets a server take its time: mostly that of its distance, and now and then
// a second more, when something got lost.
func (d *decade) answer(server int) {
	took := time.Duration(5+server*997%250)*time.Millisecond + time.Duration(d.lines.ExpFloat64()*float64(8*time.Millisecond))
	if d.lines.IntN(200) == 0 {
		took += time.Second
	}
	d.round.Observations[server*decadeChecks].Readings[0].Transcript.Exchanges[1].At = took
}

func failureOf(o deadyet.Outcome) deadyet.Failure {
	switch o.Answer {
	case deadyet.AnswerNo:
		return deadyet.Failure{Stage: deadyet.StageVersion, Kind: o.Failure, Detail: "VER 1 0"}
	case deadyet.AnswerSilent:
		return deadyet.Failure{Stage: deadyet.StageConnect, Kind: o.Failure, Detail: "dial tcp: i/o timeout"}
	}
	return deadyet.Failure{}
}

// watch gives the findings of an hour's watched servers a transcript, or takes
// it away again.
func (d *decade) watch(n int, leaves bool) {
	servers := d.watched[n]
	if n%(90*24) == 0 {
		servers = nil
		for i := range decadeServers {
			servers = append(servers, i)
		}
	}
	for _, i := range servers {
		var ts []*deadyet.Transcript
		if leaves {
			ts = []*deadyet.Transcript{d.transcript(n, i)}
		}
		for c := i * decadeChecks; c < (i+1)*decadeChecks; c++ {
			d.round.Findings[c].Evidence = ts
		}
	}
}

// transcript is a visit as it goes over the wire: an offer of all versions,
// the answer, and what the client says of itself.
func (d *decade) transcript(n, server int) *deadyet.Transcript {
	ms := func(k int) time.Duration {
		return time.Duration(k)*time.Millisecond + time.Duration((n*31+server*17+k)%997)*time.Microsecond
	}
	f := d.round.Findings[server*decadeChecks]
	return &deadyet.Transcript{
		Endpoint: f.Check.Endpoint, Remote: d.subject.Networks[0].Servers[server].Address + ":1863", Began: hour(n).Add(ms(server)), Took: ms(180),
		Exchanges: []deadyet.Exchange{
			{Dir: deadyet.Sent, Bytes: []byte("VER 1 MSNP21 MSNP18 MSNP15 MSNP12 MSNP8 CVR0\r\n"), At: ms(44)},
			{Dir: deadyet.Received, Bytes: []byte("VER 1 MSNP18 MSNP15 CVR0\r\n"), At: ms(88)},
			{Dir: deadyet.Sent, Bytes: []byte("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.5.1302 BC01 deadyet@example.com\r\n"), At: ms(89)},
			{Dir: deadyet.Received, Bytes: []byte("CVR 2 8.5.1302 8.5.1302 8.5.1302 http://msgr.dlservice.microsoft.com http://messenger.live.com\r\n"), At: ms(133)},
			{Dir: deadyet.Sent, Bytes: []byte("OUT\r\n"), At: ms(134)},
		},
		End: "the server hung up",
	}
}
