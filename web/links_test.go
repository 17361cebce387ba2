package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/site/sitetest"

	"golang.org/x/net/html"
)

// document is what a page offers and where it leads.
type document struct {
	ids   map[string]bool
	links []string
}

func read(t *testing.T, body string) document {
	t.Helper()
	d := document{ids: make(map[string]bool)}
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				d.ids[a.Val] = true
			case "href", "src":
				d.links = append(d.links, a.Val)
			}
		}
	}
	return d
}

// always is a past in which everything was as it is in an edition.
type always struct{ edition deadyet.Edition }

func (a always) At(at time.Time) deadyet.Edition {
	a.edition.At = at
	return a.edition
}

// Days are the four before the edition.
func (a always) Days(time.Time) (days []deadyet.Day) {
	for n := 4; n > 0; n-- {
		days = append(days, deadyet.DayOf(a.edition.At.AddDate(0, 0, -n)))
	}
	return days
}

func (always) Knowledge() string { return "" }

// Every link of every page leads to a page of this site, to a place on it that
// exists, or to another site by its full address.
func TestLinks_LeadSomewhere(t *testing.T) {
	for name, e := range map[string]deadyet.Edition{"a small edition": sitetest.Small(), "a fleet": sitetest.Fleet(30)} {
		t.Run(name, func(t *testing.T) {
			s := serving(t, e)
			s.Remember(always{e})
			seen := map[string]document{}
			crawl(t, s, "/", seen)
			crawl(t, s, "/nothing", seen)
			for path, d := range seen {
				for _, l := range d.links {
					checkLink(t, seen, path, l)
				}
			}
			if len(seen) < 10 {
				t.Errorf("got to %d pages only", len(seen))
			}
		})
	}
}

// crawl reads a page and all that it leads to.
func crawl(t *testing.T, h http.Handler, path string, seen map[string]document) {
	t.Helper()
	if _, ok := seen[path]; ok {
		return
	}
	r := ask(h, "GET", path, "Accept", "text/html")
	if r.StatusCode != 200 && path != "/nothing" {
		t.Errorf("%s: got %d", path, r.StatusCode)
	}
	d := document{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
		d = read(t, bodyOf(t, r))
	}
	if strings.Contains(path, "/at/2") { // each day has as many pages again: the first is enough
		d.links = nil
	}
	seen[path] = d
	for _, l := range d.links {
		if to := resolve(t, path, l); to.Host == "" {
			crawl(t, h, to.EscapedPath(), seen)
		}
	}
}

func resolve(t *testing.T, from, link string) *url.URL {
	t.Helper()
	base, err := url.Parse(from)
	if err != nil {
		t.Fatal(err)
	}
	to, err := base.Parse(link)
	if err != nil {
		t.Fatalf("%s: link %q: %v", from, link, err)
	}
	return to
}

func checkLink(t *testing.T, seen map[string]document, from, link string) {
	t.Helper()
	to := resolve(t, from, link)
	if to.Host != "" {
		if to.Scheme != "http" && to.Scheme != "https" {
			t.Errorf("%s: link %q", from, link)
		}
		return
	}
	if d := seen[to.EscapedPath()]; to.Fragment != "" && !d.ids[to.Fragment] {
		t.Errorf("%s: link %q leads to no place on %s", from, link, to.Path)
	}
}
