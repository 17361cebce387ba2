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
