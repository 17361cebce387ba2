package config

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"deadyet"
)

// itemPattern: an item's name may begin with its date.
var itemPattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// markdown reads the texts of the page and the news by people.
func (l *loader) markdown(s *deadyet.Subject) {
	for _, name := range l.files("texts", ".md") {
		if front, body, ok := l.page(name); ok {
			if !idPattern.MatchString(stem(name)) {
				front.wrong("the file name %q: want a lower-case word: letters, digits and -", stem(name))
			}
			s.Texts = append(s.Texts, readText(front, body, path.Join("subjects", string(s.ID), name)))
		}
	}
	for _, name := range l.files("news", ".md") {
		if front, body, ok := l.page(name); ok {
			s.Edits = append(s.Edits, readEdit(front, body, stem(name)))
		}
	}
	l.translations(s, "texts", func(name string) bool { return s.Text(name).Name != "" })
	l.translations(s, "news", func(name string) bool {
		return slices.ContainsFunc(s.Edits, func(e deadyet.Edit) bool { return string(e.ID) == name })
	})
}

// languagePattern is what the folder of a language may be called.
var languagePattern = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// translations reads what stands in a folder in other languages, texts/LANGUAGE/NAME.md.
// There is none of what does not exist in English.
func (l *loader) translations(s *deadyet.Subject, folder string, exists func(name string) bool) {
	entries, err := fs.ReadDir(l.fsys, path.Join(l.dir, folder))
	if err != nil {
		return // a subject without such a folder
	}
	for _, e := range entries {
		if !e.IsDir() || !languagePattern.MatchString(e.Name()) {
			continue
		}
		for _, name := range l.files(path.Join(folder, e.Name()), ".md") {
			front, body, ok := l.page(name)
			if !ok {
				continue
			}
			t := readText(front, body, path.Join("subjects", string(s.ID), name))
			t.Language = deadyet.Language(e.Name())
			if !exists(t.Name) {
				front.wrong("there is no %s/%s.md that this could say in another language", folder, t.Name)
			}
			s.Translations = append(s.Translations, t)
		}
	}
}

func readText(front value, body, file string) deadyet.Text {
	f := front.fields("title", "until")
	if body == "" {
		front.wrong("there is no text below the front matter")
	}
	return deadyet.Text{Name: stem(file), Title: f["title"].need(), Body: body, File: file, Until: f["until"].day()}
}

// readEdit reads a note, which has a time of its own, or else what a person
// changes about the item of that ID.
func readEdit(front value, body, id string) deadyet.Edit {
	f := front.fields("at", "title", "pinned", "hidden", "merge", "by", "links")
	if !itemPattern.MatchString(id) {
		front.wrong("the file name %q: want lower-case letters, digits and -", id)
	}
	e := deadyet.Edit{
		ID: deadyet.ItemID(id), Note: !f["at"].missing(), Hidden: f["hidden"].yes(), Pinned: f["pinned"].yes(),
		Item: deadyet.Item{ID: deadyet.ItemID(id), Title: f["title"].text(), Body: body, By: orEditors(f["by"].text()), Links: readLinks(f["links"])},
	}
	for _, item := range f["merge"].list() {
		e.Merge = append(e.Merge, deadyet.ItemID(item.need()))
	}
	when := f["at"].interval()
	e.Item.Kind, e.Item.When, e.Item.At = deadyet.ItemNote, when, when.From
	e.Item.Published, e.Item.Updated, e.Item.Pinned = when.From, when.From, e.Pinned
	switch {
	case e.Note && e.Hidden:
		f["hidden"].wrong("a note of one's own that is hidden; leave the file away instead")
	case e.Note:
		f["title"].need()
	case e.Hidden && (len(e.Merge) > 0 || e.Pinned):
		f["hidden"].wrong("what is hidden can't be pinned or take others in")
	case !e.Hidden && !e.Pinned && len(e.Merge) == 0 && e.Item.Title == "" && body == "" && len(e.Item.Links) == 0:
		front.wrong("it changes nothing; want a title, a text, links, pinned, hidden or merge, or at for a note of your own")
	}
	return e
}

// orEditors: an item in a file is always by a person.
func orEditors(by string) string {
	if by == "" {
		return "the editors"
	}
	return by
}

// page splits a Markdown file into its front matter and its body; ok is false
// when it can't.
func (l *loader) page(name string) (front value, body string, ok bool) {
	file := path.Join(l.dir, name)
	data, ok := l.file(name, false)
	if !ok {
		return value{}, "", false
	}
	refuse := func(line int, format string, args ...any) (value, string, bool) {
		l.errs = append(l.errs, Error{File: file, Line: line, Column: min(line, 1), Message: fmt.Sprintf(format, args...)})
		return value{}, "", false
	}
	if len(data) > maxBytes {
		return refuse(0, "the file is too long; want at most %d bytes", maxBytes)
	}
	if line := notText(data); line > 0 {
		return refuse(line, "the line is not text; want a file in UTF-8")
	}
	rest, ok := strings.CutPrefix(string(plainLines(data)), "---\n")
	if !ok {
		return refuse(1, "want front matter first: a line of ---, keys, and a line of ---")
	}
	head, body, ok := strings.Cut("\n"+rest+"\n", "\n---\n")
	if !ok {
		return refuse(1, "the front matter has no end; want a second line of ---")
	}
	return l.parse(file, []byte(strings.TrimPrefix(head, "\n")), 1), strings.TrimSpace(body), true
}
