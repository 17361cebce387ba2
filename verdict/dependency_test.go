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
	from := func(n uint16, a deadyet.Answer, h int) deadyet.Span {
		s := port(n, a)
		s.Since = deadyet.At(after(time.Duration(h) * time.Hour))
		return s
	}
	shut := ended(port(443, silent), deadyet.At(after(2*time.Hour)))
	if got := judge(s, states(append(answers(yes, yes), from(443, unclear, 2))...), []deadyet.Span{shut}, after(4*time.Hour), false); got.Word != deadyet.WordYesBut {
		t.Errorf("one that was silent and is in doubt: got %s: %s", got.Word, got.Reason)
	}
	got := judge(s, states(append(answers(yes, yes), port(443, silent), port(80, unclear))...), nil, after(time.Hour), false)
	if got.Word != deadyet.WordNo {
		t.Errorf("got %s: %s", got.Word, got.Reason)
	}
}
