package site

import (
	"html/template"
	"strconv"
	"strings"

	"deadyet"
)

// rulePage is how the answer is reached, and what it was.
type rulePage struct {
	frame
	Crumbs []crumb
	Rule   ruleView
}

func (s *Site) rulePage() rulePage {
	v := rulePage{frame: s.frame("", "./"), Rule: s.ruleView()}
	v.Title, v.Description = "The rule of the verdict · "+v.Question, v.Rule.Intro+" "+v.Rule.Now
	v.Crumbs = s.crumbs(v.Root, crumb{Text: "The rule of the verdict"})
	return v
}

// methodPage is how it is asked, and with what manners.
type methodPage struct {
	frame
	Crumbs   []crumb
	Manners  *textView
	Networks []mannersView
	Confirm  string
	Control  string
	Rounds   []roundView
}

// mannersView is how one network is asked.
type mannersView struct {
	Name, Href      string
	Every, Most     string
	PerHost, SignIn string
	Asks            string
}

// roundView is one of the last rounds.
type roundView struct {
	Number      string
	Began       stamp
	Planned     string
	Connections string
	Counts      string
	Line        string
}

func (s *Site) methodPage() methodPage {
	sub := s.edition.Subject
	v := methodPage{frame: s.frame("", "./"), Control: clean(string(sub.Control))}
	v.Title, v.Description = "Method and manners · "+v.Question, "How the servers are asked, how often, and what is never sent."
	v.Crumbs = s.crumbs(v.Root, crumb{Text: "Method and manners"})
	if t := sub.Text("manners"); t.Body != "" {
		text := s.textView(t)
		text.HTML = markdown(t.Body, 2)
		text.HTML = template.HTML(strings.ReplaceAll(string(text.HTML), `href="#`, `href="./#`)) // of the front page
		v.Manners = &text
	}
	v.Confirm = plural(sub.Confirm.Rounds, "round") + " in a row and at least " + lasting(sub.Confirm.After)
	for _, n := range sub.Networks {
		v.Networks = append(v.Networks, s.mannersOf(n))
	}
	for _, r := range s.edition.Rounds[:min(20, len(s.edition.Rounds))] {
		v.Rounds = append(v.Rounds, roundOf(r))
	}
	return v
}

func (s *Site) mannersOf(n deadyet.Network) mannersView {
	m := mannersView{Name: clean(n.Name), Href: networkLink(n.ID), SignIn: "never", PerHost: strconv.Itoa(max(1, n.PerHost))}
	if n.Consent.Stands() {
		m.SignIn = "its first step, as agreed with " + clean(n.Consent.By) + ", " + dayStamp(n.Consent.Date).Text
	}
	if !n.Dialled() {
		m.Every, m.Most, m.PerHost = "never", "0", "0"
		if s.closed(n) {
			m.Every = "never: closed on " + dayStamp(n.Closed).Text
		}
		return m
	}
	m.Every, m.Most = every(n.Interval), strconv.Itoa(n.ConnectionsPerDay)
	var ways []string
	for _, a := range n.Ask {
		ways = append(ways, clean(string(a.Transport))+":"+strconv.Itoa(int(a.Port)))
	}
	m.Asks = strings.Join(ways, ", ")
	return m
}

func roundOf(r deadyet.RoundSummary) roundView {
	v := roundView{
		Number: strconv.FormatInt(int64(r.Number), 10), Began: exactMoment(r.Began),
		Planned: strconv.Itoa(r.Planned), Connections: strconv.Itoa(r.Connections), Line: "good",
	}
	if !r.Canary.Good {
		v.Line = "down"
	}
	var parts []string
	for _, a := range deadyet.Answers() {
		if n := r.Counts[a]; n > 0 {
			parts = append(parts, a.Mark()+nbsp+a.String()+" "+strconv.Itoa(n))
		}
	}
	v.Counts = strings.Join(parts, ", ")
	return v
}
