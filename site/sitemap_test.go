package site_test

import (
	"encoding/xml"
	"net/url"
	"strings"
	"testing"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"
)

func locations(t *testing.T, s *site.Site) (out []string) {
	t.Helper()
	body, err := s.Sitemap("https://dead.example/sub")
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(body, &set); err != nil {
		t.Fatal(err)
	}
	for _, u := range set.URLs {
		out = append(out, u.Loc)
	}
	return out
}

// The sitemap lists all pages, and nothing else.
func TestSitemap_ListsThePages(t *testing.T) {
	for name, e := range map[string]deadyet.Edition{"small": sitetest.Small(), "hostile": sitetest.Hostile()} {
		s := mustSite(t, e)
		listed := make(map[string]bool)
		for _, l := range locations(t, s) {
			u, err := url.Parse(l)
			if err != nil || u.Host != "dead.example" {
				t.Fatalf("%s: %q: %v", name, l, err)
			}
			listed[strings.TrimPrefix(u.Path, "/sub")] = true
		}
		for _, path := range s.Paths() {
			p, err := s.Page(path)
			if err != nil {
				t.Fatal(err)
			}
			if page := strings.HasPrefix(p.Type, "text/html"); page != listed[path] {
				t.Errorf("%s: %s is %s, listed %v", name, path, p.Type, listed[path])
			}
		}
	}
	if got := locations(t, mustSite(t, simulated())); len(got) != 0 {
		t.Errorf("simulated: got %v", got)
	}
}

func TestRobots_NameTheSitemap(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	if got := string(s.Robots("https://dead.example")); !strings.HasSuffix(got, "\nSitemap: https://dead.example/sitemap.xml\n") {
		t.Errorf("got %s", got)
	}
	if got := string(mustSite(t, simulated()).Robots("https://dead.example")); strings.Contains(got, "Sitemap") || !strings.Contains(got, "Disallow: /\n") {
		t.Errorf("simulated: got %s", got)
	}
}
