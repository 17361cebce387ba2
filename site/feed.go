package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	"deadyet"
)

// typeAtom is the media type of a feed (RFC 4287).
const typeAtom = "application/atom+xml; charset=utf-8"

// FeedPath is the feed of all news.
const FeedPath = "/feed.atom"

// feed is what one feed is about.
type feed struct {
	path  string
	name  string // of the network or version, "" for all news
	root  string // way to the root of the site
	page  string // that tells the same, from the root
	holds func(deadyet.Item) bool
}

// addFeeds adds the feed of all news, and one for each network and version.
func (s *Site) addFeeds() {
	all := feed{path: FeedPath, root: "./", holds: func(deadyet.Item) bool { return true }}
	feeds := []feed{all}
	for _, n := range s.edition.Subject.Networks {
		feeds = append(feeds, feed{
			path: networkPath(n.ID) + FeedPath, name: clean(n.Name), root: "../../", page: networkLink(n.ID),
			holds: func(i deadyet.Item) bool { return i.Network == n.ID },
		})
	}
	for _, v := range s.columns {
		feeds = append(feeds, feed{
			path: versionPath(v) + FeedPath, name: clean(string(v)), root: "../../", page: versionLink(v),
			holds: func(i deadyet.Item) bool { return s.concerns(i, v) },
		})
	}
	for _, f := range feeds {
		s.add(f.path, func() (Page, error) {
			body, err := s.atom(f)
			return Page{Path: f.path, Type: typeAtom, Body: body}, err
		})
	}
}

// concerns reports whether an item is about a version: it was refused or
// accepted, went with a port, or was taken until the network was gone.
func (s *Site) concerns(i deadyet.Item, v deadyet.Version) bool {
	named := slices.Contains(i.Versions, v) || slices.ContainsFunc(i.Parts, func(p deadyet.Part) bool { return slices.Contains(p.Versions, v) })
	whole := i.Kind == deadyet.ItemGone || i.Kind == deadyet.ItemResurrected
	return named || whole && slices.ContainsFunc(s.edition.Lives, func(l deadyet.Life) bool {
		return l.Network == i.Network && l.Version == v && s.alive(l, i.At)
	})
}

// alive reports whether a version was alive when its network ended or rose. A
// network counts as gone only some time after the last version, and at worst
// that was known to the day.
func (s *Site) alive(l deadyet.Life, at time.Time) bool {
	const day = 24 * time.Hour
	return l.First.From.Before(at) && (l.Last.IsZero() || l.Last.To.Add(s.edition.Subject.Rule.After+day).After(at))
}

// atom writes a feed, what changed last first. Its links are relative, so that
// it is good at any address and in any copy.
func (s *Site) atom(f feed) ([]byte, error) {
	doc := atomFeed{
		Space: "http://www.w3.org/2005/Atom", Lang: string(s.Language), Title: atomTitle(s.simulatedText() + s.feedTitle(f)),
		ID:     s.tag(s.tagged(strings.Trim(f.path, "/"))),
		Author: atomPerson{"deadyet"},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: FeedPath[1:]},
			{Rel: "alternate", Type: "text/html", Href: f.root + f.page},
		},
	}
	anchors := newsAnchors(s.edition.Items)
	updated := make(map[*atomEntry]time.Time)
	for n, i := range s.edition.Items {
		if f.holds(i) {
			e := s.atomEntry(f, i, anchors[n][0])
			doc.Entries, updated[e] = append(doc.Entries, e), changedAt(i)
		}
	}
	slices.SortStableFunc(doc.Entries, func(a, b *atomEntry) int { return updated[b].Compare(updated[a]) })
	doc.Updated = atomTime(s.feedUpdated(doc.Entries, updated))
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(doc); err != nil {
		return nil, fmt.Errorf("write %s: %w", f.path, err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func (s *Site) feedTitle(f feed) string {
	q := clean(s.edition.Subject.Question)
	if f.name == "" {
		return q
	}
	return s.t("{question} News of {name}", "question", q, "name", f.name)
}

// feedUpdated is when the latest item changed. A feed without any was last
// changed when the present answer began.
func (s *Site) feedUpdated(entries []*atomEntry, updated map[*atomEntry]time.Time) time.Time {
	if len(entries) > 0 {
		return updated[entries[0]]
	}
	if at := told(s.edition.Verdict); !at.IsZero() {
		return at
	}
	return s.edition.At
}

func (s *Site) atomEntry(f feed, i deadyet.Item, anchor string) *atomEntry {
	e := &atomEntry{
		ID: s.tag(s.tagged("news/" + string(i.ID))), Title: atomTitle(s.simulatedText() + clean(i.Title)),
		Updated: atomTime(changedAt(i)), Published: atomTime(toldAt(i)),
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Href: s.newsLink(f.root, i.ID, anchor)}},
		Content: atomText{"html", string(markdown(i.Body, 2)) + s.afterword(i)},
	}
	kind := i.Kind
	if kind == "" {
		kind = deadyet.ItemNote
	}
	for _, term := range []string{string(kind), string(i.Network)} {
		if term != "" {
			e.Categories = append(e.Categories, atomCategory{unmarked(clean(term))})
		}
	}
	if i.By != "" {
		e.Author = &atomPerson{unmarked(clean(i.By))}
	}
	return e
}

// afterword says when an item began and how it is known, which a reader of the
// feed can't see elsewhere.
func (s *Site) afterword(i deadyet.Item) string {
	text := s.dateline(begun(i)).Text()
	if origin, _ := s.origin(i); origin != "" {
		text += "; " + strings.TrimPrefix(origin, "† ")
	}
	text += "."
	var b bytes.Buffer
	b.WriteString("<p><small>")
	xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	b.WriteString("</small></p>\n")
	return b.String()
}

// newsLink is where an item stands on the site.
func (s *Site) newsLink(root string, id deadyet.ItemID, anchor string) string {
	if s.Has(itemPath(id)) {
		return root + itemLink(id)
	}
	return root + "#" + anchor
}

// toldAt is when an item could first be told.
func toldAt(i deadyet.Item) time.Time {
	if i.Published.IsZero() {
		return i.At
	}
	return i.Published
}

// changedAt is when an item last changed: when it grew, or when all was back to
// normal.
func changedAt(i deadyet.Item) time.Time {
	at := toldAt(i)
	if i.Updated.After(at) {
		at = i.Updated
	}
	return at
}
