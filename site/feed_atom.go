package site

import (
	"encoding/xml"
	"html/template"
	"net/url"
	"strings"
	"time"

	"deadyet"
)

// The parts of a feed that are used here; the order is that of RFC 4287's own
// example.
type atomFeed struct {
	XMLName xml.Name     `xml:"feed"`
	Space   string       `xml:"xmlns,attr"`
	Lang    string       `xml:"xml:lang,attr"`
	Title   atomText     `xml:"title"`
	Links   []atomLink   `xml:"link"`
	Updated string       `xml:"updated"`
	Author  atomPerson   `xml:"author"`
	ID      string       `xml:"id"`
	Entries []*atomEntry `xml:"entry"`
}

type atomEntry struct {
	Title      atomText       `xml:"title"`
	Links      []atomLink     `xml:"link"`
	ID         string         `xml:"id"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Author     *atomPerson    `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Content    atomText       `xml:"content"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// atomText is HTML, also where it is only a title: whoever takes text for HTML
// or HTML for text can't be harmed then.
type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func atomTitle(s string) atomText { return atomText{"html", template.HTMLEscapeString(s)} }

func atomTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// tagYear is the year in which the names of the feeds were first given. It is
// part of every name, and so it never changes.
const tagYear = "2026"

// nobody is the authority of names as long as the subject names no source. No
// such domain can exist (RFC 2606), so that nobody else gives the same names.
const nobody = "deadyet.invalid"

// tag makes a name for ever (RFC 4151). It does not depend on the address at
// which the site is read, which changes: the authority is the host of the
// project's source, and the rest is the subject and the item's own name.
func (s *Site) tag(name string) string {
	authority := nobody
	if u, err := url.Parse(webLink(s.edition.Subject.Source)); err == nil && u.Hostname() != "" {
		authority = strings.ToLower(u.Hostname())
	}
	return "tag:" + authority + "," + tagYear + ":" + tagText(string(s.edition.Subject.ID)) + "/" + tagText(name)
}

// tagged is the name of a document in the language of the site: translations are
// documents of their own.
func (s *Site) tagged(name string) string {
	if s.Language == deadyet.English {
		return name
	}
	return string(s.Language) + "/" + name
}

// tagText escapes what a name may not hold.
func tagText(s string) string { return strings.ReplaceAll(url.PathEscape(s), "%2F", "/") }
