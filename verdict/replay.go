package verdict

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// event is a moment at which the word may change: a span begins, or, when the
// span is zero, a listing begins or ends.
type event struct {
	at   time.Time
	when deadyet.Interval
	span deadyet.Span
	id   deadyet.CheckID
}

// events returns what happened to the network until at, in order. Spans that
// say unasked are left out: that a question is not asked says nothing.
func events(n deadyet.Network, states []deadyet.State, past []deadyet.Span, at time.Time) []event {
	var es []event
	add := func(s deadyet.Span) {
		if s.Outcome.Answer == deadyet.AnswerUnasked || s.Check.Server.Network() != n.ID || begins(s).After(at) {
			return
		}
		es = append(es, event{at: begins(s), when: s.Since, span: s, id: s.Check.ID()})
	}
	for _, s := range past {
		add(s)
	}
	for _, s := range states {
		add(s.Span)
	}
	es = append(es, listings(n, at)...)
	slices.SortStableFunc(es, func(a, b event) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	return es
}

// begins returns when a span takes effect: what was measured at its first
// finding, what is recorded at the beginning of its fact.
func begins(s deadyet.Span) time.Time {
	if s.Recorded() {
		return s.Since.From
	}
	return s.Since.To
}

// listings returns the days until at on which the list of the network changed.
func listings(n deadyet.Network, at time.Time) []event {
	days := make(map[deadyet.Day]bool)
	for _, s := range n.Servers {
		for _, l := range s.Listings {
			days[l.Since], days[l.Until] = true, true
		}
	}
	var es []event
	for d := range days {
		if !d.IsZero() && !d.Start().After(at) {
			es = append(es, event{at: d.Start(), when: deadyet.At(d.Start())})
		}
	}
	return es
}

// run is a stretch of time in which the same word held.
type run struct {
	word  deadyet.Word
	since deadyet.Interval
}

// replay plays the events and returns how it ended, and the runs.
func replay(s deadyet.Subject, n deadyet.Network, es []event) (*board, []run) {
	b := newBoard(s, n)
	runs := []run{{word: deadyet.WordUnknown}}
	for i := 0; i < len(es); {
		moment, when := es[i].at, es[i].when
		for ; i < len(es) && es[i].at.Equal(moment); i++ {
			when = widest(when, es[i].when)
			b.play(es[i])
		}
		if w := b.word(); w != runs[len(runs)-1].word {
			runs = append(runs, run{w, when})
		}
	}
	return b, runs
}

// widest covers both intervals: nobody knows which of several borders of one
// round came first.
func widest(a, b deadyet.Interval) deadyet.Interval {
	if b.From.Before(a.From) {
		a.From = b.From
	}
	if b.To.After(a.To) {
		a.To = b.To
	}
	return a
}
