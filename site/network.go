package site

import (
	"html/template"
	"slices"

	"deadyet"
)

// networkView is the page of a network, or of one of its regions.
type networkView struct {
	frame
	Crumbs   []crumb
	Name     string
	Line     *lineView
	Memorial *memorialView
	Note     template.HTML
	Site     string
	About    []pairView
	Regions  []crumb
	Decline  *declineView
	Lives    *livesView
	Clients  *entrantsView
	News     []mentionView
	NewsMore string
	Fleet    fleetView
	Legend   []legendView
}

// memorialView is what is said of a network that closed.
type memorialView struct {
	Closed    stamp
	First     string
	Last      string
	Survivors []crumb // the last to go
	Words     string
}

// newsOfOwn is how many items of news a page of a network names.
const newsOfOwn = 60

func (s *Site) addNetworks() {
	for _, n := range append(slices.Clone(s.edition.Subject.Networks), s.strayNetworks()...) {
		s.addPage(networkPath(n.ID), "network", func() any { return s.networkView(n) })
		for _, r := range s.regionsOf(n) {
			s.addPage(regionPath(n.ID, r), "network", func() any { return s.regionView(n, r) })
		}
	}
}

// regionsOf lists all regions that a network had ever had by the moment of the
// edition.
func (s *Site) regionsOf(n deadyet.Network) (out []deadyet.Region) {
	for _, sv := range n.Servers {
		for _, l := range s.stays(sv) {
			if l.Region != "" && !slices.Contains(out, l.Region) {
				out = append(out, l.Region)
			}
		}
	}
	return out
}

func (s *Site) networkView(n deadyet.Network) networkView {
	const root = "../"
	v := s.placeView(n, "", root)
	v.Name = clean(n.Name)
	v.Title, v.Description = s.titled(v.Name), s.t("What {network} still takes, since when, and what happened there.", "network", v.Name)
	v.Crumbs = s.crumbs(root, crumb{s.t("Networks"), root + "#networks"}, crumb{Text: v.Name})
	v.Note, v.Site = markdownLine(n.Note), webLink(n.Site)
	v.About = s.aboutNetwork(n)
	for _, l := range s.edition.Lines {
		if l.Network == n.ID {
			line := s.lineView(n, l)
			line.Href, line.Whole = "#servers", true
			v.Line = &line
		}
	}
	if s.closed(n) {
		v.Memorial = s.memorialView(n, root)
	}
	for _, r := range s.regionsOf(n) {
		v.Regions = append(v.Regions, crumb{clean(string(r)), root + regionLink(n.ID, r)})
	}
	v.Lives, v.Clients = s.livesView(n, root), s.entrantsView(n.ID, root)
	return v
}

func (s *Site) regionView(n deadyet.Network, r deadyet.Region) networkView {
	const root = "../../"
	v := s.placeView(n, r, root)
	v.Name = clean(n.Name) + ", " + clean(string(r))
	v.Title, v.Description = s.titled(v.Name), s.t("What the servers of {region} still take, since when, and what happened there.", "region", v.Name)
	v.Crumbs = s.crumbs(root, crumb{clean(n.Name), root + networkLink(n.ID)}, crumb{Text: clean(string(r))})
	return v
}

// placeView is what the pages of a network and of a region share.
func (s *Site) placeView(n deadyet.Network, r deadyet.Region, root string) networkView {
	v := networkView{
		frame: s.frame(root), Decline: s.declineView(n, r, root, roomOwn), Fleet: s.fleetView(n), Legend: s.legend(),
	}
	v.Fleet.keep(s, n, r)
	v.Fleet.rebase(root)
	for _, i := range s.itemsOf(n.ID, r) {
		v.News = append(v.News, mentionView{Title: clean(i.Title), Told: i.Told, Href: root + itemLink(i.ID), When: s.dateline(begun(i)), Mark: s.daggerOf(i)})
	}
	if more := len(v.News) - newsOfOwn; more > 0 {
		v.News, v.NewsMore = v.News[:newsOfOwn], s.n(more, "{n} earlier item", "{n} earlier items")
	}
	return v
}

// aboutNetwork lists what the configuration says of a network.
func (s *Site) aboutNetwork(n deadyet.Network) (out []pairView) {
	add := func(name, value string) {
		if value != "" {
			out = append(out, pairView{name, value})
		}
	}
	add(s.t("Run by"), clean(n.Project))
	add(s.t("Since"), s.day(n.Since).Text)
	if s.closed(n) {
		add(s.t("Closed"), s.day(n.Closed).Text)
	}
	if n.Dialled() && (s.moment.Name == "" || s.edition.Live) {
		add(s.t("Asked"), s.n(n.ConnectionsPerDay, "{often}, with at most {n} connection a day to a host", "{often}, with at most {n} connections a day to a host", "often", s.every(n.Interval)))
	}
	return out
}

// memorialView remembers a network that closed: from its first version to its
// last words, which are the reason of its verdict.
func (s *Site) memorialView(n deadyet.Network, root string) *memorialView {
	m := &memorialView{Closed: s.day(n.Closed)}
	for _, l := range s.edition.Lines {
		if l.Network == n.ID {
			m.Words = sentence(clean(l.Verdict.Reason))
		}
	}
	lives := s.livesOf(n.ID)
	if len(lives) == 0 {
		return m
	}
	first, last := lives[0], lives[0]
	for _, l := range lives {
		if lifeBegins(l).Before(lifeBegins(first)) {
			first = l
		}
		if s.lifeEnds(l).After(s.lifeEnds(last)) {
			last = l
		}
	}
	m.First = s.t("{version}, first taken {when}.", "version", clean(string(first.Version)), "when", s.inWords(asOn, first.First).Text())
	m.Last = s.t("{version}, {life}.", "version", clean(string(last.Version)), "life", s.lifeText(last))
	m.Survivors = s.survivors(n, last.Version, root)
	return m
}

// survivorsMost is how many servers a memorial names.
const survivorsMost = 12

// survivors are the servers that took a version until the very end.
func (s *Site) survivors(n deadyet.Network, v deadyet.Version, root string) (out []crumb) {
	_, stops := s.fates(n.ID, v)
	for _, st := range stops {
		if st.until != stops[0].until || len(out) == survivorsMost {
			break
		}
		out = append(out, *s.serverCrumb(st.server, root))
	}
	return out
}

// keep leaves the table of one region; "" is all of them. Servers that were
// listed there once stay.
func (f *fleetView) keep(s *Site, n deadyet.Network, r deadyet.Region) {
	if r == "" {
		return
	}
	f.Tables = slices.DeleteFunc(f.Tables, func(t tableView) bool { return t.Title != clean(string(r)) })
	for i := range f.Tables {
		f.Tables[i].Fold = false
	}
	f.Former, f.FormerText = nil, ""
	_, former := s.listedOn(n)
	for _, sv := range former {
		if s.stoodIn(sv, r) {
			f.Former = append(f.Former, formerView{clean(sv.ID.Name()), serverLink(sv.ID)})
		}
	}
	if len(f.Former) > 0 {
		f.FormerText = s.formerText(len(f.Former))
	}
}

// rebase makes the links of the tables good on a page that is not at the root.
func (f *fleetView) rebase(root string) {
	f.Href = root + f.Href
	for i := range f.Tables {
		t := &f.Tables[i]
		if t.Href != "" {
			t.Href = root + t.Href
		}
		for g := range t.Groups {
			group := &t.Groups[g]
			group.Href = root + group.Href
			for _, r := range group.Rows {
				for c := range r.Cells {
					if r.Cells[c].Href != "" {
						r.Cells[c].Href = root + r.Cells[c].Href
					}
				}
			}
		}
	}
	for i := range f.Former {
		f.Former[i].Href = root + f.Former[i].Href
	}
}
