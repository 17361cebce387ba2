package config

import (
	"fmt"
	"path"

	"deadyet"
	"deadyet/words"
)

// words reads the sentences of the files in other languages, words/LANGUAGE.po. The
// English of each stands in one of the files, or nobody would ever read it.
func (l *loader) words(s *deadyet.Subject) {
	prose := make(map[string]bool)
	for _, english := range s.Prose() {
		prose[english] = true
	}
	for _, name := range l.files("words", ".po") {
		data, ok := l.file(name, false)
		if !ok {
			continue
		}
		wrong := func(format string, args ...any) {
			l.errs = append(l.errs, Error{File: path.Join(l.dir, name), Message: fmt.Sprintf(format, args...)})
		}
		c, err := words.Parse(data)
		switch {
		case err != nil:
			wrong("%v", err)
			continue
		case string(c.Language) != stem(name):
			wrong("the file is called %s, and its header says Language: %s", path.Base(name), c.Language)
			continue
		}
		said := make(map[string]string)
		for k := range c.All() {
			if k.Context != "" || !prose[k.English] {
				wrong("no file of the subject says %.80q any more", k.English)
			}
			said[k.English] = c.Raw(k.English)
		}
		if s.Words == nil {
			s.Words = make(map[deadyet.Language]map[string]string)
		}
		s.Words[c.Language] = said
	}
}
