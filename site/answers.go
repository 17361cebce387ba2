package site

import (
	"strings"
	"time"

	"deadyet"
)

// answersOpen is how many of the former answers are not folded.
const answersOpen = 12

// answersView is what the answer to the question was, the latest first.
type answersView struct {
	Latest []answerView
	More   string // what the fold says; "" when there is none
	Older  []answerView
}

// answerView is one word of the verdict, for as long as it was true.
type answerView struct {
	Says   string // with † when it is recorded
	When   when
	Lasted string
	Reason string
}

// answersView tells the history of the verdict; nil when there is none.
func (s *Site) answersView() *answersView {
	all := s.edition.Verdicts
	if len(all) == 0 {
		return nil
	}
	var views []answerView
	for n := len(all) - 1; n >= 0; n-- {
		v := s.answerView(all[n])
		if n+1 < len(all) {
			v.Lasted = "for " + lasted(told(all[n+1]).Sub(told(all[n])))
		}
		views = append(views, v)
	}
	a := &answersView{Latest: views}
	if older := len(views) - answersOpen; older > newsSpare {
		a.Latest, a.Older = views[:answersOpen], views[answersOpen:]
		a.More = plural(older, "earlier answer")
	}
	return a
}

func (s *Site) answerView(v deadyet.Verdict) answerView {
	a := answerView{Says: clean(v.Says), When: fromWhen(v.Since), Reason: clean(v.Reason)}
	if a.Says == "" {
		a.Says = strings.ReplaceAll(string(v.Word), "_", " ")
	}
	if len(v.Facts) > 0 || s.recorded(s.edition.Subject.Network) {
		a.Says += " †"
	}
	return a
}

// told is the moment from which a word is told.
func told(v deadyet.Verdict) time.Time {
	if v.At.IsZero() {
		return v.Since.From
	}
	return v.At
}

// fromWhen says from when on an answer was true, the day first where it is known.
func fromWhen(i deadyet.Interval) when {
	w := dateline(i)
	switch {
	case !w.Known():
		return w
	case w.Lead != "":
		return inWords("from ", i)
	}
	w.Lead = "from "
	return w
}

// recorded reports whether all that is known of a network is from the record.
func (s *Site) recorded(id deadyet.NetworkID) bool {
	for _, l := range s.edition.Lines {
		if l.Network == id {
			return l.Recorded
		}
	}
	return false
}

// lasted says how long something took, in the largest unit that fits more than
// once. Months and years are rounded, and say so.
func lasted(d time.Duration) string {
	const day = 24 * time.Hour
	for _, u := range []struct {
		d     time.Duration
		least int
		name  string
		about string
	}{{365 * day, 2, "year", "about "}, {30 * day, 3, "month", "about "}, {day, 1, "day", ""}, {time.Hour, 1, "hour", ""}, {time.Minute, 1, "minute", ""}} {
		if n := int((d + u.d/2) / u.d); n >= u.least && d >= u.d {
			return u.about + plural(n, u.name)
		}
	}
	return "less than a minute"
}
