package site

import (
	"slices"
	"strings"

	"deadyet"
)

// astrayView is the page that says that nothing is known of a moment.
type astrayView struct {
	problemView
	Nearest string
}

// Astray is [Site.Problem] for a moment of which nothing is known, with the way to
// the nearest one: a path without language.
func (s *Site) Astray(t Trouble, nearest, prefix string) (Page, error) {
	v := astrayView{problemView: s.problemView(t, prefix)}
	v.Nearest = v.Root + strings.TrimPrefix(nearest, "/")
	return s.troubled("astray", v)
}

// calendarView lists the days on which something changed.
type calendarView struct {
	frame
	Years []calendarYear
}

type calendarYear struct {
	Year string
	Days []calendarDay
}

type calendarDay struct {
	Day  stamp
	Href string
	Diff string // link to the difference to the day before; "" when it is not served
	Told []string
}

// Calendar makes the page at [AtPrefix], from the days on which something
// changed, earliest first.
func (s *Site) Calendar(days []deadyet.Day) (Page, error) {
	v := calendarView{frame: s.frame("../")}
	v.Title = s.titled(s.t("The page as it was"))
	told := s.tellings()
	for _, d := range slices.Backward(days) {
		year := d.Start().Format("2006")
		if len(v.Years) == 0 || v.Years[len(v.Years)-1].Year != year {
			v.Years = append(v.Years, calendarYear{Year: year})
		}
		c := calendarDay{Day: s.day(d), Href: d.String() + "/", Told: told[d]}
		if before := deadyet.DayOf(d.Start().AddDate(0, 0, -1)); s.moment.Built.IsZero() && d != days[0] {
			c.Diff = "../diff/" + before.String() + "/" + d.String()
		}
		if d == deadyet.DayOf(s.edition.At) {
			c.Href, c.Diff = "../", ""
		}
		y := &v.Years[len(v.Years)-1]
		y.Days = append(y.Days, c)
	}
	body, err := s.render("calendar", AtPrefix, v)
	return s.spoken(Page{Path: AtPrefix, Type: typeHTML, Body: body}), err
}

// apiCalendar is the days on which something changed.
type apiCalendar struct {
	apiHead
	Days []apiDay `json:"days"`
}

// apiDay is what changed on a day.
type apiDay struct {
	Day  deadyet.Day      `json:"day"`
	Word deadyet.Word     `json:"word,omitempty"` // what the answer became
	News []deadyet.ItemID `json:"news,omitempty"`
}

// CalendarDocument is [Site.Calendar] as data.
func (s *Site) CalendarDocument(days []deadyet.Day) (Page, error) {
	return document(apiRoot+strings.TrimPrefix(AtPrefix, "/"), s.calendarDoc(days))
}

func (s *Site) calendarDoc(days []deadyet.Day) apiCalendar {
	v, told := apiCalendar{s.apiHead(), []apiDay{}}, s.told()
	for _, d := range slices.Backward(days) {
		day := told[d]
		day.Day = d
		v.Days = append(v.Days, day)
	}
	return v
}

// told is what is told of each day as data.
func (s *Site) told() map[deadyet.Day]apiDay {
	told := make(map[deadyet.Day]apiDay)
	for _, a := range s.edition.Verdicts {
		d := deadyet.DayOf(a.At)
		day := told[d]
		day.Word = a.Word
		told[d] = day
	}
	for _, i := range slices.Backward(s.edition.Items) {
		d := deadyet.DayOf(i.At)
		day := told[d]
		day.News = append(day.News, i.ID)
		told[d] = day
	}
	return told
}

// tellings are the answers and the titles of the news by day.
func (s *Site) tellings() map[deadyet.Day][]string {
	told := make(map[deadyet.Day][]string)
	for _, a := range s.edition.Verdicts {
		d := deadyet.DayOf(a.At)
		told[d] = append(told[d], s.t("The answer became: {answer}", "answer", s.answerView(a).Says))
	}
	for _, i := range slices.Backward(s.edition.Items) {
		d := deadyet.DayOf(i.At)
		told[d] = append(told[d], clean(i.Title))
	}
	return told
}
