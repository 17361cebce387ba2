package site

import (
	"strings"
	"unicode/utf8"

	"deadyet"
)

// plainNews is how many items of news the page as text names.
const plainNews = 12

// plainText is the front page for terminals: the answer, the networks, the
// news, how things stand and the tables.
func (s *Site) plainText() string {
	e := s.edition
	var b strings.Builder
	b.WriteString(s.simulatedText() + clean(e.Subject.Question) + "\n\n" + s.verdictLines())
	section := func(title, body string) {
		if body != "" {
			b.WriteString("\n" + strings.ToUpper(title) + "\n\n" + strings.TrimRight(body, "\n") + "\n")
		}
	}
	section(s.t("Networks"), s.plainLines())
	section(s.t("How things stand"), wrapText(tidy(e.Situation.Body)))
	section(s.t("News"), s.plainItems(e.Items))
	for _, f := range s.fleetViews() {
		section(s.t("Servers: {network}", "network", f.Name), f.text())
	}
	b.WriteString("\n" + s.t("The state of {when}. As data: {data}. News: {feed}. The answer alone: {verdict}", "when", s.Moment(e.At), "data", "api/v1/", "feed", FeedPath[1:], "verdict", VerdictPath[1:]) + "\n")
	return plainly(b.String())
}

func (s *Site) plainLines() string {
	var lines []string
	for _, l := range s.lineViews() {
		lines = append(lines, wrapText(s.lineText(l)))
	}
	return strings.Join(lines, "\n\n")
}

// plainItems names the latest items, the day first.
func (t tongue) plainItems(items []deadyet.Item) string {
	var b strings.Builder
	for n, i := range items {
		if n == plainNews {
			b.WriteString(t.n(len(items)-n, "… and {n} older item", "… and {n} older items") + "\n")
			break
		}
		b.WriteString(i.At.UTC().Format("2006-01-02") + "  " + clean(i.Title) + "\n")
	}
	return b.String()
}

// text is the tables of a network, one endpoint a line.
func (f fleetView) text() string {
	var b strings.Builder
	for _, n := range f.Notes {
		b.WriteString(wrapText(n) + "\n\n")
	}
	for _, t := range f.Tables {
		b.WriteString(t.text() + "\n")
	}
	if f.FormerText != "" {
		b.WriteString(f.FormerText + "\n")
	}
	return b.String()
}

func (t tableView) text() string {
	var b strings.Builder
	b.WriteString(t.Title)
	if t.Summary != "" {
		b.WriteString(": " + t.Summary)
	}
	b.WriteByte('\n')
	width := 0
	for _, g := range t.Groups {
		width = max(width, utf8.RuneCountInString(g.named()))
	}
	for _, g := range t.Groups {
		for _, r := range g.Rows {
			b.WriteString("  " + pad(g.named(), width) + "  " + r.text() + "\n")
		}
	}
	return b.String()
}

func (g groupView) named() string {
	if g.Role == "" {
		return g.Name
	}
	return g.Name + " (" + g.Role + ")"
}

// whereWidth holds "https:65535".
const whereWidth = 11

func (r rowView) text() string {
	var cells []string
	for _, c := range r.Cells {
		text := c.Text
		if c.Now != "" {
			text += " (" + c.Now + ")"
		}
		cells = append(cells, text)
	}
	return strings.TrimRight(pad(r.Where, whereWidth)+"  "+strings.Join(cells, " | "), " ")
}
