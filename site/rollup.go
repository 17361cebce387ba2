package site

import (
	"fmt"
	"slices"
	"time"

	"deadyet"
)

// rollupMost is how many days and months of a server a page shows: ten years of them,
// and more.
const rollupMost = 400

// rollupsView is how fast a server answered, and what: a picture by day and month, and
// the same numbers as a table.
type rollupsView struct {
	Vantage string // where it is another than that of the edition
	About   string
	Picture rollupPicture
	Answers []string // the answers that there were: the last columns of the table
	Rows    []rollupRow
	More    string
}

// rollupRow is a day or a month of the table.
type rollupRow struct {
	Period                 stamp
	Rounds, Connections    string
	Answered               string
	Least, Median, Longest string
	Shares                 []string
}

// rollupsOf returns the roll-ups of a server that were complete at the moment of the
// edition, or, of the present, with the day that goes on.
func (s *Site) rollupsOf(id deadyet.ServerID) ([]deadyet.Rollup, error) {
	if s.moment.Rollups == nil {
		return nil, nil
	}
	rs, err := s.moment.Rollups(id)
	if err != nil {
		return nil, fmt.Errorf("sum up %s: %w", id, err)
	}
	until := s.edition.At.Add(time.Second) // the last moment of a day means its end
	later := func(r deadyet.Rollup) bool {
		if s.moment.Name == "" {
			return r.Start().After(s.edition.At)
		}
		return r.End().After(until)
	}
	return slices.DeleteFunc(slices.Clone(rs), later), nil
}

// rollupsView returns nil where nothing is summed up from here.
func (s *Site) rollupsView(id deadyet.ServerID) (*rollupsView, error) {
	rs, err := s.rollupsOf(id)
	if len(rs) == 0 || err != nil {
		return nil, err
	}
	v, from := &rollupsView{}, s.viewpoint(rs)
	if from != s.edition.Vantage {
		v.Vantage = clean(string(from))
	}
	rs = slices.DeleteFunc(rs, func(r deadyet.Rollup) bool { return r.Vantage != from })
	if more := len(rs) - rollupMost; more > 0 {
		rs = rs[more:]
		v.More = s.n(more, "{n} more row can be had as JSON.", "{n} more rows can be had as JSON.")
	}
	answers := answersIn(rs)
	for _, a := range answers {
		v.Answers = append(v.Answers, s.withMark(a))
	}
	for i := range rs {
		v.Rows = append(v.Rows, s.rollupRow(&rs[len(rs)-1-i], answers))
	}
	v.Picture, v.About = s.rollupPicture(rs, answers), s.rollupsAbout(rs)
	return v, nil
}

// viewpoint is the vantage of the edition or, where that has summed up nothing, as
// under a new name, the one that asked last.
func (s *Site) viewpoint(rs []deadyet.Rollup) deadyet.VantageID {
	last := rs[0]
	for _, r := range rs {
		if r.Vantage == s.edition.Vantage {
			return r.Vantage
		}
		if r.End().After(last.End()) {
			last = r
		}
	}
	return last.Vantage
}

// answersIn are the answers that there were at all, those that were asked first.
func answersIn(rs []deadyet.Rollup) (out []deadyet.Answer) {
	all := deadyet.Answers()
	for _, a := range append(all[1:], all[0]) {
		if slices.ContainsFunc(rs, func(r deadyet.Rollup) bool { return r.Answers[a] > 0 }) {
			out = append(out, a)
		}
	}
	return out
}

func (s *Site) rollupRow(r *deadyet.Rollup, answers []deadyet.Answer) rollupRow {
	row := rollupRow{Period: s.period(r), Rounds: s.Number(r.Rounds), Connections: s.Number(r.Connections)}
	if n := r.Latency.Count(); n > 0 {
		row.Answered = s.Number(n)
		row.Least, row.Median, row.Longest = s.took(r.Latency.Min), s.took(r.Latency.Median()), s.took(r.Latency.Max)
	}
	for _, a := range answers {
		row.Shares = append(row.Shares, s.share(r.Answers[a], r.Answers.Count()))
	}
	return row
}

// period names a day or a month.
func (t tongue) period(r *deadyet.Rollup) stamp {
	if r.Month {
		return stamp{t.MonthOf(r.Start()), r.Period()}
	}
	return t.day(r.Day)
}

// share says how many of how many: a share is never rounded to all or to nothing.
func (t tongue) share(n, of int) string {
	if n == 0 {
		return t.Number(n)
	}
	percent := 100
	if n < of {
		percent = min(max((200*n+of)/(2*of), 1), 99)
	}
	return t.t("{percent}\u00a0% ({count})", "percent", percent, "count", n)
}

// took says how long an answer took, in a whole number of a unit.
func (t tongue) took(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond && d%time.Millisecond != 0:
		return t.t("{n}\u00a0µs", "n", int(d/time.Microsecond))
	case d < 10*time.Second && d%time.Second != 0:
		return t.t("{n}\u00a0ms", "n", int(d.Round(time.Millisecond)/time.Millisecond))
	}
	return t.t("{n}\u00a0s", "n", int(d.Round(time.Second)/time.Second))
}

// rollupsAbout says in words what the picture shows.
func (s *Site) rollupsAbout(rs []deadyet.Rollup) string {
	var all deadyet.Latency
	var answers deadyet.Tally
	var quick, slow time.Duration
	for i := range rs {
		all.Merge(rs[i].Latency)
		for a, n := range rs[i].Answers {
			answers[a] += n
		}
		if m := rs[i].Latency.Median(); m > 0 {
			if quick == 0 || m < quick {
				quick = m
			}
			slow = max(slow, m)
		}
	}
	text := s.t("From {from} to {to}.", "from", s.period(&rs[0]).Text, "to", s.period(&rs[len(rs)-1]).Text)
	if n := all.Count(); n > 0 {
		text += " " + s.n(n, "{n} connection was answered.", "{n} connections were answered.")
		text += " " + s.t("Half of all answers took {median} at most; that of a day or month from {quick} to {slow}.",
			"median", s.took(all.Median()), "quick", s.took(quick), "slow", s.took(slow))
	}
	for _, a := range answersIn(rs) {
		text += " " + s.t("{answer}: {share}.", "answer", s.withMark(a), "share", s.share(answers[a], answers.Count()))
	}
	return text
}
