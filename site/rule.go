package site

import "deadyet"

// ruleView explains how the verdict is reached.
type ruleView struct {
	Intro string
	Rows  []ruleRow
	Now   string
	Past  bool // it tells of then
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
		Past:  s.moment.Name != "",
		Intro: s.t("The question means the network {network}, and of its listed servers all main and internal ones, at any port.", "network", clean(name)),
		Now:   s.tallyText(v), Last: s.minute(v.LastYes), Answers: s.answersView(),
	}
	for _, w := range deadyet.Words() {
		if says := sub.Rule.Says[w]; says != "" {
			r.Rows = append(r.Rows, ruleRow{clean(says), s.ruleText(w, sub.Rule), w == v.Word})
		}
	}
	return r
}

func (t tongue) ruleText(w deadyet.Word, r deadyet.Rule) string {
	switch w {
	case deadyet.WordNo:
		return t.t("at least {half} % of them take {version}", "half", r.Half, "version", clean(string(r.Reference)))
	case deadyet.WordMostly:
		return t.t("fewer do, but something takes a version that counts")
	case deadyet.WordYes:
		return t.t("nothing has taken any version that counts for {time}", "time", t.lasting(r.After))
	case deadyet.WordYesBut:
		return t.t("servers answer, but something that everybody needs is down")
	}
	return t.t("our own line or the scan is down, and nothing was answered")
}

// tallyText says how many servers take what, now or at the moment of the past.
func (s *Site) tallyText(v deadyet.Verdict) string {
	fill := []any{"reference", v.Reference, "version", clean(string(s.edition.Subject.Rule.Reference)), "any", v.Accepting}
	if s.moment.Name != "" {
		return s.n(v.Listed, "Then: of {n} listed server that counted, {reference} took {version} and {any} took any version that counts.",
			"Then: of {n} listed servers that counted, {reference} took {version} and {any} took any version that counts.", fill...)
	}
	return s.n(v.Listed, "Now: of {n} listed server that counts, {reference} take {version} and {any} take any version that counts.",
		"Now: of {n} listed servers that count, {reference} take {version} and {any} take any version that counts.", fill...)
}
