package site

import (
	"html/template"
	"slices"

	"deadyet"
)

// factView is something that the record says.
type factView struct {
	Text   string
	Count  string // of how many servers it is known; "" for all
	Aside  template.HTML
	Since  when
	Until  when
	Source *sourceView
	// Inferred: nobody wrote it down; it follows from what was.
	Inferred bool
}

func (s *Site) factView(id deadyet.FactID) factView {
	f, ok := s.facts[id]
	if !ok {
		return factView{Text: s.t("A fact that the record does not hold any more: {fact}", "fact", clean(string(id)))}
	}
	return s.factViewOf(f)
}

func (s *Site) factViewOf(f deadyet.Fact) factView {
	v := factView{
		Text: clean(f.Text), Since: s.inWords(asFrom, f.Since), Until: s.inWords(asUntil, s.endedBy(f.Until)),
		Source: s.sourceOf(f.Source), Inferred: f.Inferred,
	}
	if f.Vague() {
		v.Count = s.vagueText(f)
	}
	if f.Aside != "" {
		v.Aside = markdownLine(f.Aside)
	}
	return v
}

// revisionText says which state of the record's files is shown: of those in
// which the facts about a network stand.
func (s *Site) revisionText(id deadyet.NetworkID) string {
	about := make(map[string]bool)
	for _, f := range s.edition.Subject.Record {
		about[f.File] = about[f.File] || f.Select.Network == "" || f.Select.Network == id
	}
	text := ""
	for _, r := range s.edition.Subject.Revisions {
		if !about[r.File] {
			continue
		}
		if text != "" {
			text += "; "
		}
		text += s.t("{file}, revision {number}", "file", clean(r.File), "number", r.Number)
	}
	return text
}

// mentions lists the news about a server, in the order of the news. Where it is
// not known which servers an item is about, it is not counted as being about
// any.
func (s *Site) mentions(id deadyet.ServerID) (out []mentionView) {
	for _, i := range s.edition.Items {
		if !slices.ContainsFunc(i.Parts, func(p deadyet.Part) bool {
			return !(p.About && p.Count < p.Of) && slices.Contains(p.Servers, id)
		}) {
			continue
		}
		m := mentionView{Title: clean(i.Title), Told: i.Told, Href: itemLink(i.ID), When: s.dateline(begun(i)), Mark: s.daggerOf(i)}
		out = append(out, m)
	}
	return out
}

// mentionView is an item of news on the page of a server.
type mentionView struct {
	Title, Href, Mark string
	Told              deadyet.Language // "": that of the edition
	When              when
}
