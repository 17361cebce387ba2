package scan

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"deadyet"
)

// CanaryEvery is how long a [Runner.Stream] waits at least between two looks at
// the canary.
const CanaryEvery = 10 * time.Second

// Stream asks hosts as they come, for inventories of any length: it needs memory
// for the hosts that are being asked only. Each job has a number, which is given
// back with all of its observations as soon as they are known, by one goroutine
// at a time, in any order. Nothing is known of the hosts from before, and so
// there is no lane for suspects, no second pass, and no budget.
//
// A job with silence in it waits for the next look at the canary, which is not
// before [CanaryEvery] has passed since the last one: silence counts only if the
// line was good before and after it.
//
// When ctx ends, or done returns an error, no more hosts are asked, and those that
// are being asked are given up: done is not told of them, and the error says why.
func (r Runner) Stream(ctx context.Context, jobs iter.Seq2[int, Job], done func(n int, os []deadyet.Observation) error) (deadyet.RoundSummary, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s := &stream{Runner: r, done: done, stop: cancel, silent: make(chan struct{}, 1)}
	s.sum = deadyet.RoundSummary{
		Number: 1, Vantage: r.Vantage, Began: time.Now().UTC(),
		Canary: deadyet.Canary{Good: true}, Counts: make(map[deadyet.Answer]int), Unasked: make(map[deadyet.FailureKind]int),
	}
	if r.Line != nil {
		r.Line.begin()
	}
	var watching, working sync.WaitGroup
	over := make(chan struct{})
	watching.Go(func() { s.watch(ctx, over) })
	feed := make(chan numbered)
	for range orDefault(r.InFlight, 512) {
		working.Go(func() {
			for j := range feed {
				s.ask(ctx, j)
			}
		})
	}
	for n, j := range jobs {
		select {
		case feed <- numbered{n, j}:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(feed)
	working.Wait()
	close(over)
	watching.Wait()
	s.sum.Ended = time.Now().UTC()
	if r.Line != nil {
		s.sum.Loss = r.loss()
	}
	if err := context.Cause(ctx); err != nil {
		return s.sum, fmt.Errorf("scan on: %w", err)
	}
	if len(s.held) > 0 {
		s.look(ctx)
	}
	if err := context.Cause(ctx); err != nil {
		return s.sum, fmt.Errorf("end the scan: %w", err)
	}
	return s.sum, nil
}

// numbered is a job that has to be named when it is done.
type numbered struct {
	n   int
	job Job
}

// heard is a job that was asked.
type heard struct {
	n  int
	os []deadyet.Observation
}

// stream is one call of [Runner.Stream].
type stream struct {
	Runner
	done   func(n int, os []deadyet.Observation) error
	stop   context.CancelCauseFunc
	silent chan struct{} // something waits for the canary
	first  sync.Once     // look at it, before the first host that it says something about

	mu   sync.Mutex
	sum  deadyet.RoundSummary // guarded by mu
	held []heard              // guarded by mu
	half int                  // of the canary's hosts, whose turn is next; guarded by mu
	good bool                 // what the last look said; guarded by mu
}

// ask asks one host, and hands on what it said unless somebody has to look
// whether the line is good.
func (s *stream) ask(ctx context.Context, j numbered) {
	watched := len(s.Canary.Hosts) > 0 && (s.Local == nil || !s.Local(j.job.Host))
	if watched {
		s.first.Do(func() { s.look(ctx) })
	}
	var mu sync.Mutex
	var os []deadyet.Observation
	s.job(&j.job, func(q *Question) {
		more := s.question(ctx, q)
		mu.Lock()
		defer mu.Unlock()
		os = append(os, more...)
	})
	if ctx.Err() != nil {
		return
	}
	for i := range os {
		os[i].Vantage, os[i].Round = s.Vantage, 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !watched || !slices.ContainsFunc(os, silent) {
		s.deliver(ctx, heard{j.n, os})
		return
	}
	s.held = append(s.held, heard{j.n, os})
	select {
	case s.silent <- struct{}{}:
	default:
	}
}

func silent(o deadyet.Observation) bool { return o.Answer == deadyet.AnswerSilent }

// deliver counts and hands on, until there is an end. The caller holds s.mu.
func (s *stream) deliver(ctx context.Context, h heard) {
	if ctx.Err() != nil {
		return
	}
	s.sum.Planned += len(h.os)
	s.sum.Connections += connections(h.os)
	for _, o := range h.os {
		s.sum.Counts[o.Answer]++
		if o.Answer == deadyet.AnswerUnasked {
			s.sum.Unasked[o.Failure.Kind]++
		}
	}
	if err := s.done(h.n, h.os); err != nil {
		s.stop(err)
	}
}

// watch looks at the canary while something waits for it.
func (s *stream) watch(ctx context.Context, over <-chan struct{}) {
	for {
		select {
		case <-s.silent:
		case <-over:
			return
		case <-ctx.Done():
			return
		}
		pause := time.NewTimer(CanaryEvery)
		select {
		case <-pause.C:
			s.look(ctx)
		case <-over:
			pause.Stop()
			return
		case <-ctx.Done():
			pause.Stop()
			return
		}
	}
}

// look looks at the canary and hands on what has waited for it.
func (s *stream) look(ctx context.Context) {
	s.mu.Lock()
	waited := s.held
	s.held = nil
	half, before := s.half, s.good
	s.half = 1 - half
	s.mu.Unlock()
	hosts := s.Canary.look(ctx, half)
	if len(hosts) == 0 { // there is one host only
		hosts = s.Canary.look(ctx, 1-half)
	}
	if ctx.Err() != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := sum(hosts)
	s.good = seen.Good
	s.sum.Canary.Good = s.sum.Canary.Good && seen.Good
	s.sum.Canary.Hosts = hosts
	for _, h := range waited {
		if !before || !seen.Good {
			for i := range h.os {
				takeBack(&h.os[i])
			}
		}
		s.deliver(ctx, h)
	}
}
