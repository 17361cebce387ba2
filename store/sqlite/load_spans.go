package sqlite

import (
	"database/sql"
	"fmt"

	"deadyet"
	"deadyet/ledger"
)

// use names a list of evidence.
type use struct {
	key     int64
	purpose string
	since   int64
}

func (r *reader) used() {
	r.uses = make(map[use][]deadyet.EvidenceID)
	r.each("read who uses evidence", `SELECT check_key, purpose, since, evidence FROM evidence_uses
		WHERE vantage = ? ORDER BY check_key, purpose, since, place`, []any{r.of}, func(scan func(...any) error) error {
		var u use
		var id deadyet.EvidenceID
		err := scan(&u.key, &u.purpose, &u.since, &id)
		r.uses[u] = append(r.uses[u], id)
		return err
	})
}

func (r *reader) spans(m *ledger.Memory) {
	r.each("read spans", `SELECT check_key, id, since_from, since_to, until_from, until_to, last,
		answer, stage, failure, failure_stage, failure_detail, votes_for, votes_of, notes
		FROM spans JOIN checks ON key = check_key WHERE vantage = ? ORDER BY id, since_to`, []any{r.of}, func(scan func(...any) error) error {
		key, s, err := r.span(scan)
		switch {
		case err != nil:
			return err
		case !s.Open():
			m.Past = append(m.Past, s)
		default:
			r.checks[key] = &ledger.Kept{Open: s}
			r.order = append(r.order, key)
		}
		return nil
	})
}

func (r *reader) span(scan func(...any) error) (key int64, s deadyet.Span, err error) {
	var id deadyet.CheckID
	var sinceFrom, sinceTo, untilFrom, untilTo, last sql.NullInt64
	var p said
	if err := scan(&key, &id, &sinceFrom, &sinceTo, &untilFrom, &untilTo, &last,
		&p.answer, &p.stage, &p.failure, &p.failureStage, &p.failureDetail, &p.votes.For, &p.votes.Of, &p.notes); err != nil {
		return key, s, err
	}
	if s.Check, err = id.Parse(); err != nil {
		return key, s, err
	}
	s.Since, s.Until, s.Last = interval(sinceFrom, sinceTo), interval(untilFrom, untilTo), at(last)
	s.Votes, s.Evidence = p.votes, r.uses[use{key, useSpan, sinceTo.Int64}]
	s.Outcome, s.Failure, s.Notes, err = p.parts()
	return key, s, err
}

// kept returns the check of that number, which has an open span.
func (r *reader) kept(key int64) (*ledger.Kept, error) {
	if k := r.checks[key]; k != nil {
		return k, nil
	}
	return nil, fmt.Errorf("check number %d has no open span", key)
}

func (r *reader) pending() {
	r.each("read what is pending", `SELECT check_key, since_from, since_to, rounds,
		answer, stage, failure, failure_stage, failure_detail, votes_for, votes_of, notes
		FROM pending WHERE vantage = ?`, []any{r.of}, func(scan func(...any) error) error {
		var key int64
		var from, to sql.NullInt64
		var p said
		var q deadyet.Pending
		if err := scan(&key, &from, &to, &q.Rounds,
			&p.answer, &p.stage, &p.failure, &p.failureStage, &p.failureDetail, &p.votes.For, &p.votes.Of, &p.notes); err != nil {
			return err
		}
		k, err := r.kept(key)
		if err != nil {
			return err
		}
		q.Since, q.Votes, q.Evidence = interval(from, to), p.votes, r.uses[use{key, usePending, 0}]
		q.Outcome, q.Failure, q.Notes, err = p.parts()
		k.Pending = &q
		return err
	})
}

func (r *reader) gaps() {
	r.exceptions("read gaps", `SELECT check_key, since, until, asked, answer, stage, failure, runs
		FROM round_exceptions WHERE vantage = ? AND until IS NULL`, func(k *ledger.Kept, x *ledger.Exception) { k.Exception = x })
}

// flaps reads the latest one of each check: the other columns are those of the
// row with the maximum.
func (r *reader) flaps() {
	r.exceptions("read flaps", `SELECT check_key, max(since), until, asked, answer, stage, failure, runs
		FROM round_exceptions WHERE vantage = ? AND runs > 0 GROUP BY check_key`, func(k *ledger.Kept, x *ledger.Exception) { k.Flap = x })
}

func (r *reader) exceptions(what, query string, give func(*ledger.Kept, *ledger.Exception)) {
	r.each(what, query, []any{r.of}, func(scan func(...any) error) error {
		var key int64
		var since, until, asked sql.NullInt64
		var p words
		var x ledger.Exception
		if err := scan(&key, &since, &until, &asked, &p.answer, &p.stage, &p.failure, &x.Runs); err != nil {
			return err
		}
		k, err := r.kept(key)
		if err != nil {
			return err
		}
		x.Check, x.Since, x.Until, x.Asked = k.Open.Check, at(since), at(until), at(asked)
		x.Outcome, err = p.outcome()
		give(k, &x)
		return err
	})
}

func (r *reader) latest() {
	r.each("read the latest evidence", "SELECT check_key, day FROM latest WHERE vantage = ?", []any{r.of}, func(scan func(...any) error) error {
		var key int64
		var day string
		if err := scan(&key, &day); err != nil {
			return err
		}
		k, err := r.kept(key)
		if err != nil {
			return err
		}
		k.Latest.Evidence = r.uses[use{key, useLatest, 0}]
		k.Latest.Day, err = deadyet.ParseDay(day)
		return err
	})
}

func (r *reader) changes(m *ledger.Memory) {
	r.each("read changes", `SELECT id, when_from, when_to, from_answer, from_stage, from_failure, to_answer, to_stage, to_failure,
		failure, failure_stage, failure_detail, confirmed
		FROM changes JOIN checks ON key = check_key WHERE vantage = ? ORDER BY confirmed, id`, []any{r.of}, func(scan func(...any) error) error {
		c, err := change(scan)
		m.Changes = append(m.Changes, c)
		return err
	})
}

func change(scan func(...any) error) (c deadyet.Change, err error) {
	var id deadyet.CheckID
	var from, to, confirmed sql.NullInt64
	var was, is words
	var kind, stage, detail string
	if err := scan(&id, &from, &to, &was.answer, &was.stage, &was.failure, &is.answer, &is.stage, &is.failure,
		&kind, &stage, &detail, &confirmed); err != nil {
		return c, err
	}
	if c.Check, err = id.Parse(); err != nil {
		return c, err
	}
	if c.From, err = was.outcome(); err != nil {
		return c, err
	}
	if c.To, err = is.outcome(); err != nil {
		return c, err
	}
	c.When, c.Confirmed = interval(from, to), at(confirmed)
	c.Failure, err = failure(kind, stage, detail)
	return c, err
}

// evidence reads the transcripts that checks name as they stand.
func (r *reader) evidence(m *ledger.Memory) {
	m.Evidence = make(map[deadyet.EvidenceID]*deadyet.Transcript)
	r.each("read evidence", `SELECT id, transcript FROM evidence WHERE id IN (
		SELECT u.evidence FROM evidence_uses u
		LEFT JOIN spans s ON u.purpose = 'span' AND s.check_key = u.check_key AND s.vantage = u.vantage AND s.since_to = u.since
		WHERE u.vantage = ? AND s.until_to IS NULL)`, []any{r.of}, func(scan func(...any) error) error {
		var id deadyet.EvidenceID
		var b []byte
		if err := scan(&id, &b); err != nil {
			return err
		}
		t, err := unpack(b)
		m.Evidence[id] = t
		return err
	})
}
