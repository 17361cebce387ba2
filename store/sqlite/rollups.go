package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"deadyet"
	"deadyet/ledger"
)

// dayNumber writes a day as it stands in a table: 20261125.
func dayNumber(d deadyet.Day) int64 {
	y, m, day := d.Start().Date()
	return (int64(y)*100+int64(m))*100 + int64(day)
}

// monthNumber writes a day's month: 202611.
func monthNumber(d deadyet.Day) int64 { return dayNumber(d) / 100 }

// firstDay is larger than every month and smaller than every day.
const firstDay = 10_000_000

// periodOf reads what dayNumber or monthNumber wrote.
func periodOf(n int64) (d deadyet.Day, month bool) {
	if month = n < firstDay; month {
		n = n*100 + 1
	}
	return deadyet.DayOf(time.Date(int(n/10000), time.Month(n/100%100), int(n%100), 0, 0, 0, 0, time.UTC)), month
}

// rollups writes the sums of the round's day. Those of the day before, if it was
// another, become a row for each server.
func (w *writer) rollups(e ledger.Entry) {
	if len(e.Rollups) == 0 {
		return
	}
	vantage, day := string(e.Round.Vantage), dayNumber(e.Rollups[0].Day)
	w.endDay(vantage, day)
	if !e.PackBefore.IsZero() {
		w.packMonths(vantage, e.PackBefore)
	}
	var sums []byte
	for i := range e.Rollups {
		sums = appendSums(appendInt(sums, int(w.server(e.Rollups[i].Server))), &e.Rollups[i])
	}
	w.exec("write the sums of the day", "INSERT OR REPLACE INTO rollups_today (vantage, day, sums) VALUES (?, ?, ?)", vantage, day, sums)
}

// endDay gives each server of the last day a row, if that is not the day.
func (w *writer) endDay(vantage string, day int64) {
	const what = "end the sums of a day"
	st := w.prepare(what, "SELECT day FROM rollups_today WHERE vantage = ?")
	if w.err != nil {
		return
	}
	var last int64
	switch err := st.QueryRowContext(w.ctx, vantage).Scan(&last); {
	case errors.Is(err, sql.ErrNoRows), err == nil && last == day:
		return
	case err != nil:
		w.fail(what, err)
		return
	}
	var sums []byte
	w.fail(what, w.tx.QueryRowContext(w.ctx, "SELECT sums FROM rollups_today WHERE vantage = ?", vantage).Scan(&sums))
	w.fail(what, eachSums(sums, func(key int64, own []byte, _ *deadyet.Rollup) {
		w.exec(what, "INSERT INTO rollups (server_key, vantage, period, sums) VALUES (?, ?, ?, ?)", key, vantage, last, own)
	}))
}

// eachSums calls take with the sums of each server of a day.
func eachSums(all []byte, take func(key int64, own []byte, r *deadyet.Rollup)) error {
	for len(all) > 0 {
		n := numbers{rest: all}
		key := int64(n.int(1 << 62))
		var r deadyet.Rollup
		rest, err := takeSums(n.rest, &r)
		if n.bad || err != nil {
			return errSums
		}
		take(key, n.rest[:len(n.rest)-len(rest)], &r)
		all = rest
	}
	return nil
}

// packMonths makes one row of the days of each server and month before a day.
func (w *writer) packMonths(vantage string, before deadyet.Day) {
	const what, days = "pack months", "FROM rollups WHERE vantage = ? AND period > ? AND period < ?"
	args := []any{vantage, firstDay, dayNumber(before)}
	months, err := w.months(vantage, "SELECT server_key, period, sums "+days+" ORDER BY server_key, period", args)
	w.fail(what, err)
	w.exec(what, "DELETE "+days, args...)
	for _, m := range months {
		w.exec(what, "INSERT INTO rollups (server_key, vantage, period, sums) VALUES (?, ?, ?, ?)", m.key, vantage, m.period, m.sums)
	}
}

// month is the packed sums of a server.
type month struct {
	key, period int64
	sums        []byte
}

func (w *writer) months(vantage, query string, args []any) (out []month, err error) {
	if w.err != nil {
		return nil, nil
	}
	rows, err := w.tx.QueryContext(w.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var sum deadyet.Rollup
	for rows.Next() {
		var key, day int64
		var sums sql.RawBytes
		var r deadyet.Rollup
		if err := rows.Scan(&key, &day, &sums); err != nil {
			return nil, err
		}
		if _, err := takeSums(sums, &r); err != nil {
			return nil, err
		}
		if n := len(out); n == 0 || out[n-1].key != key || out[n-1].period != day/100 {
			out, sum = append(out, month{key: key, period: day / 100}), deadyet.Rollup{}
		}
		sum.Merge(&r)
		m := &out[len(out)-1]
		m.sums = appendSums(m.sums[:0], &sum)
	}
	return out, rows.Err()
}

// Rollups returns those of a server, by vantage and in the order of time: months,
// then days. Of a server that nobody ever asked there are none.
func (s *Store) Rollups(ctx context.Context, id deadyet.ServerID) (out []deadyet.Rollup, err error) {
	err = s.look(ctx, func(r *reader) { out = r.rollups(id) })
	if err != nil {
		return nil, fmt.Errorf("read roll-ups of %s: %w", id, err)
	}
	slices.SortStableFunc(out, func(a, b deadyet.Rollup) int {
		return cmp.Or(cmp.Compare(a.Vantage, b.Vantage), a.Start().Compare(b.Start()))
	})
	return out, nil
}

// Today returns what the last day of each vantage sums up to so far, by vantage.
func (s *Store) Today(ctx context.Context) ([]deadyet.Rollup, error) {
	var m ledger.Memory
	if err := s.look(ctx, func(r *reader) { r.today(&m) }); err != nil {
		return nil, fmt.Errorf("read the roll-ups of today: %w", err)
	}
	return m.Rollups, nil
}

func (r *reader) rollups(id deadyet.ServerID) (out []deadyet.Rollup) {
	var key int64 // none is 0
	r.each("read the number of a server", "SELECT key FROM servers WHERE id = ?", []any{string(id)}, func(v row) error {
		key = v.int(0)
		return nil
	})
	r.each("read roll-ups", "SELECT vantage, period, sums FROM rollups WHERE server_key = ?", []any{key}, func(v row) error {
		u := deadyet.Rollup{Server: id, Vantage: deadyet.VantageID(v.text(0))}
		u.Day, u.Month = periodOf(v.int(1))
		_, err := takeSums(v.blob(2), &u)
		out = append(out, u)
		return err
	})
	r.each("read the sums of the last day", "SELECT vantage, day, sums FROM rollups_today", nil, func(v row) error {
		return eachSums(v.blob(2), func(of int64, _ []byte, u *deadyet.Rollup) {
			if of == key {
				u.Server, u.Vantage = id, deadyet.VantageID(v.text(0))
				u.Day, _ = periodOf(v.int(1))
				out = append(out, *u)
			}
		})
	})
	return out
}

// today reads the sums of the last day of each vantage.
func (r *reader) today(m *ledger.Memory) {
	ids := make(map[int64]deadyet.ServerID)
	r.each("read servers", "SELECT key, id FROM servers", nil, func(v row) error {
		ids[v.int(0)] = deadyet.ServerID(v.text(1))
		return nil
	})
	r.each("read the sums of the last day", "SELECT vantage, day, sums FROM rollups_today ORDER BY vantage", nil, func(v row) error {
		day, _ := periodOf(v.int(1))
		return eachSums(v.blob(2), func(key int64, _ []byte, u *deadyet.Rollup) {
			u.Server, u.Vantage, u.Day = ids[key], deadyet.VantageID(v.text(0)), day
			m.Rollups = append(m.Rollups, *u)
		})
	})
}
