package site

import (
	"html/template"
	"time"

	"deadyet"
	"deadyet/words"
)

// stamp is a moment for people and for machines.
type stamp struct{ Text, Machine string }

// instant shows x to the minute, or the day alone when x is its first moment.
// It is the zero stamp for the zero time.
func (t tongue) instant(x time.Time) stamp {
	if x.IsZero() || !midnight(x) {
		return t.minute(x)
	}
	return t.day(deadyet.DayOf(x))
}

// minute shows x to the minute whatever it is.
func (t tongue) minute(x time.Time) stamp {
	if x.IsZero() {
		return stamp{}
	}
	return stamp{t.Moment(x), x.UTC().Format(time.RFC3339)}
}

// day shows a day.
func (t tongue) day(d deadyet.Day) stamp {
	if d.IsZero() {
		return stamp{}
	}
	return stamp{t.Day(d.Start()), d.String()}
}

// when is an interval in words: a sentence with the places {from}, {to} and {day}.
type when struct {
	phrase   string // in the language of the page
	from, to stamp
	day      stamp
}

// Known reports whether there is anything to say.
func (w when) Known() bool { return w.phrase != "" }

// Text is the interval as plain text.
func (w when) Text() string {
	return words.Fill(w.phrase, []string{"from", w.from.Text, "to", w.to.Text, "day", w.day.Text})
}

// HTML is the interval with its moments marked for machines.
func (w when) HTML() template.HTML {
	return template.HTML(words.Fill(template.HTMLEscapeString(w.phrase), []string{
		"from", string(timeHTML(w.from)), "to", string(timeHTML(w.to)), "day", string(timeHTML(w.day)),
	}))
}

// manner is how a sentence about an interval is said, by what is known of it.
type manner struct {
	at      words.Phrase // a moment or a day
	between words.Phrase // both ends, on different days
	within  words.Phrase // both ends, on one day
	earlier words.Phrase // the end alone
	later   words.Phrase // the beginning alone
}

var (
	asPlain = manner{
		words.Phrase("{from}"), words.Phrase("some time between {from} and {to}"),
		words.Phrase("some time between {from} and {to} on {day}"), words.Phrase("{to} or earlier"), words.Phrase("{from} or later"),
	}
	asOn = manner{
		words.Phrase("on {from}"), words.Phrase("some time between {from} and {to}"),
		words.Phrase("some time between {from} and {to} on {day}"), words.Phrase("on {to} or earlier"), words.Phrase("on {from} or later"),
	}
	asSince = manner{
		words.Phrase("since {from}"), words.Phrase("since some time between {from} and {to}"),
		words.Phrase("since some time between {from} and {to} on {day}"), words.Phrase("since {to} or earlier"), words.Phrase("since {from} or later"),
	}
	asSinceFirst = manner{ // at the beginning of a sentence
		words.Phrase("Since {from}"), words.Phrase("Since some time between {from} and {to}"),
		words.Phrase("Since some time between {from} and {to} on {day}"), words.Phrase("Since {to} or earlier"), words.Phrase("Since {from} or later"),
	}
	asFrom = manner{
		words.Phrase("from {from}"), words.Phrase("from some time between {from} and {to}"),
		words.Phrase("from some time between {from} and {to} on {day}"), words.Phrase("from {to} or earlier"), words.Phrase("from {from} or later"),
	}
	asUntil = manner{
		words.Phrase("until {from}"), words.Phrase("until some time between {from} and {to}"),
		words.Phrase("until some time between {from} and {to} on {day}"), words.Phrase("until {to} or earlier"), words.Phrase("until {from} or later"),
	}
	asOverSince = manner{
		words.Phrase("over since {from}"), words.Phrase("over since some time between {from} and {to}"),
		words.Phrase("over since some time between {from} and {to} on {day}"), words.Phrase("over since {to} or earlier"), words.Phrase("over since {from} or later"),
	}
)

// inWords says in which interval something happened.
func (t tongue) inWords(m manner, i deadyet.Interval) when {
	w := when{}
	said := m.at
	switch {
	case i.IsZero():
		return when{}
	case i.From.IsZero():
		said, w.to = m.earlier, t.instant(i.To)
	case i.To.IsZero():
		said, w.from = m.later, t.instant(i.From)
	case i.Exact():
		w.from = t.instant(i.From)
	case isDay(i):
		w.from = t.day(deadyet.DayOf(i.From))
	default:
		return t.between(m, i)
	}
	w.phrase = t.Raw(string(said))
	return w
}

func isDay(i deadyet.Interval) bool { return i == deadyet.OnDay(deadyet.DayOf(i.From)) }

// between names both ends, or one where they fall into the same minute.
func (t tongue) between(m manner, i deadyet.Interval) when {
	w, said := when{from: t.minute(i.From), to: t.minute(i.To)}, m.between
	switch f, l := deadyet.DayOf(i.From), deadyet.DayOf(i.To); {
	case w.from.Text == w.to.Text:
		said, w.to = m.at, stamp{}
	case midnight(i.From) && midnight(i.To): // days of which the hours are not known
		w.from, w.to = t.instant(i.From), t.day(deadyet.DayOf(i.To.Add(-1)))
	case f == l:
		said, w.day.Text = m.within, t.day(f).Text
		w.from.Text, w.to.Text = t.Clock(i.From), t.Clock(i.To)
	}
	w.phrase = t.Raw(string(said))
	return w
}

// dateline says when an item began as a newspaper does: the day first, and then
// what is known of the hour.
func (t tongue) dateline(i deadyet.Interval) when {
	return t.dated(i, manner{
		words.Phrase("{from}"), words.Phrase("Between {from} and {to}"),
		words.Phrase("{day}, between {from} and {to}"), words.Phrase("{to} or earlier"), words.Phrase("{from} or later"),
	}, words.Phrase("{day}, before {to}"))
}

// fromWhen says from when on an answer was true, the day first where it is known.
func (t tongue) fromWhen(i deadyet.Interval) when {
	return t.dated(i, manner{
		asFrom.at, asFrom.between, words.Phrase("from {day}, between {from} and {to}"), asFrom.earlier, asFrom.later,
	}, words.Phrase("from {day}, before {to}"))
}

// dated says an interval; before is for one that began with its day.
func (t tongue) dated(i deadyet.Interval, m manner, before words.Phrase) when {
	if midnight(i.From) {
		m.within = before
	}
	w := t.inWords(m, i)
	if w.day.Text != "" { // the day is what counts
		w.day, w.from.Machine, w.to.Machine = t.day(deadyet.DayOf(i.From)), "", ""
	}
	return w
}

func midnight(t time.Time) bool { return t.Equal(deadyet.DayOf(t).Start()) }

// sinceDay is the shortest way to say since when: to the day.
func (t tongue) sinceDay(i deadyet.Interval) string {
	switch {
	case i.IsZero():
		return ""
	case i.From.IsZero():
		return t.t(string(asSince.earlier), "to", t.Day(i.To))
	}
	return t.t(string(asSince.at), "from", t.Day(i.From))
}
