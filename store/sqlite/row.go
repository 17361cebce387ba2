package sqlite

import (
	"time"

	"deadyet"
)

// row is one row as it comes from the driver: a column is an int64, a string,
// a []byte or nil. The schema says which, so that nothing is converted that a
// hundred thousand rows have to wait for.
type row []any

// int reads a number; NULL is 0.
func (v row) int(i int) int64 {
	n, _ := v[i].(int64)
	return n
}

// text reads a word; NULL is none.
func (v row) text(i int) string {
	s, _ := v[i].(string)
	return s
}

// blob reads bytes.
func (v row) blob(i int) []byte {
	b, _ := v[i].([]byte)
	return b
}

// time reads what null wrote.
func (v row) time(i int) time.Time {
	n, ok := v[i].(int64)
	if !ok {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// interval reads two times.
func (v row) interval(i int) deadyet.Interval {
	return deadyet.Interval{From: v.time(i), To: v.time(i + 1)}
}

// votes reads two numbers.
func (v row) votes(i int) deadyet.Votes {
	return deadyet.Votes{For: int(v.int(i)), Of: int(v.int(i + 1))}
}
