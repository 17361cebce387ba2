package site

import (
	"net/url"
	"strings"

	"deadyet"
)

// crumb is a step on the way from the front page to this one. The last has no
// address: it is this page.
type crumb struct{ Text, Href string }

// crumbs leads from the question to a page.
func (s *Site) crumbs(root string, steps ...crumb) []crumb {
	return append([]crumb{{clean(s.edition.Subject.Question), root}}, steps...)
}

func networkPath(id deadyet.NetworkID) string { return "/network/" + string(id) }

func regionPath(id deadyet.NetworkID, r deadyet.Region) string {
	return networkPath(id) + "/" + string(r)
}

func versionPath(v deadyet.Version) string { return "/version/" + string(v) }

func itemPath(id deadyet.ItemID) string { return "/news/" + string(id) }

// networkLink is the path of a network's page relative to the root of the site,
// as the others are.
func networkLink(id deadyet.NetworkID) string { return "network/" + url.PathEscape(string(id)) }

func regionLink(id deadyet.NetworkID, r deadyet.Region) string {
	return networkLink(id) + "/" + url.PathEscape(string(r))
}

func versionLink(v deadyet.Version) string { return "version/" + url.PathEscape(string(v)) }

func itemLink(id deadyet.ItemID) string { return "news/" + url.PathEscape(string(id)) }

// addPage adds a document that is made from a template.
func (s *Site) addPage(path, name string, view func() any) {
	if s.Has(path) {
		return
	}
	s.add(path, func() (Page, error) {
		body, err := s.render(name, path, view())
		return Page{Path: path, Type: typeHTML, Body: body}, err
	})
}

// addPages adds the pages beside the front page and those of servers.
func (s *Site) addPages() {
	s.addNetworks()
	s.addVersions()
	s.addClients()
	s.addItems()
	s.addPage("/rule", "rulepage", func() any { return s.rulePage() })
	s.addPage("/changes", "changes", func() any { return s.changesPage() })
	s.addPage("/method", "method", func() any { return s.methodPage() })
}

// sentence ends a text with a full stop.
func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}
