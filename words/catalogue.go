package words

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"strings"

	"deadyet"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Catalogue holds the sentences of one language by their English. It may be used
// by several goroutines at once. Make one with [Parse] or [English].
type Catalogue struct {
	Language deadyet.Language
	Name     string // of the language in itself: "Deutsch"

	tag     language.Tag
	forms   []plural.Form // those that whole numbers have, in the order of msgstr[0], msgstr[1], …
	said    map[Key]entry
	numbers *message.Printer
}

// Key is what a sentence is looked up by.
type Key struct {
	Context string // tells equal English of different meanings apart; mostly ""
	English string
}

// English is the catalogue of the language in which the sentences are written.
func English() *Catalogue {
	c, err := newCatalogue(deadyet.English, "English")
	if err != nil {
		panic(err) // the tag is a constant
	}
	return c
}

func newCatalogue(l deadyet.Language, name string) (*Catalogue, error) {
	tag, err := language.Parse(string(l))
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", l, err)
	}
	return &Catalogue{Language: l, Name: name, tag: tag, forms: formsOf(tag), said: make(map[Key]entry), numbers: message.NewPrinter(tag)}, nil
}

// Parse reads a .po file. Its header names the language, and with X-Name what the
// language calls itself. A sentence without a translation, or with one that is marked
// as a tool's guess (fuzzy), is left out; one whose
// places differ from the English is an error, as is a wrong number of plurals.
func Parse(file []byte) (*Catalogue, error) {
	entries, err := parsePO(file)
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 || entries[0].id != "" || len(entries[0].strings) != 1 {
		return nil, errors.New("the file does not begin with a header (an empty msgid)")
	}
	head := header(entries[0].strings[0])
	c, err := newCatalogue(deadyet.Language(head["Language"]), head["X-Name"])
	if err != nil {
		return nil, err
	}
	var wrong []error
	for _, e := range entries[1:] {
		if err := c.add(e); err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", e.line, err))
		}
	}
	return c, errors.Join(wrong...)
}

func header(text string) map[string]string {
	h := make(map[string]string)
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(line, ":"); ok {
			h[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return h
}

func (c *Catalogue) add(e entry) error {
	k := Key{e.context, e.id}
	if _, twice := c.said[k]; twice {
		return fmt.Errorf("%.60q stands there twice", e.id)
	}
	want := 1
	if e.plural != "" {
		want = len(c.forms)
	}
	if len(e.strings) != want {
		return fmt.Errorf("%.60q has %d translations, want %d", e.id, len(e.strings), want)
	}
	places := Places(e.id + e.plural)
	for n, s := range e.strings {
		if s == "" {
			return nil // not translated yet
		}
		if got := Places(s); !maps.Equal(got, places) && !(e.plural != "" && c.oneNumber(n) && fewer(got, places)) {
			return fmt.Errorf("%.60q has other places than its English", s)
		}
	}
	c.said[k] = e
	return nil
}

// fewer reports whether the number alone is left out, as in "one server".
func fewer(got, want map[string]bool) bool {
	got = maps.Clone(got)
	got["{n}"] = true
	return maps.Equal(got, want)
}

// All are the sentences that the catalogue has, each with its English for several
// things, "" where there is none, in no order.
func (c *Catalogue) All() iter.Seq2[Key, string] {
	return func(yield func(Key, string) bool) {
		for k, e := range c.said {
			if !yield(k, e.plural) {
				return
			}
		}
	}
}
