package site

import (
	"slices"
	"strconv"

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
	v := &concernedView{Summary: s.n(count, "The server concerned", "The {n} servers concerned"), What: s.whatText(i.Ports, i.Versions)}
	switch {
	case about:
		v.Summary = s.t("The servers concerned, {number}", "number", vagueMark+nbsp+s.Number(count))
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
		v.Rest = s.n(p.Count, "Which one is not known.", "Which ones is not known.")
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
		v.Rest = s.t("and {n} more.", "n", more)
	}
	return v
}

// partText counts: "bay, main: 1 of 2".
func (s *Site) partText(i deadyet.Item, p deadyet.Part) string {
	count := s.Number(p.Count)
	if s.roughly(i, p) {
		count = vagueMark + nbsp + count
	}
	text := s.t("{place}: {count} of {all}", "place", s.placeText(p), "count", count, "all", p.Of)
	if share := s.shareText(i, p); share != "" {
		text = s.t("{text} (recorded: {share})", "text", text, "share", share)
	}
	if p.Listed > p.Of {
		text = s.t("{text}, {n} listed", "text", text, "n", p.Listed)
	}
	if p.Back > 0 {
		text = s.t("{text}, {n} back to normal", "text", text, "n", p.Back)
	}
	return text
}

// placeText names a region and a role: "bay, main". Main and internal servers
// alike are named by their region alone.
func (t tongue) placeText(p deadyet.Part) string {
	switch {
	case p.Region != "" && p.Role != "":
		return t.t("{region}, {role}", "region", clean(string(p.Region)), "role", t.role(p.Role))
	case p.Region != "":
		return clean(string(p.Region))
	case p.Role != "":
		return t.role(p.Role)
	}
	return t.t("main and internal")
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
			return s.countText(f.Count)
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
	switch len(parts) {
	case 0:
	case 1:
		text = s.t("port {port}", "port", parts[0])
	default:
		text = s.t("ports {ports}", "ports", s.and(parts))
	}
	switch v := ranges(s.columns, versions); {
	case v == "":
		return text
	case text == "":
		return v
	default:
		return s.t("{ports}, {versions}", "ports", text, "versions", v)
	}
}
