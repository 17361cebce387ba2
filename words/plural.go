package words

import (
	"slices"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/number"
)

// formsOf returns the forms that whole numbers have in a language, in the order
// of CLDR, which is that of .po files.
func formsOf(tag language.Tag) (forms []plural.Form) {
	seen := make(map[plural.Form]bool)
	for n := range 200 {
		seen[formOf(tag, n)] = true
	}
	for _, f := range []plural.Form{plural.Zero, plural.One, plural.Two, plural.Few, plural.Many, plural.Other} {
		if seen[f] {
			forms = append(forms, f)
		}
	}
	return forms
}

func formOf(tag language.Tag, n int) plural.Form {
	return plural.Cardinal.MatchPlural(tag, max(n, -n), 0, 0, 0, 0)
}

// form is which of the translations suits n things.
func (c *Catalogue) form(n int) int { return max(0, slices.Index(c.forms, formOf(c.tag, n))) }

// oneNumber reports whether a form is used for a single number only, which then
// need not be written.
func (c *Catalogue) oneNumber(form int) bool {
	uses := 0
	for n := range 200 {
		if c.form(n) == form {
			uses++
		}
	}
	return uses == 1
}

// Number writes a whole number as the language does: "1,234".
func (c *Catalogue) Number(n int) string { return c.numbers.Sprint(number.Decimal(n)) }
