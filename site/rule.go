package site

import (
	"fmt"
	"strconv"
	"time"

	"deadyet"
)

// ruleView explains how the verdict is reached.
type ruleView struct {
	Intro string
	Rows  []ruleRow
	Now   string
	Last  stamp
	// Answers is the history of the verdict.
	Answers *answersView
}

// ruleRow is one possible answer.
type ruleRow struct {
	Says, When string
	Current    bool
}

func (s *Site) ruleView() ruleView {
	sub, v := s.edition.Subject, s.edition.Verdict
	name := string(sub.Network)
	if n, ok := sub.NetworkByID(sub.Network); ok {
		name = n.Name
	}
	r := ruleView{
		Intro: fmt.Sprintf("The question means the network %s, and of its listed servers all main and internal ones, at any port.", clean(name)),
		Now: fmt.Sprintf("Now: of %s that count, %d take %s and %d take any version that counts.",
			plural(v.Listed, "listed server"), v.Reference, clean(string(sub.Rule.Reference)), v.Accepting),
		Last: exactMoment(v.LastYes), Answers: s.answersView(),
	}
	for _, w := range deadyet.Words() {
		if says := sub.Rule.Says[w]; says != "" {
			r.Rows = append(r.Rows, ruleRow{clean(says), ruleText(w, sub.Rule), w == v.Word})
		}
	}
	return r
}

func ruleText(w deadyet.Word, r deadyet.Rule) string {
	ref := clean(string(r.Reference))
	switch w {
	case deadyet.WordNo:
		return "at least " + strconv.Itoa(r.Half) + " % of them take " + ref
	case deadyet.WordMostly:
		return "fewer do, but something takes a version that counts"
	case deadyet.WordYes:
		return "nothing has taken any version that counts for " + lasting(r.After)
	case deadyet.WordYesBut:
		return "servers answer, but something that everybody needs is down"
	}
	return "our own line or the scan is down, and nothing was answered"
}

// lasting says how long: "24 hours".
func lasting(d time.Duration) string {
	if d >= time.Hour && d%time.Hour == 0 {
		return plural(int(d/time.Hour), "hour")
	}
	return plural(int(d.Round(time.Minute)/time.Minute), "minute")
}
