package site

import (
	"time"

	"deadyet"
)

const (
	lifePitch = 13 // from one lifeline to the next, in pixels
	lifeThick = 9
	// softFrom is how uncertain an end must be to be drawn soft: less can't be
	// seen.
	softFrom = 20 * 24 * time.Hour
)

// livesView is how long a network took each version: a picture, and the same
// as a table.
type livesView struct {
	ID       string // prefix of the picture's own names
	Title    string
	About    string // what the picture shows, in words
	Height   int
	Floor    int // where the axis is
	Bars     []lifeBar
	Ticks    []tick
	Rows     []lifeRow
	Recorded bool
	Soft     bool
}

// lifeBar is the lifeline of one version.
type lifeBar struct {
	Name, Title        string
	Top, Base          int
	Thick              int
	Recorded           bool
	Alive              bool
	X, Width           string // the time that is certain
	SoftX, SoftWidth   string // between the last time that it was seen alive and the first that it was not
	EarlyX, EarlyWidth string // the same for the beginning
	EndX, EndText      string
}

// lifeRow is a row of the table.
type lifeRow struct {
	Version, Href  string
	First, Last    when
	Alive          string // how many take it now; "" when none does
	Lasted         string
	Survivor, Page string
	Known          string
}

// livesOf returns the lives of a network's versions, in the subject's order.
func (s *Site) livesOf(id deadyet.NetworkID) (out []deadyet.Life) {
	for _, l := range s.edition.Lives {
		if l.Network == id {
			out = append(out, l)
		}
	}
	return out
}

// livesView draws the lives of a network's versions; nil when there is none.
func (s *Site) livesView(n deadyet.Network, root string) *livesView {
	lives := s.livesOf(n.ID)
	if len(lives) == 0 {
		return nil
	}
	a := s.lifeAxis(lives)
	v := &livesView{ID: "lives-" + anchor(string(n.ID)), Title: s.t("How long {network} took each version", "network", clean(n.Name)), Ticks: s.ticks(a, 7)}
	for i, l := range lives {
		b := s.lifeBar(l, a)
		b.Top, b.Base, b.Thick = i*lifePitch+2, i*lifePitch+lifePitch-3, lifeThick
		v.Bars = append(v.Bars, b)
		v.Rows = append(v.Rows, s.lifeRow(l, root))
		v.Recorded, v.Soft = v.Recorded || l.Recorded, v.Soft || b.SoftX != "" || b.EarlyX != ""
	}
	v.Floor = len(lives)*lifePitch + 3
	v.Height = v.Floor + 16
	v.About = s.livesAbout(lives)
	return v
}

// lifeAxis reaches from the first version to the last end, or to now while one
// is taken.
func (s *Site) lifeAxis(lives []deadyet.Life) axis {
	from, to := lifeBegins(lives[0]), time.Time{}
	for _, l := range lives {
		if f := lifeBegins(l); f.Before(from) {
			from = f
		}
		if e := s.lifeEnds(l); e.After(to) {
			to = e
		}
	}
	return makeAxis(from, to, to.Add(to.Sub(from)/9))
}

func lifeBegins(l deadyet.Life) time.Time {
	if l.First.From.IsZero() {
		return l.First.To
	}
	return l.First.From
}

// lifeEnds is the last moment at which a version may have been taken.
func (s *Site) lifeEnds(l deadyet.Life) time.Time {
	switch {
	case l.Alive() || l.Last.IsZero():
		return s.edition.At
	case l.Last.To.IsZero():
		return l.Last.From
	}
	return l.Last.To
}

func (s *Site) lifeBar(l deadyet.Life, a axis) lifeBar {
	name := clean(string(l.Version))
	from, to, end := lifeBegins(l), s.lifeEnds(l), s.lifeEnds(l)
	b := lifeBar{
		Name: name, Recorded: l.Recorded, Alive: l.Alive(),
		Title: name + ": " + s.lifeText(l), EndText: end.UTC().Format("2006"),
	}
	if l.First.To.Sub(from) > softFrom {
		b.EarlyX, b.EarlyWidth = a.x(from), a.width(from, l.First.To)
		from = l.First.To
	}
	if !l.Alive() && end.Sub(l.Last.From) > softFrom && l.Last.From.After(from) {
		to = l.Last.From
		b.SoftX, b.SoftWidth = a.x(to), a.width(to, end)
	}
	if l.Alive() {
		b.EndText = s.t("now")
	}
	b.X, b.Width = a.x(from), a.width(from, to)
	b.EndX = percentText(a.percent(end) + 0.6)
	return b
}

// lifeText tells a life in one line.
func (t tongue) lifeText(l deadyet.Life) string {
	first, last := t.inWords(asOn, l.First).Text(), t.inWords(asOn, l.Last).Text()
	text := ""
	switch {
	case l.Alive():
		text = t.n(l.Takers, "first taken {first}, still taken by {n} server", "first taken {first}, still taken by {n} servers", "first", first)
	case !l.Last.IsZero():
		text = t.t("first taken {first}, last taken {last}", "first", first, "last", last)
	default:
		text = t.t("first taken {first}", "first", first)
	}
	if l.Recorded {
		return t.t("{life} (recorded, not measured here)", "life", text)
	}
	return text
}

func (s *Site) lifeRow(l deadyet.Life, root string) lifeRow {
	r := lifeRow{
		Version: clean(string(l.Version)), Href: root + versionLink(l.Version),
		First: s.dateline(l.First), Last: s.dateline(l.Last), Lasted: s.lasted(s.lifeEnds(l).Sub(lifeBegins(l))), Known: s.t("measured here"),
	}
	if l.Alive() {
		r.Alive, r.Last = s.n(l.Takers, "still taken, by {n} server", "still taken, by {n} servers"), when{}
	}
	if l.Recorded {
		r.Known = s.t("† recorded")
	}
	if l.Survivor != "" {
		r.Survivor = clean(l.Survivor.Name())
		if s.Has(serverPath(l.Survivor)) {
			r.Page = root + serverLink(l.Survivor)
		}
	}
	return r
}

// livesAbout says in words what the picture shows.
func (s *Site) livesAbout(lives []deadyet.Life) string {
	alive, last := 0, lives[0]
	for _, l := range lives {
		if l.Alive() {
			alive++
		}
		if s.lifeEnds(l).After(s.lifeEnds(last)) {
			last = l
		}
	}
	text := s.n(len(lives), "One line for {n} version, from when it was first taken until the last server stopped.", "One line for each of {n} versions, from when it was first taken until the last server stopped.")
	if alive > 0 {
		return text + " " + s.n(alive, "{n} is still taken.", "{n} are still taken.")
	}
	return text + " " + s.t("The last to go was {version}, {when}.", "version", clean(string(last.Version)), "when", s.inWords(asOn, last.Last).Text())
}
