package sqlite

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"deadyet"
	"deadyet/ledger"
)

// use names a list of evidence.
type use struct {
	key     int64
	purpose string
}

func (r *reader) used() {
	r.uses = make(map[use][]deadyet.EvidenceID)
	r.each("read who uses evidence", `SELECT check_key, purpose, evidence FROM evidence_uses
		WHERE vantage = ? ORDER BY check_key, purpose, place`, []any{r.of}, func(v row) error {
		u := use{v.int(0), v.text(1)}
		r.uses[u] = append(r.uses[u], deadyet.EvidenceID(v.int(2)))
		return nil
	})
}

// evidenceDigits is how long the name of a transcript is that stands with a
// span.
const evidenceDigits = 16

// nameEvidence writes the names of transcripts.
func nameEvidence(ids []deadyet.EvidenceID) string {
	var b strings.Builder
	for _, id := range ids {
		fmt.Fprintf(&b, "%0*x", evidenceDigits, int64(id))
	}
	return b.String()
}

// named reads what nameEvidence wrote. Many short lists share one long one.
func (r *reader) named(text string) ([]deadyet.EvidenceID, error) {
	const many = 4096
	n := len(text) / evidenceDigits
	if n == 0 {
		return nil, nil
	}
	if len(r.ids) < n {
		r.ids = make([]deadyet.EvidenceID, max(n, many))
	}
	ids := r.ids[:n:n]
	r.ids = r.ids[n:]
	for i := range ids {
		id, err := strconv.ParseInt(text[i*evidenceDigits:(i+1)*evidenceDigits], 16, 64)
		if err != nil {
			return nil, fmt.Errorf("read the names of evidence: %w", err)
		}
		ids[i] = deadyet.EvidenceID(id)
	}
	return ids, nil
}

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
