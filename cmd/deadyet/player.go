package main

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"deadyet"
)

// errAgain says that the demo is to be played from the beginning.
var errAgain = errors.New("play it again")

// player plays a stage for somebody who watches: at a steady pace, with pauses.
type player struct {
	stage    *stage
	moments  []time.Time
	interval time.Duration // between two rounds
	pauseAt  time.Time     // pauses before the first round from then on; zero: never
	keys     chan string   // what is typed
	clock    *clock
	log      *slog.Logger
}

// clock is the time on the stage.
type clock struct{ at atomic.Pointer[time.Time] }

func (c *clock) set(t time.Time) { c.at.Store(&t) }
func (c *clock) now() time.Time  { return *c.at.Load() }

// drive runs all rounds. After the last one it stays until it is to be played
// again or ctx ends.
func (p *player) drive(ctx context.Context, r recorder) error {
	err := p.play(ctx, r)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (p *player) play(ctx context.Context, r recorder) error {
	pauseAt := p.pauseAt
	for _, at := range p.moments {
		if !pauseAt.IsZero() && !at.Before(pauseAt) {
			pauseAt = time.Time{}
			if err := p.pause(ctx); err != nil {
				return err
			}
		}
		next := time.After(p.interval)
		if err := p.round(ctx, r, at); err != nil {
			return err
		}
		if err := p.wait(ctx, next); err != nil {
			return err
		}
	}
	p.log.Info("SIMULATED: this is the end. The page stays up; r and Enter starts again.")
	return p.stay(ctx)
}

func (p *player) round(ctx context.Context, r recorder, at time.Time) error {
	began := time.Now()
	round, err := p.stage.round(ctx, r.Ledger, staged{r, p.clock}, at)
	if err != nil {
		return err
	}
	p.log.Info("SIMULATED: "+spoken(at)+at.Format(", 15:04"), "round", round.Number,
		"checks", round.Planned, "connections", round.Connections, "took", time.Since(began).Round(time.Millisecond))
	return nil
}

// staged sets the clock of the page before a round is on it.
type staged struct {
	recorder
	clock *clock
}

func (s staged) Record(ctx context.Context, r deadyet.Round) error {
	s.clock.set(r.Began)
	return s.recorder.Record(ctx, r)
}

// wait waits for the next round, and for as long as it is paused. What was
// typed meanwhile comes first.
func (p *player) wait(ctx context.Context, next <-chan time.Time) error {
	for {
		select {
		case key := <-p.keys:
			if err := p.typed(ctx, key); err != nil {
				return err
			}
			continue
		default:
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-next:
			return nil
		case key := <-p.keys:
			if err := p.typed(ctx, key); err != nil {
				return err
			}
		}
	}
}

// typed does what a key says.
func (p *player) typed(ctx context.Context, key string) error {
	switch key {
	case "p":
		return p.pause(ctx)
	case "r":
		return errAgain
	}
	p.log.Info("SIMULATED: " + demoKeys)
	return nil
}

// pause waits until somebody wants it to go on.
func (p *player) pause(ctx context.Context) error {
	p.log.Info("SIMULATED: paused on " + spoken(p.clock.now()) + ". p and Enter goes on.")
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case key := <-p.keys:
			switch key {
			case "p":
				p.log.Info("SIMULATED: it goes on.")
				return nil
			case "r":
				return errAgain
			}
		}
	}
}

// stay waits for the end of the program, or of the end.
func (p *player) stay(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case key := <-p.keys:
			if key == "r" {
				return errAgain
			}
			p.log.Info("SIMULATED: it has ended. r and Enter starts again.")
		}
	}
}

// teller says what is new on the page: another answer, and news as it appears
// and changes.
type teller struct {
	log *slog.Logger

	mu    sync.Mutex
	word  deadyet.Word              // guarded by mu; that was told last
	items map[deadyet.ItemID]string // guarded by mu; titles that were told
}

func newTeller(log *slog.Logger) *teller {
	return &teller{log: log, items: make(map[deadyet.ItemID]string)}
}

func (t *teller) tell(e deadyet.Edition) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(e.Rounds) == 0 {
		return
	}
	if e.Verdict.Word != t.word {
		t.word = e.Verdict.Word
		t.log.Info("SIMULATED: " + e.Subject.Question + " " + e.Verdict.Says + ". " + e.Verdict.Reason)
	}
	for _, i := range slices.Backward(e.Items) {
		if t.items[i.ID] != i.Title {
			t.items[i.ID] = i.Title
			t.log.Info("SIMULATED: news of " + spoken(i.At) + ": " + i.Title)
		}
	}
}

// spoken is a day as people say it.
func spoken(t time.Time) string { return t.UTC().Format("2 January 2006") }
