package sqlite

import (
	"maps"
	"slices"

	"deadyet"
	"deadyet/ledger"
)

// Who uses evidence.
const (
	useSpan    = "span"
	usePending = "pending"
	useLatest  = "latest"
)

func (w *writer) evidence(ts map[deadyet.EvidenceID]*deadyet.Transcript) {
	for _, id := range slices.Sorted(maps.Keys(ts)) {
		b, err := pack(ts[id])
		w.fail("keep evidence", err)
		// The name is made from the content: what is there is the same.
		w.exec("keep evidence", "INSERT INTO evidence (id, transcript) VALUES (?, ?) ON CONFLICT DO NOTHING", int64(id), b)
		w.released[int64(id)] = true
	}
}

func (w *writer) latest(c deadyet.Check, l ledger.Latest) {
	k := w.key(c)
	w.exec("write the latest evidence", "INSERT OR REPLACE INTO latest (check_key, vantage, day) VALUES (?, ?, ?)", k, w.of, l.Day.String())
	w.uses(k, useLatest, 0, l.Evidence)
}

// uses says what evidence is used, in place of what was used before. What
// stays in its place is not written again.
func (w *writer) uses(key int64, purpose string, since int64, ids []deadyet.EvidenceID) {
	const what = "write who uses evidence"
	before := w.used(key, purpose, since)
	for place, id := range ids {
		if place < len(before) && before[place] == int64(id) {
			continue
		}
		w.exec(what, `INSERT OR REPLACE INTO evidence_uses (check_key, vantage, purpose, since, place, evidence) VALUES (?, ?, ?, ?, ?, ?)`,
			key, w.of, purpose, since, place, int64(id))
	}
	if len(before) > len(ids) {
		w.exec(what, "DELETE FROM evidence_uses WHERE check_key = ? AND vantage = ? AND purpose = ? AND since = ? AND place >= ?",
			key, w.of, purpose, since, len(ids))
	}
	for _, id := range before {
		if !slices.Contains(ids, deadyet.EvidenceID(id)) {
			w.released[id] = true
		}
	}
}

func (w *writer) used(key int64, purpose string, since int64) (ids []int64) {
	const what = "read who uses evidence"
	st := w.prepare(what, "SELECT evidence FROM evidence_uses WHERE check_key = ? AND vantage = ? AND purpose = ? AND since = ?")
	if w.err != nil {
		return nil
	}
	rows, err := st.QueryContext(w.ctx, key, w.of, purpose, since)
	if err != nil {
		w.fail(what, err)
		return nil
	}
	for rows.Next() {
		var id int64
		w.fail(what, rows.Scan(&id))
		ids = append(ids, id)
	}
	w.fail(what, rows.Err())
	w.fail(what, rows.Close())
	return ids
}

// drop forgets the evidence that nobody uses any more.
func (w *writer) drop() {
	for _, id := range slices.Sorted(maps.Keys(w.released)) {
		w.exec("drop evidence", "DELETE FROM evidence WHERE id = ? AND NOT EXISTS (SELECT 1 FROM evidence_uses WHERE evidence = ?)", id, id)
	}
}
