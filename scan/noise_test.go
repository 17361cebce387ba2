package scan

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"deadyet"
	"deadyet/history"
)

// fleetOf1000 is asked every hour.
const fleetChecks = 1000 * 6

var hourly = deadyet.Confirmation{Rounds: 3, After: 2 * time.Hour}

// states are what servers really do; wrong is what noise makes of it. They have
// nothing in common, because noise that looks exactly like the state before a
// change hides the change until it stops, and nobody could know better.
var (
	states = []deadyet.Reading{
		{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion},
		{Answer: deadyet.AnswerNo, Failure: deadyet.Failure{Kind: deadyet.FailureVersionRefused}},
		{Answer: deadyet.AnswerSilent, Failure: deadyet.Failure{Kind: deadyet.FailureUnreachable}},
		{Answer: deadyet.AnswerUnclear, Failure: deadyet.Failure{Kind: deadyet.FailureForeignService}},
	}
	wrong = []deadyet.Reading{
		{Answer: deadyet.AnswerNo, Failure: deadyet.Failure{Kind: deadyet.FailureRefused}},
		{Answer: deadyet.AnswerNo, Failure: deadyet.Failure{Kind: deadyet.FailureReset}},
		{Answer: deadyet.AnswerSilent, Failure: deadyet.Failure{Kind: deadyet.FailureTimeout}},
		{Answer: deadyet.AnswerYes, Stage: deadyet.StageLogin},
	}
)

// noise makes readings wrong, each by itself.
type noise struct {
	rate float64
	rng  *rand.Rand
}

func (n noise) read(right deadyet.Reading) deadyet.Reading {
	if n.rng.Float64() < n.rate {
		return n.wrong()
	}
	return right
}

func (n noise) wrong() deadyet.Reading { return wrong[n.rng.IntN(len(wrong))] }

// wait draws how many readings are right until the next wrong one: what is
// geometric, without drawing each of them.
func (n noise) wait() int { return int(n.rng.ExpFloat64() / -math.Log1p(-n.rate)) }

// tally is what came out.
type tally struct {
	doubts    int // rounds in which a first reading was wrong at a settled check
	findings  int // of those, wrong in the end
	misled    int // first looks that were wrong
	corrected int // of those, put right before they could be news
	false     int // changes that can be news and did not happen
	manner    int // changes of the kind of failure only, which never are news
	injected  int
	found     int      // of the injected, once and around the true moment
	wide      int      // of the found, dated to more than the one hour
	wrongs    []string // what was false or missed, for the message
}

func (t *tally) complain(format string, args ...any) {
	if len(t.wrongs) < 10 {
		t.wrongs = append(t.wrongs, fmt.Sprintf(format, args...))
	}
}

// event is a real change: from the round of that hour on, for good.
type event struct {
	hour     int
	from, to deadyet.Reading
}

func (e event) moment() time.Time { return hourAt(e.hour).Add(-30 * time.Minute) }

func hourAt(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }

// life is one check over the hours.
type life struct {
	*tally
	noise
	check deadyet.Check
	right deadyet.Reading
	state history.State
	ahead []event                // that did not happen yet
	open  *event                 // that happened and was not found yet
	buf   [Tries]deadyet.Reading // one round's readings
	first deadyet.Outcome        // of the first look, until a change
}

// settled reports whether equal findings change nothing any more, so that the
// rounds with a right first reading need not be run.
func (l *life) settled() bool {
	return l.state.Pending == nil && l.state.Open.Outcome == outcome(&l.right)
}

// firstLook is for how long a first answer must be found before its end can be
// news: three confirmation times, as package news has it.
const firstLook = 3 * 2 * time.Hour

// begin is the first look ever, as noisy as any other.
func (l *life) begin() {
	o := deadyet.Observation{Check: l.check, Readings: append(l.buf[:0], l.read(l.right))}
	for conclude(&o, nil) {
		o.Readings = append(o.Readings, l.read(l.right))
	}
	f := Agree(hourAt(0), 1, []deadyet.Observation{o})[0]
	l.state, _, _ = history.Extend(history.State{}, f, time.Time{}, hourly)
	l.first = f.Outcome
	if !f.Outcome.SameNews(outcome(&l.right)) {
		l.misled++
	}
}

// corrects reports whether the change ends a first answer that did not last,
// which is no news.
func (l *life) corrects(c deadyet.Change) bool {
	first := l.first == c.From && c.When.From.Sub(hourAt(0)) < firstLook
	l.first = deadyet.Outcome{}
	return first
}

// live runs the rounds that matter, after the one at hour 0.
func (l *life) live(hours int) {
	l.begin()
	for h := 1; h < hours; h++ {
		doubt := h
		if l.settled() {
			doubt = h + l.wait()
			h = min(doubt, l.next(hours))
			if h >= hours {
				return
			}
		} else if l.rng.Float64() >= l.rate {
			doubt = hours
		}
		l.happen(h)
		first := l.right
		if h == doubt {
			first = l.wrong()
		}
		l.round(h, first)
	}
}

func (l *life) next(hours int) int {
	if len(l.ahead) == 0 {
		return hours
	}
	return l.ahead[0].hour
}

func (l *life) happen(h int) {
	if len(l.ahead) > 0 && l.ahead[0].hour == h {
		l.open, l.ahead = &l.ahead[0], l.ahead[1:]
		l.right = l.open.to
	}
}

// round asks until nothing is in doubt, and extends the history with what was
// found, as the runner and the ledger do.
func (l *life) round(h int, first deadyet.Reading) {
	o := deadyet.Observation{Check: l.check, Readings: append(l.buf[:0], first)}
	last := l.state.Open.Outcome
	for conclude(&o, &last) {
		o.Readings = append(o.Readings, l.read(l.right))
	}
	f := Agree(hourAt(h), deadyet.RoundNumber(h+1), []deadyet.Observation{o})[0]
	l.count(first, f)
	var change *deadyet.Change
	if l.state, _, change = history.Extend(l.state, f, hourAt(h-1), hourly); change != nil {
		l.changed(*change)
	}
}

func (l *life) count(first deadyet.Reading, f deadyet.Finding) {
	if !l.settled() || outcome(&first) == outcome(&l.right) {
		return
	}
	l.doubts++
	if f.Outcome != outcome(&l.right) {
		l.findings++
	}
}

// changed compares a change with what really happened.
func (l *life) changed(c deadyet.Change) {
	e := l.open
	switch {
	case !c.News():
		l.manner++
	case l.corrects(c):
		l.corrected++
	case e == nil || !c.From.SameNews(outcome(&e.from)) || !c.To.SameNews(outcome(&e.to)):
		l.false++
		l.complain("%s: %v to %v in %v did not happen", c.Check.ID(), c.From, c.To, c.When)
	case c.When.From.After(e.moment()) || c.When.To.Before(e.moment()):
		l.complain("%s: %v to %v was found in %v, want around %v", c.Check.ID(), c.From, c.To, c.When, e.moment())
	default:
		l.found++
		if c.When.To.Sub(c.When.From) > time.Hour {
			l.wide++
		}
		l.open = nil
	}
}

// apart is how many hours lie between what is injected at one check, and
// before the end: longer than any confirmation takes.
const apart = 72

// events draws n real changes at random checks and hours.
func events(rng *rand.Rand, n, hours int) map[int][]event {
	all := make(map[int][]event)
	for n > 0 {
		c, h := rng.IntN(fleetChecks), apart+rng.IntN(hours-2*apart)
		if slices.ContainsFunc(all[c], func(e event) bool { return max(e.hour-h, h-e.hour) < apart }) {
			continue
		}
		all[c] = append(all[c], event{hour: h})
		n--
	}
	return all
}

// chain orders the events of one check and gives them their states.
func chain(rng *rand.Rand, first deadyet.Reading, es []event) []event {
	slices.SortFunc(es, func(a, b event) int { return a.hour - b.hour })
	state := first
	for i := range es {
		es[i].from = state
		for state.Answer == es[i].from.Answer {
			state = states[rng.IntN(len(states))]
		}
		es[i].to = state
	}
	return es
}

// watch runs the fleet with real changes at random checks.
func watch(seed uint64, rate float64, hours, injected int) tally {
	t := tally{injected: injected}
	rng := rand.New(rand.NewPCG(seed, 0))
	all := events(rng, injected, hours)
	for i := range fleetChecks {
		l := life{tally: &t, noise: noise{rate, rng}, right: states[rng.IntN(len(states))], check: deadyet.Check{
			Endpoint: deadyet.Endpoint{Server: deadyet.MakeServerID("fleet", fmt.Sprint(i/6)), Transport: deadyet.TransportTCP, Port: 1863},
			Kind:     deadyet.KindMSNP, Version: deadyet.Version(fmt.Sprintf("MSNP%d", 16+i%6)),
		}}
		l.ahead = chain(rng, l.right, all[i])
		l.live(hours)
		if l.open != nil || len(l.ahead) > 0 {
			t.complain("%s: a change was not found", l.check.ID())
		}
	}
	return t
}
