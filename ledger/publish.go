package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"deadyet"
	"deadyet/news"
)

// Publish keeps what somebody could read for the first time at now, so that its
// name stays good for ever: the items whose ID is not published yet. After an
// error the same items can be offered again. It may be called while a round is recorded.
func (l *Ledger) Publish(ctx context.Context, items []deadyet.Item, now time.Time) error {
	l.publishing.Lock()
	defer l.publishing.Unlock()
	if err := l.recollect(ctx); err != nil {
		return fmt.Errorf("publish items of news: %w", err)
	}
	fresh := l.unpublished(items, now.UTC().Round(0))
	if len(fresh) == 0 {
		return nil
	}
	p := Publication{Subject: l.subject.ID, Simulated: l.subject.Simulated, Items: fresh}
	if err := l.book.Publish(ctx, p); err != nil {
		l.uncertain = true
		return fmt.Errorf("publish %d items of news: %w", len(fresh), err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// A new slice: editions may still read the old one.
	l.held.published = append(slices.Clip(l.held.published), fresh...)
	slices.SortFunc(l.held.published, func(a, b deadyet.Published) int {
		return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// Published returns what somebody could read, in the order of its publication.
// It must not be changed.
func (l *Ledger) Published() []deadyet.Published {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.held.published
}

// recollect reads again what was published, after the book has returned an
// error: it may have kept it all the same, and then that was the first time.
func (l *Ledger) recollect(ctx context.Context) error {
	if !l.uncertain {
		return nil
	}
	m, err := l.book.Load(ctx, "")
	if err != nil {
		return fmt.Errorf("see what was published: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held.published, l.uncertain = m.Published, false
	return nil
}

// unpublished returns what is to be kept of the items whose ID is new.
func (l *Ledger) unpublished(items []deadyet.Item, now time.Time) (fresh []deadyet.Published) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	known := make(map[deadyet.ItemID]bool, len(l.held.published))
	for _, p := range l.held.published {
		known[p.ID] = true
	}
	for _, i := range items {
		if !known[i.ID] {
			known[i.ID] = true
			fresh = append(fresh, published(i, now))
		}
	}
	return fresh
}

func published(i deadyet.Item, now time.Time) deadyet.Published {
	return deadyet.Published{
		ID: i.ID, Kind: i.Kind, Network: i.Network, At: i.At.UTC().Round(0), First: now,
		Regions: news.Regions(i), Ports: slices.Clone(i.Ports), Versions: slices.Clone(i.Versions),
	}
}
