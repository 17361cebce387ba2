package scan

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"deadyet"
)

func TestLine_Loss(t *testing.T) {
	conn := func(host string, sent, resent int) deadyet.Traffic {
		return deadyet.Traffic{Host: host, Port: 1863, Sent: sent, Resent: resent, Connected: true}
	}
	vain := func(host string, sent int) deadyet.Traffic {
		return deadyet.Traffic{Host: host, Port: 1863, Sent: sent, Resent: sent}
	}
	for _, tt := range []struct {
		name         string
		traffic      []deadyet.Traffic
		sent, resent int
		bad          bool
	}{
		{"nothing was sent", nil, 0, 0, false},
		{"a good line", []deadyet.Traffic{conn("a", 500, 2), conn("b", 500, 0)}, 1000, 2, false},
		{"a bad line", []deadyet.Traffic{conn("a", 200, 60), conn("b", 200, 70)}, 400, 130, true},
		{"just at the limit", []deadyet.Traffic{conn("a", 200, 50), conn("b", 200, 50)}, 400, 100, false},
		{"an attempt in vain counts where another one was answered", []deadyet.Traffic{vain("a", 2), conn("a", 10, 0)}, 12, 2, false},
		{"where nobody is, nothing is lost", []deadyet.Traffic{vain("a", 300), conn("b", 100, 1), conn("c", 100, 0)}, 200, 1, false},
		{"one bad host is its own matter", []deadyet.Traffic{conn("a", 400, 390), conn("b", 200, 2)}, 600, 392, false},
		{"too few to tell", []deadyet.Traffic{conn("a", 40, 30), conn("b", 90, 60)}, 130, 90, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var l Line
			l.Add(conn("old", 1000, 1000))
			l.begin()
			for _, tr := range tt.traffic {
				l.Add(tr)
			}
			if got, want := l.loss(LossLimit), (deadyet.Loss{Sent: tt.sent, Resent: tt.resent, Bad: tt.bad}); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

// roundOver is a round in which that many of a hundred packets are lost.
func roundOver(t *testing.T, lost int, canary Canary, says map[string]rune) deadyet.Round {
	t.Helper()
	line := &Line{}
	f := &fakeProber{says: says}
	r := Runner{Prober: f, Line: line, Canary: canary}
	r.Found = func(deadyet.Observation) { // once for each of 15 checks, before the round ends
		for _, host := range []string{"192.0.2.1", "192.0.2.2"} {
			line.Add(deadyet.Traffic{Host: host, Port: 1863, Sent: 100, Resent: lost, Connected: true})
		}
	}
	round, err := r.Run(t.Context(), MakePlan(Input{Subject: subjectOf(fleet("n", "192.0.2.1", "192.0.2.2", "192.0.2.3")), Now: noon}), 1)
	if err != nil {
		t.Fatal(err)
	}
	return round
}

func TestRunner_ALossyRoundHasNoVote(t *testing.T) {
	for _, lost := range []int{1, 60} {
		round := roundOver(t, lost, Canary{}, nil)
		bad := lost > 25
		if round.Loss.Bad != bad {
			t.Fatalf("%d %% lost: got %+v", lost, round.Loss)
		}
		for i, f := range round.Findings {
			if f.Voted() == bad || (f.Failure.Kind == deadyet.FailureLineLossy) != bad || (f.Votes.Of == 0) != bad {
				t.Errorf("%d %% lost: %s: got %+v %s", lost, f.Check.ID(), f.Outcome, f.Failure)
			}
			if round.Observations[i].Answer != deadyet.AnswerYes {
				t.Errorf("%d %% lost: the observation was not kept", lost)
			}
		}
	}
}

// While the canary fails, something on the way may answer in a server's name.
func TestRunner_WithoutCanaryOnlyItsOwnWordsCount(t *testing.T) {
	bad := Canary{Hosts: []string{"canary.example:443"}, Dial: failingDial}
	round := roundOver(t, 0, bad, map[string]rune{"192.0.2.1": 'r', "192.0.2.2": 'n', "192.0.2.3": 'c'})
	for i, f := range round.Findings {
		own := f.Check.Server.Name() == "192.0.2.2"
		if f.Voted() != own || round.Observations[i].Answer == deadyet.AnswerUnasked {
			t.Errorf("%s: got %v %s, observed %s", f.Check.ID(), f.Outcome, f.Failure, round.Observations[i].Answer)
		}
	}
}

// What docs/loss.md claims must be what the code does.
func TestLossLimit_IsWhatTheDocumentSays(t *testing.T) {
	text, err := os.ReadFile("../docs/loss.md")
	if err != nil {
		t.Fatal(err)
	}
	const places, bar = fleetChecks * 10 * 365 * 24, 0.001
	claims := []string{fmt.Sprintf("**%.0f %%**, `loss_limit`", 100*LossLimit), fmt.Sprintf("from %d packets on", fewest)}
	for _, q := range []float64{0.05, 0.10, 0.25, 0.32, 0.50} {
		round := math.Pow(q, 8)
		claims = append(claims, fmt.Sprintf("| %.0f %% | %.1e | %.2g |", 100*q, round, math.Pow(round, 3)*places))
	}
	claims = append(claims, fmt.Sprintf("met up to %.0f %%; the limit", 100*math.Floor(100*math.Pow(bar/places, 1.0/24))/100))
	for _, claim := range claims {
		if !strings.Contains(string(text), claim) {
			t.Errorf("docs/loss.md does not say %q", claim)
		}
	}
}
