package sqlite

import (
	"errors"
	"maps"
	"slices"

	"deadyet"
	"deadyet/ledger"
)

// Who uses evidence for a time. What a span names stays for ever.
const (
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

// named writes the evidence of a span, which stays for ever.
func (w *writer) named(ids []deadyet.EvidenceID) string {
	const what = "keep the evidence of a span"
	for _, id := range ids {
		if n := w.exec(what, "UPDATE evidence SET kept = 1 WHERE id = ?", int64(id)); n != 1 && w.err == nil {
			w.fail(what, errors.New("there is no such transcript"))
		}
	}
	return nameEvidence(ids)
}

func (w *writer) latest(c deadyet.Check, l ledger.Latest) {
	k := w.key(c)
	w.exec("write the latest evidence", "INSERT OR REPLACE INTO latest (check_key, vantage, day) VALUES (?, ?, ?)", k, w.of, l.Day.String())
	w.uses(k, useLatest, l.Evidence)
}

// uses says what evidence is used, in place of what was used before. What
// stays in its place is not written again. The column since is of older days.
func (w *writer) uses(key int64, purpose string, ids []deadyet.EvidenceID) {
	const what = "write who uses evidence"
	before := w.used(key, purpose)
	for place, id := range ids {
		if place < len(before) && before[place] == int64(id) {
			continue
		}
		w.exec(what, `INSERT OR REPLACE INTO evidence_uses (check_key, vantage, purpose, since, place, evidence) VALUES (?, ?, ?, 0, ?, ?)`,
			key, w.of, purpose, place, int64(id))
	}
	if len(before) > len(ids) {
		w.exec(what, "DELETE FROM evidence_uses WHERE check_key = ? AND vantage = ? AND purpose = ? AND since = 0 AND place >= ?",
			key, w.of, purpose, len(ids))
	}
	for _, id := range before {
		if !slices.Contains(ids, deadyet.EvidenceID(id)) {
			w.released[id] = true
		}
	}
}

func (w *writer) used(key int64, purpose string) (ids []int64) {
	const what = "read who uses evidence"
	st := w.prepare(what, "SELECT evidence FROM evidence_uses WHERE check_key = ? AND vantage = ? AND purpose = ? AND since = 0")
	if w.err != nil {
		return nil
	}
	rows, err := st.QueryContext(w.ctx, key, w.of, purpose)
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
		w.exec("drop evidence", `DELETE FROM evidence WHERE id = ? AND NOT kept
			AND NOT EXISTS (SELECT 1 FROM evidence_uses WHERE evidence = ?)`, id, id)
	}
}
