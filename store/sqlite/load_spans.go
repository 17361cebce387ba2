package sqlite

import (
	"fmt"

	"deadyet"
	"deadyet/ledger"
)

// names reads the numbers of all checks.
func (r *reader) names() {
	r.each("read checks", "SELECT key, id FROM checks", nil, func(v row) error {
		c, err := deadyet.CheckID(v.text(1)).Parse()
		r.checks[v.int(0)] = c
		return err
	})
}

// spans reads the spans by check and time. What was found comes in one column,
// see [reader.parts].
func (r *reader) spans(m *ledger.Memory, past int) {
	m.Past = make([]deadyet.Span, 0, past)
	r.each("read spans", `SELECT check_key, since_from, since_to, until_from, until_to, last, votes_for, votes_of, evidence, `+found+`
		FROM checks CROSS JOIN spans ON check_key = key WHERE vantage = ? ORDER BY id, since_to`, []any{r.of}, func(v row) error {
		key := v.int(0)
		p, err := r.parts(v.text(9))
		if err != nil {
			return err
		}
		s := deadyet.Span{
			Check: r.checks[key], Outcome: p.outcome, Failure: p.failure, Notes: p.notes,
			Since: v.interval(1), Until: v.interval(3), Last: v.time(5), Votes: v.votes(6),
		}
		s.Evidence, err = r.named(v.text(8))
		if !s.Open() {
			m.Past = append(m.Past, s)
			if r.ended[key] == nil {
				r.ended[key] = &ended{from: len(m.Past) - 1}
			}
			r.ended[key].to = len(m.Past)
			return err
		}
		r.kept[key] = &ledger.Kept{Open: s}
		r.order = append(r.order, key)
		return err
	})
}

// count counts rows, so that what they become is allocated once.
func (r *reader) count(query string) (n int) {
	r.each("count rows", query, []any{r.of}, func(v row) error {
		n = int(v.int(0))
		return nil
	})
	return n
}

// check returns the check of a row, which has an open span.
func (r *reader) check(v row) (*ledger.Kept, error) {
	key := v.int(0)
	if k := r.kept[key]; k != nil {
		return k, nil
	}
	return nil, fmt.Errorf("check number %d has no open span", key)
}

func (r *reader) pending() {
	r.each("read what is pending", `SELECT check_key, since_from, since_to, rounds, votes_for, votes_of, `+found+`
		FROM pending WHERE vantage = ?`, []any{r.of}, func(v row) error {
		k, err := r.check(v)
		if err != nil {
			return err
		}
		p, err := r.parts(v.text(6))
		k.Pending = &deadyet.Pending{
			Outcome: p.outcome, Failure: p.failure, Notes: p.notes,
			Since: v.interval(1), Rounds: int(v.int(3)), Votes: v.votes(4), Evidence: r.uses[use{v.int(0), usePending}],
		}
		return err
	})
}

func (r *reader) gaps() {
	r.exceptions("read gaps", `SELECT check_key, since, until, asked, runs, answer, stage, failure, identity, told
		FROM round_exceptions WHERE vantage = ? AND until IS NULL`, func(k *ledger.Kept, x *ledger.Exception) { k.Exception = x })
}

// flaps reads the latest one of each check: the other columns are those of the
// row with the maximum.
func (r *reader) flaps() {
	r.exceptions("read flaps", `SELECT check_key, max(since), until, asked, runs, answer, stage, failure, identity, told
		FROM round_exceptions WHERE vantage = ? AND runs > 0 GROUP BY check_key`, func(k *ledger.Kept, x *ledger.Exception) { k.Flap = x })
}

func (r *reader) exceptions(what, query string, give func(*ledger.Kept, *ledger.Exception)) {
	r.each(what, query, []any{r.of}, func(v row) error {
		k, err := r.check(v)
		if err != nil {
			return err
		}
		x := ledger.Exception{Check: k.Open.Check, Since: v.time(1), Until: v.time(2), Asked: v.time(3), Runs: int(v.int(4))}
		x.Outcome, err = words{v.text(5), v.text(6), v.text(7), v.text(8), v.text(9)}.outcome()
		give(k, &x)
		return err
	})
}

func (r *reader) latest() {
	r.each("read the latest evidence", "SELECT check_key, day FROM latest WHERE vantage = ?", []any{r.of}, func(v row) error {
		k, err := r.check(v)
		if err != nil {
			return err
		}
		k.Latest.Evidence = r.uses[use{v.int(0), useLatest}]
		k.Latest.Day, err = deadyet.ParseDay(v.text(1))
		return err
	})
}
