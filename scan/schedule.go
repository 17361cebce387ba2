package scan

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"deadyet"
)

// Memory tells what the schedule needs to know of the past. It is read at the
// beginning of each round.
type Memory interface {
	// Last tells what was found last at a check.
	Last(deadyet.CheckID) Last
	// LastRound tells when the last round that asked the network began; zero
	// if none did.
	LastRound(deadyet.NetworkID) time.Time
	// Next returns the number of the vantage's next round.
	Next(deadyet.VantageID) deadyet.RoundNumber
}

// Schedule runs a round whenever networks are due. The second pass waits for a
// tenth of their shortest interval at most.
type Schedule struct {
	Subject  deadyet.Subject
	Runner   Runner
	Memory   Memory
	Recorder Recorder
	Log      *slog.Logger // nil: the default one

	// Reserve, if not nil, keeps what a round may spend before it begins, and
	// what it spent when it is given up, so that a program which is killed and
	// started again never goes past a budget. Without it no round begins.
	Reserve func(context.Context, []deadyet.Spent) error

	blind map[deadyet.NetworkID]bool // whose last round had no good canary and reached nobody
}

// Run asks until ctx ends. Networks that were never asked are asked at once.
// A round that can't be recorded is offered again, with growing pauses, until
// it is taken or the next one is due; what is lost then is logged. Run returns
// nil when ctx ends and an error when there is nothing to ask.
func (s Schedule) Run(ctx context.Context) error {
	if len(s.dialled()) == 0 {
		return errors.New("start the schedule: no network of the subject may be asked")
	}
	s.blind = make(map[deadyet.NetworkID]bool)
	for {
		due, at := s.next()
		if !wait(ctx, time.Until(at)) {
			return nil
		}
		s.round(ctx, due)
		if ctx.Err() != nil {
			return nil
		}
	}
}

func (s Schedule) dialled() (ns []deadyet.Network) {
	for _, n := range s.Subject.Networks {
		if n.Dialled() {
			ns = append(ns, n)
		}
	}
	return ns
}

// together is how far apart two networks may be due and still share a round.
const together = time.Second

// next returns the networks that are due first, and when.
func (s Schedule) next() (due []deadyet.NetworkID, at time.Time) {
	for _, n := range s.dialled() {
		t := s.due(n)
		switch {
		case len(due) == 0 || t.Before(at.Add(-together)):
			due, at = []deadyet.NetworkID{n.ID}, t
		case t.Before(at.Add(together)):
			due = append(due, n.ID)
		}
	}
	return due, at
}

// soon is when a round is tried again in which our own line was down: it
// reached nobody, so it is not what the interval is there to spare them.
const soon = 5 * time.Minute

// due returns when n is due: one interval after its last round began, or soon
// after one that was blind. A moment that has passed counts as now, so that
// networks which were missed while the program did not run share a round.
func (s Schedule) due(n deadyet.Network) time.Time {
	now := time.Now()
	last := s.Memory.LastRound(n.ID)
	if s.blind[n.ID] {
		return last.Add(min(n.Interval, soon))
	}
	if last.IsZero() || last.Add(n.Interval).Before(now) {
		return now
	}
	return last.Add(n.Interval)
}

// closes returns how long a round over due may take: the shortest interval.
func (s Schedule) closes(due []deadyet.NetworkID) time.Duration {
	var d time.Duration
	for _, id := range due {
		if n, ok := s.Subject.NetworkByID(id); ok && (d == 0 || n.Interval < d) {
			d = n.Interval
		}
	}
	return d
}

func (s Schedule) round(ctx context.Context, due []deadyet.NetworkID) {
	number := s.Memory.Next(s.Runner.Vantage)
	open, cancel := context.WithTimeout(ctx, s.closes(due))
	defer cancel()
	p := s.plan(due)
	if err := s.reserve(ctx, p); err != nil {
		s.log().Error("no round is begun, because its connections can't be noted", "round", number, "err", err)
		wait(ctx, time.Minute)
		return
	}
	runner := s.Runner
	runner.Pause = min(runner.Pause, s.closes(due)/10)
	r, err := runner.Run(open, p, number)
	if err != nil {
		s.giveBack(ctx)
		if ctx.Err() == nil {
			s.log().Error("a round was lost", "round", number, "err", err)
			wait(ctx, time.Minute)
		}
		return
	}
	for _, n := range due {
		s.blind[n] = !r.Canary.Good && !reached(r, n)
	}
	s.record(ctx, open, r)
}

// reached reports whether anything at n answered in r. Then it was only the
// canary that was dead, and n is not asked again before its time.
func reached(r deadyet.Round, n deadyet.NetworkID) bool {
	return slices.ContainsFunc(r.Observations, func(o deadyet.Observation) bool {
		return o.Check.Server.Network() == n && o.Answer != deadyet.AnswerUnasked && o.Answer != deadyet.AnswerSilent
	})
}

// reserve notes what the round of p may spend.
func (s Schedule) reserve(ctx context.Context, p Plan) error {
	if s.Reserve == nil || s.Runner.Budget == nil {
		return nil
	}
	return s.Reserve(ctx, s.Runner.Budget.Reserved(p, deadyet.DayOf(time.Now())))
}

// giveBack notes what a round that came to nothing has really spent.
func (s Schedule) giveBack(ctx context.Context) {
	if s.Reserve == nil || s.Runner.Budget == nil {
		return
	}
	if err := s.Reserve(context.WithoutCancel(ctx), s.Runner.Budget.Spent(deadyet.DayOf(time.Now()))); err != nil {
		s.log().Error("connections that were not made stay spent for today", "err", err)
	}
}

func (s Schedule) plan(due []deadyet.NetworkID) Plan {
	in := Input{Subject: s.Subject, Networks: due, Now: time.Now(), Last: s.Memory.Last}
	if b := s.Runner.Budget; b != nil {
		in.Left = func(n deadyet.Network, host string) int { return b.Left(n, host, in.Now) }
	}
	return MakePlan(in)
}

// record offers r until it is taken. open ends when the next round is due; at
// a clean end of the program the round is offered once more.
func (s Schedule) record(ctx, open context.Context, r deadyet.Round) {
	for pause := time.Second; ; pause = min(2*pause, time.Minute) {
		err := s.Recorder.Record(context.WithoutCancel(ctx), r)
		if err == nil {
			s.log().Info("round recorded", "round", r.Number, "checks", r.Planned,
				"connections", r.Connections, "canary", r.Canary.Good, "took", r.Ended.Sub(r.Began).Round(time.Millisecond))
			return
		}
		s.log().Error("the round can't be recorded; the page stays as it is, and the round is offered again", "round", r.Number, "err", err)
		if !wait(open, pause) {
			s.log().Error("the round is lost", "round", r.Number, "err", err)
			return
		}
	}
}

func (s Schedule) log() *slog.Logger {
	if s.Log != nil {
		return s.Log
	}
	return slog.Default()
}

// wait returns false when ctx ends first.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
