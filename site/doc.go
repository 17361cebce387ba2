// Package site turns an edition into bytes: the pages, the JSON of the API,
// the style sheet and the pictures.
//
// A page is a function of a [deadyet.Edition]: the same edition gives the same
// bytes, and nothing is read from the clock, the disk or the network. Package
// web serves what is made here, and a static build can write it to any folder:
//
//	s, err := site.New(edition)
//	if err != nil {
//		return err
//	}
//	for _, path := range s.Paths() {
//		page, err := s.Page(path)
//		…
//	}
//
// It works in two steps. First the edition becomes view models, which hold
// ready strings: every decision about what is said is taken there, in Go,
// where it can be tested. Then templates put the strings into HTML, and decide
// nothing but whether something is there.
//
// Whatever came from a server is hostile. Text is made harmless by [clean] or
// [visible] before it reaches a template, and html/template escapes it again.
// Markdown is rendered without raw HTML and without pictures.
//
// No page needs a script, a cookie, a font or another host. The layout uses
// tables, floats and plain colours first, so that it also stands in browsers
// of the age of the clients that it is about.
package site
