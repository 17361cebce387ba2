package site

import (
	"html/template"

	"deadyet"
)

// diffView is the page of a difference.
type diffView struct {
	frame
	From, To sideView
	Same     bool // the answer is
	Answers  []answerView
	Began    []diffItem
	Ended    []diffItem
	Lists    []diffList
	Changes  []diffGroup
	Rest     string // groups that are not shown
	Nothing  bool
}

type sideView struct {
	At     stamp
	Href   string
	Says   string
	Class  string
	Reason string
}

type diffItem struct {
	Title string
	Told  deadyet.Language // "": that of the edition
	When  when
	HTML  template.HTML
}

// diffList is the servers of a region that came or left.
type diffList struct {
	Where   string
	What    string
	Servers []crossLink
	Rest    string
}

type crossLink struct{ Text, Href string }

// diffGroup is what happened to some servers alike.
type diffGroup struct {
	Summary string
	Open    bool
	Turns   []string
	Servers []crossLink
	Rest    string
}

// What a page of a difference shows at most: groups of servers, and servers of
// each. The document of the API has all of them.
const (
	diffGroups  = 60
	diffServers = 60
	diffOpen    = 4 // groups that are not folded
)

func (s *Site) diffView(d difference) diffView {
	const root = "../../"
	v := diffView{
		frame: s.frame(root), From: s.sideView(d.from, root), To: s.sideView(d.to, root),
		Same: d.from.Edition.Verdict.Word == d.to.Edition.Verdict.Word,
	}
	v.Title = s.titled(s.t("What changed from {from} to {to}", "from", v.From.At.Text, "to", v.To.At.Text))
	for _, a := range d.answers {
		v.Answers = append(v.Answers, s.answerView(a))
	}
	for _, i := range d.began {
		v.Began = append(v.Began, diffItem{clean(i.Title), i.Told, s.dateline(begun(i)), markdown(i.Body, 4)})
	}
	for _, i := range d.ended {
		v.Ended = append(v.Ended, diffItem{Title: clean(i.Title), Told: i.Told, When: s.endedWhen(i)})
	}
	for _, l := range d.lists {
		v.Lists = append(v.Lists, s.diffLists(l, root)...)
	}
	for n, c := range d.changes {
		if n == diffGroups {
			v.Rest = s.n(len(d.changes)-n, "{n} more group of servers in the document of the API.", "{n} more groups of servers in the document of the API.")
			break
		}
		v.Changes = append(v.Changes, s.diffGroup(c, n < diffOpen, root))
	}
	v.Nothing = v.Same && len(v.Answers)+len(v.Began)+len(v.Ended)+len(v.Lists)+len(v.Changes) == 0
	return v
}

func (s *Site) sideView(side Side, root string) sideView {
	e := side.Edition
	v := sideView{At: s.atEnd(e.At), Href: root, Says: clean(e.Verdict.Says), Class: anchor(string(e.Verdict.Word)), Reason: clean(e.Verdict.Reason)}
	if side.Name != "today" {
		v.Href += "at/" + side.Name + "/"
	}
	return v
}

func (s *Site) diffLists(l listDifference, root string) (out []diffList) {
	where := string(l.network)
	if n, ok := s.edition.Subject.NetworkByID(l.network); ok {
		where = n.Name
	}
	if l.region != "" {
		where += ", " + string(l.region)
	}
	for _, x := range []struct {
		ids  []deadyet.ServerID
		what string
	}{
		{l.came, s.n(len(l.came), "{n} server came onto the list", "{n} servers came onto the list")},
		{l.left, s.n(len(l.left), "{n} server left the list", "{n} servers left the list")},
	} {
		if len(x.ids) > 0 {
			links, rest := s.crossLinks(x.ids, root)
			out = append(out, diffList{clean(where), x.what, links, rest})
		}
	}
	return out
}

func (s *Site) diffGroup(c checkDifference, open bool, root string) diffGroup {
	name := string(c.network)
	if n, ok := s.edition.Subject.NetworkByID(c.network); ok {
		name = n.Name
	}
	g := diffGroup{Summary: clean(name) + ": " + s.servers(len(c.servers)), Open: open}
	for _, t := range c.turns {
		g.Turns = append(g.Turns, s.turnText(t))
	}
	g.Servers, g.Rest = s.crossLinks(c.servers, root)
	return g
}

// crossLinks leads to servers as they are now, as many as there is room for.
func (s *Site) crossLinks(ids []deadyet.ServerID, root string) (out []crossLink, rest string) {
	for n, id := range ids {
		if n == diffServers {
			return out, s.t("and {n} more", "n", len(ids)-n)
		}
		l := crossLink{Text: clean(id.Name())}
		if s.Has(serverPath(id)) {
			l.Href = root + serverLink(id)
		}
		out = append(out, l)
	}
	return out, ""
}
