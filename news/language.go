package news

import "deadyet"

// Language is how news and verdicts are put into words. It is a table: the phrases
// of each kind, and the small words that go into them. In a phrase, {who} is the
// servers, {ports} and {versions} what it is about, and the rest is named after
// the field it stands for; {Who} begins with a capital letter. A phrase may have
// forms: "outage one" is for one server, "servers main" for those of a role. Where
// the table has no such form, the phrase serves for all.
type Language struct {
	Tag     deadyet.Language
	Phrases map[string]string
	Numbers []string // "no", "one", "two", …; larger ones are written in figures
	Inside  []string // words that lose their capital inside a sentence, beside the numbers
	Months  [12]string
	And, Or string // with their spaces
	Repeats bool   // a role is said with each region, and not once for all
}

// languages are those that news can be told in.
var languages = map[deadyet.Language]*Language{English.Tag: English, German.Tag: German}
