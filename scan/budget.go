package scan

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"deadyet"
)

// Budget counts connections per host and UTC day, retries included, and
// refuses those that go past the host's limit or past the share of the running
// round. The zero value refuses nothing. It is safe for concurrent use.
type Budget struct {
	mu sync.Mutex
	// guarded by mu:
	limit map[string]int // per host and day; what is not listed has no limit
	spent map[spending]int
	round map[string]int // what is left to a host in this round
}

type spending struct {
	host string
	day  deadyet.Day
}

// NewBudget takes the limits of the subject's networks, and what was spent
// before the program started. A host that two networks list has the smaller
// limit; one that is never asked says nothing about it.
func NewBudget(s deadyet.Subject, spent []deadyet.Spent) *Budget {
	b := &Budget{limit: make(map[string]int), spent: make(map[spending]int)}
	for _, n := range s.Networks {
		if n.Dialled() {
			b.limits(n)
		}
	}
	for _, sp := range spent {
		b.spent[spending{fold(sp.Host), sp.Day}] += sp.Connections
	}
	return b
}

func (b *Budget) limits(n deadyet.Network) {
	for _, sv := range n.Servers {
		host := fold(sv.Address)
		if old, ok := b.limit[host]; !ok || n.ConnectionsPerDay < old {
			b.limit[host] = n.ConnectionsPerDay
		}
	}
}

// fold makes the spellings of a host one.
func fold(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }

// Take spends one connection to host, or says why it may not.
func (b *Budget) Take(host string, now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	host = fold(host)
	k := spending{host, deadyet.DayOf(now)}
	if limit, ok := b.limit[host]; ok && b.spent[k] >= limit {
		return fmt.Errorf("all %d connections of the day to %s are spent", limit, host)
	}
	if left, ok := b.round[host]; ok {
		if left <= 0 {
			return fmt.Errorf("this round's connections to %s are spent", host)
		}
		b.round[host] = left - 1
	}
	if b.spent == nil {
		b.spent = make(map[spending]int)
	}
	b.spent[k]++
	return nil
}

// Left returns how many connections to host are left on the day of now.
func (b *Budget) Left(n deadyet.Network, host string, now time.Time) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	host = fold(host)
	limit, ok := b.limit[host]
	if !ok {
		limit = n.ConnectionsPerDay
	}
	return max(0, limit-b.spent[spending{host, deadyet.DayOf(now)}])
}

// Begin starts a round: the shares of the plan hold until the next call.
func (b *Budget) Begin(p Plan) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.round = make(map[string]int)
	for _, j := range p.Jobs {
		if j.Connections >= 0 {
			b.round[fold(j.Host)] += j.Connections
		}
	}
}

// Reserved returns what will have been spent at the end of the day when the
// round of p takes all of its share.
func (b *Budget) Reserved(p Plan, d deadyet.Day) []deadyet.Spent {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.spent == nil {
		b.spent = make(map[spending]int)
	}
	var out []deadyet.Spent
	at := make(map[string]int)
	for _, j := range p.Jobs {
		if j.Connections < 0 {
			continue
		}
		k := spending{fold(j.Host), d}
		b.spent[k] += 0 // so that Spent names the host even when nothing is spent
		i, ok := at[k.host]
		if !ok {
			i = len(out)
			at[k.host] = i
			out = append(out, deadyet.Spent{Host: k.host, Day: d, Connections: b.spent[k]})
		}
		out[i].Connections += j.Connections
	}
	return out
}

// Spent returns what was spent on the day and the day before, so that a round
// that goes past midnight is counted whole.
func (b *Budget) Spent(d deadyet.Day) []deadyet.Spent {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []deadyet.Spent
	yesterday := deadyet.DayOf(d.Start().Add(-time.Hour))
	for k, n := range b.spent {
		if k.day == d || k.day == yesterday {
			out = append(out, deadyet.Spent{Host: k.host, Day: k.day, Connections: n})
		}
	}
	return out
}
