package site

import (
	"fmt"
	"net/url"
	"strings"

	"deadyet"
	"deadyet/words"
)

// Trouble is why a request can't be met: a heading, and a sentence that says what
// to do. It is of the site, never of the visitor. The zero value says nothing.
type Trouble struct {
	heading, text words.Phrase
	day           deadyet.Day // {day} in the sentence
}

// NoSuchPage is the trouble with a path that leads nowhere.
func NoSuchPage() Trouble {
	return Trouble{heading: words.Phrase("There is no such page"), text: words.Phrase("It is not even dead: it was never here. Or its server left the configuration.")}
}

// NotInFolder is [NoSuchPage] for a folder of files.
func NotInFolder() Trouble {
	return Trouble{heading: words.Phrase("There is no such page"), text: words.Phrase("It is not even dead: it was never here, or only where the program itself answers.")}
}

// ReadOnly is the trouble with whoever wants to write.
func ReadOnly() Trouble {
	return Trouble{heading: words.Phrase("This page can only be read"), text: words.Phrase("Nothing here can be posted, put or deleted. Ask with GET.")}
}

// Unmade is the trouble with a page that could not be made.
func Unmade() Trouble {
	return Trouble{heading: words.Phrase("This page could not be made"), text: words.Phrase("That is our fault, and says nothing about any server.")}
}

// NotYet is the trouble while there is no edition.
func NotYet() Trouble {
	return Trouble{heading: words.Phrase("Nothing is known yet"), text: words.Phrase("The first edition is being made. Come back in a minute.")}
}

// NoDate is the trouble with a moment that nobody can read.
func NoDate() Trouble {
	return Trouble{heading: words.Phrase("This is no date"), text: words.Phrase("A day of the past is written like 2015-03-05: the year first, and only days that there were. With an hour of UTC it is 2015-03-05T12:00Z.")}
}

// NoTwoDates is the trouble with a difference of anything but two moments.
func NoTwoDates() Trouble {
	return Trouble{heading: words.Phrase("A difference has two dates"), text: words.Phrase("It is written like /diff/2015-02-25/2015-02-27, or /diff/2015-02-25/today.")}
}

// Future is the trouble with a moment that has not come.
func Future() Trouble {
	return Trouble{heading: words.Phrase("That has not happened yet"), text: words.Phrase("Nobody knows, and this page does not guess. The nearest that is known is today.")}
}

// BeforeAll is the trouble with a moment before the first day of which something is
// known; zero where nothing is known of any.
func BeforeAll(first deadyet.Day) Trouble {
	t := Trouble{heading: words.Phrase("Nothing is known of that day"), text: words.Phrase("Nothing is known of any day before today.")}
	if !first.IsZero() {
		t.text, t.day = words.Phrase("The first thing that is known is of {day}."), first
	}
	return t
}

// Told reports whether there is any.
func (t Trouble) Told() bool { return t.heading != "" }

// String says it in English, for programs.
func (t Trouble) String() string {
	heading, text := english().say(t)
	return heading + ". " + text
}

func (t tongue) say(trouble Trouble) (heading, text string) {
	return t.Say(string(trouble.heading)), t.Say(string(trouble.text), "day", t.day(trouble.day).Text)
}

// problemView is the page that says that there is no page.
type problemView struct {
	frame
	Heading string
	Text    string
}

// Top is the path of the site's root on its host: "/", or what the operator says.
func (s *Site) Top() string {
	u, err := url.Parse(webLink(s.edition.Subject.Public))
	if err != nil || u.Host == "" {
		return "/"
	}
	return strings.TrimRight(u.EscapedPath(), "/") + "/"
}

// Problem makes the page for a request that can't be met. It stands at any path, so
// that its links begin at the root, behind what the visitor wrote there for a
// language: "/de", or "".
func (s *Site) Problem(t Trouble, prefix string) (Page, error) {
	return s.troubled("problem", s.problemView(t, prefix))
}

func (s *Site) problemView(t Trouble, prefix string) problemView {
	v := problemView{frame: s.frame(strings.TrimRight(s.Top(), "/") + prefix + "/")}
	v.Heading, v.Text = s.say(t)
	v.Title = s.titled(v.Heading)
	return v
}

func (s *Site) troubled(template string, view any) (Page, error) {
	body, err := s.render(template, "", view)
	if err != nil {
		return Page{}, fmt.Errorf("tell of a problem: %w", err)
	}
	return s.spoken(Page{Type: typeHTML, Body: body}), nil
}
