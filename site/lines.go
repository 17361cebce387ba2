package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"deadyet"
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
	Every    string
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
		Name: clean(n.Name), Alive: aliveText(l.Verdict), Href: networkLink(n.ID), Site: webLink(n.Site),
		Class: class(deadyet.Outcome{Answer: l.Answer}, false), Answer: l.Answer.Mark() + nbsp + l.Answer.String(),
		At: exactMoment(l.LastAsked), Note: markdownLine(n.Note),
	}
	if l.Recorded {
		v.Class += " recorded"
		v.Answer += " †"
	}
	v.Versions = s.versionsText(l)
	v.Ways = s.waysIn(n)
	v.Asked, v.Every = s.askedText(n, l)
	if l.LastAsked.IsZero() && n.Closed.IsZero() {
		if at := s.addresses(n); at != "" {
			v.Listed = &claimView{at, sourceOf(n.Source)}
		}
	}
	if l.LastAsked.IsZero() && n.Says.Text != "" {
		v.Claim = &claimView{strings.TrimSuffix(clean(n.Says.Text), "."), sourceOf(n.Says.Source)}
	}
	return v
}

func (s *Site) versionsText(l deadyet.Line) string {
	switch {
	case len(l.Versions) > 0:
		return takesText(l) + " " + ranges(s.columns, l.Versions) + "."
	case l.Answer == deadyet.AnswerUnasked:
		return ""
	}
	return "Takes no version any more."
}

// takesText begins a sentence about the versions that any server takes. Where
// there are several servers they need not all take the same.
func takesText(l deadyet.Line) string {
	switch {
	case l.Servers == 1:
		return "Takes"
	case l.Answering == 1:
		return "1 of " + plural(l.Servers, "server") + " takes"
	case l.Answering == l.Servers:
		return "All " + plural(l.Servers, "server") + " take something; together"
	}
	return strconv.Itoa(l.Answering) + " of " + plural(l.Servers, "server") + " take something; together"
}

func (s *Site) askedText(n deadyet.Network, l deadyet.Line) (asked, every string) {
	switch {
	case s.closed(n):
		return "Closed on " + dayStamp(n.Closed).Text + " and not asked any more", ""
	case l.LastAsked.IsZero() && s.moment.Name != "":
		return "Not asked from here by then", ""
	case s.moment.Name != "":
		return "Last asked ", ""
	case l.LastAsked.IsZero() && !s.edition.Live:
		return "Not asked from here yet", ""
	case l.LastAsked.IsZero() && !s.edition.Down.IsZero():
		return "Not asked yet, because our own line is down", everyText(n)
	case l.LastAsked.IsZero():
		return "Not asked yet", everyText(n)
	case !s.edition.Live && !s.edition.Subject.Simulated:
		return "Last asked ", ", not asked at present"
	}
	return "Last asked ", everyText(n)
}

func everyText(n deadyet.Network) string {
	if !n.Dialled() || n.Interval <= 0 {
		return ""
	}
	return ", asked " + every(n.Interval)
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
			ways = append(ways, wayText(sv.Server, es))
		}
	}
	return joinLimited(ways, waysLimit)
}

func wayText(sv deadyet.Server, es []deadyet.Endpoint) string {
	s := clean(sv.Address) + " port "
	for i, e := range es {
		if i > 0 {
			s += ", "
		}
		s += strconv.Itoa(int(e.Port))
		if e.Transport != deadyet.TransportTCP {
			s += " (" + clean(string(e.Transport)) + ")"
		}
	}
	return s
}

func joinLimited(parts []string, limit int) string {
	out := ""
	for i, p := range parts {
		if i == limit {
			return out + " and " + strconv.Itoa(len(parts)-limit) + " more"
		}
		if i > 0 {
			out += "; "
		}
		out += p
	}
	return out
}
