package news

import (
	"slices"
	"time"

	"deadyet"
)

// Edit lays what people wrote over the items: a person wins. Notes that are
// not due yet are left out; an edit of an item that is not there changes
// nothing. Items are known by their ID or by an alias.
func Edit(items []deadyet.Item, edits []deadyet.Edit, at time.Time) []deadyet.Item {
	for _, e := range edits {
		i := find(items, e.ID)
		switch {
		case e.Note && !e.Item.At.After(at):
			items = append(items, e.Item)
		case e.Note || i < 0:
		default:
			overrule(&items[i], e)
		}
		items = merge(items, e)
		if e.Hidden {
			items = slices.DeleteFunc(items, func(i deadyet.Item) bool { return known(i, e.ID) })
		}
	}
	return items
}

func known(i deadyet.Item, id deadyet.ItemID) bool {
	return i.ID == id || slices.Contains(i.Aliases, id)
}

func find(items []deadyet.Item, id deadyet.ItemID) int {
	return slices.IndexFunc(items, func(i deadyet.Item) bool { return known(i, id) })
}

// overrule takes over what the person set.
func overrule(i *deadyet.Item, e deadyet.Edit) {
	if e.Item.Title != "" {
		i.Title = e.Item.Title
	}
	if e.Item.Body != "" {
		i.Body = e.Item.Body
	}
	if e.Item.Title != "" || e.Item.Body != "" {
		i.By = e.Item.By
	}
	i.Pinned = i.Pinned || e.Pinned
	i.Links = slices.Concat(i.Links, e.Item.Links)
}

// merge lets an item take others in: their IDs lead to it from then on.
func merge(items []deadyet.Item, e deadyet.Edit) []deadyet.Item {
	to := find(items, e.ID)
	if to < 0 || len(e.Merge) == 0 {
		return items
	}
	into := items[to]
	items = slices.DeleteFunc(items, func(i deadyet.Item) bool {
		if i.ID == into.ID || !slices.ContainsFunc(e.Merge, func(id deadyet.ItemID) bool { return known(i, id) }) {
			return false
		}
		into = taking(into, i)
		return true
	})
	items[find(items, into.ID)] = into
	return items
}

func taking(a, b deadyet.Item) deadyet.Item {
	a.Aliases = append(append(slices.Clone(a.Aliases), b.ID), b.Aliases...)
	a.Changes = slices.Concat(a.Changes, b.Changes)
	for _, p := range b.Parts {
		a.Parts = joined(a.Parts, p)
	}
	a.Ports, a.Versions = union(a.Ports, b.Ports), union(a.Versions, b.Versions)
	a.Facts, a.Evidence, a.Links = union(a.Facts, b.Facts), union(a.Evidence, b.Evidence), slices.Concat(a.Links, b.Links)
	if b.At.Before(a.At) {
		a.At, a.When = b.At, b.When
	}
	if b.Updated.After(a.Updated) {
		a.Updated = b.Updated
	}
	switch { // all is back to normal when both are
	case a.Until.IsZero() || b.Until.IsZero():
		a.Until = deadyet.Interval{}
	case b.Until.To.After(a.Until.To):
		a.Until = b.Until
	}
	return a
}

// joined adds a part; a server that both tell of is counted once.
func joined(parts []deadyet.Part, p deadyet.Part) []deadyet.Part {
	parts = slices.Clone(parts)
	for i, q := range parts {
		if q.Region != p.Region || q.Role != p.Role {
			continue
		}
		q.Servers = union(q.Servers, p.Servers)
		q.Count, q.Back = len(q.Servers), min(q.Back, p.Back)
		q.Of, q.Listed = max(q.Of, p.Of, q.Count), max(q.Listed, p.Listed, q.Count)
		q.Ports, q.Versions, q.About = union(q.Ports, p.Ports), union(q.Versions, p.Versions), q.About || p.About
		parts[i] = q
		return parts
	}
	return append(parts, p)
}

// Rename keeps the names good under which items were published: where a
// correction of the record has given an item another ID, the old one becomes an
// alias of the item of the same kind and network that is most like it, within
// two months. The items are changed in place and returned.
func Rename(items []deadyet.Item, published []deadyet.Published) []deadyet.Item {
	own := make(map[deadyet.ItemID]bool) // published names that items bear: those need no other
	for _, p := range published {
		own[p.ID] = true
	}
	for _, p := range published {
		if find(items, p.ID) >= 0 {
			continue
		}
		best, distance := -1, 60*24*time.Hour
		for i, it := range items {
			if it.Kind != p.Kind || it.Network != p.Network || own[it.ID] || !akin(it, p) {
				continue
			}
			if d := it.At.Sub(p.At).Abs(); d < distance {
				best, distance = i, d
			}
		}
		if best >= 0 {
			items[best].Aliases = append(items[best].Aliases, p.ID)
		}
	}
	return items
}

// akin reports whether an item and a published one share what both name. Books
// of before hold "" for the region of a network that has none.
func akin(i deadyet.Item, p deadyet.Published) bool {
	return meet(Regions(i), without(p.Regions, []deadyet.Region{""})) && meet(i.Ports, p.Ports) && meet(i.Versions, p.Versions)
}

func meet[T comparable](a, b []T) bool { return len(a) == 0 && len(b) == 0 || len(common(a, b)) > 0 }

// Regions returns the regions of an item's parts, each once.
func Regions(i deadyet.Item) (rs []deadyet.Region) {
	for _, p := range i.Parts {
		if p.Region != "" {
			rs = union(rs, []deadyet.Region{p.Region})
		}
	}
	return rs
}
