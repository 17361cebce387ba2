package words

import "strings"

// Phrase is a sentence in English that stands in a table, to be said later. It is
// a type so that tests find those that no catalogue has.
type Phrase string

// Say says a sentence in the language. The places in it, like {when}, are filled
// with what follows: name, text, name, text. A text is a string or a whole number.
func (c *Catalogue) Say(english string, fill ...any) string { return c.SayOf("", english, fill...) }

// SayOf is [Catalogue.Say] for English that means several things: context tells
// which.
func (c *Catalogue) SayOf(context, english string, fill ...any) string {
	return Fill(c.find(context, english), c.texts(fill))
}

// Count says a sentence about n things. {n} is filled with the number; the English
// is given for one and for several.
func (c *Catalogue) Count(n int, one, several string, fill ...any) string {
	return Fill(c.finds(n, one, several), append(c.texts(fill), "n", c.Number(n)))
}

// Raw returns a sentence in the language with its places as they are, for
// whoever fills them with [Fill].
func (c *Catalogue) Raw(english string) string { return c.find("", english) }

func (c *Catalogue) find(context, english string) string {
	if e, ok := c.said[Key{context, english}]; ok {
		return e.strings[0]
	}
	return english
}

func (c *Catalogue) finds(n int, one, several string) string {
	if e, ok := c.said[Key{"", one}]; ok && e.plural == several {
		return e.strings[c.form(n)]
	}
	if n == 1 {
		return one
	}
	return several
}

func (c *Catalogue) texts(fill []any) []string {
	out := make([]string, 0, len(fill)+2)
	for _, f := range fill {
		out = append(out, c.Text(f))
	}
	return out
}

// Text is what a place is filled with: a string, a whole number as the language
// writes it, or a phrase in the language. It panics on anything else.
func (c *Catalogue) Text(f any) string {
	switch f := f.(type) {
	case string:
		return f
	case int:
		return c.Number(f)
	case Phrase:
		return c.Say(string(f))
	}
	panic("words: a place is filled with something that is no text and no number")
}

// Fill fills the places of a sentence; pairs are name, text, name, text. A place
// without a text stays as it is, so that it is seen.
func Fill(s string, pairs []string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	for {
		before, name, after, ok := place(s)
		if !ok {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(before)
		text := "{" + name + "}"
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == name {
				text = pairs[i+1]
			}
		}
		b.WriteString(text)
		s = after
	}
}

// place finds the first place of a sentence.
func place(s string) (before, name, after string, ok bool) {
	before, rest, ok := strings.Cut(s, "{")
	if !ok {
		return s, "", "", false
	}
	name, after, ok = strings.Cut(rest, "}")
	return before, name, after, ok
}

// Places are the places and the tags of a sentence: what a translation has to
// have as well.
func Places(s string) map[string]bool {
	found := make(map[string]bool)
	for rest := s; ; {
		_, name, after, ok := place(rest)
		if !ok {
			break
		}
		found["{"+name+"}"], rest = true, after
	}
	for _, part := range strings.Split(s, "<")[1:] {
		if tag, _, ok := strings.Cut(part, ">"); ok {
			found["<"+tag+">"] = true
		}
	}
	return found
}
