package sitetest

import (
	"slices"
	"time"

	"deadyet"
)

// withPast gives an edition its whole history: spans that end in its states,
// and the decline and the lives that go with them.
func withPast(e deadyet.Edition) deadyet.Edition {
	for _, st := range e.States {
		if st.Span.Since.IsZero() {
			continue
		}
		e.Spans = append(e.Spans, earlier(st)...)
	}
	slices.SortStableFunc(e.Spans, func(a, b deadyet.Span) int {
		if a.Check.ID() != b.Check.ID() {
			if a.Check.ID() < b.Check.ID() {
				return -1
			}
			return 1
		}
		return a.Begins().Compare(b.Begins())
	})
	e.Declines = append(declines("northwind", "", 14), declines("northwind", "north", 14)...)
	e.Declines = append(e.Declines, deadyet.Decline{Network: "contoso", Curves: []deadyet.Curve{
		{Version: "MSNP2", Points: []deadyet.Point{{At: noon.Add(-300 * time.Hour), Low: 1, High: 1}}},
	}})
	e.Lives = lives()
	return e
}

// earlier is a state's span with what was before it: an answer of yes that is
// known from the record or was measured, and ended when the state began.
func earlier(st deadyet.State) []deadyet.Span {
	now := st.Span
	if now.Outcome.Answer == deadyet.AnswerYes {
		return []deadyet.Span{now}
	}
	before := now
	before.Outcome = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	before.Failure, before.Until = deadyet.Failure{}, now.Since
	before.Since = deadyet.OnDay(day("2014-11-01"))
	return []deadyet.Span{before, now}
}

func declines(n deadyet.NetworkID, r deadyet.Region, servers int) []deadyet.Decline {
	d := deadyet.Decline{Network: n, Region: r}
	for _, v := range []deadyet.Version{"MSNP18", "MSNP21", "MSNP22", "MSNP24"} {
		c := deadyet.Curve{Version: v, Points: []deadyet.Point{{At: day("2014-11-01").Start(), Low: servers, High: servers, Recorded: true}}}
		if v == "MSNP18" {
			c.Points = append(c.Points, deadyet.Point{At: day("2016-03-01").Start(), Low: 1, High: servers / 2, Recorded: true})
		}
		c.Points = append(c.Points, deadyet.Point{At: day("2017-05-19").Start()})
		d.Curves = append(d.Curves, c)
	}
	return []deadyet.Decline{d}
}

// lives are one that is over, one of which the end is vague, and one that goes on.
func lives() []deadyet.Life {
	return []deadyet.Life{
		{Network: "northwind", Version: "MSNP2", First: deadyet.OnDay(day("1999-07-22")), Last: deadyet.OnDay(day("2003-10-15")), Survivor: deadyet.MakeServerID("northwind", address(3)), Recorded: true},
		{Network: "northwind", Version: "MSNP10", First: deadyet.Interval{From: day("2004-01-01").Start(), To: day("2004-06-01").Start()}, Last: deadyet.Interval{From: day("2010-10-01").Start(), To: day("2014-11-02").Start()}, Recorded: true},
		{Network: "northwind", Version: "MSNP18", First: deadyet.OnDay(day("2009-01-07")), Last: deadyet.OnDay(day("2017-05-19")), Recorded: true},
		{Network: "contoso", Version: "MSNP18", First: deadyet.At(noon.Add(-300 * time.Hour)), Takers: 1},
	}
}

// fleetPast gives a fleet the lives and the decline of a slow death: a step for
// each version every few days, all of them different.
func fleetPast(e deadyet.Edition, servers int, asked []deadyet.Version) deadyet.Edition {
	e.Declines, e.Lives = nil, nil
	d := deadyet.Decline{Network: "northwind"}
	for n, v := range asked {
		c := deadyet.Curve{Version: v}
		for i := range 40 {
			left := servers * (40 - i) / 40
			c.Points = append(c.Points, deadyet.Point{At: noon.AddDate(0, 0, -30*(40-i)-n), Low: left, High: left + i%3, Recorded: i < 20})
		}
		d.Curves = append(d.Curves, c)
		e.Lives = append(e.Lives, deadyet.Life{Network: "northwind", Version: v, First: deadyet.At(noon.AddDate(-4, 0, n)), Takers: servers / 40, Recorded: n < 9})
	}
	e.Declines = []deadyet.Decline{d}
	return e
}
