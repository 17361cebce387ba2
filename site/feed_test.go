package site_test

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"

	"golang.org/x/net/html"
)

// atomDoc is what a reader makes of a feed.
type atomDoc struct {
	XMLName xml.Name
	IDs     []string    `xml:"http://www.w3.org/2005/Atom id"`
	Titles  []string    `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string    `xml:"http://www.w3.org/2005/Atom updated"`
	Authors []string    `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []atomLink  `xml:"http://www.w3.org/2005/Atom link"`
	Entries []atomEntry `xml:"http://www.w3.org/2005/Atom entry"`
}

type atomEntry struct {
	IDs       []string   `xml:"http://www.w3.org/2005/Atom id"`
	Titles    []string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated   []string   `xml:"http://www.w3.org/2005/Atom updated"`
	Published []string   `xml:"http://www.w3.org/2005/Atom published"`
	Links     []atomLink `xml:"http://www.w3.org/2005/Atom link"`
	Contents  []struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	} `xml:"http://www.w3.org/2005/Atom content"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

func (e atomEntry) updated(t *testing.T) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, e.Updated[0])
	if err != nil {
		t.Fatal(err)
	}
	return at
}

var (
	tagForm  = regexp.MustCompile(`^tag:[a-z0-9.-]+,2026:[A-Za-z0-9._~%!$&'()*+,;=:@/-]+$`)
	dateForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`)
)

// checkFeed tells what RFC 4287 (sections 4.1.1, 4.1.2 and 3.3) demands and the
// feed does not have.
func checkFeed(t *testing.T, path string, body []byte) atomDoc {
	t.Helper()
	var d atomDoc
	if err := xml.Unmarshal(body, &d); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if d.XMLName.Space != "http://www.w3.org/2005/Atom" || d.XMLName.Local != "feed" {
		t.Errorf("%s: the root is %v", path, d.XMLName)
	}
	if len(d.IDs) != 1 || len(d.Titles) != 1 || len(d.Updated) != 1 || len(d.Authors) != 1 || d.Authors[0] == "" {
		t.Fatalf("%s: want one id, title, updated and author: %d %d %d %d", path, len(d.IDs), len(d.Titles), len(d.Updated), len(d.Authors))
	}
	seen := map[string]bool{}
	latest := ""
	for _, e := range append([]atomEntry{{IDs: d.IDs, Titles: d.Titles, Updated: d.Updated}}, d.Entries...) {
		if len(e.IDs) != 1 || len(e.Titles) != 1 || len(e.Updated) != 1 {
			t.Fatalf("%s: an entry has %d ids, %d titles, %d times", path, len(e.IDs), len(e.Titles), len(e.Updated))
		}
		if !tagForm.MatchString(e.IDs[0]) || seen[e.IDs[0]] {
			t.Errorf("%s: id %q is malformed or stands twice", path, e.IDs[0])
		}
		seen[e.IDs[0]] = true
		if !dateForm.MatchString(e.Updated[0]) || e.Updated[0] < "1990" {
			t.Errorf("%s: updated %q", path, e.Updated[0])
		}
	}
	for _, e := range d.Entries {
		checkEntry(t, path, e)
		latest = max(latest, e.Updated[0])
	}
	if latest != "" && d.Updated[0] != latest {
		t.Errorf("%s: updated %s, the latest entry %s", path, d.Updated[0], latest)
	}
	return d
}

func checkEntry(t *testing.T, path string, e atomEntry) {
	t.Helper()
	if len(e.Contents) != 1 || e.Contents[0].Type != "html" || len(e.Published) != 1 || !dateForm.MatchString(e.Published[0]) || e.Published[0] > e.Updated[0] {
		t.Errorf("%s: %s: content or published is wrong", path, e.IDs[0])
	}
	if len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
		t.Errorf("%s: %s: links %v", path, e.IDs[0], e.Links)
	}
	if _, err := html.Parse(strings.NewReader(e.Contents[0].Text)); err != nil {
		t.Errorf("%s: %v", path, err)
	}
}

func feeds(t *testing.T, s *site.Site) (paths []string) {
	t.Helper()
	for _, p := range s.Paths() {
		if strings.HasSuffix(p, site.FeedPath) {
			paths = append(paths, p)
		}
	}
	return paths
}

func TestFeeds_AreValidWhateverIsInThem(t *testing.T) {
	for name, e := range map[string]deadyet.Edition{
		"a small edition": sitetest.Small(), "a hostile edition": sitetest.Hostile(), "much news": sitetest.Yearbook(12, 30),
		"next to nothing": {Subject: deadyet.Subject{Question: "?"}, At: time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustSite(t, e)
			for _, path := range feeds(t, s) {
				body := mustPage(t, s, path)
				checkFeed(t, path, body)
				for _, bad := range []string{"<script", "&lt;script", "&lt;img", "javascript:", "\x1b", "\x00", "\u202e", "\u2066"} {
					if bytes.Contains(body, []byte(bad)) {
						t.Errorf("%s holds %q", path, bad)
					}
				}
			}
		})
	}
}

func TestFeeds_HoldWhatTheyAreAbout(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	for path, want := range map[string]int{
		"/feed.atom": len(sitetest.Small().Items), "/network/contoso/feed.atom": 2, "/network/fabrikam/feed.atom": 0, "/version/MSNP24/feed.atom": 1, "/version/MSNP2/feed.atom": 0,
		"/version/MSNP18/feed.atom": 1, // it lived until the network was gone
	} {
		if d := checkFeed(t, path, mustPage(t, s, path)); len(d.Entries) != want {
			t.Errorf("%s: got %d entries, want %d", path, len(d.Entries), want)
		}
	}
}

// The links of a feed are right wherever the site stands, also below a folder.
func TestFeeds_LinksLeadToTheSite(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	for _, path := range feeds(t, s) {
		base, err := url.Parse("https://example.org/sub" + path)
		if err != nil {
			t.Fatal(err)
		}
		d := checkFeed(t, path, mustPage(t, s, path))
		for _, l := range d.Links {
			to, err := base.Parse(l.Href)
			page := strings.TrimSuffix(base.String(), site.FeedPath)
			if path == site.FeedPath {
				page += "/"
			}
			if want := map[string]string{"self": base.String(), "alternate": page}[l.Rel]; err != nil || to.String() != want {
				t.Errorf("%s: %s leads to %s, want %s", path, l.Rel, to, want)
			}
		}
		for _, e := range d.Entries {
			if to, err := base.Parse(e.Links[0].Href); err != nil || !s.Has(strings.TrimPrefix(to.Path, "/sub")) {
				t.Errorf("%s: an entry leads to %s", path, to)
			}
		}
	}
}

// A name is for ever; only the time moves when an item grows.
func TestFeeds_AnItemThatGrowsKeepsItsName(t *testing.T) {
	read := func(e deadyet.Edition) (atomEntry, atomDoc) {
		d := checkFeed(t, site.FeedPath, mustPage(t, mustSite(t, e), site.FeedPath))
		n := slices.IndexFunc(d.Entries, func(e atomEntry) bool { return strings.HasSuffix(e.IDs[0], "/2026-11-23-contoso-outage") })
		return d.Entries[n], d
	}
	before, _ := read(sitetest.Small())
	e := sitetest.Small()
	e.Items[1].Title, e.Items[1].Updated = "It grew", e.Items[1].Updated.Add(time.Hour)
	after, feed := read(e)
	if want := "tag:code.example,2026:msn/news/2026-11-23-contoso-outage"; before.IDs[0] != want || after.IDs[0] != want {
		t.Errorf("got %s and %s, want %s", before.IDs[0], after.IDs[0], want)
	}
	if got := after.updated(t).Sub(before.updated(t)); got != time.Hour || feed.Entries[0].IDs[0] != after.IDs[0] {
		t.Errorf("updated moved by %s; first is %s", got, feed.Entries[0].IDs[0])
	}
	e.Subject.Source = ""
	if got, _ := read(e); got.IDs[0] != "tag:deadyet.invalid,2026:msn/news/2026-11-23-contoso-outage" {
		t.Errorf("without a source: got %s", got.IDs[0])
	}
}

// The page of a version, its document and its feed tell of the same items.
func TestVersion_ToldTheSameEverywhere(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	feed := string(mustPage(t, s, "/version/MSNP18/feed.atom"))
	page, doc := string(mustPage(t, s, "/version/MSNP18")), string(mustPage(t, s, "/api/v1/versions/MSNP18"))
	told := 0
	for _, i := range s.Edition().Items {
		in := strings.Contains(feed, "/news/"+string(i.ID)+`"`) || strings.Contains(feed, "/news/"+string(i.ID)+"<")
		if in {
			told++
		}
		if got := strings.Contains(page, "news/"+string(i.ID)+`"`); got != in {
			t.Errorf("%s: in the feed %v, on the page %v", i.ID, in, got)
		}
		if got := strings.Contains(doc, `"`+string(i.ID)+`"`); got != in {
			t.Errorf("%s: in the feed %v, in the document %v", i.ID, in, got)
		}
	}
	if told == 0 {
		t.Error("the feed is empty")
	}
}
