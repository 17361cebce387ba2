package config

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"deadyet"
)

var itemPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// markdown reads the texts of the page and the news by people.
func (l *loader) markdown(s *deadyet.Subject) {
	for _, name := range l.files("texts", ".md") {
		front, body := l.page(name)
		f := front.fields("title")
		s.Texts = append(s.Texts, deadyet.Text{Name: stem(name), Title: f["title"].need(), Body: body, File: path.Join("subjects", string(s.ID), name)})
	}
	for _, name := range l.files("news", ".md") {
		front, body := l.page(name)
		f := front.fields("at", "title", "pinned", "by", "links")
		if !itemPattern.MatchString(stem(name)) {
			front.wrong("the file name %q: want lower-case letters, digits and -", stem(name))
		}
		if f["at"].missing() {
			f["at"].wrong("missing; want a day or a moment")
		}
		s.Items = append(s.Items, deadyet.Item{
			ID: deadyet.ItemID(stem(name)), At: f["at"].interval().From, Title: f["title"].need(), Body: body,
			Pinned: f["pinned"].yes(), By: orEditors(f["by"].text()), Links: readLinks(f["links"]),
		})
	}
}

// orEditors: an item in a file is always by a person.
func orEditors(by string) string {
	if by == "" {
		return "the editors"
	}
	return by
}

// page splits a Markdown file into its front matter and its body.
func (l *loader) page(name string) (front value, body string) {
	data, _ := l.file(name, false)
	file := path.Join(l.dir, name)
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(data, []byte("---\n"))
	var head []byte
	if ok {
		head, rest, ok = bytes.Cut(rest, []byte("\n---\n"))
	}
	if !ok {
		l.errs = append(l.errs, Error{File: file, Line: 1, Column: 1, Message: "want front matter first: a line of ---, keys, and a line of ---"})
		return value{r: &reader{}, file: file}, "" // what else is missing follows from this
	}
	if len(rest) > maxBytes {
		l.errs = append(l.errs, Error{File: file, Message: "the text is too long"})
		return value{r: l.reader, file: file}, ""
	}
	return l.parse(file, head, 1), strings.TrimSpace(string(rest))
}
