package site

import (
	"strings"
	"unicode/utf8"

	"deadyet"
)

// addText adds a page of plain text.
func (s *Site) addText(path string, text func() string) {
	s.add(path, func() (Page, error) {
		return Page{Path: path, Type: typeText, Body: []byte(plainly(s.simulatedText() + text()))}, nil
	})
}

// clientsText is the matrix for terminals.
func (s *Site) clientsText() string {
	var b strings.Builder
	b.WriteString(s.t("Which clients work") + "\n")
	if share := s.programsText(); share != "" {
		b.WriteString("\n" + wrapText(share) + "\n")
	}
	groups, networks := s.clientGroups(), s.networkNames()
	width := 0
	for _, g := range groups {
		for _, r := range g.Rows {
			width = max(width, utf8.RuneCountInString(r.Name))
		}
	}
	for _, g := range groups {
		b.WriteString("\n" + strings.ToUpper(g.Title) + "\n\n")
		for _, r := range g.Rows {
			var cells []string
			for i, c := range r.Cells {
				cells = append(cells, networks[i]+": "+c.Fit)
			}
			b.WriteString(pad(r.Name, width) + "  " + strings.Join(cells, ", ") + "\n")
		}
	}
	return b.String()
}

// clientText is the page of a client for terminals.
func (s *Site) clientText(c *deadyet.Client) string {
	v := s.clientPage(c)
	var b strings.Builder
	b.WriteString(v.Name + ": " + v.Says + "\n")
	for _, f := range v.Fits {
		b.WriteString("\n" + f.text(s))
	}
	b.WriteString("\n" + wrapText(v.Secret) + "\n\n")
	b.WriteString(s.t("Speaks") + ": " + s.speaks(c) + "\n")
	for _, p := range v.About {
		b.WriteString(p.Name + ": " + p.Value + "\n")
	}
	b.WriteString(s.t("Another server") + ": " + strings.Join(v.Sets, "; ") + "\n")
	return b.String()
}

func (f fitView) text(s *Site) string {
	parts := []string{f.Network.Text + ": " + f.Fit + "."}
	if f.Recorded {
		parts = append(parts, s.t("† From the record, not measured here."))
	}
	if f.Taken != "" {
		parts = append(parts, f.Taken)
	}
	parts = append(parts, f.Why...)
	if f.Since.Known() {
		parts = append(parts, f.Since.Text()+".")
	}
	if f.Last != "" {
		parts = append(parts, f.Last)
	}
	if f.Claim != nil {
		parts = append(parts, s.t("It says of itself: {text}.", "text", f.Claim.Text))
	}
	text := wrapText(strings.Join(parts, " ")) + "\n"
	if f.Guide != nil {
		text += f.Guide.text(s)
	}
	return text
}

func (g *guideView) text(s *Site) string {
	var b strings.Builder
	if g.Help != "" {
		b.WriteString("\n" + wrapText(g.Help) + "\n")
	}
	if g.Network.Href != "" {
		b.WriteString(s.t("Its own page: {address}", "address", g.Network.Href) + "\n")
	}
	for _, x := range g.Steps {
		b.WriteString("\n" + wrapText(x.Text) + "\n")
		for _, p := range x.Fields {
			b.WriteString("    " + p.Name + ": " + p.Value + "\n")
		}
		if x.Code != "" {
			b.WriteString(indented(x.Code))
		}
		if x.Undo != "" {
			b.WriteString("\n" + wrapText(x.UndoNotice) + "\n" + indented(x.Undo))
		}
	}
	for _, p := range []string{g.Ports, g.Check, g.Stale} {
		if p != "" {
			b.WriteString("\n" + wrapText(p) + "\n")
		}
	}
	return b.String()
}

// indented sets a text apart that is to be copied.
func indented(text string) string {
	return "\n    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ") + "\n"
}
