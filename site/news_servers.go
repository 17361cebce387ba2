package site

import (
	"slices"
	"strconv"
	"strings"

	"deadyet"
)

// itemLinks is how many servers one item links, pageLinks how many all items of
// a page do. The tables have them all.
const (
	itemLinks = 400
	pageLinks = 2000
)

// concernedView is the servers that an item is about.
type concernedView struct {
	Summary string
	What    string // ports and versions
	Parts   []partView
}

// partView is the servers of one region and role.
type partView struct {
	Text    string
	Servers []formerView
	Rest    string // what is not linked, or why nothing is
}

// concerned lists the servers of an item; nil when it is about none. Of the
// links that it makes, room gets less.
func (s *Site) concerned(i deadyet.Item, room *int) *concernedView {
	count, about := 0, false
	for _, p := range i.Parts {
		count, about = count+p.Count, about || s.roughly(i, p)
	}
	if count == 0 {
		return nil
	}
	v := &concernedView{Summary: "The " + strconv.Itoa(count) + " servers concerned", What: s.whatText(i.Ports, i.Versions)}
	switch {
	case about:
		v.Summary = "The servers concerned, " + vagueMark + nbsp + strconv.Itoa(count)
	case count == 1:
		v.Summary = "The server concerned"
	}
	left := min(itemLinks, *room)
	for _, p := range i.Parts {
		pv := s.partView(i, p, left)
		left, *room = left-len(pv.Servers), *room-len(pv.Servers)
		v.Parts = append(v.Parts, pv)
	}
	return v
}

func (s *Site) partView(i deadyet.Item, p deadyet.Part, room int) partView {
	v := partView{Text: s.partText(i, p)}
	if !slices.Equal(p.Ports, i.Ports) || !slices.Equal(p.Versions, i.Versions) {
		if what := s.whatText(p.Ports, p.Versions); what != "" {
			v.Text += "; " + what
		}
	}
	if p.About && p.Count < p.Of {
		v.Rest = "Which ones is not known."
		if p.Count == 1 {
			v.Rest = "Which one is not known."
		}
		return v
	}
	for _, id := range p.Servers[:min(room, len(p.Servers))] {
		f := formerView{Name: clean(id.Name())}
		if s.Has(serverPath(id)) {
			f.Href = serverLink(id)
		}
		v.Servers = append(v.Servers, f)
	}
	if more := len(p.Servers) - len(v.Servers); more > 0 {
		v.Rest = "and " + strconv.Itoa(more) + " more."
	}
	return v
}

// partText counts: "bay, main: 1 of 2".
func (s *Site) partText(i deadyet.Item, p deadyet.Part) string {
	var b strings.Builder
	b.WriteString(placeText(p) + ": ")
	if s.roughly(i, p) {
		b.WriteString(vagueMark + nbsp)
	}
	b.WriteString(strconv.Itoa(p.Count) + " of " + strconv.Itoa(p.Of))
	if share := s.shareText(i, p); share != "" {
		b.WriteString(" (recorded: " + share + ")")
	}
	if p.Listed > p.Of {
		b.WriteString(", " + strconv.Itoa(p.Listed) + " listed")
	}
	if p.Back > 0 {
		b.WriteString(", " + strconv.Itoa(p.Back) + " back to normal")
	}
	return b.String()
}

// placeText names a region and a role: "bay, main". Main and internal servers
// alike are named by their region alone.
func placeText(p deadyet.Part) string {
	var words []string
	for _, w := range []string{string(p.Region), string(p.Role)} {
		if w != "" {
			words = append(words, clean(w))
		}
	}
	if len(words) == 0 {
		return "main and internal"
	}
	return strings.Join(words, ", ")
}

// roughly reports whether the number of a part stands for a share.
func (s *Site) roughly(i deadyet.Item, p deadyet.Part) bool { return s.shareText(i, p) != "" }

// shareText is the share that the record knows in place of the number.
func (s *Site) shareText(i deadyet.Item, p deadyet.Part) string {
	if !p.About {
		return ""
	}
	for _, f := range s.factsOf(i) {
		here := len(f.Select.Regions) == 0 || slices.Contains(f.Select.Regions, p.Region)
		if here && f.Vague() && !f.Count.Exact() {
			return countText(f.Count)
		}
	}
	return ""
}

// whatText names ports and versions: "ports 80 and 1863, MSNP8, 11–12".
func (s *Site) whatText(ports []uint16, versions []deadyet.Version) string {
	var parts []string
	for _, p := range ports {
		parts = append(parts, strconv.Itoa(int(p)))
	}
	text := ""
	switch n := len(parts); {
	case n == 1:
		text = "port " + parts[0]
	case n > 1:
		text = "ports " + strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
	if v := ranges(s.columns, versions); v != "" {
		if text != "" {
			text += ", "
		}
		text += v
	}
	return text
}
