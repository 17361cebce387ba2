package scan

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"deadyet"
)

// atClose returns what a round of a minute observes at a server whose answer
// takes an hour.
func atClose(t *testing.T, says map[string]rune, last Last) deadyet.Observation {
	t.Helper()
	f := &fakeProber{takes: map[string]time.Duration{"192.0.2.1": time.Hour}, says: says}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	in := Input{Subject: subjectOf(fleet("n", "192.0.2.1")), Now: noon, Last: func(deadyet.CheckID) Last { return last }}
	round, err := (Runner{Prober: f}).Run(ctx, MakePlan(in), 1)
	if err != nil {
		t.Fatal(err)
	}
	return round.Observations[0]
}

func TestRunner_ARoundThatClosesFindsNothingOut(t *testing.T) {
	yes := try('y')
	for _, tt := range []struct {
		name string
		says rune
		last Last
	}{
		{"silence cut short by us is unasked", 's', Last{}},
		{"a no that could not win three times is unasked", 'n', Last{outcome(&yes), noon}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := atClose(t, map[string]rune{"192.0.2.1": tt.says}, tt.last)
				if got.Answer != deadyet.AnswerUnasked {
					t.Errorf("got %v (%+v), want unasked", got.Answer, got.Failure)
				}
			})
		})
	}
}

func TestBudget_KnowsAHostInAnySpellingAndNoClosedNetwork(t *testing.T) {
	open, closed := fleet("open", "Messenger.example"), fleet("closed", "messenger.example")
	open.ConnectionsPerDay, closed.ConnectionsPerDay = 1, 0
	b := NewBudget(subjectOf(closed, open), nil)
	if err := b.Take("messenger.example.", noon); err != nil {
		t.Errorf("a closed network spent the budget of an open one: %v", err)
	}
	if err := b.Take("MESSENGER.example", noon); err == nil {
		t.Error("the second connection of one was given")
	}
}

func TestSchedule_ADeadCanaryAloneBringsNoRoundForward(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := &fakeBook{}
		runner := Runner{Prober: &fakeProber{}, Canary: Canary{Hosts: []string{"canary.example:443"}, Timeout: time.Second, Dial: failingDial}}
		s := Schedule{Subject: subjectOf(fleet("n", "192.0.2.1")), Runner: runner, Memory: book, Recorder: book}
		ctx, cancel := context.WithTimeout(t.Context(), 16*time.Minute)
		defer cancel()
		if err := s.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if len(book.rounds) != 1 {
			t.Errorf("got %d rounds in 16 minutes at servers that answer, want one an interval", len(book.rounds))
		}
	})
}

// A program that is killed in the middle of a round and started again finds
// what that round might have spent, and not a fresh budget.
func TestSchedule_ReservesWhatARoundMaySpend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := fleet("n", "192.0.2.1")
		n.ConnectionsPerDay, n.Interval = 10, 24*time.Hour
		subject := subjectOf(n)
		budget := NewBudget(subject, nil)
		var kept []deadyet.Spent
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		book := &fakeBook{}
		s := Schedule{
			Subject: subject, Memory: book, Recorder: book,
			Runner:  Runner{Prober: &fakeProber{takes: map[string]time.Duration{"192.0.2.1": time.Minute}}, Budget: budget},
			Reserve: func(_ context.Context, sp []deadyet.Spent) error { kept = sp; cancel(); return nil },
		}
		if err := s.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if len(kept) != 1 || kept[0].Connections != 0 {
			t.Fatalf("after a clean end: got %+v, want nothing spent", kept)
		}
		p := MakePlan(Input{Subject: subject, Now: time.Now(), Left: func(n deadyet.Network, h string) int { return budget.Left(n, h, time.Now()) }})
		again := NewBudget(subject, budget.Reserved(p, deadyet.DayOf(time.Now())))
		share := p.Jobs[0].Connections
		if got := again.Left(n, "192.0.2.1", time.Now()); share == 0 || got != 10-share {
			t.Errorf("after a kill %d connections are left of 10, want %d: the share of the round is spent", got, 10-share)
		}
	})
}

func TestSchedule_NothingIsAskedThatCantBeNoted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := &fakeBook{}
		prober := &fakeProber{}
		subject := subjectOf(fleet("n", "192.0.2.1"))
		s := Schedule{
			Subject: subject, Memory: book, Recorder: book, Runner: Runner{Prober: prober, Budget: NewBudget(subject, nil)},
			Reserve: func(context.Context, []deadyet.Spent) error { return errors.New("no space left on device") },
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if err := s.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if len(prober.most) != 0 {
			t.Errorf("hosts were asked: %v", prober.most)
		}
	})
}
