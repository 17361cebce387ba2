package site

import (
	"strings"
	"testing"

	"deadyet"
)

func TestSure(t *testing.T) {
	for _, tt := range []struct {
		name string
		r    deadyet.RoundSummary
		want string
	}{
		{"nothing known", deadyet.RoundSummary{Canary: deadyet.Canary{Good: true}}, "How sure is round 7? How much was lost on the way is not known."},
		{"good", deadyet.RoundSummary{Canary: deadyet.Canary{Good: true}, Loss: deadyet.Loss{Sent: 1200}}, "None of its 1,200 packets had to be sent again."},
		{"some loss", deadyet.RoundSummary{Canary: deadyet.Canary{Good: true}, Loss: deadyet.Loss{Sent: 1000, Resent: 4}}, "Of its 1,000 packets 4 had to be sent again (less than 1 %)"},
		{"no vote", deadyet.RoundSummary{Canary: deadyet.Canary{Good: true}, Loss: deadyet.Loss{Sent: 100, Resent: 31, Bad: true}}, "Not at all: of its 100 packets 31 had to be sent again (31 %)."},
		{"unasked", deadyet.RoundSummary{Canary: deadyet.Canary{Good: true}, Planned: 145, Counts: map[deadyet.Answer]int{deadyet.AnswerUnasked: 3}}, "3 checks could not be asked, and say nothing."},
		{"line down", deadyet.RoundSummary{}, "Our own line was down, so silence says nothing either."},
	} {
		tt.r.Number = 7
		if got := strings.ReplaceAll(english().sure(tt.r), nbsp, " "); !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q in it", tt.name, got, tt.want)
		}
	}
}
