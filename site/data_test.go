package site_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"deadyet/site"
	"deadyet/site/sitetest"
)

var dataLink = regexp.MustCompile(`<link rel="alternate" type="application/json" title="[^"]*" href="([^"]*)">`)

// Every page names its own data, in its head and at its foot, and that is there:
// in the present, and of a day of the past that of the same day.
func TestData_EveryPageHasItsOwn(t *testing.T) {
	for _, m := range []site.Moment{{}, {Name: "2026-11-24"}} {
		s, err := site.NewAt(sitetest.Small(), m)
		if err != nil {
			t.Fatal(err)
		}
		pages := 0
		for _, path := range s.Paths() {
			p, err := s.Page(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(p.Type, "text/html") {
				continue
			}
			pages++
			link := dataLink.FindSubmatch(p.Body)
			if link == nil || strings.Count(string(p.Body), `<a href="`+string(link[1])+`">`) < 1 {
				t.Errorf("%s names no data", path)
				continue
			}
			base := url.URL{Path: site.AtPath(m.Name, path)}
			to, err := base.Parse(string(link[1]))
			if err != nil {
				t.Fatal(err)
			}
			document := to.Path
			if m.Name != "" {
				document = strings.Replace(document, "/api/v1/at/"+m.Name+"/", "/api/v1/", 1)
			}
			if _, ok := s.API(document); !ok || m.Name != "" && document == to.Path {
				t.Errorf("%s: its data should be at %s, where is nothing", path, to.Path)
			}
		}
		if pages < 30 {
			t.Errorf("looked at %d pages only", pages)
		}
	}
}

// The pages of networks and versions lead to their feeds, in their heads and to
// people, and those of the past to the feeds of the present.
func TestFeed_IsNamedByThePageOfTheSame(t *testing.T) {
	s, err := site.NewAt(sitetest.Small(), site.Moment{Name: "2026-11-24"})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/network/contoso": "../../../network/contoso/feed.atom", "/version/MSNP18": "../../../version/MSNP18/feed.atom",
		"/network/northwind/north": "", "/server/northwind/192.0.2.4": "",
	} {
		page := string(mustPage(t, s, path))
		head := strings.Count(page, `title="News of this page" href="`+want+`">`)
		foot := strings.Count(page, `<a href="`+want+`">this page as a feed</a>`)
		if want == "" && strings.Contains(page, "News of this page") || want != "" && (head != 1 || foot != 1) {
			t.Errorf("%s leads to its feed %q %d times in its head and %d times below", path, want, head, foot)
		}
	}
}

// A form needs somebody to answer: a page in a folder has none.
func TestPast_CanBeAskedForWhereSomebodyAnswers(t *testing.T) {
	inOrder(t, string(mustSite(t, sitetest.Small()).Front()), `<form class="when" action="at/">`, `name="day"`, `href="at/"`, `href="diff/2026-11-22/2026-11-23"`)
	e := sitetest.Small()
	s, err := site.NewAt(e, site.Moment{Built: e.At})
	if err != nil {
		t.Fatal(err)
	}
	front := string(s.Front())
	inOrder(t, front, `id="past"`, `href="at/"`)
	if strings.Contains(front, "<form") || strings.Contains(front, `href="diff/`) {
		t.Error("a page in a folder asks, or leads to a difference that nobody makes")
	}
}
