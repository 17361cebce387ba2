package site

import (
	"html/template"
	"strconv"
	"time"

	"deadyet"
)

// newsOpen is how many items are not folded; newsSpare how many more have to be
// there before folding is worth it.
const (
	newsOpen  = 8
	newsSpare = 2
)

// newsSection is all news: the latest ones, and the rest by year.
type newsSection struct {
	Latest []newsView
	Older  string // what the fold says; "" when there is none
	Years  []newsYear
}

// newsYear is the folded news of one year.
type newsYear struct {
	Year  string
	Items []newsView
}

// newsView is one item of news.
type newsView struct {
	ID      string
	Href    string           // of its own page
	Others  []string         // anchors under which the item could be found once
	Class   string           // its kind
	Told    deadyet.Language // of title and text; "": that of the edition
	When    when
	Pinned  bool
	Ended   when
	Grew    when
	By      string
	Title   string
	HTML    template.HTML
	Links   []linkView
	Origin  string // how it is known
	Sources []sourceView
	Servers *concernedView
	Folded  bool
	at      time.Time
}

// newsSection makes the news of the front page. All of it is on the page, so
// that a search in the page finds it; the servers of those that are not folded
// are linked, as many as the page can carry.
func (s *Site) newsSection() *newsSection {
	items := s.edition.Items
	if len(items) == 0 {
		return nil
	}
	open := len(items)
	if open > newsOpen+newsSpare {
		open = newsOpen
	}
	anchors, room := newsAnchors(items), pageLinks
	views := make([]newsView, len(items))
	for n, i := range items {
		views[n] = s.newsView(i, n >= open, &room)
		if n >= open {
			views[n].Servers = nil // they stand on the item's own page
		}
		views[n].ID, views[n].Others = anchors[n][0], anchors[n][1:]
	}
	sec := &newsSection{Latest: views[:open], Years: byYear(views[open:])}
	if older := len(views) - open; older > 0 {
		sec.Older = s.olderText(older, views[open:])
	}
	return sec
}

// newsAnchors names the places of all items, each name once. Of every item the
// first is its own; an alias never takes the name of another item.
func newsAnchors(items []deadyet.Item) [][]string {
	taken := make(map[string]bool)
	all := make([][]string, len(items))
	for n, i := range items {
		a := newsAnchor(i.ID)
		for k := 2; taken[a]; k++ {
			a = newsAnchor(i.ID) + "_" + strconv.Itoa(k)
		}
		taken[a] = true
		all[n] = []string{a}
	}
	for n, i := range items {
		for _, id := range i.Aliases {
			if a := newsAnchor(id); !taken[a] {
				taken[a] = true
				all[n] = append(all[n], a)
			}
		}
	}
	return all
}

// newsAnchor is the ID of an item. One that does not begin with a date might be
// the name of a section.
func newsAnchor(id deadyet.ItemID) string {
	a := anchor(string(id))
	if a == "" || a[0] < '0' || a[0] > '9' {
		return "news-" + a
	}
	return a
}

func (s *Site) newsView(i deadyet.Item, folded bool, room *int) newsView {
	level := 4
	if folded {
		level = 5
	}
	v := newsView{
		Class: "kind-" + anchor(string(i.Kind)), When: s.dateline(begun(i)), Pinned: i.Pinned,
		Title: clean(i.Title), Told: i.Told, HTML: markdown(i.Body, level), Links: linkViews(i.Links),
		Href: itemLink(i.ID), By: s.authorText(i), Servers: s.concerned(i, room), Folded: folded, at: i.At,
	}
	v.Ended, v.Grew = s.endedWhen(i), s.grewWhen(i)
	v.Origin, v.Sources = s.origin(i)
	return v
}

// begun is when the item began, as exactly as that is known.
func begun(i deadyet.Item) deadyet.Interval {
	if i.When.IsZero() {
		return deadyet.At(i.At)
	}
	return i.When
}

// byYear groups items that stand next to each other and began in one year.
func byYear(views []newsView) (out []newsYear) {
	for _, v := range views {
		year := v.at.UTC().Format("2006")
		if len(out) == 0 || out[len(out)-1].Year != year {
			out = append(out, newsYear{Year: year})
		}
		y := &out[len(out)-1]
		y.Items = append(y.Items, v)
	}
	return out
}

func (t tongue) olderText(n int, views []newsView) string {
	first, last := views[0].at, views[0].at
	for _, v := range views[1:] {
		if v.at.Before(first) {
			first = v.at
		}
		if v.at.After(last) {
			last = v.at
		}
	}
	if a, b := first.UTC().Year(), last.UTC().Year(); a != b {
		return t.n(n, "{n} older item, {first} to {last}", "{n} older items, {first} to {last}", "first", strconv.Itoa(a), "last", strconv.Itoa(b))
	}
	return t.n(n, "{n} older item, {year}", "{n} older items, {year}", "year", first.UTC().Format("2006"))
}
