package news

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// lists tells who came onto the lists of a network, who was taken off, and who
// moved.
func (in Input) lists(n deadyet.Network) (items []deadyet.Item) {
	for _, day := range listDays(n) {
		if day.Start().After(in.At) {
			continue
		}
		came, left := turnover(n, day)
		for _, m := range n.Moves {
			if m.On == day {
				items = append(items, moved(n, m, left, came))
				came, left = elsewhere(came, m.To), elsewhere(left, m.From)
			}
		}
		for _, l := range []struct {
			kind    deadyet.ItemKind
			servers []listed
		}{{deadyet.ItemListed, came}, {deadyet.ItemRetired, left}} {
			if len(l.servers) > 0 {
				items = append(items, onDay(n, l.kind, day, partsOf(l.servers)))
			}
		}
	}
	return items
}

func listDays(n deadyet.Network) (days []deadyet.Day) {
	for _, sv := range n.Servers {
		for _, l := range sv.Listings {
			if l.Role.Counted() {
				days = append(days, l.Since)
				if !l.Until.IsZero() {
					days = append(days, l.Until)
				}
			}
		}
	}
	slices.SortFunc(days, func(a, b deadyet.Day) int { return a.Start().Compare(b.Start()) })
	return slices.Compact(days)
}

// listed is a server under one of its listings.
type listed struct {
	id      deadyet.ServerID
	listing deadyet.Listing
}

// turnover compares the lists of a day with those of the day before.
func turnover(n deadyet.Network, day deadyet.Day) (came, left []listed) {
	before := deadyet.DayOf(day.Start().Add(-time.Second))
	for _, sv := range n.Servers {
		old, was := sv.ListingOn(before)
		now, is := sv.ListingOn(day)
		switch {
		case is && !was && now.Role.Counted():
			came = append(came, listed{sv.ID, now})
		case was && !is && old.Role.Counted():
			left = append(left, listed{sv.ID, old})
		case was && is && old.Region != now.Region && old.Role.Counted() && now.Role.Counted():
			came, left = append(came, listed{sv.ID, now}), append(left, listed{sv.ID, old})
		}
	}
	return came, left
}

func elsewhere(servers []listed, r deadyet.Region) []listed {
	return slices.DeleteFunc(slices.Clone(servers), func(l listed) bool { return l.listing.Region == r })
}

func in(servers []listed, r deadyet.Region) []listed {
	return slices.DeleteFunc(slices.Clone(servers), func(l listed) bool { return l.listing.Region != r })
}

// moved tells that servers gave way to others. The new ones stand in a second
// part.
func moved(n deadyet.Network, m deadyet.Move, left, came []listed) deadyet.Item {
	kind := deadyet.ItemMoved
	if m.From == m.To {
		kind = deadyet.ItemRenumbered
	}
	it := onDay(n, kind, m.On, whole(partsOf(in(left, m.From))))
	if kind == deadyet.ItemMoved {
		it.To = m.To
	}
	it.Inferred, it.Arrived = m.Inferred, len(in(came, m.To))
	return it
}

// whole joins the parts of a region.
func whole(parts []deadyet.Part) []deadyet.Part {
	for len(parts) > 1 {
		parts = append([]deadyet.Part{together(parts[0], parts[1])}, parts[2:]...)
	}
	return parts
}

func onDay(n deadyet.Network, k deadyet.ItemKind, day deadyet.Day, parts []deadyet.Part) deadyet.Item {
	return deadyet.Item{
		Kind: k, Network: n.ID, At: day.Start(), When: deadyet.OnDay(day),
		Published: day.Start(), Updated: day.Start(), Parts: parts,
	}
}

func partsOf(servers []listed) (parts []deadyet.Part) {
	for _, s := range servers {
		i := slices.IndexFunc(parts, func(p deadyet.Part) bool { return p.Region == s.listing.Region && p.Role == s.listing.Role })
		if i < 0 {
			i = len(parts)
			parts = append(parts, deadyet.Part{Region: s.listing.Region, Role: s.listing.Role})
		}
		p := &parts[i]
		p.Count, p.Of, p.Listed = p.Count+1, p.Of+1, p.Listed+1
		p.Servers = append(p.Servers, s.id)
	}
	slices.SortStableFunc(parts, func(a, b deadyet.Part) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(b.Role, a.Role))
	})
	return parts
}

// blocks tells which clients were turned away, as the record says.
func (in Input) blocks() (items []deadyet.Item) {
	for _, f := range in.Subject.Record {
		if len(f.Block.Clients) == 0 || f.Since.From.After(in.At) {
			continue
		}
		updated := f.Until.From
		if f.Until.IsZero() || updated.After(in.At) { // the end has not come yet
			updated, f.Until = f.Since.From, deadyet.Interval{}
		}
		items = append(items, deadyet.Item{
			Kind: deadyet.ItemClientBlock, Network: f.Select.Network, At: f.Since.From, When: f.Since, Until: f.Until,
			Published: f.Since.From, Updated: updated, Name: f.Block.By, Clients: f.Block.Clients, Facts: []deadyet.FactID{f.ID},
		})
	}
	return items
}
