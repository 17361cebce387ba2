package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"deadyet"
	"deadyet/words"
)

// lineView is a network's line near the top of the page.
type lineView struct {
	Name     string
	Alive    string // the network's own verdict in small words
	Href     string // of its tables
	Site     string
	Class    string
	Answer   string
	Versions string
	Ways     string     // addresses that let people in, measured
	Listed   *claimView // addresses, as long as nothing was measured
	Asked    string
	At       stamp
	Claim    *claimView
	Whole    bool // there is room for all sources
	Note     template.HTML
}

// claimView is what others say and nobody measured here.
type claimView struct {
	Text   string
	Source *sourceView
}

func (s *Site) lineViews() (out []lineView) {
	for _, l := range s.edition.Lines {
		if n, ok := s.edition.Subject.NetworkByID(l.Network); ok {
			out = append(out, s.lineView(n, l))
		}
	}
	return out
}

func (s *Site) lineView(n deadyet.Network, l deadyet.Line) lineView {
	v := lineView{
		Name: clean(n.Name), Alive: s.aliveText(l.Verdict), Href: networkLink(n.ID), Site: webLink(n.Site),
		Class: class(deadyet.Outcome{Answer: l.Answer}, false), Answer: s.withMark(l.Answer),
		At: s.minute(l.LastAsked), Note: markdownLine(n.Note),
	}
	if l.Recorded {
		v.Class += " recorded"
		v.Answer += " †"
	}
	v.Versions = s.versionsText(l)
	v.Ways = s.waysIn(n)
	v.Asked = s.askedText(n, l)
	if l.LastAsked.IsZero() && n.Closed.IsZero() {
		if at := s.addresses(n); at != "" {
			v.Listed = &claimView{at, s.sourceOf(n.Source)}
		}
	}
	if l.LastAsked.IsZero() && n.Says.Text != "" {
		v.Claim = &claimView{strings.TrimSuffix(clean(n.Says.Text), "."), s.sourceOf(n.Says.Source)}
	}
	return v
}

func (s *Site) versionsText(l deadyet.Line) string {
	switch {
	case len(l.Versions) > 0:
		return s.takesText(l, ranges(s.columns, l.Versions))
	case l.Answer == deadyet.AnswerUnasked:
		return ""
	}
	return s.t("Takes no version any more.")
}

// takesText says which versions any server takes. Where there are several servers
// they need not all take the same.
func (t tongue) takesText(l deadyet.Line, versions string) string {
	switch {
	case l.Servers == 1:
		return t.t("Takes {versions}.", "versions", versions)
	case l.Answering == 1:
		return t.n(l.Servers, "1 of {n} server takes {versions}.", "1 of {n} servers takes {versions}.", "versions", versions)
	case l.Answering == l.Servers:
		return t.n(l.Servers, "All {n} server take something; together {versions}.", "All {n} servers take something; together {versions}.", "versions", versions)
	}
	return t.n(l.Servers, "{some} of {n} server take something; together {versions}.", "{some} of {n} servers take something; together {versions}.", "some", l.Answering, "versions", versions)
}

// askedText says when a network was asked last, and how often it is: a sentence
// with the place {when} for the moment.
func (s *Site) askedText(n deadyet.Network, l deadyet.Line) string {
	often := ""
	if n.Dialled() && n.Interval > 0 {
		often = s.every(n.Interval)
	}
	switch {
	case s.closed(n):
		return s.t("Closed on {day} and not asked any more.", "day", s.day(n.Closed).Text)
	case l.LastAsked.IsZero() && s.moment.Name != "":
		return s.t("Not asked from here by then.")
	case s.moment.Name != "":
		return s.Raw("Last asked {when}.")
	case l.LastAsked.IsZero() && !s.edition.Live:
		return s.t("Not asked from here yet.")
	case l.LastAsked.IsZero() && often != "":
		return s.t("Not asked yet, asked {often}.", "often", often)
	case l.LastAsked.IsZero():
		return s.t("Not asked yet.")
	case !s.edition.Live && !s.edition.Subject.Simulated:
		return s.Raw("Last asked {when}, not asked at present.")
	case often != "":
		return words.Fill(s.Raw("Last asked {when}, asked {often}."), []string{"often", often})
	}
	return s.Raw("Last asked {when}.")
}

// asked is the sentence with its moment.
func (l lineView) asked() string { return words.Fill(l.Asked, []string{"when", l.At.Text}) }

// AskedHTML is the same with the moment marked for machines.
func (l lineView) AskedHTML() template.HTML {
	return template.HTML(words.Fill(template.HTMLEscapeString(l.Asked), []string{"when", string(timeHTML(l.At))}))
}

// waysLimit is how many addresses a line names.
const waysLimit = 3

// waysIn names the main servers of a living network that take a version,
// each with its ports.
func (s *Site) waysIn(n deadyet.Network) string {
	if !n.Closed.IsZero() {
		return ""
	}
	return s.ways(n, func(c deadyet.Check) bool {
		return c.Version != "" && s.state(c).Answer() == deadyet.AnswerYes
	})
}

// addresses names the main servers of a network with all ports that are asked.
func (s *Site) addresses(n deadyet.Network) string {
	return s.ways(n, func(deadyet.Check) bool { return true })
}

func (s *Site) ways(n deadyet.Network, open func(deadyet.Check) bool) string {
	var ways []string
	now, _ := s.listedOn(n)
	for _, sv := range now {
		if sv.listing.Role != deadyet.RoleMain {
			continue
		}
		checks := slices.DeleteFunc(n.Checks(sv.Server), func(c deadyet.Check) bool { return !open(c) })
		if es := endpointsOf(checks); len(es) > 0 {
			ways = append(ways, s.wayText(sv.Server, es))
		}
	}
	return s.joinLimited(ways, waysLimit)
}

// wayText names an address with its ports: "ms.example port 80 (http), 1863".
func (t tongue) wayText(sv deadyet.Server, es []deadyet.Endpoint) string {
	var ports []string
	for _, e := range es {
		port := strconv.Itoa(int(e.Port))
		if e.Transport != deadyet.TransportTCP {
			port += " (" + clean(string(e.Transport)) + ")"
		}
		ports = append(ports, port)
	}
	return t.t("{address} port {ports}", "address", clean(sv.Address), "ports", strings.Join(ports, ", "))
}

func (t tongue) joinLimited(parts []string, limit int) string {
	if more := len(parts) - limit; more > 0 {
		return t.t("{list} and {n} more", "list", strings.Join(parts[:limit], "; "), "n", more)
	}
	return strings.Join(parts, "; ")
}
