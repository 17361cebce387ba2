package site

import (
	"bytes"
	"html/template"
	"strings"

	"deadyet"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// textView is a piece of Markdown, ready for a section of a page.
type textView struct {
	ID    string
	Title string
	HTML  template.HTML
	Edit  string            // URL where it can be changed
	Lang  template.HTMLAttr // where it is not in the language of the page
}

// textNamed renders a text of the subject; nil when there is none.
func (s *Site) textNamed(name string) *textView {
	t := s.edition.Subject.TextIn(name, s.Language)
	if t.Body == "" {
		return nil
	}
	v := s.textView(t)
	return &v
}

func (s *Site) textView(t deadyet.Text) textView {
	return textView{ID: t.Name, Title: clean(t.Title), HTML: markdown(t.Body, 3), Edit: s.editLink(t.File), Lang: s.languageOf(t)}
}

// languageOf marks a text that is in another language than the page.
func (s *Site) languageOf(t deadyet.Text) template.HTMLAttr {
	if t.Language.Or() == s.Language {
		return ""
	}
	return s.foreignIn(t.Language.Or())
}

// editLink points at a file of the project. The form is the one that the
// common hosts of source code share.
func (s *Site) editLink(file string) string {
	root := webLink(s.edition.Subject.Source)
	if root == "" || file == "" {
		return ""
	}
	return strings.TrimSuffix(root, "/") + "/blob/HEAD/" + strings.TrimPrefix(file, "/")
}

// markdown renders a text. Raw HTML is left out, addresses that run something
// are dropped, pictures become links, and headings start at the given level
// and never skip one. What can't be rendered is shown as it was written.
func markdown(body string, level int) template.HTML {
	md := goldmark.New(
		goldmark.WithExtensions(
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.DefinitionList, extension.Linkify,
		),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(tame{level}, 1000))),
	)
	body = tidy(body)
	var b bytes.Buffer
	if err := md.Convert([]byte(body), &b); err != nil {
		return template.HTML("<pre>" + template.HTMLEscapeString(body) + "</pre>")
	}
	return template.HTML(b.String())
}

// markdownLine renders one sentence without a paragraph around it.
func markdownLine(body string) template.HTML {
	h := strings.TrimSpace(string(markdown(body, 4)))
	if one := strings.TrimSuffix(strings.TrimPrefix(h, "<p>"), "</p>"); !strings.Contains(one, "<p>") {
		return template.HTML(one)
	}
	return template.HTML(h)
}

// tame puts a Markdown document into its place on the page.
type tame struct{ level int }

// Transform implements [parser.ASTTransformer].
func (t tame) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	var headings []*ast.Heading
	var images []*ast.Image
	var raw []ast.Node
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
		case *ast.Image:
			images = append(images, n)
		case *ast.RawHTML, *ast.HTMLBlock:
			raw = append(raw, n)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return
	}
	t.settle(headings)
	for _, i := range images {
		unpicture(i)
	}
	for _, n := range raw {
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// settle moves headings below the page's own.
func (t tame) settle(headings []*ast.Heading) {
	least := 6
	for _, h := range headings {
		least = min(least, h.Level)
	}
	last := t.level - 1
	for _, h := range headings {
		h.Level = min(t.level+h.Level-least, last+1, 6)
		last = h.Level
	}
}

// unpicture turns a picture into a link with its text: a page makes no request
// to another host.
func unpicture(i *ast.Image) {
	link := ast.NewLink()
	link.Destination, link.Title = i.Destination, i.Title
	for c := i.FirstChild(); c != nil; {
		next := c.NextSibling()
		link.AppendChild(link, c)
		c = next
	}
	i.Parent().ReplaceChild(i.Parent(), i, link)
}

// sourceView says where something is known from.
type sourceView struct {
	Title string
	URL   string
	Date  stamp
}

func (t tongue) sourceOf(s deadyet.Source) *sourceView {
	v := sourceView{Title: clean(s.Title), URL: webLink(s.URL), Date: t.day(s.Date)}
	if v.Title == "" {
		v.Title = clean(s.URL)
	}
	if v.Title == "" {
		return nil
	}
	return &v
}

// linkView is a link with its text.
type linkView struct {
	Text string
	URL  string
	Note template.HTML
}

func linkViews(links []deadyet.Link) (out []linkView) {
	for _, l := range links {
		v := linkView{Text: clean(l.Text), URL: webLink(l.URL)}
		if v.Text == "" {
			v.Text = clean(l.URL)
		}
		if l.Note != "" {
			v.Note = markdownLine(l.Note)
		}
		out = append(out, v)
	}
	return out
}
