package ledger

import (
	"time"

	"deadyet"
	"deadyet/history"
)

// StatesAt returns every check that the record or a measurement speaks of, as
// it stood at the moment at and as that is known now: those of the
// configuration first and in its order, then the others. What was measured took
// effect with the first finding that differed, what is recorded at the beginning
// of its fact, and each held until the next did. A check of which nothing was
// known by then has the zero Span.
//
// The spans are those of the whole history, with the ends that they found
// later. Asked is the last look that is known of by then. What was pending is
// not kept, and of the flaps the latest one only.
func (l *Ledger) StatesAt(at time.Time) []deadyet.State {
	l.mu.RLock()
	defer l.mu.RUnlock()
	day := deadyet.DayOf(at)
	states := make([]deadyet.State, 0, len(l.index.courses))
	for _, co := range l.index.courses {
		if co.known() {
			states = append(states, co.stateAt(at, co.due(day), &l.held))
		}
	}
	return states
}

func (co *course) stateAt(at time.Time, due bool, h *held) deadyet.State {
	st := deadyet.State{Check: co.check, Span: co.at(at, h), Due: due}
	t := co.track
	if t == nil || st.Span.Recorded() || st.Span.Since.IsZero() {
		return st
	}
	st.Asked = askedBy(at, st.Span, h.asked(t))
	if f := t.flap(); !f.Since.After(at) {
		st.Flap = f
	}
	if !due && st.Span.Open() { // no round has written that it is not asked any more
		ended, _, _ := history.End(history.State{Open: st.Span}, at)
		st.Span = ended.Open
	}
	return st
}

// askedBy returns the last look that is known of a measured span at the moment
// at; last is the last look of all.
func askedBy(at time.Time, s deadyet.Span, last time.Time) time.Time {
	switch {
	case s.Outcome.Answer == deadyet.AnswerUnasked:
		return s.Since.From
	case s.Open() && !last.After(at):
		return last
	case !s.Last.IsZero() && !s.Last.After(at):
		return s.Last
	}
	return s.Since.To
}

// Server returns the whole history of a server, recorded and measured, by
// check and time. The last span of a check may be open.
func (l *Ledger) Server(id deadyet.ServerID) []deadyet.Span {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var spans []deadyet.Span
	for _, co := range l.index.servers[id] {
		spans = append(spans, co.recorded...)
		if t := co.track; t != nil {
			for _, i := range t.past {
				spans = append(spans, l.held.past[i])
			}
			spans = append(spans, l.held.state(t).Open)
		}
	}
	return spans
}
