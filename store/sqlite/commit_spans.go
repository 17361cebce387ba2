package sqlite

import (
	"cmp"
	"errors"

	"deadyet"
	"deadyet/ledger"
)

func byID(a, b deadyet.Check) int { return cmp.Compare(a.ID(), b.ID()) }

func (w *writer) say(o deadyet.Outcome, f deadyet.Failure, v deadyet.Votes, n deadyet.Notes) says {
	s, err := saysOf(o, f, v, n)
	w.fail("write what was found", err)
	return s
}

func (w *writer) begin(s deadyet.Span) {
	k := w.key(s.Check)
	p := w.say(s.Outcome, s.Failure, s.Votes, s.Notes)
	w.exec("begin the span of "+string(s.Check.ID()), `INSERT INTO spans
		(check_key, vantage, since_from, since_to, answer, stage, failure, failure_stage, failure_detail, votes_for, votes_of, notes, evidence, identity, told)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		k, w.of, null(s.Since.From), null(s.Since.To),
		p.answer, p.stage, p.failure, p.failureStage, p.failureDetail, p.votes.For, p.votes.Of, p.notes, w.named(s.Evidence), p.identity, p.told)
}

func (w *writer) end(s deadyet.Span) {
	k := w.key(s.Check)
	what := "end the span of " + string(s.Check.ID())
	n := w.exec(what, `UPDATE spans SET until_from = ?, until_to = ?, last = ?, evidence = ?
		WHERE check_key = ? AND vantage = ? AND since_to = ? AND until_to IS NULL`,
		null(s.Until.From), null(s.Until.To), null(s.Last), w.named(s.Evidence), k, w.of, null(s.Since.To))
	if w.err == nil && n != 1 {
		w.fail(what, errors.New("no such span is open"))
	}
}

func (w *writer) dissent(d ledger.Dissent) {
	k := w.key(d.Check)
	if d.Pending == nil {
		w.exec("drop what is pending", "DELETE FROM pending WHERE check_key = ? AND vantage = ?", k, w.of)
		w.uses(k, usePending, nil)
		return
	}
	q := d.Pending
	p := w.say(q.Outcome, q.Failure, q.Votes, q.Notes)
	w.exec("write what is pending", `INSERT OR REPLACE INTO pending
		(check_key, vantage, since_from, since_to, rounds, answer, stage, failure, failure_stage, failure_detail, votes_for, votes_of, notes, identity, told)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		k, w.of, null(q.Since.From), null(q.Since.To), q.Rounds,
		p.answer, p.stage, p.failure, p.failureStage, p.failureDetail, p.votes.For, p.votes.Of, p.notes, p.identity, p.told)
	w.uses(k, usePending, q.Evidence)
}

// changes writes the changes of an entry. One that says what its two spans say
// is written without words, as nearly all are.
func (w *writer) changes(e ledger.Entry) {
	pairs := make(map[deadyet.Check]spanPair)
	for i := range e.Ended {
		pairs[e.Ended[i].Check] = spanPair{before: &e.Ended[i]}
	}
	for i := range e.Begun {
		s := &e.Begun[i]
		pairs[s.Check] = spanPair{pairs[s.Check].before, s}
	}
	for _, c := range e.Changes {
		if pairs[c.Check].say(c) {
			w.change(c, words{}, words{}, deadyet.Failure{})
		} else {
			w.change(c, wordsOf(c.From), wordsOf(c.To), c.Failure)
		}
	}
}

// spanPair is the span of a check that ended with an entry and the one that
// began.
type spanPair struct{ before, after *deadyet.Span }

// say reports whether a change is what stands between two spans, as they will
// be read.
func (s spanPair) say(c deadyet.Change) bool {
	return s.before != nil && s.after != nil && s.before.Until == c.When && s.after.Since == c.When &&
		outcomeOf(s.before) == c.From && outcomeOf(s.after) == c.To && s.after.Failure == c.Failure
}

func outcomeOf(s *deadyet.Span) deadyet.Outcome {
	return deadyet.MakeOutcome(s.Outcome.Answer, s.Outcome.Stage, s.Failure).Of(s.Outcome.Identity, s.Outcome.Told)
}

func (w *writer) change(c deadyet.Change, from, to words, f deadyet.Failure) {
	w.exec("write a change", `INSERT INTO changes
		(check_key, vantage, when_from, when_to, from_answer, from_stage, from_failure, to_answer, to_stage, to_failure,
		 failure, failure_stage, failure_detail, confirmed, from_identity, to_identity, from_told, to_told)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		w.key(c.Check), w.of, null(c.When.From), null(c.When.To), from.answer, from.stage, from.failure, to.answer, to.stage, to.failure,
		string(f.Kind), f.Stage.String(), f.Detail, null(c.Confirmed), from.identity, to.identity, from.told, to.told)
}

func (w *writer) exception(x ledger.Exception) {
	p := wordsOf(x.Outcome)
	w.exec("write an exception", `INSERT INTO round_exceptions
		(check_key, vantage, since, until, asked, answer, stage, failure, runs, identity, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET until = excluded.until, runs = excluded.runs`,
		w.key(x.Check), w.of, null(x.Since), null(x.Until), null(x.Asked), p.answer, p.stage, p.failure, x.Runs, p.identity, p.told)
}
