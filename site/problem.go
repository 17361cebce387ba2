package site

import (
	"fmt"
	"net/url"
	"strings"
)

// problemView is the page that says that there is no page.
type problemView struct {
	frame
	Heading string
	Text    string
}

// Top is the path of the site's root on its host: "/", or what the operator says.
func (s *Site) Top() string {
	u, err := url.Parse(webLink(s.edition.Subject.Public))
	if err != nil || u.Host == "" {
		return "/"
	}
	return strings.TrimRight(u.EscapedPath(), "/") + "/"
}

// Problem makes the page for a request that can't be met. It stands at any
// path, so that its links begin at the root. The text is of the site, never of
// the visitor.
func (s *Site) Problem(status int, heading, text string) (Page, error) {
	v := problemView{frame: s.frame("", s.Top()), Heading: heading, Text: text}
	v.Title = s.titled(heading)
	body, err := s.render("problem", "", v)
	if err != nil {
		return Page{}, fmt.Errorf("make page for status %d: %w", status, err)
	}
	return s.spoken(Page{Type: typeHTML, Body: body}), nil
}
