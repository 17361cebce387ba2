package scan

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deadyet"
)

// moody says other things at other times: each letter of a script is one try at
// an endpoint, and the last one goes on.
type moody struct {
	mu     sync.Mutex
	script string
	asked  []time.Time
	checks []int // how many at each try
}

func (m *moody) Probe(_ context.Context, _ deadyet.Target, checks []deadyet.Check) ([]deadyet.Reading, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	letter := m.script[min(len(m.asked), len(m.script)-1)]
	m.asked, m.checks = append(m.asked, time.Now()), append(m.checks, len(checks))
	var out []deadyet.Reading
	for _, c := range checks {
		r := try(rune(letter))
		r.Check = c
		out = append(out, r)
	}
	return out, nil
}

func wasYes(deadyet.CheckID) Last {
	y := try('y')
	return Last{outcome(&y), noon}
}

func onlyOne(n deadyet.Network) deadyet.Network {
	n.Ask = []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP18"}}}
	return n
}

func TestRunner_SecondPass(t *testing.T) {
	for _, tt := range []struct {
		name, script string
		want         deadyet.Answer
		tries        int
	}{
		{"a rate limit that is over was no answer", "CCCy", deadyet.AnswerYes, 4},
		{"nor was an outage", "sssy", deadyet.AnswerYes, 4},
		{"nor was one that took two tries more", "ssssy", deadyet.AnswerYes, 5},
		{"what is switched off stays off", "nnnn", deadyet.AnswerNo, 4},
		{"what is gone stays gone, after as many tries", "ssssss", deadyet.AnswerSilent, 6},
		{"silence gives way to a no of the second pass", "sssn", deadyet.AnswerNo, 6},
		{"words and a hang-up contradict each other", "nnnc", deadyet.AnswerUnclear, 6},
		{"what can't be asked again stays as it was", "nnnu", deadyet.AnswerNo, 3},
		{"and counts the tries before that", "sssnu", deadyet.AnswerNo, 4},
		{"what no rule forbids is asked again", "ey", deadyet.AnswerYes, 2},
		{"what a budget forbids is not", "u", deadyet.AnswerUnasked, 1},
		{"a yes needs no second pass", "y", deadyet.AnswerYes, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := &moody{script: tt.script}
				var told []deadyet.Answer
				r := Runner{Prober: m, Pause: time.Minute, Found: func(o deadyet.Observation) { told = append(told, o.Answer) }}
				round, err := r.Run(t.Context(), MakePlan(Input{Subject: subjectOf(onlyOne(fleet("n", "192.0.2.1"))), Now: noon, Last: wasYes}), 1)
				if err != nil {
					t.Fatal(err)
				}
				o := round.Observations[0]
				if o.Answer != tt.want || o.Tries() != tt.tries {
					t.Errorf("got %s after %d tries (%+v), want %s after %d", o.Answer, o.Tries(), o.Failure, tt.want, tt.tries)
				}
				if want := []deadyet.Answer{tt.want, tt.want, tt.want}; !slices.Equal(told, want) {
					t.Errorf("told %v of the port, the version and who answers, want %v", told, want)
				}
			})
		})
	}
}

func TestRunner_TheSecondPassWaits(t *testing.T) {
	for _, tt := range []struct {
		name  string
		left  time.Duration // of the round; 0: for ever
		want  time.Duration
		tries int
	}{
		{"as long as it is told to", 0, time.Minute, 4},
		{"half of a short round", 30 * time.Second, 15 * time.Second, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx := t.Context()
				if tt.left > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, tt.left)
					defer cancel()
				}
				m := &moody{script: "CCCy"}
				if _, err := (Runner{Prober: m, Pause: time.Minute}).Run(ctx, MakePlan(Input{Subject: subjectOf(onlyOne(fleet("n", "192.0.2.1"))), Now: noon, Last: wasYes}), 1); err != nil {
					t.Fatal(err)
				}
				if got := m.asked[3].Sub(m.asked[0]); len(m.asked) != tt.tries || got != tt.want {
					t.Errorf("the second pass came after %s and %d tries, want %s and %d", got, len(m.asked), tt.want, tt.tries)
				}
			})
		})
	}
}

// A hang-up on one version says something only if the server answers another one
// in the same visit.
func TestRunner_AHangUpIsAskedAgainWithAWitness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &picky{hangsUp: "MSNP18"}
		n := onlyOne(fleet("n", "192.0.2.1"))
		n.Ask[0].Versions = []deadyet.Version{"MSNP8", "MSNP18", "MSNP21"}
		round, err := (Runner{Prober: p, Pause: time.Minute}).Run(t.Context(), MakePlan(Input{Subject: subjectOf(n), Now: noon, Last: wasYes}), 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range round.Observations {
			want, tries := deadyet.AnswerYes, 1
			if o.Check.Version == "MSNP18" {
				want, tries = deadyet.AnswerNo, 4
			}
			if o.Answer != want || o.Tries() != tries {
				t.Errorf("%s: got %s after %d tries, want %s after %d", o.Check.ID(), o.Answer, o.Tries(), want, tries)
			}
		}
	})
}

// picky hangs up on one version, which it can't mean unless it answers another.
type picky struct{ hangsUp deadyet.Version }

func (p *picky) Probe(_ context.Context, _ deadyet.Target, checks []deadyet.Check) ([]deadyet.Reading, error) {
	var out []deadyet.Reading
	for _, c := range checks {
		r := try('y')
		switch {
		case c.Version != p.hangsUp:
		case len(checks) > 1:
			r = try('C')
		default:
			r = try('c')
		}
		r.Check = c
		out = append(out, r)
	}
	return out, nil
}
