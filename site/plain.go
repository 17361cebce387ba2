package site

import (
	"strings"
	"unicode/utf8"
)

// Paths of the page as text, for terminals and scripts.
const (
	// PlainPath is the front page as text.
	PlainPath = "/plain.txt"
	// VerdictPath is the answer as text: the word stands alone in the first
	// line, why in the second, since when in the third.
	VerdictPath = "/verdict.txt"
)

// plainWidth is the number of characters of a line of running text.
const plainWidth = 78

// addMachines adds what is not read in a browser.
func (s *Site) addMachines() {
	s.addPlain()
	s.addFeeds()
	s.addBadges()
	s.addPreview()
}

func (s *Site) addPlain() {
	for path, text := range map[string]func() string{PlainPath: s.plainText, VerdictPath: s.verdictText} {
		s.add(path, func() (Page, error) { return Page{Path: path, Type: typeText, Body: []byte(text())}, nil })
	}
}

// verdictText is the answer, and how each network stands. All of it went
// through [clean]: a terminal shows it and obeys nothing in it.
func (s *Site) verdictText() string {
	var b strings.Builder
	b.WriteString(s.simulatedText() + s.verdictLines())
	if lines := s.lineViews(); len(lines) > 0 {
		b.WriteString("\n")
		for _, l := range lines {
			b.WriteString(s.lineText(l) + "\n")
		}
	}
	return plainly(b.String())
}

// simulatedText stands before the first word of whatever is made up.
func (s *Site) simulatedText() string {
	if s.edition.Subject.Simulated {
		return s.t("SIMULATED:") + " "
	}
	return ""
}

// verdictLines are the answer, why, since when, and how that is known.
func (s *Site) verdictLines() string {
	v := s.verdictView()
	since := s.inWords(asSinceFirst, s.edition.Verdict.Since)
	lines := []string{v.Says, v.Reason}
	if since.Known() {
		lines = append(lines, since.Text()+".")
	} else {
		lines = append(lines, s.t("Since when is not known."))
	}
	lines = append(lines, v.known())
	if !s.edition.Down.IsZero() {
		lines = append(lines, s.t("It is us, not them: our own line has been down since {when}.", "when", s.Moment(s.edition.Down)))
	}
	return strings.Join(lines, "\n") + "\n"
}

// lineText is a network's line without its Markdown.
func (t tongue) lineText(l lineView) string {
	parts := []string{l.Name + ": " + l.Answer}
	if l.Alive != "" {
		parts[0] += ", " + l.Alive
	}
	parts[0] += "."
	if l.Versions != "" {
		parts = append(parts, l.Versions)
	}
	if l.Ways != "" {
		parts = append(parts, t.t("Way in: {ways}.", "ways", l.Ways))
	}
	if l.Claim != nil {
		parts = append(parts, t.t("It says of itself: {text}.", "text", l.Claim.Text))
	}
	return strings.Join(append(parts, l.asked()), " ")
}

// plainly turns spaces that must not break into plain ones, which is what
// scripts split at, and leaves no tag: browsers of old guess what a text is, and
// would run what a server sent.
func plainly(s string) string { return unmarked(strings.ReplaceAll(s, nbsp, " ")) }

// unmarked leaves nothing in s that could begin a tag where text is mistaken for
// HTML.
func unmarked(s string) string { return strings.ReplaceAll(s, "<", `\x3c`) }

// wrapText breaks text into lines of [plainWidth] characters. Paragraphs stay
// apart, a word is never broken.
func wrapText(text string) string {
	var b strings.Builder
	for n, p := range strings.Split(text, "\n\n") {
		if n > 0 {
			b.WriteString("\n\n")
		}
		width := 0
		for _, word := range strings.Fields(p) {
			w := utf8.RuneCountInString(word)
			switch {
			case width == 0:
			case width+1+w > plainWidth:
				b.WriteByte('\n')
				width = 0
			default:
				b.WriteByte(' ')
				width++
			}
			b.WriteString(word)
			width += w
		}
	}
	return b.String()
}

// pad fills up to a number of characters.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(s)))
}
