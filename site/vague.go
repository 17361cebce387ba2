package site

import "deadyet"

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
func (t tongue) vagueText(f deadyet.Fact) string {
	how := t.t("recorded for {count} of these servers; which ones is not known", "count", t.countText(f.Count))
	if f.Count.Number == 1 {
		how = t.t("recorded for 1 of these servers; which one is not known")
	}
	return vagueMark + nbsp + how
}

// countText says how many: "1", "90 % to 99 %".
func (t tongue) countText(c deadyet.Count) string {
	switch {
	case c.IsZero():
		return t.t("all")
	case c.Exact():
		return t.Number(c.Number)
	case c.Least == c.Most:
		return t.percent(c.Least)
	}
	return t.t("{least} to {most}", "least", t.percent(c.Least), "most", t.percent(c.Most))
}

func (t tongue) percent(n int) string { return t.t("{n}\u00a0%", "n", n) }
