package scan

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"deadyet"
)

// Runner carries out plans. Its fields must not be changed while it runs.
type Runner struct {
	Prober  Prober
	Vantage deadyet.VantageID
	Canary  Canary // without hosts the line is taken to be good
	Budget  *Budget

	// Line, if not nil, is what the dialer tells of its connections: it estimates
	// how much of what we send is lost. Above LossLimit, 0 meaning the constant of
	// that name, the round has no vote.
	Line      *Line
	LossLimit float64

	// InFlight is how many hosts are asked at one time, beside those that keep us
	// waiting for more than a second, up to four times as many; 0 means 512.
	InFlight int
	Suspects int // the same of the suspected dead, in a lane of their own; 0 means 64

	// Local, if not nil, reports hosts about which the canary says nothing,
	// because the way to them does not use our line.
	Local func(host string) bool

	// Pause is how long after the main pass of a round those checks are asked
	// once more that were a yes before and are none now. 0 means never.
	Pause time.Duration

	// Found, if not nil, is called once for each observation as it becomes
	// known, by one goroutine at a time. Silence becomes known last: only the
	// canary at the end of the round tells it from a line that is down.
	Found func(deadyet.Observation)
}

// Run carries out p as the round of that number. The round holds exactly one
// observation for each check of the plan. What is not answered when ctx's
// deadline passes is unasked; when ctx is cancelled the round is given up and
// the error says so.
func (r Runner) Run(ctx context.Context, p Plan, number deadyet.RoundNumber) (deadyet.Round, error) {
	round := deadyet.Round{
		Number: number, Vantage: r.Vantage, Networks: p.Networks, Simulated: p.Simulated,
		Began: time.Now().UTC(), Planned: p.Checks(),
	}
	if r.Budget != nil {
		r.Budget.Begin(p)
	}
	if r.Line != nil {
		r.Line.begin()
	}
	begin := r.Canary.look(ctx, 0)
	round.Observations = r.ask(ctx, p)
	if err := context.Cause(ctx); err != nil && ctx.Err() == context.Canceled {
		return deadyet.Round{}, fmt.Errorf("give up round %d: %w", number, err)
	}
	round.Canary = sum(begin, r.Canary.look(context.WithoutCancel(ctx), 1))
	round.Canary.Good = round.Canary.Good || len(r.Canary.Hosts) == 0
	round.Ended = time.Now().UTC()
	if got := len(round.Observations); got != round.Planned {
		return deadyet.Round{}, fmt.Errorf("close round %d: %d checks were planned and %d have an observation", number, round.Planned, got)
	}
	p.order(round.Observations)
	local := r.local(p)
	for i := range round.Observations {
		r.close(&round, &round.Observations[i], local)
	}
	if r.Budget != nil {
		round.Spent = r.Budget.Spent(deadyet.DayOf(round.Ended))
	}
	round.Connections = connections(round.Observations)
	if r.Line != nil {
		round.Loss = r.loss()
	}
	round.Findings = Agree(round.Began, number, round.Observations)
	withhold(&round, local)
	return round, nil
}

func (r Runner) loss() deadyet.Loss { return r.Line.loss(cmp.Or(r.LossLimit, LossLimit)) }

// local returns the servers about which the canary says nothing.
func (r Runner) local(p Plan) map[deadyet.ServerID]bool {
	local := make(map[deadyet.ServerID]bool)
	for _, j := range p.Jobs {
		for _, q := range j.Asks {
			local[q.Target.Server] = r.Local != nil && r.Local(q.Target.Address)
		}
	}
	return local
}

// close writes the round into the observation, and takes silence back when our
// own line was down. A measured yes or no stays.
func (r Runner) close(round *deadyet.Round, o *deadyet.Observation, local map[deadyet.ServerID]bool) {
	o.Round, o.Vantage = round.Number, r.Vantage
	if o.Answer != deadyet.AnswerSilent {
		return
	}
	if !round.Canary.Good && !local[o.Check.Server] {
		takeBack(o)
	}
	if r.Found != nil {
		r.Found(*o)
	}
}

// takeBack makes nothing of silence: it may have been our own line.
func takeBack(o *deadyet.Observation) {
	if o.Answer != deadyet.AnswerSilent {
		return
	}
	detail := "the canary failed as well"
	if o.Failure.Detail != "" {
		detail += "; " + o.Failure.Detail
	}
	o.Answer = deadyet.AnswerUnasked
	o.Failure = deadyet.Failure{Stage: o.Failure.Stage, Kind: deadyet.FailureLineDown, Detail: detail}
}

// ask runs all jobs, and those of which something is in doubt a second time.
func (r Runner) ask(ctx context.Context, p Plan) []deadyet.Observation {
	g := &gathering{runner: &r, all: make([]deadyet.Observation, 0, p.Checks()), held: make(map[deadyet.Endpoint]*reopening)}
	r.pass(ctx, p.Jobs, func(q *Question) { g.add(q, r.question(ctx, q)) })
	if again := g.again(p); len(again) > 0 && r.pause(ctx) {
		r.pass(ctx, again, func(q *Question) { r.second(ctx, g.of(q.Target.Endpoint)) })
	}
	g.release()
	return g.all
}

// pass runs jobs in their two lanes.
func (r Runner) pass(ctx context.Context, jobs []Job, ask func(*Question)) {
	healthy, suspects := newLane(orDefault(r.InFlight, 512)), newLane(orDefault(r.Suspects, 64))
	var wg sync.WaitGroup
	// The healthy first, so that they are not behind a queue of dead ones.
	for _, suspect := range []bool{false, true} {
		way := healthy
		if suspect {
			way = suspects
		}
		for _, i := range rand.Perm(len(jobs)) { // neighbours not one after the other
			if j := &jobs[i]; j.Suspect == suspect {
				wg.Go(func() {
					defer way.enter()()
					r.job(j, ask)
				})
			}
		}
	}
	wg.Wait()
}

func orDefault(n, d int) int {
	if n > 0 {
		return n
	}
	return d
}

// job asks one host: its endpoints one after the other, or as many at one time
// as it allows.
func (r Runner) job(j *Job, ask func(*Question)) {
	if j.PerHost <= 1 {
		for i := range j.Asks {
			ask(&j.Asks[i])
		}
		return
	}
	at := make(chan struct{}, j.PerHost)
	var wg sync.WaitGroup
	for i := range j.Asks {
		at <- struct{}{}
		wg.Go(func() {
			defer func() { <-at }()
			ask(&j.Asks[i])
		})
	}
	wg.Wait()
}

// question asks the checks of one endpoint until each has its observation.
// Its frame and those below it are small on purpose: a fleet of silent servers
// keeps one of each waiting for every host.
func (r Runner) question(ctx context.Context, q *Question) []deadyet.Observation {
	a := newAsking(q)
	for len(a.open) > 0 {
		r.try(ctx, a)
		a.settle(ctx.Err() == nil)
	}
	return a.out
}

// try asks what is open once.
func (r Runner) try(ctx context.Context, a *asking) {
	began := time.Now().UTC()
	got, why := r.probe(ctx, a.q, a.ask())
	a.add(got, began, why)
}

// probe asks once. why says what is wrong with a check that has no reading.
func (r Runner) probe(ctx context.Context, q *Question, checks []deadyet.Check) (got []deadyet.Reading, why string) {
	if ctx.Err() != nil {
		return nil, "the round was closed before its turn came"
	}
	got, err := r.Prober.Probe(ctx, q.Target, checks)
	if err != nil {
		return got, err.Error()
	}
	if ctx.Err() != nil {
		cutOff(got)
	}
	return got, "the prober gave no reading"
}

// cutOff takes back the silence of readings that were under way when the round
// was closed: the time was ours, and too short.
func cutOff(got []deadyet.Reading) {
	for i := range got {
		if r := &got[i]; r.Answer == deadyet.AnswerSilent && r.Failure.Kind == deadyet.FailureTimeout {
			r.Answer = deadyet.AnswerUnasked
			r.Failure.Kind, r.Failure.Detail = deadyet.FailureUnknown, "the round was closed while it was asked"
		}
	}
}

// asking is a question while it is asked.
type asking struct {
	q    *Question
	out  []deadyet.Observation // in the order of the question
	open []deadyet.Check       // without an observation that counts
}

func newAsking(q *Question) *asking {
	a := &asking{q: q, out: make([]deadyet.Observation, len(q.Checks)), open: q.Checks}
	for i, c := range q.Checks {
		a.out[i].Check = c
	}
	return a
}

// of returns the observation of a check, nil if it was not asked. There are
// few enough of them to search.
func (a *asking) of(c deadyet.Check) *deadyet.Observation {
	if i := slices.Index(a.q.Checks, c); i >= 0 {
		return &a.out[i]
	}
	return nil
}

// ask returns what to ask now: what is open, and a witness where the server hung
// up on something. Only a version that it answers in the same visit tells what a
// hang-up on another one means.
func (a *asking) ask() []deadyet.Check {
	if !slices.ContainsFunc(a.open, func(c deadyet.Check) bool { return a.of(c).Last().HungUp() }) {
		return a.open
	}
	for _, c := range a.q.Checks {
		if o := a.of(c); c.Version != "" && o.Answer == deadyet.AnswerYes && !slices.Contains(a.open, c) {
			return append(slices.Clip(a.open), c)
		}
	}
	return a.open
}

// add gives each open check exactly one more reading: what the prober could
// not ask, or left out, is unasked.
func (a *asking) add(got []deadyet.Reading, began time.Time, why string) {
	given := make(map[deadyet.Check]bool, len(a.open))
	for i := range got {
		c := got[i].Check
		if o := a.of(c); o != nil && !given[c] && slices.Contains(a.open, c) {
			given[c] = true
			o.Readings = append(o.Readings, got[i])
		}
	}
	for _, c := range a.open {
		if o := a.of(c); !given[c] {
			o.Readings = append(o.Readings, deadyet.Reading{Check: c, Began: began, Failure: deadyet.Failure{Kind: deadyet.FailureUnknown, Detail: why}})
		}
	}
}

// settle concludes, and leaves open what needs one more try. Where there may be
// none, nothing was found: one try must not win for three.
func (a *asking) settle(more bool) {
	var again []deadyet.Check
	for _, c := range a.open {
		switch o := a.of(c); {
		case !conclude(o, a.q.last(c)):
		case more:
			again = append(again, c)
		default:
			o.Answer, o.Stage = deadyet.AnswerUnasked, deadyet.StageNone
			o.Failure = deadyet.Failure{Kind: deadyet.FailureUnknown, Detail: "the round was closed before it could be asked again"}
		}
	}
	a.open = again
}

func (q *Question) last(c deadyet.Check) *deadyet.Outcome {
	if o, ok := q.Last[c]; ok && o.Answer != deadyet.AnswerUnasked {
		return &o
	}
	return nil
}

// connections counts the transcripts: each connection has left one.
func connections(os []deadyet.Observation) int {
	seen := make(map[*deadyet.Transcript]bool)
	for _, o := range os {
		for _, rd := range o.Readings {
			if rd.Transcript != nil {
				seen[rd.Transcript] = true
			}
		}
	}
	return len(seen)
}
