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
// not kept, and of the flaps the latest one only, which is told of once it has
// ended.
func (l *Ledger) StatesAt(at time.Time) []deadyet.State {
	l.mu.RLock()
	defer l.mu.RUnlock()
	day := deadyet.DayOf(at)
	states := make([]deadyet.State, len(l.index.courses))
	n := 0
	for _, co := range l.index.courses {
		if co.known() {
			co.fill(&states[n], at, day, &l.held)
			n++
		}
	}
	return states[:n]
}

// fill fills in the state of a check at a moment.
func (co *course) fill(st *deadyet.State, at time.Time, day deadyet.Day, h *held) {
	st.Check, st.Due = co.check, co.due(day)
	s, t := co.at(at, h), co.track
	if s == nil {
		return
	}
	st.Span = *s
	if s.Recorded() {
		return
	}
	if s == &t.kept.Open {
		st.Span.Last = h.lastFound(t)
	}
	st.Asked = t.askedBy(at, &st.Span, h)
	if f := t.flap(); !f.Until.After(at) {
		st.Flap = f
	}
	if !st.Due && s.Open() { // no round has written that it is not asked any more
		ended, _, _ := history.End(history.State{Open: st.Span}, at)
		st.Span = ended.Open
	}
}

// askedBy returns the last look that is known of at the moment at; s is the
// span that held then.
func (t *tracked) askedBy(at time.Time, s *deadyet.Span, h *held) time.Time {
	if s.Outcome.Answer == deadyet.AnswerUnasked {
		return s.Since.From
	}
	if s.Open() {
		if last := h.asked(t); !last.After(at) {
			return last
		}
	}
	if !s.Last.IsZero() && !s.Last.After(at) {
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
			for _, e := range t.past {
				spans = append(spans, l.held.past[e.place])
			}
			spans = append(spans, l.held.state(t).Open)
		}
	}
	return spans
}
