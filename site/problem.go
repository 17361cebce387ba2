package site

import "fmt"

// problemView is the page that says that there is no page.
type problemView struct {
	frame
	Heading string
	Text    string
}

// Problem makes the page for a request that can't be met. It stands at any
// path, so that its links begin at the root. The text is of the site, never of
// the visitor.
func (s *Site) Problem(status int, heading, text string) (Page, error) {
	v := problemView{frame: s.frame("", "/"), Heading: heading, Text: text}
	v.Title = s.titled(heading)
	body, err := s.render("problem", "", v)
	if err != nil {
		return Page{}, fmt.Errorf("make page for status %d: %w", status, err)
	}
	return s.spoken(Page{Type: typeHTML, Body: body}), nil
}
