package ledger

import (
	"slices"
	"time"

	"deadyet"
)

// Days returns the days until now on which an answer of the subject's network
// or an item of news began, as known now, earliest first: the stops of whoever
// travels through the past.
func (l *Ledger) Days(now time.Time) []deadyet.Day {
	l.mu.RLock()
	defer l.mu.RUnlock()
	h := l.hindsight()
	l.looking.Lock()
	defer l.looking.Unlock()
	if today := deadyet.DayOf(now); h.daysOn != today {
		h.days, h.daysOn = l.days(h, now.UTC().Round(0)), today
	}
	return h.days
}

func (l *Ledger) days(h *hindsight, now time.Time) (days []deadyet.Day) {
	t := l.words(telling{spans: h.spans, changes: h.until(now)}, now, true)
	for _, v := range t.verdicts[l.subject.Network] {
		days = append(days, deadyet.DayOf(v.At))
	}
	for _, i := range t.items {
		days = append(days, deadyet.DayOf(i.At))
	}
	today := deadyet.DayOf(now)
	days = slices.DeleteFunc(days, func(d deadyet.Day) bool { return d.IsZero() || today.Before(d) })
	slices.SortFunc(days, func(a, b deadyet.Day) int { return a.Start().Compare(b.Start()) })
	return slices.Clip(slices.Compact(days))
}
