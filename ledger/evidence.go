package ledger

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"deadyet"
)

// evidenceEach is how many transcripts are kept of one finding: the last ones.
const evidenceEach = 3

// EvidenceOf names a transcript by its content: the first 63 bits of the
// SHA-256 of its JSON. The same connection has the same name in every check
// that shares it, and in every book.
func EvidenceOf(t *deadyet.Transcript) (deadyet.EvidenceID, error) {
	b, err := json.Marshal(t)
	if err != nil {
		return 0, fmt.Errorf("name transcript of %s: %w", t.Endpoint, err)
	}
	sum := sha256.Sum256(b)
	return deadyet.EvidenceID(binary.BigEndian.Uint64(sum[:8]) >> 1), nil
}

// pool names the transcripts of one round. Transcripts are shared by many
// findings, so each is named once.
type pool struct {
	names map[*deadyet.Transcript]deadyet.EvidenceID
	kept  map[deadyet.EvidenceID]*deadyet.Transcript
	err   error // the first one
}

func newPool() *pool {
	return &pool{make(map[*deadyet.Transcript]deadyet.EvidenceID), make(map[deadyet.EvidenceID]*deadyet.Transcript), nil}
}

// keep names the last transcripts of a finding, the last last.
func (p *pool) keep(ts []*deadyet.Transcript) []deadyet.EvidenceID {
	var ids []deadyet.EvidenceID
	for _, t := range ts[max(0, len(ts)-evidenceEach):] {
		id, ok := p.names[t]
		if !ok {
			var err error
			if id, err = EvidenceOf(t); err != nil {
				p.err = cmp.Or(p.err, err)
				continue
			}
			p.names[t], p.kept[id] = id, t
		}
		ids = union(ids, []deadyet.EvidenceID{id})
	}
	return ids
}

// union returns a new slice with the names of a and those of b that are not
// in a.
func union(a, b []deadyet.EvidenceID) []deadyet.EvidenceID {
	u := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(u, id) {
			u = append(u, id)
		}
	}
	return u
}

// named returns the evidence that a check still needs.
func (t *tracked) named() []deadyet.EvidenceID {
	ids := union(t.kept.Open.Evidence, t.latest.Evidence)
	if t.kept.Pending != nil {
		ids = union(ids, t.kept.Pending.Evidence)
	}
	return ids
}
