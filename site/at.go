package site

import (
	"strings"
	"time"

	"deadyet"
)

// Moment says where a site stands in time, how it is kept, and where it finds what
// an edition does not carry. The zero value is the present.
type Moment struct {
	// Name is how the moment is written in paths: "2015-03-05". "" is the
	// present. A site of the past stands below /at/ and its name.
	Name string
	Next deadyet.Day // the next day on which something changed, zero if none
	// Built is when the site was written to a folder, zero when it is served: a
	// folder can't know that time went on.
	Built time.Time
	// Languages are those that are written to the folder; nil means all. A served
	// site has all.
	Languages []deadyet.Language
	// Rollups returns those of a server, by vantage and in the order of time, of
	// whatever time; nil where nothing is summed up. It is called for the pages of
	// servers alone, when they are made.
	Rollups func(deadyet.ServerID) ([]deadyet.Rollup, error)
}

// live reports whether the site is the present one, and served.
func (m Moment) live() bool { return m.Name == "" && m.Built.IsZero() }

// AtPrefix is where the past begins.
const AtPrefix = "/at/"

// Prefix is what stands before the paths of the site: "" for the present.
func (m Moment) Prefix() string {
	if m.Name == "" {
		return ""
	}
	return AtPrefix + m.Name
}

// up leads from the root of the past to that of the present.
func (m Moment) up() string {
	if m.Name == "" {
		return ""
	}
	return "../../"
}

// momentView is the line that tells a visitor in which time a page stands.
type momentView struct {
	At             stamp
	Past           bool
	Previous, Next *crossing
	Today          string // link
	Since          string // link to what has changed since then
	Closed         []string
	Built          stamp
}

// crossing leads to another moment.
type crossing struct {
	Href string
	Day  stamp
}

// momentView returns nil for a page of the present that is served: it needs no
// explanation. root leads from the page to the root of its own time.
func (s *Site) momentView(root string) *momentView {
	m, e := s.moment, s.edition
	if m.live() {
		return nil
	}
	v := &momentView{At: s.atEnd(e.At), Past: m.Name != "", Today: orHere(root + m.up()), Built: s.minute(m.Built)}
	cross := func(d deadyet.Day) *crossing {
		if d.IsZero() {
			return nil
		}
		return &crossing{root + m.up() + "at/" + d.String() + "/", s.day(d)}
	}
	v.Previous, v.Next = cross(lastChange(e)), cross(m.Next)
	if v.Past && m.Built.IsZero() {
		v.Since = root + m.up() + "diff/" + m.Name + "/today"
	}
	if v.Past {
		v.Closed = s.closedSince()
	}
	return v
}

func orHere(link string) string {
	if link == "" {
		return "./"
	}
	return link
}

// atEnd names the end of a day by the day.
func (t tongue) atEnd(x time.Time) stamp {
	if d := deadyet.DayOf(x); d.End().Sub(x) <= time.Second {
		return t.day(d)
	}
	return t.minute(x)
}

// lastChange is the last day before that of the edition on which an answer or
// an item began.
func lastChange(e deadyet.Edition) (last deadyet.Day) {
	today := deadyet.DayOf(e.At)
	look := func(t time.Time) {
		if d := deadyet.DayOf(t); !t.IsZero() && d.Before(today) && last.Before(d) {
			last = d
		}
	}
	for _, v := range e.Verdicts {
		look(v.At)
	}
	for _, i := range e.Items {
		look(i.At)
	}
	return last
}

// closed reports whether a network had closed at the moment of the edition.
func (s *Site) closed(n deadyet.Network) bool {
	return !n.Closed.IsZero() && (s.moment.Name == "" || !deadyet.DayOf(s.edition.At).Before(n.Closed))
}

// closedSince warns of networks that closed later: their addresses belong to
// others now, whatever the page says of that day.
func (s *Site) closedSince() (warnings []string) {
	for _, n := range s.edition.Subject.Networks {
		if !n.Closed.IsZero() && !s.closed(n) {
			warnings = append(warnings, s.t("{network} has closed since. Its addresses belong to others now and are shown as history only: please don’t connect to them.", "network", clean(n.Name)))
		}
	}
	return warnings
}

// measuredThen says where a verdict of the past is known from when none of the
// rounds on which it rests is kept any more.
func (s *Site) measuredThen() string {
	for _, st := range s.edition.States {
		if !st.Asked.IsZero() {
			return s.t("Measured here.")
		}
	}
	return s.t("Nothing had been measured here by then.")
}

// AtPath is the path of a page at a moment: below [AtPrefix], and in the API
// below its own. name is that of a [Moment].
func AtPath(name, path string) string {
	if name == "" {
		return path
	}
	if rest, ok := strings.CutPrefix(path, apiRoot); ok {
		return apiRoot + "at/" + name + "/" + rest
	}
	return AtPrefix + name + path
}
