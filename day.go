package deadyet

import (
	"fmt"
	"time"
)

// Day is a UTC day. The zero value means "no day".
type Day struct{ t time.Time }

// DayOf returns the UTC day of t.
func DayOf(t time.Time) Day {
	y, m, d := t.UTC().Date()
	return Day{time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}

// ParseDay reads a day written as 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("parse day %q: want a date like 2015-02-26", s)
	}
	return Day{t}, nil
}

// Start returns the first moment of d.
func (d Day) Start() time.Time { return d.t }

// End returns the first moment of the next day.
func (d Day) End() time.Time { return d.t.AddDate(0, 0, 1) }

// Before reports whether d is earlier than e.
func (d Day) Before(e Day) bool { return d.t.Before(e.t) }

// IsZero reports whether d is no day.
func (d Day) IsZero() bool { return d.t.IsZero() }

// String returns d as 2006-01-02, "" for the zero value.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return d.t.Format(time.DateOnly)
}

// MarshalText writes 2006-01-02.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2006-01-02, or nothing for the zero value.
func (d *Day) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Day{}
		return nil
	}
	*d, err = ParseDay(string(b))
	return err
}
