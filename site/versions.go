package site

import (
	"slices"
	"strings"

	"deadyet"
)

// prefix is the common beginning of the names of versions without their
// numbers: "MSNP".
func prefix(vs []deadyet.Version) string {
	if len(vs) == 0 {
		return ""
	}
	p := strings.TrimRight(string(vs[0]), "0123456789")
	for _, v := range vs {
		if !strings.HasPrefix(string(v), p) || len(v) == len(p) {
			return ""
		}
	}
	return p
}

// rangeText names a run of versions: "MSNP8–18".
func rangeText(run []deadyet.Version) string {
	first, last := string(run[0]), string(run[len(run)-1])
	if len(run) == 1 {
		return first
	}
	return first + "–" + strings.TrimPrefix(last, prefix(run))
}

// ranges names a set of versions in as few words as can be: "MSNP2–18, 21".
// Runs are runs of the given order; what is not in it comes last.
func ranges(order, set []deadyet.Version) string {
	p := prefix(set)
	var parts []string
	for _, run := range runs(order, set) {
		text := clean(rangeText(run))
		if len(parts) > 0 {
			text = strings.TrimPrefix(text, p)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

func runs(order, set []deadyet.Version) (out [][]deadyet.Version) {
	open := false
	for _, v := range order {
		switch {
		case !slices.Contains(set, v):
			open = false
			continue
		case open:
			out[len(out)-1] = append(out[len(out)-1], v)
		default:
			out = append(out, []deadyet.Version{v})
		}
		open = true
	}
	for _, v := range set {
		if !slices.Contains(order, v) {
			out = append(out, []deadyet.Version{v})
		}
	}
	return out
}
