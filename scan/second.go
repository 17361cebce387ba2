package scan

import (
	"context"
	"slices"
	"sync"
	"time"

	"deadyet"
)

// Pause is how long a round usually waits for its second pass: longer than the
// minute over which rate limits are counted, and than a route takes to settle.
const Pause = 2 * time.Minute

// gathering holds the observations of a round while they come in.
type gathering struct {
	runner *Runner

	mu   sync.Mutex
	all  []deadyet.Observation           // guarded by mu
	held map[deadyet.Endpoint]*reopening // that may look otherwise after the second pass; guarded by mu
}

// reopening is an endpoint with something in doubt.
type reopening struct {
	*asking
	doubts []deadyet.Check
}

// add takes the observations of one endpoint, and tells of those that are not
// in doubt.
func (g *gathering) add(q *Question, os []deadyet.Observation) {
	g.mu.Lock()
	defer g.mu.Unlock()
	var doubts []deadyet.Check
	for i := range os {
		o := &os[i]
		o.Vantage = g.runner.Vantage
		if g.runner.Pause > 0 && doubtful(o, q.last(o.Check)) {
			doubts = append(doubts, o.Check)
			continue
		}
		g.settled(o)
	}
	if len(doubts) > 0 {
		g.held[q.Target.Endpoint] = &reopening{&asking{q: q, out: os, open: doubts}, doubts}
	}
}

// settled takes an observation that stays, and tells of it unless only the
// canary can say what its silence means. The caller holds g.mu.
func (g *gathering) settled(o *deadyet.Observation) {
	g.all = append(g.all, *o)
	if g.runner.Found != nil && o.Answer != deadyet.AnswerSilent {
		g.runner.Found(*o)
	}
}

// doubtful reports whether a check was a yes before, is none now, and may be
// asked again.
func doubtful(o *deadyet.Observation, last *deadyet.Outcome) bool {
	if last == nil || last.Answer != deadyet.AnswerYes || o.Answer == deadyet.AnswerYes {
		return false
	}
	// What could not be asked because of a rule or a budget won't be a minute later.
	return o.Answer != deadyet.AnswerUnasked || o.Failure.Kind == deadyet.FailureUnknown || o.Failure.Kind == deadyet.FailureResolver
}

// again returns jobs for what is held, in the order of the plan.
func (g *gathering) again(p Plan) (jobs []Job) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, j := range p.Jobs {
		asks := j.Asks
		j.Asks = nil
		for _, q := range asks {
			if g.held[q.Target.Endpoint] != nil {
				j.Asks = append(j.Asks, q)
			}
		}
		if len(j.Asks) > 0 {
			jobs = append(jobs, j)
		}
	}
	return jobs
}

// of returns what is held of an endpoint.
func (g *gathering) of(e deadyet.Endpoint) *reopening {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.held[e]
}

// release takes what was held as it is now.
func (g *gathering) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, d := range g.held {
		for _, c := range d.doubts {
			g.settled(d.asking.of(c))
		}
	}
	g.held = nil
}

// pause waits for the second pass. It returns false when the round is over
// before that. A round that is nearly over waits for half of what is left.
func (r Runner) pause(ctx context.Context) bool {
	d := r.Pause
	if at, ok := ctx.Deadline(); ok {
		d = min(d, time.Until(at)/2)
	}
	return wait(ctx, d)
}

// second asks again what is in doubt at an endpoint. A rate limit, an outage of
// the way, and a server that starts anew are over by then; what is really gone
// is still gone.
func (r Runner) second(ctx context.Context, d *reopening) {
	before := make(map[deadyet.Check]int, len(d.doubts))
	for _, c := range d.doubts {
		before[c] = d.of(c).Tries()
	}
	for len(d.open) > 0 && ctx.Err() == nil {
		r.try(ctx, d.asking)
		d.open = slices.DeleteFunc(slices.Clone(d.open), func(c deadyet.Check) bool {
			return !reconsider(d.of(c), *d.q.last(c), before[c])
		})
	}
}

// reconsider draws o's conclusion after one more try of the second pass; before
// is how many tries there were in the first. It reports whether another try is
// needed.
//
// A try that equals the last finding ends the doubt, as in the first pass. One
// that says what the first pass concluded confirms it; silence is tried as
// often as there. What could not be asked a second time is no reason to drop
// what has won three times.
func reconsider(o *deadyet.Observation, last deadyet.Outcome, before int) (again bool) {
	latest := o.Readings[len(o.Readings)-1]
	said := deadyet.MakeOutcome(o.Answer, o.Stage, o.Failure)
	switch {
	case latest.Answer == deadyet.AnswerUnasked:
		if o.Readings = o.Readings[:len(o.Readings)-1]; len(o.Readings) > before {
			settle(o)
		}
		return false
	case found(&latest, last):
		take(o, &latest)
		return false
	case latest.Answer != deadyet.AnswerSilent && outcome(&latest).SameNews(said):
		return false
	case len(o.Readings)-before < Tries:
		return true
	}
	settle(o)
	return false
}
