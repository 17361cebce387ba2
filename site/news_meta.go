package site

import (
	"slices"
	"time"

	"deadyet"
)

// authorText says by whom an item is that was not written by the program alone.
func authorText(i deadyet.Item) string {
	switch {
	case i.By == "":
		return ""
	case i.Kind == deadyet.ItemNote || i.Kind == "":
		return "by " + clean(i.By)
	}
	return "in the words of " + clean(i.By)
}

// endedWhen says since when all is back to normal.
func endedWhen(i deadyet.Item) when { return inWords("over since ", i.Until) }

// grewWhen says until when an item grew after it was told first. Of one that is
// over, the end is said instead.
func grewWhen(i deadyet.Item) when {
	if !i.Until.IsZero() || i.Updated.Sub(i.Published) <= time.Minute {
		return when{}
	}
	lead := "grew until "
	if slices.ContainsFunc(i.Parts, func(p deadyet.Part) bool { return p.Back > 0 }) {
		lead = "last changed on "
	}
	return inWords(lead, deadyet.At(i.Updated))
}

// origin says how an item is known, and from whom. A note speaks for itself.
func (s *Site) origin(i deadyet.Item) (text string, sources []sourceView) {
	facts := s.factsOf(i)
	for _, f := range facts {
		sources = addSource(sources, f.Source)
	}
	switch {
	case len(i.Facts) > 0 && measuredToo(i):
		return "† partly recorded, partly measured here", sources
	case len(i.Facts) > 0 && len(facts) > 0 && !slices.ContainsFunc(facts, func(f deadyet.Fact) bool { return !f.Inferred }):
		return "† recorded, not measured here; nobody wrote it down, it follows from what was", sources
	case len(i.Facts) > 0:
		return "† recorded, not measured here", sources
	case byList(i.Kind):
		n, _ := s.edition.Subject.NetworkByID(i.Network)
		return "† from the lists of addresses, not measured here", addSource(nil, n.Source)
	case i.Kind == deadyet.ItemNote || i.Kind == "":
		return "", nil
	}
	return "measured here", nil
}

// measuredToo reports whether anything of an item was measured.
func measuredToo(i deadyet.Item) bool {
	return len(i.Evidence) > 0 || slices.ContainsFunc(i.Changes, func(c deadyet.Change) bool { return c.Fact == "" })
}

// byList reports whether items of that kind follow from the lists of servers.
func byList(k deadyet.ItemKind) bool {
	switch k {
	case deadyet.ItemListed, deadyet.ItemRetired, deadyet.ItemMoved, deadyet.ItemRenumbered:
		return true
	}
	return false
}

// factsOf returns the facts of the record behind an item, in its order.
func (s *Site) factsOf(i deadyet.Item) (out []deadyet.Fact) {
	for _, id := range i.Facts {
		if f, ok := s.facts[id]; ok {
			out = append(out, f)
		}
	}
	return out
}

// addSource adds a source that is not there yet.
func addSource(sources []sourceView, src deadyet.Source) []sourceView {
	v := sourceOf(src)
	if v == nil || slices.Contains(sources, *v) {
		return sources
	}
	return append(sources, *v)
}
