package ledger

import "deadyet"

// EvidenceHeld returns the names of the transcripts in memory.
func (l *Ledger) EvidenceHeld() map[deadyet.EvidenceID]bool {
	held := make(map[deadyet.EvidenceID]bool)
	for id := range l.held.evidence {
		held[id] = true
	}
	return held
}

// Beside runs f as an edition of the past works its words out.
var Beside = beside
