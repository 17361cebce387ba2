package news

import (
	"cmp"
	"slices"

	"deadyet"
)

// Order returns the items as a page shows them: pinned ones first, then the
// latest first; what happened at the same moment is ordered by ID, so that the
// result never depends on the order of files. The argument is not changed.
func Order(items []deadyet.Item) []deadyet.Item {
	ordered := slices.Clone(items)
	slices.SortStableFunc(ordered, func(a, b deadyet.Item) int {
		if a.Pinned != b.Pinned {
			if a.Pinned {
				return -1
			}
			return 1
		}
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID))
	})
	return ordered
}
