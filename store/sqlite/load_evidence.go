package sqlite

import (
	"encoding/json"
	"maps"
	"slices"

	"deadyet"
	"deadyet/ledger"
)

// use names a list of evidence.
type use struct {
	key     int64
	purpose string
	since   int64
}

// uses is who uses what evidence: of the spans in the order in which they are
// read, of the rest by name.
type uses struct {
	spans []spanUse
	ids   []deadyet.EvidenceID // of the spans, one each
	rest  map[use][]deadyet.EvidenceID
}

type spanUse struct{ key, since int64 }

// used reads who uses evidence. Each span that ended has the evidence of its
// beginning and of its end, as a rule.
func (r *reader) used(spans int) {
	r.uses = uses{make([]spanUse, 0, 2*spans), make([]deadyet.EvidenceID, 0, 2*spans), make(map[use][]deadyet.EvidenceID)}
	r.each("read who uses evidence", `SELECT check_key, since, evidence
		FROM checks CROSS JOIN evidence_uses ON check_key = key WHERE vantage = ? AND purpose = ?
		ORDER BY id, since, place`, []any{r.of, useSpan}, func(v row) error {
		r.uses.spans = append(r.uses.spans, spanUse{v.int(0), v.int(1)})
		r.uses.ids = append(r.uses.ids, deadyet.EvidenceID(v.int(2)))
		return nil
	})
	r.each("read who uses evidence", `SELECT check_key, purpose, since, evidence
		FROM checks CROSS JOIN evidence_uses ON check_key = key WHERE vantage = ? AND purpose IN (?, ?)
		ORDER BY id, purpose, since, place`, []any{r.of, useLatest, usePending}, func(v row) error {
		u := use{v.int(0), v.text(1), v.int(2)}
		r.uses.rest[u] = append(r.uses.rest[u], deadyet.EvidenceID(v.int(3)))
		return nil
	})
}

// next returns the evidence of a span, which comes behind the one before.
func (u *uses) next(of spanUse) []deadyet.EvidenceID {
	n := 0
	for n < len(u.spans) && u.spans[n] == of {
		n++
	}
	if n == 0 {
		return nil
	}
	ids := u.ids[:n:n]
	u.spans, u.ids = u.spans[n:], u.ids[n:]
	return ids
}

func (u *uses) find(of use) []deadyet.EvidenceID { return u.rest[of] }

// evidence reads the transcripts that checks name as they stand.
func (r *reader) evidence(m *ledger.Memory) {
	named := make(map[deadyet.EvidenceID]bool)
	for i := range m.Checks {
		k := &m.Checks[i]
		for _, ids := range [][]deadyet.EvidenceID{k.Open.Evidence, k.Latest.Evidence} {
			for _, id := range ids {
				named[id] = true
			}
		}
		if k.Pending != nil {
			for _, id := range k.Pending.Evidence {
				named[id] = true
			}
		}
	}
	ids, err := json.Marshal(slices.Sorted(maps.Keys(named)))
	r.fail("name evidence", err)
	m.Evidence = make(map[deadyet.EvidenceID]*deadyet.Transcript, len(named))
	r.each("read evidence", "SELECT id, transcript FROM evidence WHERE id IN (SELECT value FROM json_each(?))", []any{string(ids)}, func(v row) error {
		t, err := unpack(v.blob(1))
		m.Evidence[deadyet.EvidenceID(v.int(0))] = t
		return err
	})
}
