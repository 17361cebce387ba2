package site

import (
	"cmp"
	"html/template"
	"slices"

	"deadyet"
)

// stoppedMost is how many servers the page of a version lists for each network.
const stoppedMost = 400

// versionPage is everything about one version.
type versionPage struct {
	frame
	Crumbs   []crumb
	Name     string
	Version  deadyet.VersionInfo
	Note     template.HTML
	Counts   string
	Rule     bool // the verdict goes by it
	Networks []takersView
	Clients  []crumb // that offer it
	News     []mentionView
	Earlier  *crumb
	Later    *crumb
}

// takersView is who takes the version in one network, and who did.
type takersView struct {
	Name, Href string
	Life       string
	Survivor   *crumb
	Now        string
	Takers     []crumb
	Stopped    []stoppedView
	Fold       string
	More       string
}

// stoppedView is servers that stopped at the same time.
type stoppedView struct {
	When    when
	Known   string
	Servers []crumb
}

func (s *Site) addVersions() {
	for n := range s.edition.Subject.Versions {
		v := s.edition.Subject.Versions[n].Version
		s.addPage(versionPath(v), "version", func() any { return s.versionPage(n) })
	}
}

func (s *Site) versionPage(n int) versionPage {
	const root = "../"
	all := s.edition.Subject.Versions
	i := all[n]
	v := versionPage{frame: s.frame(root), Name: clean(string(i.Version)), Version: i, Counts: s.t("no: the question does not mean it")}
	if i.Counts {
		v.Counts = s.t("yes")
	}
	if i.Note != "" {
		v.Note = markdownLine(i.Note)
	}
	v.Rule = i.Version == s.edition.Subject.Rule.Reference
	v.Title = s.titled(s.t("{version}: who still takes it", "version", v.Name))
	v.Description = s.t("Who still takes {version}, since when the others do not, and who was the last.", "version", v.Name)
	v.Crumbs = s.crumbs(root, crumb{s.t("Versions"), root + "#lives"}, crumb{Text: v.Name})
	for _, net := range s.edition.Subject.Networks {
		v.Networks = append(v.Networks, s.takersView(net, i.Version, root))
	}
	v.Clients = s.speakers(i.Version, root)
	for _, it := range s.edition.Items {
		if s.concerns(it, i.Version) {
			v.News = append(v.News, mentionView{Title: clean(it.Title), Href: root + itemLink(it.ID), When: s.dateline(begun(it)), Mark: s.daggerOf(it)})
		}
	}
	v.Earlier, v.Later = versionNeighbours(all, n, root)
	return v
}

// speakers are the clients that offer a version.
func (s *Site) speakers(v deadyet.Version, root string) (out []crumb) {
	for _, c := range s.edition.Subject.Clients {
		if slices.Contains(c.Versions, v) && s.Has(ClientPath(c.ID)) {
			out = append(out, crumb{clean(c.Name), root + clientLink(c.ID)})
		}
	}
	return out
}

func versionNeighbours(all []deadyet.VersionInfo, n int, root string) (earlier, later *crumb) {
	link := func(v deadyet.Version) *crumb { return &crumb{clean(string(v)), root + versionLink(v)} }
	if n > 0 {
		earlier = link(all[n-1].Version)
	}
	if n+1 < len(all) {
		later = link(all[n+1].Version)
	}
	return earlier, later
}

// takersView tells of the servers of a network that take a version, and of
// those that stopped, the last to stop first.
func (s *Site) takersView(n deadyet.Network, version deadyet.Version, root string) takersView {
	v := takersView{Name: clean(n.Name), Href: root + networkLink(n.ID), Now: s.t("No server is known to take it.")}
	for _, l := range s.livesOf(n.ID) {
		if l.Version == version {
			v.Life = s.lifeText(l)
			v.Survivor = s.serverCrumb(l.Survivor, root)
		}
	}
	takers, stops := s.fates(n.ID, version)
	for _, id := range takers {
		v.Takers = append(v.Takers, *s.serverCrumb(id, root))
	}
	if len(takers) > 0 {
		v.Now = s.n(len(takers), "{n} server takes it:", "{n} servers take it:")
	}
	shown := stops
	if more := len(stops) - stoppedMost; more > 0 {
		shown, v.More = stops[:stoppedMost], s.t("and {n} more, earlier.", "n", more)
	}
	for _, st := range shown {
		v.addStop(s, st, root)
	}
	if len(stops) > 0 {
		v.Fold = s.n(len(stops), "{n} server took it until it stopped, or until nobody asked any more", "{n} servers took it until they stopped, or until nobody asked any more")
	}
	return v
}

func (v *takersView) addStop(s *Site, st fate, root string) {
	w, known := s.dateline(st.until), s.t("measured here")
	if st.recorded {
		known = s.t("† recorded")
	}
	if k := len(v.Stopped); k == 0 || v.Stopped[k-1].When != w || v.Stopped[k-1].Known != known {
		v.Stopped = append(v.Stopped, stoppedView{When: w, Known: known})
	}
	last := &v.Stopped[len(v.Stopped)-1]
	last.Servers = append(last.Servers, *s.serverCrumb(st.server, root))
}

// serverCrumb is a server with its page; nil for none.
func (s *Site) serverCrumb(id deadyet.ServerID, root string) *crumb {
	if id == "" {
		return nil
	}
	c := crumb{Text: clean(id.Name())}
	if s.Has(serverPath(id)) {
		c.Href = root + serverLink(id)
	}
	return &c
}

// fate is when a server stopped to take a version.
type fate struct {
	server   deadyet.ServerID
	until    deadyet.Interval
	recorded bool
}

// fates returns the servers of a network that take a version, and when the
// others stopped, the last first.
func (s *Site) fates(n deadyet.NetworkID, v deadyet.Version) (takers []deadyet.ServerID, stops []fate) {
	now, ends := make(map[deadyet.ServerID]bool), make(map[deadyet.ServerID]fate)
	for i := range s.edition.Spans {
		sp := &s.edition.Spans[i]
		id := sp.Check.Server
		if sp.Check.Version != v || sp.Outcome.Answer != deadyet.AnswerYes || id.Network() != n {
			continue
		}
		now[id] = now[id] || sp.Open()
		if f, ok := ends[id]; !ok || sp.Until.To.After(f.until.To) {
			ends[id] = fate{id, sp.Until, sp.Recorded()}
		}
	}
	for id, f := range ends {
		if now[id] {
			takers = append(takers, id)
			continue
		}
		stops = append(stops, f)
	}
	slices.Sort(takers)
	slices.SortFunc(stops, func(a, b fate) int {
		if c := b.until.To.Compare(a.until.To); c != 0 {
			return c
		}
		if c := b.until.From.Compare(a.until.From); c != 0 {
			return c
		}
		return cmp.Compare(a.server, b.server)
	})
	return takers, stops
}
