package ledger

import (
	"context"
	"reflect"
	"slices"
	"time"

	"deadyet"
	"deadyet/news"
	"deadyet/verdict"
)

// Replayed is the past as it would have been published until a moment.
type Replayed struct {
	Verdicts map[deadyet.NetworkID][]deadyet.Verdict // by network, earliest first
	Items    []Form                                  // by the moment at which they were published

	ledger  *Ledger
	telling telling
}

// Form is an item as it was told from a moment on.
type Form struct {
	Item deadyet.Item
	At   time.Time // when it took this form
	Last bool      // it has kept this form
}

// Replay tells the past once more, as it would have been published until a
// moment: of each item its last form, or with updates every form that it had.
// It visits only moments at which something was confirmed, a list changed or a
// waiting time of the rule ended. When something was still pending then is not
// kept, so an item may appear up to one confirmation time before it did.
func (l *Ledger) Replay(ctx context.Context, until time.Time, updates bool) (Replayed, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	t := l.tell(until.UTC().Round(0), false)
	r := Replayed{Verdicts: t.verdicts, ledger: l, telling: t}
	if !updates {
		for _, i := range inTime(t.items) {
			r.Items = append(r.Items, Form{Item: i, At: i.Published, Last: true})
		}
		return r, nil
	}
	told := make(map[deadyet.ItemID]int) // the place of its latest form
	for _, at := range moments(t, until) {
		if err := ctx.Err(); err != nil {
			return Replayed{}, err
		}
		for _, i := range inTime(l.words(t, at, true).items) {
			place, known := told[i.ID]
			if known && same(r.Items[place].Item, i) {
				continue
			}
			if known {
				r.Items[place].Last = false
			}
			told[i.ID] = len(r.Items)
			r.Items = append(r.Items, Form{Item: i, At: at, Last: true})
		}
	}
	return r, nil
}

// same reports whether two forms of an item say the same.
func same(a, b deadyet.Item) bool {
	return a.Title == b.Title && a.Body == b.Body && a.Until == b.Until && a.Pinned == b.Pinned && reflect.DeepEqual(a.Parts, b.Parts)
}

func inTime(items []deadyet.Item) []deadyet.Item {
	items = slices.Clone(news.Order(items))
	slices.SortStableFunc(items, func(a, b deadyet.Item) int { return a.Published.Compare(b.Published) })
	return items
}

// moments returns when something could be told for the first time, in order.
func moments(t telling, until time.Time) (all []time.Time) {
	for _, c := range t.changes {
		if c.News() {
			all = append(all, c.Confirmed)
		}
	}
	for _, vs := range t.verdicts {
		for _, v := range vs {
			all = append(all, v.Published)
		}
	}
	for _, i := range t.items {
		all = append(all, i.Published, i.Updated)
	}
	all = slices.DeleteFunc(all, func(m time.Time) bool { return m.IsZero() || m.After(until) })
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// Situation says in a few sentences how things stood at a moment that was
// replayed, as known now.
func (r Replayed) Situation(at time.Time) string {
	l := r.ledger
	l.mu.RLock()
	defer l.mu.RUnlock()
	t := l.words(r.telling, at, true)
	lines := verdict.Lines(l.subject, l.states(at, t.spans, true), t.now, nil, at)
	s := l.subject // what a person wrote is of today
	s.Texts = slices.DeleteFunc(slices.Clone(s.Texts), func(t deadyet.Text) bool { return t.Name == "situation" })
	return news.Situation(s, t.now[l.subject.Network], lines, t.items, at).Body
}

// Verdict judges a network at a moment that was replayed, as known now.
func (r Replayed) Verdict(n deadyet.Network, at time.Time) deadyet.Verdict {
	return news.English.Explain(r.ledger.subject, verdict.Judge(r.ledger.subject, n, r.telling.changes, at, false))
}
