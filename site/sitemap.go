package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
)

// sitemapLimit is how many addresses one sitemap may hold
// (https://www.sitemaps.org/protocol.html).
const sitemapLimit = 50_000

// notForPeople are endings of what is no page: search engines need not look.
var notForPeople = []string{".css", ".svg", ".txt", ".json", ".png", ".atom", ".xml", ".js"}

// Sitemap lists the pages for search engines. base is the address of the site
// without a slash at its end, like "https://dead.example": a sitemap may only hold
// whole addresses, which an edition does not know. Of a simulated site nothing
// is listed.
func (s *Site) Sitemap(base string) ([]byte, error) {
	set := sitemap{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", URLs: []sitemapURL{}}
	for _, p := range s.Paths() {
		if len(set.URLs) < sitemapLimit && ForPeople(p) && !s.edition.Subject.Simulated {
			set.URLs = append(set.URLs, sitemapURL{base + (&url.URL{Path: p}).EscapedPath()})
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(set); err != nil {
		return nil, fmt.Errorf("write the sitemap: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// ForPeople tells by its path whether a page is one to find by searching. A
// server's name may end like a file's.
func ForPeople(p string) bool {
	switch {
	case strings.HasPrefix(p, "/server/"):
		return true
	case strings.HasPrefix(p, "/api/"), strings.HasPrefix(p, "/badge/"):
		return false
	}
	return !slices.Contains(notForPeople, path.Ext(p))
}

// Robots is robots.txt with the address of the sitemap; see [Site.Sitemap] for
// base.
func (s *Site) Robots(base string) []byte {
	if s.edition.Subject.Simulated {
		return s.robots()
	}
	return append(s.robots(), "Sitemap: "+base+"/sitemap.xml\n"...)
}

type sitemap struct {
	XMLName xml.Name     `xml:"urlset"`
	Space   string       `xml:"xmlns,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc string `xml:"loc"`
}
