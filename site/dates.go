package site

import (
	"time"

	"deadyet"
)

// stamp is a moment for people and for machines.
type stamp struct{ Text, Machine string }

const (
	dayForm    = "2 January 2006"
	momentForm = "2 January 2006, 15:04 UTC"
	clockForm  = "15:04 UTC"
	monthForm  = "Jan 2006" // where there is no room for more
)

// moment shows t to the minute, or the day alone when t is its first moment.
// It is the zero stamp for the zero time.
func moment(t time.Time) stamp {
	if t.IsZero() {
		return stamp{}
	}
	t = t.UTC()
	if midnight(t) {
		return stamp{t.Format(dayForm), t.Format(time.DateOnly)}
	}
	return stamp{t.Format(momentForm), t.Format(time.RFC3339)}
}

// exactMoment shows t to the minute whatever it is.
func exactMoment(t time.Time) stamp {
	if t.IsZero() {
		return stamp{}
	}
	return stamp{t.UTC().Format(momentForm), t.UTC().Format(time.RFC3339)}
}

func dayStamp(d deadyet.Day) stamp {
	if d.IsZero() {
		return stamp{}
	}
	return stamp{d.Start().Format(dayForm), d.String()}
}

// when is an interval in words: Lead From Mid To Tail.
type when struct {
	Lead string
	From stamp
	Mid  string
	To   stamp
	Tail string
}

// Known reports whether there is anything to say.
func (w when) Known() bool { return w.From.Text != "" }

// Text is the interval as plain text.
func (w when) Text() string { return w.Lead + w.From.Text + w.Mid + w.To.Text + w.Tail }

// inWords says in which interval something happened. The lead is "", "since "
// or the like.
func inWords(lead string, i deadyet.Interval) when {
	switch {
	case i.IsZero():
		return when{}
	case i.From.IsZero():
		return when{Lead: lead, From: moment(i.To), Tail: " or earlier"}
	case i.To.IsZero():
		return when{Lead: lead, From: moment(i.From), Tail: " or later"}
	case i.Exact():
		return when{Lead: lead, From: moment(i.From)}
	case isDay(i):
		return when{Lead: lead, From: dayStamp(deadyet.DayOf(i.From))}
	}
	return between(lead, i)
}

func isDay(i deadyet.Interval) bool { return i == deadyet.OnDay(deadyet.DayOf(i.From)) }

// between names both ends, or one where they fall into the same minute.
func between(lead string, i deadyet.Interval) when {
	if f := exactMoment(i.From); f.Text == exactMoment(i.To).Text {
		return when{Lead: lead, From: f}
	}
	w := when{Lead: lead + "some time between ", From: exactMoment(i.From), Mid: " and ", To: exactMoment(i.To)}
	if midnight(i.From) && midnight(i.To) { // days of which the hours are not known
		w.From, w.To = moment(i.From), dayStamp(deadyet.DayOf(i.To.Add(-1)))
		return w
	}
	if f, t := deadyet.DayOf(i.From), deadyet.DayOf(i.To); f == t {
		w.From.Text = i.From.UTC().Format(clockForm)
		w.To.Text = i.To.UTC().Format(clockForm)
		w.Tail = " on " + f.Start().Format(dayForm)
	}
	return w
}

func midnight(t time.Time) bool { return t.Equal(deadyet.DayOf(t).Start()) }

// sinceDay is the shortest way to say since when: to the day.
func sinceDay(i deadyet.Interval) string {
	switch {
	case i.IsZero():
		return ""
	case i.From.IsZero():
		return "since " + i.To.UTC().Format(dayForm) + " or earlier"
	}
	return "since " + i.From.UTC().Format(dayForm)
}
