package deadyet

import "strings"

// Language is a language that people read, as a tag of BCP 47: "en", "de", "pt-BR".
type Language string

// English is the language in which everything is written first. What has no
// other words is shown in it.
const English Language = "en"

// rightToLeft are the languages and scripts that are written from right to left.
var rightToLeft = map[string]bool{
	"ar": true, "ckb": true, "dv": true, "fa": true, "he": true, "nqo": true, "ps": true, "sd": true,
	"syr": true, "ug": true, "ur": true, "yi": true,
	"adlm": true, "arab": true, "hebr": true, "nkoo": true, "rohg": true, "syrc": true, "thaa": true,
}

// Direction is the direction of writing in the words of HTML: "ltr" or "rtl". A
// script in the tag decides, else the language.
func (l Language) Direction() string {
	parts := strings.Split(strings.ToLower(string(l)), "-")
	deciding := parts[0]
	for _, p := range parts[1:] {
		if len(p) == 4 && (p[0] < '0' || p[0] > '9') { // a script, as the standard spells it
			deciding = p
			break
		}
	}
	if rightToLeft[deciding] {
		return "rtl"
	}
	return "ltr"
}

// Or returns l, or English where no language is said.
func (l Language) Or() Language {
	if l == "" {
		return English
	}
	return l
}
