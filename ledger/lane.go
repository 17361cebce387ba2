package ledger

import "deadyet"

// lane remembers in which order the findings of the last round came. The next
// round brings them in the same order, so that a check is found by a
// comparison, without hashing its name: at a thousand servers and ten years of
// rounds that is most of the work. What it remembers need not be true.
type lane struct{ tracks []*tracked }

// next returns the check of the i-th finding, nil if it was never found.
func (l *lane) next(i int, c deadyet.Check, checks map[deadyet.Check]*tracked) *tracked {
	if i < len(l.tracks) {
		if t := l.tracks[i]; t != nil && t.kept.Open.Check == c {
			return t
		}
	} else {
		l.tracks = append(l.tracks, make([]*tracked, 1+i-len(l.tracks))...)
	}
	l.tracks[i] = checks[c]
	return l.tracks[i]
}
