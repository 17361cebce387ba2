package site

import (
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"sync"

	"deadyet"
	"deadyet/words"
)

//go:embed words/*.po
var catalogues embed.FS

// catalogueOf reads the catalogues once: the languages are English and those that
// have a file.
var catalogueOf = sync.OnceValues(readCatalogues)

func readCatalogues() (map[deadyet.Language]*words.Catalogue, error) {
	all := map[deadyet.Language]*words.Catalogue{deadyet.English: words.English()}
	files, err := catalogues.ReadDir("words")
	if err != nil {
		return nil, fmt.Errorf("list catalogues: %w", err)
	}
	for _, f := range files {
		text, err := catalogues.ReadFile("words/" + f.Name())
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		c, err := words.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("read catalogue %s: %w", f.Name(), err)
		}
		all[c.Language] = c
	}
	return all, nil
}

// Languages are those in which pages can be made, English first.
func Languages() []deadyet.Language {
	all, err := catalogueOf()
	if err != nil {
		return []deadyet.Language{deadyet.English} // New says what is wrong
	}
	ls := []deadyet.Language{deadyet.English}
	for l := range all {
		if l != deadyet.English {
			ls = append(ls, l)
		}
	}
	slices.Sort(ls[1:])
	return ls
}

// Match returns the language of [Languages] that suits the reader best who sent that
// Accept-Language.
func Match(accept string) deadyet.Language {
	m, err := matcher()
	if err != nil {
		return deadyet.English // a test says that there is a matcher
	}
	return m.Match(accept)
}

var matcher = sync.OnceValues(func() (*words.Matcher, error) { return words.NewMatcher(Languages()) })

// tongue says the sentences of a page in its language.
type tongue struct {
	*words.Catalogue
	told deadyet.Language // in which the edition speaks of its subject
}

// tongueOf returns the tongue of a language for an edition that is told in another,
// or in the same; English where there is no other.
func tongueOf(l, told deadyet.Language) (tongue, error) {
	all, err := catalogueOf()
	if err != nil {
		return tongue{}, err
	}
	if c, ok := all[l]; ok {
		return tongue{c, told.Or()}, nil
	}
	return tongue{all[deadyet.English], told.Or()}, nil
}

// english is the tongue of what has to be in English for everybody.
func english() tongue { return tongue{words.English(), deadyet.English} }

// t says a sentence; its places are filled with name, text, name, text. See
// [words.Catalogue.Say].
func (t tongue) t(english string, fill ...any) string { return t.Say(english, fill...) }

// n says a sentence about a number of things. See [words.Catalogue.Count].
func (t tongue) n(n int, one, several string, fill ...any) string {
	return t.Count(n, one, several, fill...)
}

// h is t for HTML. The sentence may hold the tags <b>, <i>, <code> and <strong>. A
// place that is filled with HTML is taken as it is. A tag of another name, like
// <rule>, begins a link to the address that is given under this name, and ends at
// </rule>.
func (t tongue) h(english string, fill ...any) template.HTML {
	pairs := make([]string, 0, len(fill))
	var links []string
	for i := 0; i+1 < len(fill); i += 2 {
		name := fill[i].(string)
		if safe, ok := fill[i+1].(template.HTML); ok {
			pairs = append(pairs, name, string(safe))
			continue
		}
		text := template.HTMLEscapeString(t.Text(fill[i+1]))
		pairs = append(pairs, name, text)
		links = append(links, "<"+name+">", `<a href="`+text+`">`, "</"+name+">", "</a>")
	}
	s := t.Raw(english)
	if links != nil && strings.Contains(s, "<") {
		s = strings.NewReplacer(links...).Replace(s) // while all that stands there is ours
	}
	return template.HTML(words.Fill(s, pairs))
}
