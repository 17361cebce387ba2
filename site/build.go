package site

import (
	"bytes"
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
	here := f.names[strings.TrimSuffix(at, "/")]
	return f.rewrite(at, p.Body, func(name string) string { return relative(here, name) })
}

// Lost returns the bytes of the file for a page that a host shows at any path where
// it finds nothing. root is the path of the folder on its host, like "/" or
// "/msn/", which the page's own links begin with.
func (f *Folder) Lost(root string, p Page) []byte {
	return f.rewrite("/", bytes.ReplaceAll(p.Body, []byte(`="`+root), []byte(`="/`)), func(name string) string { return root + name })
}

// rewrite makes the links of a page that stood at a path lead to files.
func (f *Folder) rewrite(at string, body []byte, way func(name string) string) []byte {
	base, err := url.Parse((&url.URL{Path: at}).EscapedPath())
	if err != nil {
		return body
	}
	var out []byte
	last := 0
	for _, m := range links.FindAllSubmatchIndex(body, -1) {
		to, ok := f.link(base, way, html.UnescapeString(string(body[m[2]:m[3]])))
		if !ok {
			continue
		}
		out = append(append(out, body[last:m[2]]...), html.EscapeString(to)...)
		last = m[3]
	}
	return append(out, body[last:]...)
}

// link returns the way to the file of what a link of its page means.
func (f *Folder) link(base *url.URL, way func(name string) string, link string) (string, bool) {
	to, err := base.Parse(link)
	if err != nil || to.Host != "" || to.Scheme != "" || strings.HasPrefix(link, "#") {
		return "", false
	}
	name, ok := f.find(to.Path)
	if !ok {
		return "", false
	}
	rel := url.URL{Path: way(name), Fragment: to.Fragment}
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
