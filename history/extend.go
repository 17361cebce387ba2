package history

import (
	"time"

	"deadyet"
)

// State is what is kept of one check between rounds. The zero value is a check
// that was never found.
type State struct {
	Open    deadyet.Span     // the zero Span until the first finding
	Pending *deadyet.Pending // nil while the last finding was equal to Open; never changed in place
}

// Started reports whether the check was ever found.
func (s State) Started() bool { return !s.Open.Since.IsZero() }

// patience is for how long a run is kept from unclear findings, beside the time
// that it takes to be confirmed. Without an end to it, a server that was silent
// once and is something else since then would stay what it was for ever.
const patience = 24 * time.Hour

// Extend takes the finding of a round, made at f.At. previous is when the check
// was last found; zero means never. It returns the new state, the span that
// ended and the change at its end; both are nil when no span ended.
//
// A finding without a vote, and one that is not later than previous, change
// nothing: time never runs backwards. Nor does an unclear one while something
// that is not unclear is pending.
func Extend(s State, f deadyet.Finding, previous time.Time, c deadyet.Confirmation) (State, *deadyet.Span, *deadyet.Change) {
	switch {
	case !f.Voted() || !f.At.After(previous):
		return s, nil, nil
	case !s.Started():
		return State{Open: begin(f)}, nil, nil
	case s.Open.Outcome.Answer == deadyet.AnswerUnasked:
		// Nothing is contradicted, so there is nothing to confirm.
		return s.turn(begin(f), f.At)
	case f.Outcome == s.Open.Outcome:
		s.Open.Last = f.At
		return State{Open: s.Open}, nil, nil
	case s.outwaits(f, c):
		return s, nil, nil
	}
	p := s.dissent(f, previous)
	if !enough(p, f.At, c) {
		s.Pending = &p
		return s, nil, nil
	}
	return s.turn(confirmed(p, f), f.At)
}

// begin opens the span that f is the first finding of. Nothing is said of the
// time before.
func begin(f deadyet.Finding) deadyet.Span {
	return deadyet.Span{
		Check: f.Check, Outcome: f.Outcome, Failure: f.Failure,
		Since: deadyet.At(f.At), Last: f.At, Notes: f.Notes, Votes: f.Votes,
	}
}

// outwaits reports whether f is unclear and leaves the pending run as it is. A
// run that is found again in the rounds that come is confirmed long before its
// patience ends.
func (s State) outwaits(f deadyet.Finding, c deadyet.Confirmation) bool {
	p := s.Pending
	return p != nil && p.Outcome.Answer != deadyet.AnswerUnclear && f.Outcome.Answer == deadyet.AnswerUnclear &&
		f.At.Sub(p.Since.To) <= c.After+patience
}

// dissent returns the run of findings that differ, with f in it. The run goes
// on while answer, stage, identity and what is told are the same; its outcome is that of its
// first. Another one begins it anew, but what it ends is still the open
// span: the border can't be earlier than that span's last finding. Nor is it
// later than the first finding of an unclear run, in which the difference was
// seen and only could not be told.
func (s State) dissent(f deadyet.Finding, previous time.Time) deadyet.Pending {
	since := deadyet.Interval{From: previous, To: f.At}
	if p := s.Pending; p != nil {
		switch {
		case p.Outcome.SameNews(f.Outcome) && p.Outcome.Identity == f.Outcome.Identity && s.astray(p.Outcome.Told, f.Outcome.Told):
			next := *p
			next.Rounds++
			return next
		case p.Outcome.Answer == deadyet.AnswerUnclear:
			since = p.Since
		default:
			since.From = p.Since.From
		}
	}
	return deadyet.Pending{Outcome: f.Outcome, Failure: f.Failure, Since: since, Rounds: 1, Notes: f.Notes, Votes: f.Votes}
}

// astray reports whether two findings that differ are told alike: the same, or
// both of them nothing of what was told until now.
func (s State) astray(a, b deadyet.Told) bool {
	was := s.Open.Outcome.Told
	return a == b || was.Moved(a) && was.Moved(b)
}

// enough reports whether the run p, of which the finding at at is the last,
// counts. A run that has just begun has lasted no time, whatever it took its
// border from.
func enough(p deadyet.Pending, at time.Time, c deadyet.Confirmation) bool {
	if p.Rounds == 1 {
		return c.Rounds <= 1 && c.After <= 0
	}
	return p.Rounds >= c.Rounds && at.Sub(p.Since.To) >= c.After
}

// confirmed opens the span that p has become with f, its last finding.
func confirmed(p deadyet.Pending, f deadyet.Finding) deadyet.Span {
	return deadyet.Span{
		Check: f.Check, Outcome: p.Outcome, Failure: p.Failure, Since: p.Since, Last: f.At,
		Notes: p.Notes, Votes: p.Votes, Evidence: p.Evidence,
	}
}

// turn ends the open span where next begins.
func (s State) turn(next deadyet.Span, at time.Time) (State, *deadyet.Span, *deadyet.Change) {
	ended := s.Open
	ended.Until = next.Since
	change := deadyet.Change{
		Check: next.Check, From: ended.Outcome, To: next.Outcome, Failure: next.Failure,
		When: next.Since, Confirmed: at,
	}
	return State{Open: next}, &ended, &change
}

// End says that the question is no longer asked: the open span ends, and an
// unasked one begins, some time after the last finding and not after at. What
// was pending is dropped. A check that was never found, one that has ended
// already, and a moment that is not later than the last finding change nothing.
func End(s State, at time.Time) (State, *deadyet.Span, *deadyet.Change) {
	if !s.Started() || s.Open.Outcome.Answer == deadyet.AnswerUnasked || !at.After(s.Open.Last) {
		return s, nil, nil
	}
	return s.turn(deadyet.Span{
		Check: s.Open.Check, Since: deadyet.Interval{From: s.Open.Last, To: at},
	}, at)
}
