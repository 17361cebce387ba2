package site

import (
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// Folder turns pages into files that any static host can serve, and that can be
// opened without one: each page is a file of its own, and its links lead to
// files. Add all pages before the first is read; after that it may be used by
// several goroutines at once.
type Folder struct {
	names map[string]string // by path
}

// Add gives the page at a path, which may be below a moment's prefix, its file,
// and returns the name of it, with slashes.
func (f *Folder) Add(at string, mediaType string) string {
	name := strings.Trim(at, "/")
	switch {
	case mediaType == typeHTML:
		name = path.Join(name, "index.html")
	case mediaType == typeJSON && strings.HasSuffix(at, "/"):
		name = path.Join(name, "index.json")
	case mediaType == typeJSON && !strings.HasSuffix(at, ".json"):
		name += ".json" // a document and a folder can't have the same name
	}
	if f.names == nil {
		f.names = make(map[string]string)
	}
	f.names[strings.TrimSuffix(at, "/")] = name
	return name
}

// links are the attributes that lead somewhere, as [html/template] writes them.
var links = regexp.MustCompile(`\s(?:href|src)="([^"]*)"`)

// Page returns the bytes of the file for a page that stood at a path. Where it
// leads to a page of the past that is no file, the present one takes its place.
// Other addresses stay as they are.
func (f *Folder) Page(at string, p Page) []byte {
	if p.Type != typeHTML {
		return p.Body
	}
	base, err := url.Parse((&url.URL{Path: at}).EscapedPath())
	if err != nil {
		return p.Body
	}
	here := f.names[strings.TrimSuffix(at, "/")]
	var out []byte
	last := 0
	for _, m := range links.FindAllSubmatchIndex(p.Body, -1) {
		to, ok := f.link(base, here, html.UnescapeString(string(p.Body[m[2]:m[3]])))
		if !ok {
			continue
		}
		out = append(append(out, p.Body[last:m[2]]...), html.EscapeString(to)...)
		last = m[3]
	}
	return append(out, p.Body[last:]...)
}

// link returns the way from a file to what a link of its page means.
func (f *Folder) link(base *url.URL, here, link string) (string, bool) {
	to, err := base.Parse(link)
	if err != nil || to.Host != "" || to.Scheme != "" || strings.HasPrefix(link, "#") {
		return "", false
	}
	name, ok := f.find(to.Path)
	if !ok {
		return "", false
	}
	rel := url.URL{Path: relative(here, name), Fragment: to.Fragment}
	return rel.String(), true
}

// find returns the file of a path, or of what comes next to it: the same page without
// the language, which is that of the files in no language's folder and of what has
// none, or that of the present.
func (f *Folder) find(path string) (string, bool) {
	l, plain := CutLanguage(strings.TrimSuffix(path, "/") + "/")
	for _, p := range []string{path, plain, LanguagePrefix(l) + present(plain), present(plain)} {
		if name, ok := f.names[strings.TrimSuffix(p, "/")]; ok {
			return name, true
		}
	}
	return "", false
}

// present takes the moment's prefix from a path.
func present(p string) string {
	p = strings.TrimSuffix(p, "/")
	if rest, ok := strings.CutPrefix(p, AtPrefix); ok {
		if _, below, ok := strings.Cut(rest, "/"); ok {
			return "/" + below
		}
	}
	return p
}

// relative is the way from one file to another.
func relative(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	for len(a) > 1 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return strings.Repeat("../", len(a)-1) + strings.Join(b, "/")
}
