package sqlite

import (
	"cmp"
	"errors"
	"slices"

	"deadyet"
	"deadyet/ledger"
)

// changes reads the changes by check, and puts them into the order of their
// confirmation. Those that are kept without words say what the two spans say
// between which they stand.
func (r *reader) changes(m *ledger.Memory, n int) {
	m.Changes = make([]deadyet.Change, 0, n)
	r.each("read changes", `SELECT check_key, when_to, confirmed, when_from, iif(to_answer = '', NULL, `+changed+`)
		FROM checks CROSS JOIN changes ON check_key = key WHERE vantage = ? ORDER BY id, when_to`, []any{r.of}, func(v row) (err error) {
		c := deadyet.Change{Check: r.checks[v.int(0)], When: deadyet.Interval{From: v.time(3), To: v.time(1)}, Confirmed: v.time(2)}
		if v[4] == nil {
			err = r.between(m, v.int(0), &c)
		} else {
			var p said
			p, err = r.turn(v.text(4))
			c.From, c.To, c.Failure = p.from, p.outcome, p.failure
		}
		m.Changes = append(m.Changes, c)
		return err
	})
	order := make([]int32, len(m.Changes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(m.Changes[a].Confirmed.Compare(m.Changes[b].Confirmed), cmp.Compare(a, b))
	})
	arrange(m.Changes, order)
}

// ended are the places in the memory of the spans of a check that ended; from
// moves on with the changes that are looked for.
type ended struct{ from, to int }

// between fills in what the spans on both sides of a change say.
func (r *reader) between(m *ledger.Memory, key int64, c *deadyet.Change) error {
	e, k := r.ended[key], r.kept[key]
	for ; e != nil && k != nil && e.from < e.to; e.from++ {
		before, after := &m.Past[e.from], &k.Open
		if !before.Until.To.Equal(c.When.To) {
			continue
		}
		if e.from+1 < e.to {
			after = &m.Past[e.from+1]
		}
		c.From, c.To, c.Failure = before.Outcome, after.Outcome, after.Failure
		return nil
	}
	return errors.New("a change stands between no spans")
}

// arrange puts at each place what stands at the place that order names, one
// cycle after the other: a copy of all would be the largest thing in memory.
func arrange[T any](s []T, order []int32) {
	for start := range order {
		first, at := s[start], start
		for int(order[at]) != start {
			from := int(order[at])
			s[at], order[at] = s[from], int32(at)
			at = from
		}
		s[at], order[at] = first, int32(at)
	}
}
