package site

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"deadyet"
)

// tongues is the language of a page, and where it stands in others.
type tongues struct {
	Language  deadyet.Language
	Direction string // of writing: "ltr" or "rtl"
	site      *Site
	here      *string // path of the page; shared by all copies of a view
}

func (s *Site) tongues() tongues {
	return tongues{Language: s.Language, Direction: s.Language.Direction(), site: s, here: new(string)}
}

// standsAt says at which path the page stands; "" means at any. The first word
// counts: a page under a former name stands where it stands now.
func (t tongues) standsAt(path string) {
	if *t.here == "" {
		*t.here = path
	}
}

// tongueLink leads to the same page in another language.
type tongueLink struct {
	Language deadyet.Language
	Name     string
	Href     string // from the root of the host
	URL      string // the same with the host where the site knows its own
}

// whole reports whether the address of the page is known from its host on. Search
// engines take no other for where a page stands, and so none is given to them.
func (t tongues) whole() bool {
	return *t.here != "" && webLink(t.site.edition.Subject.Public) != ""
}

// Canonical is where this page stands in this language, whatever address led to
// it; "" for a page that stands at any path, or on no host that the site knows.
func (t tongues) Canonical() string {
	if !t.whole() {
		return ""
	}
	return t.site.tongueLink(t.Language, *t.here).URL
}

// Negotiated is where the page stands in the language that suits each reader; "" for a
// page in a folder, where nobody chooses, or where [tongues.Canonical] is "".
func (t tongues) Negotiated() string {
	if !t.whole() || !t.site.moment.Built.IsZero() {
		return ""
	}
	return t.site.tongueLink("", *t.here).URL
}

// Elsewhere are the languages that there are, this one as well.
func (t tongues) Elsewhere() (links []tongueLink) {
	for _, l := range t.site.languages() {
		path := *t.here
		if path == "" {
			path = "/" // a page at any path leads to the front
		}
		links = append(links, t.site.tongueLink(l, path))
	}
	return links
}

// languages are those of the site; a folder has those that were chosen.
func (s *Site) languages() []deadyet.Language {
	if len(s.moment.Languages) > 0 {
		return s.moment.Languages
	}
	return Languages()
}

// tongueLink leads to a path of this moment in a language. The address begins at
// the root of the host: the same bytes are served with and without a language in
// the path, so that no way from here is the same for both.
func (s *Site) tongueLink(l deadyet.Language, path string) tongueLink {
	host, base := "", ""
	if public, err := url.Parse(webLink(s.edition.Subject.Public)); err == nil && s.moment.Built.IsZero() && public.Host != "" {
		host, base = public.Scheme+"://"+public.Host, strings.TrimRight(public.EscapedPath(), "/")
	}
	href := base + (&url.URL{Path: LanguagePrefix(l) + AtPath(s.moment.Name, path)}).EscapedPath()
	return tongueLink{Language: l, Name: nameOf(l), Href: href, URL: host + href}
}

// LanguagePrefix is what stands before the paths of a language: "/de". Without it
// the reader's own language is served.
func LanguagePrefix(l deadyet.Language) string {
	if l == "" {
		return ""
	}
	return "/" + string(l)
}

// CutLanguage takes the language from a path: "/de/rule" is "/rule" in German. The
// language is "" where none is written.
func CutLanguage(path string) (l deadyet.Language, rest string) {
	first, below, deep := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	for _, l := range Languages() {
		if first == string(l) && deep {
			return l, "/" + below
		}
	}
	return "", path
}

// nameOf is what a language calls itself.
func nameOf(l deadyet.Language) string {
	if t, err := tongueOf(l, l); err == nil {
		return t.Name
	}
	return string(l)
}

// functions are what templates can call.
func (t tongue) functions() template.FuncMap {
	return template.FuncMap{
		"t":         t.t,
		"h":         t.h,
		"n":         t.n,
		"time":      timeHTML,
		"when":      when.HTML,
		"source":    sourceHTML,
		"link":      linkHTML,
		"links":     linksHTML,
		"code":      codeHTML,
		"join":      func(a, b string) string { return a + b },
		"listed":    t.listed,
		"foreign":   t.foreign,
		"said":      t.said,
		"foreignIn": t.foreignIn,
		"told":      t.toldIn,
	}
}

// timeHTML shows a moment to people and to machines.
func timeHTML(s stamp) template.HTML {
	if s.Machine == "" {
		return template.HTML(template.HTMLEscapeString(s.Text))
	}
	return template.HTML(`<time datetime="` + s.Machine + `">` + template.HTMLEscapeString(s.Text) + `</time>`)
}

// sourceHTML names a source, with a link where there is one.
func sourceHTML(s *sourceView) template.HTML {
	if s == nil {
		return ""
	}
	out := linkHTML(s.URL, s.Title)
	if s.Date.Text != "" {
		out += ", " + timeHTML(s.Date)
	}
	return out
}

// foreign marks what the subject and the edition say where that is in another language
// than the page: a screen reader changes its voice, and a hyphenation its rules.
func (t tongue) foreign() template.HTMLAttr { return t.foreignIn("") }

// foreignIn is [tongue.foreign] for what is told in a language of its own; "" is that of
// the edition.
func (t tongue) foreignIn(l deadyet.Language) template.HTMLAttr {
	if l == "" {
		l = t.told
	}
	if l == t.Language {
		return ""
	}
	return template.HTMLAttr(` lang="` + template.HTMLEscapeString(string(l)) + `" dir="` + l.Direction() + `"`)
}

// said is a sentence of the edition, marked where it is foreign.
func (t tongue) said(text string) template.HTML { return t.toldIn("", text) }

// toldIn is [tongue.said] for a sentence in a language of its own.
func (t tongue) toldIn(l deadyet.Language, text string) template.HTML {
	html, mark := template.HTML(template.HTMLEscapeString(text)), template.HTML(t.foreignIn(l))
	if mark == "" {
		return html
	}
	return "<span" + mark + ">" + html + "</span>"
}

// linksHTML is a row of links.
func linksHTML(links []crumb) template.HTML {
	var out template.HTML
	for n, l := range links {
		if n > 0 {
			out += " · "
		}
		out += linkHTML(l.Href, l.Text)
	}
	return out
}

// codeHTML is something to type.
func codeHTML(text string) template.HTML {
	return template.HTML("<code>" + template.HTMLEscapeString(text) + "</code>")
}

// linkHTML is a text, as a link where there is an address. Addresses went through
// [webLink] or are our own.
func linkHTML(href, text string) template.HTML {
	escaped := template.HTMLEscapeString(text)
	switch {
	case href == "":
		return template.HTML(escaped)
	case strings.Contains(href, "://"):
		return template.HTML(fmt.Sprintf(`<a href="%s" rel="noopener">%s</a>`, template.HTMLEscapeString(href), escaped))
	}
	return template.HTML(fmt.Sprintf(`<a href="%s">%s</a>`, template.HTMLEscapeString(href), escaped))
}
