package news

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// Input is everything on which the news depends.
type Input struct {
	Subject deadyet.Subject
	// Changes are those of all checks in the order of time, first answers
	// included. What was confirmed after At is left aside.
	Changes []deadyet.Change
	// Verdicts are the histories of the networks' verdicts.
	Verdicts map[deadyet.NetworkID][]deadyet.Verdict
	// Unsettled names servers of which something is found otherwise that is not
	// confirmed yet, with since when: what was not told of them before is told as
	// a whole, later.
	Unsettled map[deadyet.ServerID]time.Time
	Published []deadyet.Published // items that somebody could have read, for their names
	At        time.Time
}

// Write returns all items that can be told at in.At, ordered as [Order] does,
// with what people wrote and edited.
func Write(in Input) []deadyet.Item {
	var items []deadyet.Item
	for _, n := range in.Subject.Networks {
		items = append(items, in.network(n)...)
	}
	items = append(items, in.blocks()...)
	items = slices.DeleteFunc(items, func(i deadyet.Item) bool { return i.Published.After(in.At) })
	name(items, in.Published)
	items = Rename(items, in.Published)
	for i := range items {
		English.write(in.Subject, &items[i], in.At)
	}
	return Order(Edit(items, in.Subject.Edits, in.At))
}

// network writes the items of one network.
func (in Input) network(n deadyet.Network) (items []deadyet.Item) {
	t := &teller{in: in, world: newWorld(n), settle: settling(in.Subject, n)}
	var own []*deadyet.Change
	for i := range in.Changes {
		if c := &in.Changes[i]; c.Check.Server.Network() == n.ID && !c.Confirmed.After(in.At) {
			own = append(own, t.settled(c))
		}
	}
	all := strokes(own, t.settle)
	for i := 0; i < len(all); {
		moment := all[i].at
		for ; i < len(all) && all[i].at.Equal(moment); i++ {
			t.tell(all[i])
		}
		t.look(moment)
	}
	t.ends(in.Verdicts[n.ID])
	for _, d := range t.drafts {
		if !d.held {
			items = append(items, d.item(t))
		}
	}
	return append(items, in.lists(n)...)
}

// firstLook is how many confirmation times the first answer of a check must have
// been found before its end can be news. Nothing stands behind a first look: one
// wrong reading makes it wrong, and putting it right is no event. The sum is in
// docs/peace.md.
const firstLook = 3

// settled returns the change as what it is for the news: a first answer that did
// not last was none, and where a server sends people is none of it.
func (t *teller) settled(c *deadyet.Change) *deadyet.Change {
	if c.Check.Kind == deadyet.KindIdentity && c.From.Told.Moved(c.To.Told) {
		same := *c
		same.From.Told = c.To.Told
		c = &same
	}
	if !c.First || c.Lasted >= firstLook*t.settle {
		return c
	}
	none := *c
	none.From = deadyet.Outcome{}
	return &none
}

// name gives each item its ID: the day on which it began, its network, its
// kind, and a number where that is not enough. Names that were published stay
// with what they were published for, and are never given to anything else.
func name(items []deadyet.Item, published []deadyet.Published) {
	slices.SortStableFunc(items, func(a, b deadyet.Item) int {
		return cmp.Or(a.At.Compare(b.At), a.Published.Compare(b.Published), cmp.Compare(a.Kind, b.Kind))
	})
	taken := make(map[deadyet.ItemID]bool)
	give := func(within time.Duration) {
		for _, p := range published {
			if i := nearest(items, p, within); i >= 0 && !taken[p.ID] {
				items[i].ID, taken[p.ID] = p.ID, true
			}
		}
	}
	give(0)
	give(24 * time.Hour)
	for _, p := range published {
		taken[p.ID] = true
	}
	for i := range items {
		it := &items[i]
		if it.ID != "" {
			continue
		}
		base := deadyet.ItemID(it.At.UTC().Format(time.DateOnly) + "-" + string(it.Network) + "-" + string(it.Kind))
		id := base
		for n := 2; taken[id]; n++ {
			id = base + deadyet.ItemID("-"+itoa(n))
		}
		taken[id], it.ID = true, id
	}
}

// nearest returns the index of the item without a name that began closest to
// what was published, on the same day, and is akin to it; -1 if there is none.
func nearest(items []deadyet.Item, p deadyet.Published, within time.Duration) int {
	best := -1
	for i, it := range items {
		away := it.At.Sub(p.At).Abs()
		if it.ID != "" || it.Kind != p.Kind || it.Network != p.Network || away > within ||
			deadyet.DayOf(it.At) != deadyet.DayOf(p.At) || !akin(it, p) {
			continue
		}
		if best < 0 || away < items[best].At.Sub(p.At).Abs() {
			best = i
		}
	}
	return best
}
