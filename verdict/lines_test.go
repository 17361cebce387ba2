package verdict_test

import (
	"reflect"
	"testing"
	"time"

	"deadyet"
	"deadyet/history"
	"deadyet/verdict"
)

func TestLines(t *testing.T) {
	found, nothing := map[deadyet.Answer]int{silent: 3, unasked: 1}, map[deadyet.Answer]int{unasked: 4}
	rounds := []deadyet.RoundSummary{
		{Number: 9, Networks: []deadyet.NetworkID{"net"}, Began: after(4 * time.Hour), Counts: nothing},
		{Number: 8, Networks: []deadyet.NetworkID{"other"}, Began: after(3 * time.Hour), Counts: found},
		{Number: 7, Networks: []deadyet.NetworkID{"net", "other"}, Began: after(2 * time.Hour), Counts: found},
		{Number: 6, Networks: []deadyet.NetworkID{"net"}, Began: after(time.Hour), Counts: found},
	}
	for _, tt := range []struct {
		name   string
		spans  []deadyet.Span
		rounds []deadyet.RoundSummary
		want   deadyet.Line
	}{
		{"never asked", nil, nil, deadyet.Line{Servers: 3}},
		{"a round that asked nothing does not count", nil, rounds[:1], deadyet.Line{Servers: 3}},
		{"the best answer and all versions in their order",
			append(answers(no, silent, yes), span("s2", "MSNP24", yes, began), span("s0", "MSNP21", yes, began), span("login", "", silent, began)),
			rounds, deadyet.Line{Answer: yes, Versions: []deadyet.Version{"MSNP18", "MSNP21", "MSNP24"}, Servers: 3, Answering: 2, LastRound: 7, LastAsked: after(2 * time.Hour)}},
		{"a refusal is better than silence", answers(silent, no, unasked), nil, deadyet.Line{Answer: no, Servers: 3}},
		{"a version that does not count gives no answer", append(answers(no), span("s0", "MSNP24", yes, began)), nil,
			deadyet.Line{Answer: no, Versions: []deadyet.Version{"MSNP24"}, Servers: 3, Answering: 1}},
		{"a version that nobody knows comes last", append(answers(yes), span("s0", "MSNP99", yes, began)), nil,
			deadyet.Line{Answer: yes, Versions: []deadyet.Version{"MSNP18", "MSNP99"}, Servers: 3, Answering: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.Network = "net"
			got := verdict.Lines(subject(3), states(tt.spans...), nil, tt.rounds, after(time.Hour))
			if len(got) != 1 || !reflect.DeepEqual(got[0], tt.want) {
				t.Errorf("got %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

func TestLines_record(t *testing.T) {
	s := subject(3)
	s.Networks[0].Closed = day("2017-05-19")
	s.Record = []deadyet.Fact{{ID: "gone", Answer: silent, Failure: deadyet.FailureUnreachable, Since: deadyet.OnDay(day("2017-05-19"))}}
	s.Networks = append(s.Networks, deadyet.Network{ID: "escargot"})
	got := verdict.Lines(s, states(history.Recorded(s)...), nil, nil, began)
	want := []deadyet.Line{{Network: "net", Answer: silent, Servers: 3, Recorded: true}, {Network: "escargot"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
