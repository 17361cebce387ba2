package site

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"deadyet"
)

// rollupPicture is drawn in slots of one width, one for each day and each month, so
// that days can be seen beside ten years. A slot without rounds stays empty.
type rollupPicture struct {
	Width  int // in units of its own, as all across the plot
	Height int
	Floor  int
	Speed  *speedPanel // nil when nothing was ever answered
	Rows   []shareRow
	Ticks  []tick
	Border string // between the months and the days; "" where there is but one of them
}

// speedPanel is how long answers took, on a scale on which equal steps are equal
// ratios.
type speedPanel struct {
	High          int
	Range, Median string // outlines
	Rails         []rail
}

// rail is a line across at a round number.
type rail struct {
	Y, Base int
	Text    string
}

// shareRow is how much of what was found was one answer.
type shareRow struct {
	Class, Name            string
	Top, High, Base, Label int
	Outline                string
}

const (
	slotWide   = 10 // of which slotBar is drawn
	slotBar    = 8
	speedTop   = 8
	speedHigh  = 110
	shareHigh  = 22
	slotsLeast = 30 // so that the bars of the first days are no walls
	sharePace  = 30 // from one answer to the next
)

// slots says where the days and months of a picture stand.
type slots struct {
	rollups []deadyet.Rollup
	at      []int // the slot of each
	days    int   // the slot of the first day
	count   int
}

// slotsOf gives each month and each day between the first and the last one a slot.
func slotsOf(rs []deadyet.Rollup) slots {
	s := slots{rollups: rs}
	for i := range rs {
		r := &rs[i]
		switch {
		case i == 0:
		case r.Month:
			s.count += months(rs[i-1].Start(), r.Start()) - 1
		case rs[i-1].Month: // days missing before the first one are no gap that says anything
			s.days = s.count
		default:
			s.count += int(r.Start().Sub(rs[i-1].Start())/(24*time.Hour)) - 1
		}
		s.at = append(s.at, s.count)
		s.count++
	}
	return s.rightmost()
}

// rightmost moves few slots to the right of a picture with room for more.
func (s slots) rightmost() slots {
	by := slotsLeast - s.count
	if by <= 0 {
		return s
	}
	for i := range s.at {
		s.at[i] += by
	}
	if s.days > 0 {
		s.days += by
	}
	s.count = slotsLeast
	return s
}

func months(from, to time.Time) int {
	return (to.Year()-from.Year())*12 + int(to.Month()-from.Month())
}

// percent is the place of a slot's beginning in percent of the picture.
func (s slots) percent(slot int) float64 {
	return plotFrom + (plotTo-plotFrom)*float64(slot)/float64(s.count)
}

func (s *Site) rollupPicture(rs []deadyet.Rollup, answers []deadyet.Answer) rollupPicture {
	sl := slotsOf(rs)
	p := rollupPicture{Width: sl.count * slotWide, Ticks: s.slotTicks(sl)}
	y := speedTop
	if p.Speed = s.speedPanel(sl); p.Speed != nil {
		y += speedHigh + 10
	}
	for _, a := range answers {
		p.Rows = append(p.Rows, shareRow{
			Class: a.String(), Name: s.withMark(a), Top: y, High: shareHigh, Base: y + shareHigh, Label: y + shareHigh - 6, Outline: sl.shares(a),
		})
		y += sharePace
	}
	p.Floor, p.Height = y-4, y+14
	if sl.days > 0 {
		p.Border = percentText(sl.percent(sl.days))
	}
	return p
}

// slotTicks names both ends, and where the days begin if there is room between.
func (s *Site) slotTicks(sl slots) []tick {
	first, last := &sl.rollups[0], &sl.rollups[len(sl.rollups)-1]
	var ticks []tick
	if at := sl.percent(sl.at[0]); at < 65 {
		ticks = append(ticks, tick{percentText(at), s.shortly(first), "start"})
	}
	if at := sl.percent(sl.days); sl.days > 0 && at > 45 && at < 72 && sl.percent(sl.at[0]) < 20 {
		ticks = append(ticks, tick{percentText(at), s.t("by day"), "start"})
	}
	return append(ticks, tick{percentText(plotTo), s.shortly(last), "end"})
}

// shortly names a day or a month where there is little room.
func (s *Site) shortly(r *deadyet.Rollup) string {
	if r.Month {
		return s.MonthOf(r.Start())
	}
	return s.t("{day} {month}", "day", r.Start().Format("2"), "month", s.MonthOf(r.Start()))
}

// shares outlines how much of each slot was an answer. Where there was any, it can be
// seen.
func (sl slots) shares(a deadyet.Answer) string {
	var b strings.Builder
	for i := range sl.rollups {
		t := sl.rollups[i].Answers
		if t[a] == 0 {
			continue
		}
		high := max(1, int(math.Round(shareHigh*float64(t[a])/float64(t.Count()))))
		bar(&b, sl.at[i], shareHigh-high, shareHigh)
	}
	return b.String()
}

// bar outlines one slot from top to base.
func bar(b *strings.Builder, slot, top, base int) {
	fmt.Fprintf(b, "M%d %dh%dV%dh-%dz", slot*slotWide+1, top, slotBar, base, slotBar)
}

func (s *Site) speedPanel(sl slots) *speedPanel {
	var all deadyet.Latency
	for i := range sl.rollups {
		all.Merge(sl.rollups[i].Latency)
	}
	if all.Count() == 0 {
		return nil
	}
	sc := makeScale(all.Min, all.Max)
	p := &speedPanel{High: speedHigh}
	var span, median strings.Builder
	for i := range sl.rollups {
		l := &sl.rollups[i].Latency
		if l.Count() == 0 {
			continue
		}
		top, base, middle := sc.y(l.Max), sc.y(l.Min), sc.y(l.Median())
		bar(&span, sl.at[i], top, max(base, top+1))
		middle = min(middle, speedHigh-2)
		bar(&median, sl.at[i], middle, middle+2)
	}
	p.Range, p.Median = span.String(), median.String()
	for _, d := range sc.rails() {
		y := speedTop + sc.y(d)
		p.Rails = append(p.Rails, rail{Y: y, Base: y + 4, Text: s.took(d)})
	}
	return p
}

// scale places times so that equal steps are equal ratios, between two round numbers.
type scale struct{ least, most time.Duration }

// roundTimes are 1, 2 and 5 of each power of ten.
func roundTimes() (out []time.Duration) {
	for d := time.Microsecond; d <= 100*time.Second; d *= 10 {
		out = append(out, d, 2*d, 5*d)
	}
	return out
}

// makeScale reaches from the round number below the least to the one above the most.
func makeScale(least, most time.Duration) scale {
	all := roundTimes()
	from, found := slices.BinarySearch(all, least)
	if !found {
		from = max(0, from-1)
	}
	to, _ := slices.BinarySearch(all, most)
	to = min(max(to, from+1), len(all)-1)
	return scale{all[min(from, to-1)], all[to]}
}

// y is the place of a time below the top, in pixels.
func (s scale) y(d time.Duration) int {
	d = min(max(d, s.least), s.most)
	share := math.Log(float64(d)/float64(s.least)) / math.Log(float64(s.most)/float64(s.least))
	return int(math.Round(speedHigh * (1 - share)))
}

// rails are the round numbers of the scale, or the powers of ten where those are too
// many.
func (s scale) rails() []time.Duration {
	within := slices.DeleteFunc(roundTimes(), func(d time.Duration) bool { return d < s.least || d > s.most })
	if len(within) <= 7 {
		return within
	}
	return slices.DeleteFunc(within, func(d time.Duration) bool {
		_, rest := math.Modf(math.Log10(float64(d)))
		return rest > 1e-9 && rest < 1-1e-9
	})
}
