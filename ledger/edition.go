package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"deadyet"
	"deadyet/clients"
	"deadyet/history"
	"deadyet/news"
	"deadyet/verdict"
)

// Edition returns everything that a page shows of the moment at. For the
// present, that is what could be told by then; for a moment before the last
// round, what is known now of that moment: changes at their beginnings. It is
// immutable: what is recorded later goes into later editions.
func (l *Ledger) Edition(at time.Time) deadyet.Edition {
	l.mu.RLock()
	defer l.mu.RUnlock()
	at = at.UTC().Round(0)
	if l.before(at) {
		return l.at(at)
	}
	t := l.tell(at, false)
	states := l.states(at, t.spans, false)
	e := deadyet.Edition{
		At: at, Subject: l.subject, Live: l.options.Live, Vantage: l.options.Vantage, Down: l.held.down[l.options.Vantage],
		Verdict: t.now[l.subject.Network], Verdicts: t.verdicts[l.subject.Network],
		States: states, Items: t.items, Spans: history.Until(t.spans, at),
		Rounds:   slices.DeleteFunc(slices.Clone(l.held.rounds), func(r deadyet.RoundSummary) bool { return r.Began.After(at) }),
		Evidence: l.evidence(states),
	}
	e.Declines, e.Lives = history.Declines(l.subject, e.Spans), history.Lives(l.subject, e.Spans)
	e.Lines = verdict.Lines(l.subject, states, t.now, e.Rounds, at)
	gain(&e, clients.Follow(l.subject, e.Spans))
	e.Situation = news.Situation(l.subject, e.Verdict, e.Lines, e.Items, at)
	e.ID = identify(e)
	return e
}

// before reports whether a round began after at.
func (l *Ledger) before(at time.Time) bool {
	return len(l.held.rounds) > 0 && at.Before(l.held.rounds[0].Began)
}

// missedRounds is how many intervals may pass without a round until the scan
// counts as down.
const missedRounds = 3

// blind reports whether the subject's network should be seen and is not: our
// line is down, or no round has asked it for long.
func (l *Ledger) blind(at, down time.Time) bool {
	n, ok := l.subject.NetworkByID(l.subject.Network)
	if !ok || !n.Dialled() {
		return false
	}
	last := l.held.lastRound(n.ID)
	return !down.IsZero() || last.IsZero() || n.Interval > 0 && at.Sub(last) > missedRounds*n.Interval
}

// gain tells who gets into the networks of an edition, and counts those that
// get into the one that the question means among the reasons of its verdict.
func gain(e *deadyet.Edition, course *clients.Course) {
	e.Access = slices.DeleteFunc(course.Matrix(e.At), func(a deadyet.Access) bool {
		_, known := e.Subject.NetworkByID(a.Network)
		return !known // it had not begun
	})
	if in, of := clients.Share(e.Subject, e.Access, e.Subject.Network); of > 0 {
		e.Verdict.Reasons = append(slices.Clip(e.Verdict.Reasons), deadyet.Reason{Kind: deadyet.ReasonClients, Programs: in, OfPrograms: of})
	}
}

// identify hashes the content.
func identify(e deadyet.Edition) deadyet.EditionID {
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(e); err != nil {
		// Nouns hold nothing that can't be written; a test says so.
		panic("identify edition: " + err.Error())
	}
	return deadyet.EditionID(hex.EncodeToString(h.Sum(nil)[:16]))
}

// states returns the checks as they stand at a moment, those of the
// configuration first and in its order.
func (l *Ledger) states(at time.Time, spans []deadyet.Span, past bool) (states []deadyet.State) {
	due := l.due(at)
	current := make(map[deadyet.Check]deadyet.Span)
	for _, s := range spans {
		if !s.Begins().After(at) {
			current[s.Check] = s
		}
	}
	add := func(c deadyet.Check) {
		if past {
			states = append(states, deadyet.State{Check: c, Span: current[c], Due: due[c]})
		} else {
			states = append(states, l.state(c, current[c], due[c]))
		}
		delete(current, c)
	}
	for _, c := range l.configured() {
		add(c)
	}
	for _, c := range slices.SortedFunc(maps.Keys(current), compareChecks) {
		add(c)
	}
	return states
}

func (l *Ledger) state(c deadyet.Check, open deadyet.Span, due bool) deadyet.State {
	st := deadyet.State{Check: c, Span: open, Due: due}
	if due {
		st.Unasked = l.held.whyUnasked(c)
	}
	t, ok := l.held.checks[c]
	if !ok {
		return st
	}
	st.Asked, st.Flap = l.held.asked(t), t.flap()
	if due {
		st.Pending = t.kept.Pending
	}
	// A page shows the newest look beside the one with which the span began.
	st.Span.Evidence = union(open.Evidence, t.latest.Evidence)
	return st
}

// whyUnasked tells why nobody could ask c in the last round of its network: by
// the gap that goes on, or, where nothing was ever found, by that round as a
// whole, if it had one reason only.
func (h *held) whyUnasked(c deadyet.Check) deadyet.Failure {
	if t, ok := h.checks[c]; ok && t.kept.Started() {
		if t.exception == nil {
			return deadyet.Failure{}
		}
		return deadyet.Failure{Kind: t.exception.Outcome.Failure}
	}
	for _, r := range h.rounds {
		if !slices.Contains(r.Networks, c.Server.Network()) {
			continue
		}
		for kind := range r.Unasked {
			if len(r.Unasked) == 1 {
				return deadyet.Failure{Kind: kind}
			}
		}
		break
	}
	return deadyet.Failure{}
}

// spans lays what was measured over the record, by check and time, as known at
// a moment that is not before the last round. What is no longer asked has ended,
// whether or not a round has written so.
func (l *Ledger) spans(at time.Time) []deadyet.Span {
	if l.before(at) {
		at = l.held.rounds[0].Ended
	}
	due := l.due(at)
	measured := slices.Clone(l.held.past)
	for c, t := range l.held.checks {
		s := l.held.state(t)
		if !due[c] {
			var ended *deadyet.Span
			if s, ended, _ = history.End(s, at); ended != nil {
				measured = append(measured, *ended)
			}
		}
		if s.Started() {
			measured = append(measured, s.Open)
		}
	}
	history.Sort(measured)
	return history.Overlay(l.recorded, measured)
}

// configured returns all checks of the subject, in the order of its files.
func (l *Ledger) configured() (checks []deadyet.Check) {
	for _, n := range l.subject.Networks {
		for _, s := range n.Servers {
			checks = append(checks, n.Checks(s)...)
		}
	}
	return checks
}

// due returns the checks that are asked on the day of t.
func (l *Ledger) due(t time.Time) map[deadyet.Check]bool {
	due := make(map[deadyet.Check]bool)
	day := deadyet.DayOf(t)
	for _, n := range l.subject.Networks {
		if !n.Dialled() {
			continue
		}
		for _, s := range n.Servers {
			if _, listed := s.ListingOn(day); !listed {
				continue
			}
			for _, c := range n.Checks(s) {
				due[c] = true
			}
		}
	}
	return due
}

// evidenceBytes bounds what the transcripts of one edition may hold together.
const evidenceBytes = 32 << 20

// evidence returns the transcripts that the states name, in their order, as
// many as there is room for.
func (l *Ledger) evidence(states []deadyet.State) map[deadyet.EvidenceID]*deadyet.Transcript {
	shown := make(map[deadyet.EvidenceID]*deadyet.Transcript)
	room := evidenceBytes
	for _, st := range states {
		ids := st.Span.Evidence
		if st.Pending != nil {
			ids = union(ids, st.Pending.Evidence)
		}
		for _, id := range ids {
			t := l.held.evidence[id]
			if t == nil || shown[id] != nil || size(t) > room {
				continue
			}
			shown[id] = t
			room -= size(t)
		}
	}
	return shown
}

// size is about what a transcript takes in memory.
func size(t *deadyet.Transcript) int {
	n := 512
	for _, x := range t.Exchanges {
		n += 64 + len(x.Bytes)
	}
	return n
}
