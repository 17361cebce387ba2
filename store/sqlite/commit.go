package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"deadyet"
	"deadyet/ledger"
)

// Commit keeps all of the entry or nothing; it is on the disk when Commit
// returns.
func (s *Store) Commit(ctx context.Context, e ledger.Entry) error {
	return s.write(ctx, e.Of, func(w *writer) (known bool) { return w.entry(e) })
}

// Reserve notes connections that are about to be made.
func (s *Store) Reserve(ctx context.Context, spent []deadyet.Spent) error {
	return s.write(ctx, "", func(w *writer) bool { w.spend(spent); return false })
}

// write does all of it in one transaction, or nothing: not what turns out to
// be known already.
func (s *Store) write(ctx context.Context, of deadyet.VantageID, do func(*writer) (known bool)) error {
	if s.writer == nil {
		return errors.New("write to the store: it was opened for reading only")
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to write to the store: %w", explain(err))
	}
	w := &writer{
		// That ctx ends rolls the transaction back; to watch it for each
		// statement anew takes as long as a small one.
		ctx: context.WithoutCancel(ctx), tx: tx, of: string(of), prepared: s.prepared, numbers: s.numbers,
		statements: make(map[string]*sql.Stmt), keys: make(map[deadyet.Check]int64), released: make(map[int64]bool),
		servers: s.servers, newServers: make(map[deadyet.ServerID]int64),
	}
	if known := do(w); w.err != nil || known {
		return abandoned(ctx, w.err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("write to the store: %w", explain(err))
	}
	maps.Copy(s.numbers, w.keys)
	maps.Copy(s.servers, w.newServers)
	s.prepare(w)
	return nil
}

// abandoned says why a transaction was rolled back. When it was because ctx
// had ended, nothing else needs to be said.
func abandoned(ctx context.Context, err, rollback error) error {
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("write to the store: %w", context.Cause(ctx))
	}
	return errors.Join(explain(err), rollback)
}

// prepare keeps the statements that w had to prepare for the transactions to
// come: to parse them takes longer than to run them.
func (s *Store) prepare(w *writer) {
	for query := range w.statements {
		if s.prepared[query] == nil {
			// An error is no harm: the next transaction prepares its own.
			if st, err := s.writer.PrepareContext(w.ctx, query); err == nil {
				s.prepared[query] = st
			}
		}
	}
}

// writer writes one entry. After the first error it does nothing any more.
type writer struct {
	ctx        context.Context
	tx         *sql.Tx
	of         string
	prepared   map[string]*sql.Stmt    // for all transactions
	statements map[string]*sql.Stmt    // of this one
	numbers    map[deadyet.Check]int64 // of checks, as committed
	keys       map[deadyet.Check]int64 // the same of this transaction
	servers    map[deadyet.ServerID]int64
	newServers map[deadyet.ServerID]int64
	released   map[int64]bool // evidence that something has ceased to use
	err        error
}

// fail keeps the first error, with what could not be done.
func (w *writer) fail(what string, err error) {
	if w.err == nil && err != nil {
		w.err = fmt.Errorf("%s: %w", what, err)
	}
}

// exec runs a statement and returns how many rows it changed.
func (w *writer) exec(what, query string, args ...any) int64 {
	if w.err != nil {
		return 0
	}
	st := w.prepare(what, query)
	if w.err != nil {
		return 0
	}
	r, err := st.ExecContext(w.ctx, args...)
	if err != nil {
		w.fail(what, err)
		return 0
	}
	n, err := r.RowsAffected()
	w.fail(what, err)
	return n
}

// prepare returns the statement, which the transaction closes at its end.
func (w *writer) prepare(what, query string) *sql.Stmt {
	if st := w.statements[query]; st != nil {
		return st
	}
	st, err := w.open(query)
	if err != nil {
		w.fail(what, err)
		return nil
	}
	w.statements[query] = st
	return st
}

func (w *writer) open(query string) (*sql.Stmt, error) {
	if st := w.prepared[query]; st != nil {
		return w.tx.StmtContext(w.ctx, st), nil
	}
	return w.tx.PrepareContext(w.ctx, query)
}

// entry writes e, and reports whether its round was known already.
func (w *writer) entry(e ledger.Entry) (known bool) {
	w.subject(e.Subject, e.Simulated)
	if w.round(e.Round) == 0 {
		return w.err == nil
	}
	w.spent(e)
	w.evidence(e.Evidence)
	for _, s := range e.Ended {
		w.end(s)
	}
	for _, s := range e.Begun {
		w.begin(s)
	}
	for _, d := range e.Pending {
		w.dissent(d)
	}
	w.changes(e)
	for _, x := range e.Exceptions {
		w.exception(x)
	}
	for _, c := range slices.SortedFunc(maps.Keys(e.Latest), byID) {
		w.latest(c, e.Latest[c])
	}
	w.drop()
	w.rollups(e)
	return false
}

// subject claims a new store for a subject, and refuses another one.
func (w *writer) subject(id deadyet.SubjectID, simulated bool) {
	const what = "read the subject of the store"
	st := w.prepare(what, "SELECT id, simulated FROM subject")
	if w.err != nil {
		return
	}
	var has ledger.OtherSubjectError
	switch err := st.QueryRowContext(w.ctx).Scan(&has.Subject, &has.Simulated); {
	case errors.Is(err, sql.ErrNoRows):
		w.exec("claim the store", "INSERT INTO subject (one, id, simulated) VALUES (1, ?, ?)", string(id), simulated)
	case err != nil:
		w.fail(what, err)
	case has.Subject != id || has.Simulated != simulated:
		w.fail(fmt.Sprintf("write subject %q to the store", string(id)), &has)
	}
}

// round writes the row of the round; 0 means that it was there.
func (w *writer) round(r deadyet.RoundSummary) int64 {
	n := w.exec("write the round", `INSERT INTO rounds
		(vantage, number, began, ended, networks, canary_good, canary, planned, connections, counts, unasked, loss)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(r.Vantage), int64(r.Number), r.Began.UnixNano(), r.Ended.UnixNano(), w.json(r.Networks),
		r.Canary.Good, w.json(r.Canary.Hosts), r.Planned, r.Connections, w.json(r.Counts), w.json(r.Unasked), w.json(r.Loss))
	if n == 0 {
		return 0
	}
	for _, id := range r.Networks {
		w.exec("write the last round of a network", `INSERT INTO networks (network, vantage, number) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET number = excluded.number`, string(id), string(r.Vantage), int64(r.Number))
	}
	return n
}

func (w *writer) json(v any) string {
	b, err := json.Marshal(v)
	w.fail("write JSON", err)
	return string(b)
}

func (w *writer) spent(e ledger.Entry) {
	w.spend(e.Spent)
	w.exec("forget what was spent", "DELETE FROM spent WHERE day < ?", e.SpentSince.String())
}

// key returns the number of a check, and gives one to a new check.
func (w *writer) key(c deadyet.Check) int64 {
	if k, ok := w.numbers[c]; ok {
		return k
	}
	if k, ok := w.keys[c]; ok {
		return k
	}
	w.keys[c] = w.number("checks", string(c.ID()))
	return w.keys[c]
}

// server returns the number of a server, and gives one to a new server.
func (w *writer) server(id deadyet.ServerID) int64 {
	if k, ok := w.servers[id]; ok {
		return k
	}
	if k, ok := w.newServers[id]; ok {
		return k
	}
	w.newServers[id] = w.number("servers", string(id))
	return w.newServers[id]
}

// number returns the key that an ID has in a table of keys, and gives it one.
func (w *writer) number(table, id string) (k int64) {
	what := "number one of the " + table
	w.exec(what, "INSERT INTO "+table+" (id) VALUES (?) ON CONFLICT DO NOTHING", id)
	st := w.prepare(what, "SELECT key FROM "+table+" WHERE id = ?")
	if w.err != nil {
		return 0
	}
	w.fail(what, st.QueryRowContext(w.ctx, id).Scan(&k))
	return k
}

func (w *writer) spend(spent []deadyet.Spent) {
	for _, s := range spent {
		w.exec("write what was spent", `INSERT INTO spent (host, day, connections) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET connections = excluded.connections`, s.Host, s.Day.String(), s.Connections)
	}
}
