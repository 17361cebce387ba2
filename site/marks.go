package site

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"deadyet"
)

// markView is what happened at one place of a picture.
type markView struct {
	Number string
	Items  []mentionView
}

// flagView is the number of a mark in the picture.
type flagView struct {
	X, Number string
	Title     string
	Base      int // of the letters
}

// marked reports whether items of a kind are marked in a picture of the decline:
// those that change what is taken.
func marked(k deadyet.ItemKind) bool {
	switch k {
	case deadyet.ItemListed, deadyet.ItemRetired, deadyet.ItemNote, deadyet.ItemRenumbered, deadyet.ItemDependencyDown:
		return false
	}
	return true
}

// addMarks marks the items of a network, or of a region of it, where they
// began. Those that began close together share a mark; of more marks than there
// is room for, the latest stay.
func (v *declineView) addMarks(s *Site, n deadyet.NetworkID, r deadyet.Region, a axis, root string, most int) {
	var items []deadyet.Item
	for _, i := range s.edition.Items {
		here := r == "" || slices.ContainsFunc(i.Parts, func(p deadyet.Part) bool { return p.Region == r })
		if i.Network == n && here && marked(i.Kind) && !i.At.Before(a.from) && !i.At.After(a.to) {
			items = append(items, i)
		}
	}
	slices.SortStableFunc(items, func(x, y deadyet.Item) int { return x.At.Compare(y.At) })
	var starts []time.Time
	for _, i := range items {
		if k := len(starts); k == 0 || a.percent(i.At)-a.percent(starts[k-1]) > 2.4 {
			starts = append(starts, i.At)
			v.Marks = append(v.Marks, markView{})
		}
		m := &v.Marks[len(v.Marks)-1]
		m.Items = append(m.Items, mentionView{Title: clean(i.Title), Told: i.Told, Href: root + itemLink(i.ID), When: s.dateline(begun(i)), Mark: s.daggerOf(i)})
	}
	if more := len(v.Marks) - most; more > 0 {
		left := 0
		for _, m := range v.Marks[:more] {
			left += len(m.Items)
		}
		v.MoreNews = s.n(left, "{n} earlier event not marked here", "{n} earlier events not marked here")
		v.Marks, starts = v.Marks[more:], starts[more:]
	}
	for k := range v.Marks {
		m := &v.Marks[k]
		m.Number = strconv.Itoa(k + 1)
		var titles []string
		for _, i := range m.Items {
			titles = append(titles, i.When.Text()+": "+i.Title)
		}
		v.Flags = append(v.Flags, flagView{X: a.x(starts[k]), Number: m.Number, Title: strings.Join(titles, "; "), Base: 12})
	}
}

// daggerOf marks an item of which nothing was measured.
func (s *Site) daggerOf(i deadyet.Item) string {
	if text, _ := s.origin(i); text != "" && !measuredToo(i) {
		return "†"
	}
	return ""
}
