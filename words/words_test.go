package words_test

import (
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/words"
)

const head = `msgid ""
msgstr ""
"Language: LANGUAGE\n"
"X-Name: Test\n"
`

func parse(t *testing.T, l deadyet.Language, body string) *words.Catalogue {
	t.Helper()
	c, err := words.Parse([]byte(strings.ReplaceAll(head, "LANGUAGE", string(l)) + "\n" + body))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCatalogue_SaysInTheOrderOfItsLanguage(t *testing.T) {
	c := parse(t, "de", `
# A comment.
msgid "{who} closed {ports} on {day}"
msgstr "Am {day} schloss "
"{who} {ports}"

msgid "{n} server"
msgid_plural "{n} servers"
msgstr[0] "ein Server"
msgstr[1] "{n} Server"

msgctxt "short"
msgid "May"
msgstr "5."
`)
	for want, got := range map[string]string{
		"Am 3. schloss wer {ports}": c.Say("{who} closed {ports} on {day}", "day", "3.", "who", "wer"),
		"ein Server":                c.Count(1, "{n} server", "{n} servers"),
		"1.234 Server":              c.Count(1234, "{n} server", "{n} servers"),
		"not there at 7":            c.Say("not there at {n}", "n", 7),
		"May":                       c.Say("May"),
		"5.":                        c.SayOf("short", "May"),
		"a {brace} filled in stays": c.Say("a {x} filled in stays", "x", "{brace}"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Plurals follow the language: Polish has three, Arabic six, Japanese one.
func TestCatalogue_CountsByTheRulesOfTheLanguage(t *testing.T) {
	pl := parse(t, "pl", "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\nmsgstr[0] \"{n} dzień\"\nmsgstr[1] \"{n} dni (few)\"\nmsgstr[2] \"{n} dni\"\n")
	for n, want := range map[int]string{1: "1 dzień", 3: "3 dni (few)", 5: "5 dni", 22: "22 dni (few)"} {
		if got := pl.Count(n, "{n} day", "{n} days"); got != want {
			t.Errorf("Polish: %d is %q, want %q", n, got, want)
		}
	}
	ja := parse(t, "ja", "msgid \"{n} day\"\nmsgid_plural \"{n} days\"\nmsgstr[0] \"{n}日\"\n")
	if got := ja.Count(1, "{n} day", "{n} days"); got != "1日" {
		t.Errorf("Japanese: %q", got)
	}
	if _, err := words.Parse([]byte(strings.ReplaceAll(head, "LANGUAGE", "ar") + "\nmsgid \"{n} day\"\nmsgid_plural \"{n} days\"\nmsgstr[0] \"{n}\"\nmsgstr[1] \"{n}\"\n")); err == nil {
		t.Error("two forms are enough for Arabic")
	}
}

func TestCatalogue_WritesDatesAndNumbers(t *testing.T) {
	at := time.Date(2015, 3, 5, 14, 5, 0, 0, time.UTC)
	en := words.English()
	for want, got := range map[string]string{
		"5 March 2015": en.Day(at), "5 March 2015, 14:05 UTC": en.Moment(at), "14:05 UTC": en.Clock(at),
		"Mar 2015": en.MonthOf(at), "1,234": en.Number(1234), "1 server": en.Count(1, "{n} server", "{n} servers"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestParse_RefusesWhatWouldBreakAPage(t *testing.T) {
	for name, body := range map[string]string{
		"a place is lost":     "msgid \"at {when}\"\nmsgstr \"dann\"\n",
		"a place is new":      "msgid \"then\"\nmsgstr \"am {when}\"\n",
		"a tag is lost":       "msgid \"see <rule>the rule</rule>\"\nmsgstr \"siehe die Regel\"\n",
		"twice the same":      "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n",
		"no quotes":           "msgid a\n",
		"no end of the quote": "msgid \"a\n",
		"no such keyword":     "msgfoo \"a\"\n",
		"the wrong form":      "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"\n",
		"a text alone":        "\"a\"\n",
	} {
		if _, err := words.Parse([]byte(strings.ReplaceAll(head, "LANGUAGE", "de") + "\n" + body)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for _, file := range []string{"", "msgid \"a\"\nmsgstr \"b\"\n", strings.ReplaceAll(head, "LANGUAGE", "no language at all")} {
		if _, err := words.Parse([]byte(file)); err == nil {
			t.Errorf("%.40q: no error", file)
		}
	}
}

// A tool's guess at a sentence whose English has changed is no translation.
func TestParse_LeavesGuessesOut(t *testing.T) {
	c, err := words.Parse([]byte(strings.Replace(head, "LANGUAGE", "de", 1) + "\n#, c-format, fuzzy\nmsgid \"yes\"\nmsgstr \"nein\"\n\nmsgid \"no\"\nmsgstr \"nein\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Say("yes"); got != "yes" {
		t.Errorf("a guess became %q", got)
	}
	if got := c.Say("no"); got != "nein" {
		t.Errorf("the sentence behind a guess became %q", got)
	}
}

func TestMatcher_FindsTheLanguageOfTheReader(t *testing.T) {
	m, err := words.NewMatcher([]deadyet.Language{"en", "de"})
	if err != nil {
		t.Fatal(err)
	}
	for accept, want := range map[string]deadyet.Language{
		"": "en", "de": "de", "de-CH": "de", "en-GB,en;q=0.9,de;q=0.8": "en", "fr,de;q=0.7,en;q=0.3": "de",
		"de;q=0.3,en": "en", "ja": "en", "*": "en", "gsw": "de", "de;q=0, en": "en", ";;;,,,": "en",
		"de," + strings.Repeat("x", 500): "en", strings.Repeat("-", 300): "en",
	} {
		if got := m.Match(accept); got != want {
			t.Errorf("%.60q leads to %s, want %s", accept, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(head + "\nmsgctxt \"a\"\nmsgid \"b {n}\"\nmsgid_plural \"c {n}\"\nmsgstr[0] \"d {n}\"\nmsgstr[1] \"e {n}\"\n")
	f.Fuzz(func(t *testing.T, file string) {
		c, err := words.Parse([]byte(file))
		if err != nil {
			return
		}
		for k := range c.All() {
			if c.SayOf(k.Context, k.English) == "" {
				t.Errorf("%q is said without words", k.English)
			}
		}
	})
}
