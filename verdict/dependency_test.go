package verdict_test

import (
	"testing"
	"time"

	"deadyet"
)

// A login host of which one port is in doubt is not down: for the news it is not either.
func TestJudge_aDoubtClosesNothing(t *testing.T) {
	s := subject(2)
	port := func(n uint16, a deadyet.Answer) deadyet.Span {
		e := deadyet.Endpoint{Server: "net/login", Transport: deadyet.TransportHTTP, Port: n}
		return deadyet.Span{Check: deadyet.Check{Endpoint: e, Kind: deadyet.KindPort}, Outcome: deadyet.Outcome{Answer: a}, Since: deadyet.At(began)}
	}
	got := judge(s, states(append(answers(yes, yes), port(443, silent), port(80, unclear))...), nil, after(time.Hour), false)
	if got.Word != deadyet.WordNo {
		t.Errorf("got %s: %s", got.Word, got.Reason)
	}
}
