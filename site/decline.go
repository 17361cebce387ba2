package site

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"deadyet"
)

// room is how much a picture of the decline may show.
type room struct {
	steps int // of all layers together
	rows  int // of the table
	marks int
}

// On a page of its own there is more of it than on the front page.
var (
	roomFront = room{steps: 400, rows: 16, marks: 10}
	roomOwn   = room{steps: 4000, rows: 200, marks: 30}
)

// declineView is how many servers took each version over time: a picture in
// layers, one for each group of versions that went the same way, and the same
// numbers as a table.
type declineView struct {
	ID       string
	Title    string
	About    string
	Height   int
	Floor    int
	Layers   []layerView
	Ticks    []tick
	Broken   string // where the axis is broken; "" when it is not
	Flags    []flagView
	Marks    []markView
	MoreNews string // how many events are not marked
	Columns  []string
	Rows     []declineRow
	MoreRows string // how many moments are not listed
	Whole    string // the network's own page, where more is listed; "" on it
	Recorded bool
	Range    bool
}

// layerView is the servers that took one group of versions.
type layerView struct {
	Name, Most string
	Top, High  int
	Base       int
	Label      int // where the letters stand
	Title      string
	// Outlines of areas, across in thousandths of the plot: the servers that
	// took it by the record, those that were measured, and between them and
	// those that may have.
	Recorded, Measured, Band string
}

// declineRow is a moment of the table.
type declineRow struct {
	From   stamp
	Counts []string
}

// layer is versions with the same numbers.
type layer struct {
	versions []deadyet.Version
	points   []deadyet.Point
}

// declineOf returns what is known of a region; all of the network for "".
func (s *Site) declineOf(n deadyet.NetworkID, r deadyet.Region) (d deadyet.Decline, ok bool) {
	for _, d := range s.edition.Declines {
		if d.Network == n && d.Region == r {
			return d, true
		}
	}
	return deadyet.Decline{}, false
}

// layersOf groups curves that are the same. Those at which no server ever took
// anything are left out.
func layersOf(d deadyet.Decline) (out []layer) {
	for _, c := range d.Curves {
		if !slices.ContainsFunc(c.Points, func(p deadyet.Point) bool { return p.High > 0 }) {
			continue
		}
		i := slices.IndexFunc(out, func(l layer) bool { return slices.EqualFunc(l.points, c.Points, samePoint) })
		if i < 0 {
			out = append(out, layer{points: c.Points})
			i = len(out) - 1
		}
		out[i].versions = append(out[i].versions, c.Version)
	}
	return out
}

func samePoint(a, b deadyet.Point) bool {
	return a.At.Equal(b.At) && a.Low == b.Low && a.High == b.High && a.Recorded == b.Recorded
}

// declineView draws the decline of a region, or of the whole network; nil when
// nothing is known of it.
func (s *Site) declineView(n deadyet.Network, r deadyet.Region, root string, room room) *declineView {
	d, _ := s.declineOf(n.ID, r)
	layers := layersOf(d)
	if len(layers) == 0 {
		return nil
	}
	a, most := s.declineAxis(layers), mostOf(layers)
	where := clean(n.Name)
	if r != "" {
		where += ", " + clean(string(r))
	}
	v := &declineView{ID: "decline-" + anchor(string(n.ID)), Title: s.t("How many servers of {network} took each version", "network", where), Ticks: s.ticks(a, 9)}
	v.addLayers(s, layers, a, most, room)
	v.addTable(s, layers, room.rows)
	v.addMarks(s, n.ID, r, a, root, room.marks)
	v.About = s.declineAbout(layers, a)
	if a.broken() {
		v.Broken = a.x(a.turn)
	}
	return v
}

func mostOf(layers []layer) (most int) {
	for _, l := range layers {
		for _, p := range l.points {
			most = max(most, p.High)
		}
	}
	return most
}

// declineAxis reaches from the first number to the day of the edition.
func (s *Site) declineAxis(layers []layer) axis {
	first, last := layers[0].points[0].At, time.Time{}
	for _, l := range layers {
		if f := l.points[0].At; f.Before(first) {
			first = f
		}
		if e := l.points[len(l.points)-1].At; e.After(last) {
			last = e
		}
	}
	return makeAxis(first, last, s.edition.At)
}

const (
	layerHigh = 92 // of a layer, in pixels, where there are few
	layerLow  = 34
	flagRoom  = 20 // above the first layer, for the marks
)

func (v *declineView) addLayers(s *Site, layers []layer, a axis, most int, room room) {
	high := layerHigh
	if len(layers) > 3 {
		high = layerLow
	}
	y := flagRoom + 12
	for _, l := range layers {
		lv := layerView{Name: ranges(s.columns, l.versions), Most: s.n(most, "0 to {n} server", "0 to {n} servers"), Top: y, High: high, Base: y + high, Label: y - 4}
		lv.Title = lv.Name + ": " + s.layerText(l)
		lv.draw(thin(l.points, a, max(12, room.steps/len(layers))), a, high, most)
		for _, p := range l.points {
			v.Recorded, v.Range = v.Recorded || p.Recorded, v.Range || p.Low < p.High
		}
		v.Layers = append(v.Layers, lv)
		y += high + 20
	}
	v.Floor, v.Height = y-18, y
}

// draw outlines the areas of a layer.
func (lv *layerView) draw(points []deadyet.Point, a axis, high, most int) {
	var recorded, measured, band strings.Builder
	for i, p := range points {
		end := a.to
		if i+1 < len(points) {
			end = points[i+1].At
		}
		from, to := a.thousandth(p.At), a.thousandth(end)
		low, top := high-p.Low*high/most, high-p.High*high/most
		if p.High > 0 {
			top = min(top, high-1) // a single server can be seen
		}
		into := &measured
		if p.Recorded {
			into = &recorded
		}
		if p.Low > 0 {
			outline(into, from, to, low, high)
		}
		if low > top {
			outline(&band, from, to, top, low)
		}
	}
	lv.Recorded, lv.Measured, lv.Band = recorded.String(), measured.String(), band.String()
}

func outline(b *strings.Builder, from, to, top, base int) {
	fmt.Fprintf(b, "M%d %dH%dV%dH%dz", from, top, max(to, from+1), base, from)
}

// pointText says a number: "277 †", "90 to 105 †".
func (t tongue) pointText(p deadyet.Point) string {
	text := t.Number(p.Low)
	if p.Low < p.High {
		text = t.t("{least} to {most}", "least", text, "most", t.Number(p.High))
	}
	if p.Recorded {
		text += " †"
	}
	return text
}

// thin joins points that a picture can't show apart: of them the least and the
// most are kept.
func thin(points []deadyet.Point, a axis, most int) (out []deadyet.Point) {
	if len(points) <= most {
		return points
	}
	apart := (plotTo - plotFrom) / float64(most)
	for _, p := range points {
		if n := len(out); n > 0 && a.percent(p.At)-a.percent(out[n-1].At) < apart {
			q := &out[n-1]
			q.Low, q.High, q.Recorded = min(q.Low, p.Low), max(q.High, p.High), q.Recorded || p.Recorded
			continue
		}
		out = append(out, p)
	}
	return out
}

// addTable lists each moment at which a number changed, the latest first.
func (v *declineView) addTable(s *Site, layers []layer, most int) {
	var times []time.Time
	for _, l := range layers {
		v.Columns = append(v.Columns, ranges(s.columns, l.versions))
		for _, p := range l.points {
			times = append(times, p.At)
		}
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	times = slices.CompactFunc(times, time.Time.Equal)
	if more := len(times) - most; more > 0 {
		v.MoreRows = s.n(more, "{n} earlier change not listed here", "{n} earlier changes not listed here")
		times = times[:most]
	}
	for _, t := range times {
		row := declineRow{From: s.instant(t)}
		for _, l := range layers {
			row.Counts = append(row.Counts, s.countAt(l.points, t))
		}
		v.Rows = append(v.Rows, row)
	}
}

func (t tongue) countAt(points []deadyet.Point, at time.Time) string {
	i, found := slices.BinarySearchFunc(points, at, func(p deadyet.Point, at time.Time) int { return p.At.Compare(at) })
	if !found {
		i--
	}
	if i < 0 {
		return t.t("not known")
	}
	return t.pointText(points[i])
}

// declineAbout says in words what the picture shows.
func (s *Site) declineAbout(layers []layer, a axis) string {
	text := s.t("From {from} to {to}.", "from", s.instant(a.from).Text, "to", s.instant(a.to).Text)
	for _, l := range layers {
		text += " " + ranges(s.columns, l.versions) + ": " + s.layerText(l) + "."
	}
	return text
}

// layerText tells a layer in one line.
func (t tongue) layerText(l layer) string {
	first, last := l.points[0], l.points[len(l.points)-1]
	if last.High == 0 {
		return t.t("{first} at first, {last} since {when}", "first", t.pointText(first), "last", t.pointText(last), "when", t.instant(last.At).Text)
	}
	return t.t("{first} at first, {last} now", "first", t.pointText(first), "last", t.pointText(last))
}
