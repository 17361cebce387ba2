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
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return ledger.Memory{}, fmt.Errorf("read the store: %w", explain(err))
	}
	r := &reader{ctx: ctx, tx: tx, of: string(of), checks: make(map[int64]*ledger.Kept)}
	m := r.memory()
	if err := errors.Join(r.err, tx.Rollback()); err != nil {
		return ledger.Memory{}, fmt.Errorf("read the store: %w", explain(err))
	}
	return m, nil
}

// reader reads one memory. After the first error it does nothing any more.
type reader struct {
	ctx    context.Context
	tx     *sql.Tx
	of     string
	uses   map[use][]deadyet.EvidenceID
	checks map[int64]*ledger.Kept // by the number of the check
	order  []int64
	err    error
}

func (r *reader) fail(what string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: %w", what, err)
	}
}

// each calls row for each row of the query.
func (r *reader) each(what, query string, args []any, row func(scan func(...any) error) error) {
	if r.err != nil {
		return
	}
	rows, err := r.tx.QueryContext(r.ctx, query, args...)
	if err != nil {
		r.fail(what, err)
		return
	}
	for rows.Next() && r.err == nil {
		r.fail(what, row(rows.Scan))
	}
	r.fail(what, rows.Err())
	r.fail(what, rows.Close())
}

func (r *reader) memory() (m ledger.Memory) {
	r.each("read the subject", "SELECT id, simulated FROM subject", nil, func(scan func(...any) error) error {
		return scan(&m.Subject, &m.Simulated)
	})
	r.rounds(&m)
	r.down(&m)
	r.spent(&m)
	r.used()
	r.spans(&m)
	r.pending()
	r.gaps()
	r.flaps()
	r.latest()
	r.changes(&m)
	r.published(&m)
	r.evidence(&m)
	for _, k := range r.order {
		m.Checks = append(m.Checks, *r.checks[k])
	}
	return m
}

// latestRounds is how many rounds of each vantage are read, beside the last
// ones of networks that are asked more rarely.
const latestRounds = 100

func (r *reader) rounds(m *ledger.Memory) {
	m.Last = make(map[deadyet.VantageID]deadyet.RoundNumber)
	r.each("read the last rounds", "SELECT vantage, max(number) FROM networks GROUP BY vantage", nil, func(scan func(...any) error) error {
		var v deadyet.VantageID
		var n deadyet.RoundNumber
		err := scan(&v, &n)
		m.Last[v] = n
		return err
	})
	// Each row is found by its key: there may be a hundred thousand others.
	r.each("read rounds", `SELECT r.vantage, r.number, began, ended, networks, canary_good, canary, planned, connections, counts, unasked
		FROM (SELECT vantage, max(number) AS number FROM networks GROUP BY vantage) AS l
		CROSS JOIN rounds r ON r.vantage = l.vantage AND r.number > l.number - ?1
		UNION
		SELECT r.vantage, r.number, began, ended, r.networks, canary_good, canary, planned, connections, counts, unasked
		FROM networks n CROSS JOIN rounds r ON r.vantage = n.vantage AND r.number = n.number
		ORDER BY began DESC, 2 DESC, 1`, []any{latestRounds}, func(scan func(...any) error) error {
		s, err := round(scan)
		s.Simulated = m.Simulated
		m.Rounds = append(m.Rounds, s)
		return err
	})
}

func round(scan func(...any) error) (s deadyet.RoundSummary, err error) {
	var began, ended int64
	var networks, hosts, counts, unasked []byte
	err = scan(&s.Vantage, &s.Number, &began, &ended, &networks, &s.Canary.Good, &hosts, &s.Planned, &s.Connections, &counts, &unasked)
	s.Began, s.Ended = time.Unix(0, began).UTC(), time.Unix(0, ended).UTC()
	return s, errors.Join(err,
		json.Unmarshal(networks, &s.Networks), json.Unmarshal(hosts, &s.Canary.Hosts),
		json.Unmarshal(counts, &s.Counts), json.Unmarshal(unasked, &s.Unasked))
}

// down finds since when the canary of each vantage has failed.
func (r *reader) down(m *ledger.Memory) {
	m.Down = make(map[deadyet.VantageID]time.Time)
	for v := range m.Last {
		r.each("read the canary", `SELECT min(began) FROM rounds WHERE vantage = ?1 AND number >
			coalesce((SELECT number FROM rounds WHERE vantage = ?1 AND canary_good ORDER BY number DESC LIMIT 1), 0)`,
			[]any{string(v)}, func(scan func(...any) error) error {
				var began sql.NullInt64
				err := scan(&began)
				if began.Valid {
					m.Down[v] = at(began)
				}
				return err
			})
	}
}

func (r *reader) spent(m *ledger.Memory) {
	r.each("read what was spent", "SELECT host, day, connections FROM spent ORDER BY day, host", nil, func(scan func(...any) error) error {
		var s deadyet.Spent
		var day string
		if err := scan(&s.Host, &day, &s.Connections); err != nil {
			return err
		}
		var err error
		s.Day, err = deadyet.ParseDay(day)
		m.Spent = append(m.Spent, s)
		return err
	})
}
