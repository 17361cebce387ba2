package site

import (
	"slices"
	"time"

	"deadyet"
	"deadyet/words"
)

// authorText says by whom an item is that was not written by the program alone.
func (t tongue) authorText(i deadyet.Item) string {
	switch {
	case i.By == "":
		return ""
	case i.Kind == deadyet.ItemNote || i.Kind == "":
		return t.t("by {who}", "who", clean(i.By))
	}
	return t.t("in the words of {who}", "who", clean(i.By))
}

// endedWhen says since when all is back to normal.
func (t tongue) endedWhen(i deadyet.Item) when { return t.inWords(asOverSince, i.Until) }

// grewWhen says until when an item grew after it was told first. Of one that is
// over, the end is said instead.
func (t tongue) grewWhen(i deadyet.Item) when {
	if !i.Until.IsZero() || i.Updated.Sub(i.Published) <= time.Minute {
		return when{}
	}
	said := words.Phrase("grew until {from}")
	if slices.ContainsFunc(i.Parts, func(p deadyet.Part) bool { return p.Back > 0 }) {
		said = words.Phrase("last changed on {from}")
	}
	return t.inWords(manner{at: said}, deadyet.At(i.Updated))
}

// origin says how an item is known, and from whom. A note speaks for itself.
func (s *Site) origin(i deadyet.Item) (text string, sources []sourceView) {
	facts := s.factsOf(i)
	for _, f := range facts {
		sources = s.addSource(sources, f.Source)
	}
	switch {
	case len(i.Facts) > 0 && measuredToo(i):
		return s.t("† partly recorded, partly measured here"), sources
	case len(i.Facts) > 0 && len(facts) > 0 && !slices.ContainsFunc(facts, func(f deadyet.Fact) bool { return !f.Inferred }):
		return s.t("† recorded, not measured here; nobody wrote it down, it follows from what was"), sources
	case len(i.Facts) > 0:
		return s.t("† recorded, not measured here"), sources
	case byList(i.Kind):
		n, _ := s.edition.Subject.NetworkByID(i.Network)
		return s.t("† from the lists of addresses, not measured here"), s.addSource(nil, n.Source)
	case i.Kind == deadyet.ItemNote || i.Kind == "":
		return "", nil
	}
	return s.t("measured here"), nil
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
func (t tongue) addSource(sources []sourceView, src deadyet.Source) []sourceView {
	v := t.sourceOf(src)
	if v == nil || slices.Contains(sources, *v) {
		return sources
	}
	return append(sources, *v)
}
