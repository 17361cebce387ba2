package site

import (
	"strconv"

	"deadyet"
)

// vagueMark stands before an answer that the record knows for a share of some
// servers only, without saying which.
const vagueMark = "≈"

// vague returns the fact behind a recorded span when it is not known whether
// the fact is about this very server: all that it may be about bear it, those
// that are shown as it says and those that are not. Once the fact has ended,
// what holds is certain again.
func (s *Site) vague(sp deadyet.Span) (f deadyet.Fact, ok bool) {
	if v := s.vaguely(&sp); v != nil {
		return *v, true
	}
	return deadyet.Fact{}, false
}

// vaguely is [Site.vague] without a copy: a table asks it of each cell. It is nil
// where the span is certain.
func (s *Site) vaguely(sp *deadyet.Span) *deadyet.Fact {
	f := s.vagues[sp.Fact]
	switch {
	case f == nil || sp.Outcome.Answer == deadyet.AnswerUnasked:
		return nil
	case !f.Until.IsZero() && !sp.Since.From.Before(f.Until.From):
		return nil
	}
	return f
}

// vagueText says how much the record knows.
func vagueText(f deadyet.Fact) string {
	ones := "ones"
	if f.Count.Number == 1 {
		ones = "one"
	}
	return vagueMark + nbsp + "recorded for " + countText(f.Count) + " of these servers; which " + ones + " is not known"
}

// countText says how many: "1", "90 % to 99 %".
func countText(c deadyet.Count) string {
	switch {
	case c.IsZero():
		return "all"
	case c.Exact():
		return strconv.Itoa(c.Number)
	case c.Least == c.Most:
		return percent(c.Least)
	}
	return percent(c.Least) + " to " + percent(c.Most)
}

func percent(n int) string { return strconv.Itoa(n) + nbsp + "%" }
