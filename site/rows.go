package site

import (
	"html/template"
	"strings"
)

// rowsHTML is the bodies of a table. A fleet has tens of thousands of cells, and
// the templates would take longer for them than for all the rest.
func rowsHTML(groups []groupView) template.HTML {
	var b rowWriter
	for i := range groups {
		b.group(&groups[i])
	}
	return template.HTML(b.String())
}

// rowWriter writes HTML; what it is given as text is escaped.
type rowWriter struct{ strings.Builder }

func (b *rowWriter) group(g *groupView) {
	b.WriteString("<tbody")
	b.attribute("class", g.Class)
	b.WriteString(">\n")
	for i := range g.Rows {
		b.WriteString("<tr>")
		if i == 0 {
			b.head(g)
		}
		b.WriteString("<td>")
		b.text(g.Rows[i].Where)
		b.WriteString("</td>")
		for j := range g.Rows[i].Cells {
			b.cell(&g.Rows[i].Cells[j])
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n")
}

// head names the server of a group.
func (b *rowWriter) head(g *groupView) {
	b.WriteString(`<th scope="row"`)
	b.attribute("rowspan", g.Span)
	b.WriteString(">")
	b.link(g.Href, g.Name)
	if g.Role != "" {
		b.WriteString(" <b>")
		b.text(g.Role)
		b.WriteString("</b>")
	}
	b.WriteString("</th>")
}

func (b *rowWriter) cell(c *cell) {
	b.WriteString(`<td class="`)
	b.text(c.Class)
	b.WriteString(`"`)
	b.attribute("colspan", c.Span)
	b.attribute("title", c.Title)
	b.WriteString(">")
	b.link(c.Href, c.Text)
	if c.Now != "" {
		b.WriteString(" <i>")
		b.text(c.Now)
		b.WriteString("</i>")
	}
	b.WriteString("</td>")
}

// attribute writes an attribute that has a value.
func (b *rowWriter) attribute(name, value string) {
	if value == "" {
		return
	}
	b.WriteString(" " + name + `="`)
	b.text(value)
	b.WriteString(`"`)
}

// link writes a link to an address that is our own, and the mere text where there
// is none.
func (b *rowWriter) link(href, text string) {
	if href == "" {
		b.text(text)
		return
	}
	b.WriteString(`<a href="`)
	b.text(href)
	b.WriteString(`">`)
	b.text(text)
	b.WriteString("</a>")
}

// text writes a text, or the value of an attribute in quotes.
func (b *rowWriter) text(s string) {
	if !strings.ContainsAny(s, special) {
		b.WriteString(s)
		return
	}
	_, _ = escapes.WriteString(b, s) // a builder takes everything
}

// special are the characters that [html/template] escapes, so that all of a page is
// written alike.
const special = "\x00\"&'+<>"

var escapes = strings.NewReplacer("\x00", "\uFFFD", `"`, "&#34;", "&", "&amp;", "'", "&#39;", "+", "&#43;", "<", "&lt;", ">", "&gt;")
