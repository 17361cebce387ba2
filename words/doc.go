// Package words puts sentences into a language.
//
// The English sentence is the key: code says what it means in English, with
// named places for what varies, and a catalogue of another language has the
// sentence as people say it there. A sentence is always whole, never glued: where
// a word stands is for the language to decide.
//
//	c, err := words.Parse(file)                       // a .po file: msgid, msgstr
//	c.Say("Last asked {when}", "when", c.Day(t))      // "Zuletzt gefragt am 5. März 2015"
//	c.Count(n, "{n} server", "{n} servers")           // by the plural rules of the language
//
// Catalogues are files of GNU gettext, so that translators can use the tools they
// know. What a catalogue lacks is said in English. The package knows no page and
// no subject; site reads catalogues with it.
package words
