package site

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"deadyet"
	"deadyet/site/sitetest"
	"deadyet/words"

	"golang.org/x/net/html"
)

// pseudo is a language from right to left in which every sentence stands in ⟦ and ⟧.
func pseudo(t *testing.T) tongue {
	t.Helper()
	german, err := tongueOf("de", "")
	if err != nil {
		t.Fatal(err)
	}
	var po strings.Builder
	po.WriteString("msgid \"\"\nmsgstr \"Language: ur\\nX-Name: Pseudo\\n\"\n")
	for k, plural := range german.All() {
		if k.Context != "" {
			fmt.Fprintf(&po, "\nmsgctxt %q", k.Context)
		}
		fmt.Fprintf(&po, "\nmsgid %q\n", k.English)
		if plural == "" {
			fmt.Fprintf(&po, "msgstr %q\n", "⟦"+k.English+"⟧")
			continue
		}
		fmt.Fprintf(&po, "msgid_plural %q\nmsgstr[0] %q\nmsgstr[1] %q\n", plural, "⟦"+k.English+"⟧", "⟦"+plural+"⟧")
	}
	c, err := words.Parse([]byte(po.String()))
	if err != nil {
		t.Fatal(err)
	}
	return tongue{c, "ur"}
}

// line is a line of Markdown: what it is, and what it says.
var line = regexp.MustCompile(`(?m)^([#*\-> ]*)(\S.*)$`)

// quoted are names of sources and links, and details of a failure: they stay as their
// authors wrote them.
var quoted = strings.NewReplacer(
	"before.example", "", "The page that came before", "", "A link that runs something", "", "service was msnp and is http", "",
)

// spokenIn is the edition with all its words in that language.
func spokenIn(e deadyet.Edition) deadyet.Edition {
	in := func(text *string) {
		if *text != "" {
			*text = "⟦" + *text + "⟧"
		}
	}
	said := make(map[string]string)
	for _, p := range e.Subject.Prose() {
		said[p] = "⟦" + p + "⟧"
	}
	for _, t := range e.Subject.Texts {
		t.Language, t.Title, t.Body = "ur", "⟦"+t.Title+"⟧", line.ReplaceAllString(t.Body, "$1⟦$2⟧")
		e.Subject.Translations = append(e.Subject.Translations, t)
	}
	e.Subject.Words = map[deadyet.Language]map[string]string{"ur": said}
	e.Subject = e.Subject.In("ur")
	for i := range e.Items {
		in(&e.Items[i].Title)
		in(&e.Items[i].Body)
		in(&e.Items[i].By)
	}
	verdicts := []*deadyet.Verdict{&e.Verdict}
	for i := range e.Verdicts {
		verdicts = append(verdicts, &e.Verdicts[i])
	}
	for i := range e.Lines {
		verdicts = append(verdicts, &e.Lines[i].Verdict)
	}
	for _, v := range verdicts {
		in(&v.Says)
		in(&v.Reason)
	}
	in(&e.Situation.Title)
	in(&e.Situation.Body)
	e.Situation.Language, e.Language, e.Told = "ur", "ur", "ur"
	return e
}

// common are words that no name, address or version of the edition has.
var common = regexp.MustCompile(`(?i)\b(the|of|and|not|is|was|are|were|has|have|been|since|until|from|with|after|before|which|that|this|these|nobody|nothing|every|any|still|asked|answers?|servers?)\b`)

// No sentence of a page is left that a translator could not reach, and none of the
// edition's that is not marked as what it is.
func TestPages_sayEverythingInTheirLanguage(t *testing.T) {
	s, err := newIn(spokenIn(sitetest.Small()), Moment{}, pseudo(t))
	if err != nil {
		t.Fatal(err)
	}
	front, err := s.render("front", "/", s.frontView())
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string][]byte{"/": front}
	for _, path := range s.Paths() {
		if p, err := s.Page(path); err != nil {
			t.Errorf("%s: %v", path, err)
		} else if p.Type == typeHTML {
			pages[path] = p.Body
		}
	}
	for path, body := range pages {
		doc, err := html.Parse(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(body, []byte(`<html lang="ur" dir="rtl"`)) {
			t.Errorf("%s does not say that it is written from right to left", path)
		}
		for _, text := range shown(doc, nil) {
			if common.MatchString(quoted.Replace(bare(text))) {
				t.Errorf("%s: no translator reaches %q", path, text)
			}
		}
	}
	if len(pages) < 15 {
		t.Errorf("only %d pages were looked at", len(pages))
	}
}

// shown collects what a reader sees or hears of a document in its own language: a
// block's texts together, since a sentence may have links in it.
func shown(n *html.Node, out []string) []string {
	switch {
	case n.Type == html.ElementNode && foreignNode(n), n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "pre" || n.Data == "code"):
		return out
	case n.Type == html.ElementNode:
		for _, a := range n.Attr {
			switch a.Key {
			case "title", "alt", "aria-label", "placeholder", "summary":
				out = append(out, a.Val)
			}
		}
	}
	var line strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			line.WriteString(c.Data)
		case c.Type == html.ElementNode && inline[c.Data] && !foreignNode(c):
			line.WriteString(strings.Join(shown(c, nil), " "))
		default:
			out = shown(c, out)
		}
	}
	return append(out, line.String())
}

var inline = map[string]bool{"a": true, "b": true, "i": true, "strong": true, "span": true, "time": true, "em": true}

func foreignNode(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "lang" && a.Val == "en" {
			return true
		}
	}
	return false
}

// bare is a text without what the catalogue said.
func bare(text string) string {
	var b strings.Builder
	depth := 0
	for _, r := range text {
		switch {
		case r == '⟦':
			depth++
		case r == '⟧':
			depth--
		case depth <= 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}
