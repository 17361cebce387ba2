package site

import (
	"html/template"
	"slices"
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
	v := rulePage{frame: s.frame("./"), Rule: s.ruleView()}
	v.Title, v.Description = s.titled(s.t("The rule of the verdict")), v.Rule.Intro+" "+v.Rule.Now
	v.Crumbs = s.crumbs(v.Root, crumb{Text: s.t("The rule of the verdict")})
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
	Named    bool // names of servers are looked up
	Rounds   []roundView
	Sure     string // of the last round
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
	v := methodPage{frame: s.frame("./"), Control: clean(string(sub.Control))}
	v.Title, v.Description = s.titled(s.t("Method and manners")), s.t("How the servers are asked, how often, and what is never sent.")
	v.Crumbs = s.crumbs(v.Root, crumb{Text: s.t("Method and manners")})
	if t := sub.TextIn("manners", s.Language); t.Body != "" {
		text := s.textView(t)
		text.HTML = markdown(t.Body, 2)
		text.HTML = template.HTML(strings.ReplaceAll(string(text.HTML), `href="#`, `href="./#`)) // of the front page
		v.Manners = &text
	}
	v.Confirm = s.n(sub.Confirm.Rounds, "What is found anew must be found {n} round in a row and at least {time} before it counts.", "What is found anew must be found {n} rounds in a row and at least {time} before it counts.", "time", s.lasting(sub.Confirm.After))
	for _, n := range sub.Networks {
		v.Networks = append(v.Networks, s.mannersOf(n))
		for _, sv := range n.Servers {
			v.Named = v.Named || slices.ContainsFunc(n.Checks(sv), func(c deadyet.Check) bool { return c.Kind == deadyet.KindName })
		}
	}
	for _, r := range s.edition.Rounds[:min(20, len(s.edition.Rounds))] {
		v.Rounds = append(v.Rounds, s.roundOf(r))
	}
	if len(s.edition.Rounds) > 0 {
		v.Sure = s.sure(s.edition.Rounds[0])
	}
	return v
}

func (s *Site) mannersOf(n deadyet.Network) mannersView {
	m := mannersView{Name: clean(n.Name), Href: networkLink(n.ID), SignIn: s.t("never"), PerHost: s.Number(max(1, n.PerHost))}
	if n.Consent.Stands() {
		m.SignIn = s.t("its first step, as agreed with {whom}, {day}", "whom", clean(n.Consent.By), "day", s.day(n.Consent.Date).Text)
	}
	if !n.Dialled() {
		m.Every, m.Most, m.PerHost = s.t("never"), s.Number(0), s.Number(0)
		if s.closed(n) {
			m.Every = s.t("never: closed on {day}", "day", s.day(n.Closed).Text)
		}
		return m
	}
	m.Every, m.Most = s.every(n.Interval), s.Number(n.ConnectionsPerDay)
	var ways []string
	for _, e := range doors(n) {
		ways = append(ways, clean(e.Where()))
	}
	m.Asks = strings.Join(ways, ", ")
	return m
}

// doors are the transports and ports at which a network is asked, each once,
// whichever of its servers has them.
func doors(n deadyet.Network) (out []deadyet.Endpoint) {
	for _, sv := range n.Servers {
		for _, e := range endpointsOf(n.Checks(sv)) {
			if e.Server = ""; !slices.Contains(out, e) {
				out = append(out, e)
			}
		}
	}
	return out
}

func (t tongue) roundOf(r deadyet.RoundSummary) roundView {
	v := roundView{
		Number: strconv.FormatInt(int64(r.Number), 10), Began: t.minute(r.Began),
		Planned: t.Number(r.Planned), Connections: t.Number(r.Connections), Line: t.t("good"),
	}
	switch share := t.shareText(r.Loss); {
	case !r.Canary.Good:
		v.Line = t.t("down")
	case r.Loss.Bad:
		v.Line = t.t("no vote: {share} lost", "share", share)
	case r.Loss.Sent > 0:
		v.Line = t.t("good, {share} lost", "share", share)
	}
	var parts []string
	for _, a := range deadyet.Answers() {
		if n := r.Counts[a]; n > 0 {
			parts = append(parts, t.withMark(a)+" "+t.Number(n))
		}
	}
	v.Counts = strings.Join(parts, ", ")
	return v
}
