package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"deadyet"
	"deadyet/ledger"
)

// Load returns what was kept of one conclusion, as of one moment.
func (s *Store) Load(ctx context.Context, of deadyet.VantageID) (ledger.Memory, error) {
	var m ledger.Memory
	err := s.look(ctx, func(r *reader) {
		r.of = string(of)
		m = r.memory()
	})
	if err != nil {
		return ledger.Memory{}, fmt.Errorf("read the store: %w", err)
	}
	return m, nil
}

// look lets do read as of one moment.
func (s *Store) look(ctx context.Context, do func(*reader)) error {
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return explain(err)
	}
	r := &reader{
		ctx: ctx, tx: tx,
		checks: make(map[int64]deadyet.Check), kept: make(map[int64]*ledger.Kept), ended: make(map[int64]*ended), said: make(map[string]said),
	}
	do(r)
	return explain(errors.Join(r.err, tx.Rollback()))
}

// reader reads one memory. After the first error it does nothing any more.
//
// A store of ten years holds a hundred thousand rows, so rows are read in the
// order of their keys, and what many of them say in the same words is parsed
// once.
type reader struct {
	ctx    context.Context
	tx     *sql.Tx
	of     string
	checks map[int64]deadyet.Check // by their numbers
	kept   map[int64]*ledger.Kept  // by the number of the check
	order  []int64                 // the numbers of those that are kept, by check
	ended  map[int64]*ended        // by the number of the check
	uses   map[use][]deadyet.EvidenceID
	ids    []deadyet.EvidenceID // room for the names of evidence
	said   map[string]said
	err    error
}

func (r *reader) fail(what string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: %w", what, err)
	}
}

// each calls take for each row of the query.
func (r *reader) each(what, query string, args []any, take func(row) error) {
	if r.err != nil {
		return
	}
	rows, err := r.tx.QueryContext(r.ctx, query, args...)
	if err != nil {
		r.fail(what, err)
		return
	}
	columns, err := rows.Columns()
	r.fail(what, err)
	v, into := make(row, len(columns)), make([]any, len(columns))
	for i := range v {
		into[i] = &v[i]
	}
	for rows.Next() && r.err == nil {
		r.fail(what, errors.Join(rows.Scan(into...), take(v)))
	}
	r.fail(what, rows.Err())
	r.fail(what, rows.Close())
}

func (r *reader) memory() (m ledger.Memory) {
	r.each("read the subject", "SELECT id, simulated FROM subject", nil, func(v row) error {
		m.Subject, m.Simulated = deadyet.SubjectID(v.text(0)), v.int(1) != 0
		return nil
	})
	r.rounds(&m)
	r.down(&m)
	r.spent(&m)
	r.names()
	changes := r.count("SELECT count(*) FROM changes WHERE vantage = ?") // each has ended a span
	r.used()
	r.spans(&m, changes)
	r.pending()
	r.gaps()
	r.flaps()
	r.latest()
	r.changes(&m, changes)
	r.published(&m)
	r.today(&m)
	m.Checks = make([]ledger.Kept, 0, len(r.order))
	for _, k := range r.order {
		m.Checks = append(m.Checks, *r.kept[k])
	}
	r.evidence(&m)
	return m
}

// latestRounds is how many rounds of each vantage are read, beside the last
// ones of networks that are asked more rarely.
const latestRounds = 100

func (r *reader) rounds(m *ledger.Memory) {
	m.Last = make(map[deadyet.VantageID]deadyet.RoundNumber)
	r.each("read the last rounds", "SELECT vantage, max(number) FROM networks GROUP BY vantage", nil, func(v row) error {
		m.Last[deadyet.VantageID(v.text(0))] = deadyet.RoundNumber(v.int(1))
		return nil
	})
	// Each row is found by its key: there may be a hundred thousand others.
	r.each("read rounds", `SELECT r.vantage, r.number, began, ended, networks, canary_good, canary, planned, connections, counts, unasked, loss
		FROM (SELECT vantage, max(number) AS number FROM networks GROUP BY vantage) AS l
		CROSS JOIN rounds r ON r.vantage = l.vantage AND r.number > l.number - ?1
		UNION
		SELECT r.vantage, r.number, began, ended, r.networks, canary_good, canary, planned, connections, counts, unasked, loss
		FROM networks n CROSS JOIN rounds r ON r.vantage = n.vantage AND r.number = n.number
		ORDER BY began DESC, 2 DESC, 1`, []any{latestRounds}, func(v row) error {
		s, err := round(v)
		s.Simulated = m.Simulated
		m.Rounds = append(m.Rounds, s)
		return err
	})
}

func round(v row) (s deadyet.RoundSummary, err error) {
	s.Vantage, s.Number = deadyet.VantageID(v.text(0)), deadyet.RoundNumber(v.int(1))
	s.Began, s.Ended = v.time(2), v.time(3)
	s.Canary.Good, s.Planned, s.Connections = v.int(5) != 0, int(v.int(7)), int(v.int(8))
	return s, errors.Join(
		json.Unmarshal([]byte(v.text(4)), &s.Networks), json.Unmarshal([]byte(v.text(6)), &s.Canary.Hosts),
		json.Unmarshal([]byte(v.text(9)), &s.Counts), json.Unmarshal([]byte(v.text(10)), &s.Unasked), json.Unmarshal([]byte(v.text(11)), &s.Loss))
}

// down finds since when the canary of each vantage has failed.
func (r *reader) down(m *ledger.Memory) {
	m.Down = make(map[deadyet.VantageID]time.Time)
	for vantage := range m.Last {
		r.each("read the canary", `SELECT min(began) FROM rounds WHERE vantage = ?1 AND number >
			coalesce((SELECT number FROM rounds WHERE vantage = ?1 AND canary_good ORDER BY number DESC LIMIT 1), 0)`,
			[]any{string(vantage)}, func(v row) error {
				if t := v.time(0); !t.IsZero() {
					m.Down[vantage] = t
				}
				return nil
			})
	}
}

func (r *reader) spent(m *ledger.Memory) {
	var day deadyet.Day
	var word string // which it was written as
	r.each("read what was spent", "SELECT host, day, connections FROM spent ORDER BY day, host", nil, func(v row) (err error) {
		if v.text(1) != word {
			word = v.text(1)
			day, err = deadyet.ParseDay(word)
		}
		m.Spent = append(m.Spent, deadyet.Spent{Host: v.text(0), Day: day, Connections: int(v.int(2))})
		return err
	})
}
