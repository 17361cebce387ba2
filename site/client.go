package site

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"deadyet"
)

// ClientsPath is where all clients stand together.
const ClientsPath = "/clients"

// ClientPath is where a client stands.
func ClientPath(id deadyet.ClientID) string { return "/client/" + string(id) }

func clientLink(id deadyet.ClientID) string { return "client/" + url.PathEscape(string(id)) }

// addClients adds the clients that were out by the moment of the edition, and
// all of them together.
func (s *Site) addClients() {
	if len(s.edition.Access) == 0 {
		return
	}
	s.addPage(ClientsPath, "clients", func() any { return s.clientsPage() })
	s.addText(ClientsPath+".txt", s.clientsText)
	for i := range s.edition.Subject.Clients {
		c := &s.edition.Subject.Clients[i]
		if len(s.edition.AccessOf(c.ID)) == 0 {
			continue
		}
		s.addPage(ClientPath(c.ID), "client", func() any { return s.clientPage(c) })
		s.addText(ClientPath(c.ID)+".txt", func() string { return s.clientText(c) })
		s.addDocument(apiRoot+"clients/"+string(c.ID), func() any { return s.apiClient(c) })
	}
}

// clientPage is everything about one client.
type clientPage struct {
	frame
	Crumbs     []crumb
	Name       string
	Class      string
	Says       string // the answer
	Apart      bool
	Fits       []fitView
	Secret     string // what to mind about the password
	Builds     string
	Versions   []crumb
	About      []pairView
	Sets       []string
	Sources    []*sourceView
	Note       template.HTML
	Confidence string
	Lang       template.HTMLAttr // of the catalogue's own words, which are English
	Today      string            // link to the page of the present, from one of the past
}

// fitView is how a client goes together with a network.
type fitView struct {
	Network  crumb
	Class    string
	Fit      string
	Taken    string // which version over which way
	Why      []string
	Since    when
	Last     string // when it last worked, of one that does not
	Recorded bool   // it is known from the record
	Claim    *claimView
	Site     string     // the network's own page, where there is no guide
	Guide    *guideView // how to get in, of what is known today
}

func (s *Site) clientPage(c *deadyet.Client) clientPage {
	const root = "../"
	fit := s.edition.FitOf(c.ID)
	v := clientPage{
		frame: s.frame(root), Name: clean(c.Name), Class: fitClass[fit], Says: s.t(string(fitSays[fit])), Apart: c.Apart,
		Secret: s.secret(*c), Builds: clean(c.Builds), Confidence: s.t(string(confidenceWords[c.Confidence])),
	}
	v.Title = s.titled(s.t("{client}: does it still work?", "client", v.Name))
	v.Description = s.t("Which network takes {client} now, how to get in, and until when it last worked elsewhere.", "client", v.Name)
	v.Crumbs = s.crumbs(root, crumb{s.t("Clients"), root + "clients"}, crumb{Text: v.Name})
	v.Lang = s.foreignIn(deadyet.English)
	if s.moment.Name != "" {
		v.Today = v.Present + clientLink(c.ID)
	}
	v.Fits = s.fitViews(c, root)
	for _, x := range c.Versions {
		v.Versions = append(v.Versions, s.versionCrumb(x, root))
	}
	v.About = s.aboutClient(c)
	for _, x := range c.Set {
		v.Sets = append(v.Sets, s.setting(x))
	}
	for _, x := range c.Sources {
		v.Sources = append(v.Sources, s.sourceOf(x))
	}
	if c.Note != "" {
		v.Note = markdownLine(c.Note)
	}
	return v
}

// versionCrumb is a version with its page.
func (s *Site) versionCrumb(v deadyet.Version, root string) crumb {
	c := crumb{Text: clean(string(v))}
	if s.Has(versionPath(v)) {
		c.Href = root + versionLink(v)
	}
	return c
}

// aboutClient lists what the catalogue says of a client.
func (s *Site) aboutClient(c *deadyet.Client) (out []pairView) {
	add := func(name, value string) {
		if value != "" {
			out = append(out, pairView{name, value})
		}
	}
	var signs []string
	for _, x := range c.SignIn {
		signs = append(signs, s.t(string(signInWords[x])))
	}
	add(s.t("Over"), strings.Join(waysOf(c), ", "))
	add(s.t("Signs in by"), strings.Join(signs, ", "))
	add(s.t("Encryption of its system"), clean(strings.Join(c.TLS, ", ")))
	add(s.t("Runs on"), clean(strings.Join(c.Platforms, ", ")))
	add(s.t("First release"), s.dateText(c.First))
	add(s.t("Last release"), s.dateText(c.Last))
	return out
}

func waysOf(c *deadyet.Client) (out []string) {
	for _, w := range c.Ways {
		out = append(out, w.String())
	}
	return out
}

// fitViews are the networks beside a client, those that closed last.
func (s *Site) fitViews(c *deadyet.Client, root string) (out []fitView) {
	access := slices.Clone(s.edition.AccessOf(c.ID))
	slices.SortStableFunc(access, func(a, b deadyet.Access) int { return s.closedRank(a.Network) - s.closedRank(b.Network) })
	for _, a := range access {
		if n, ok := s.edition.Subject.NetworkByID(a.Network); ok {
			out = append(out, s.fitView(c, n, a, root))
		}
	}
	return out
}

func (s *Site) closedRank(id deadyet.NetworkID) int {
	if n, _ := s.edition.Subject.NetworkByID(id); s.closed(n) {
		return 1
	}
	return 0
}

func (s *Site) fitView(c *deadyet.Client, n deadyet.Network, a deadyet.Access, root string) fitView {
	l := s.lineOf(n.ID)
	v := fitView{Network: crumb{clean(n.Name), root + networkLink(n.ID)}, Class: fitClass[a.Fit], Fit: s.fit(a.Fit), Recorded: l.Recorded}
	if a.Version != "" {
		v.Taken = s.t("It takes {version} over {way}.", "version", clean(string(a.Version)), "way", a.Way.String())
	}
	for _, o := range a.Why {
		v.Why = append(v.Why, s.obstacle(o))
	}
	if a.Fit != deadyet.FitUnknown && a.Since != a.Ended { // or else the other sentence says it
		v.Since = s.inWords(asSinceFirst, a.Since)
	}
	v.Last = s.lastWorked(a)
	if l.LastAsked.IsZero() && n.Says.Text != "" && !s.closed(n) {
		v.Claim = &claimView{strings.TrimSuffix(clean(n.Says.Text), "."), s.sourceOf(n.Says.Source)}
	}
	if v.Guide = s.guideView(c, n, a); v.Guide == nil && !s.closed(n) && s.moment.Name == "" {
		v.Site = webLink(n.Site)
	}
	return v
}

// lastWorked says of a client that does not get in when it last did.
func (t tongue) lastWorked(a deadyet.Access) string {
	switch {
	case a.Ended.IsZero():
		return ""
	case a.LastVersion == "":
		return t.t("It worked {until}.", "until", t.inWords(asUntil, a.Ended).Text())
	}
	return t.t("It worked {until}, with {version} over {way}.", "until", t.inWords(asUntil, a.Ended).Text(),
		"version", clean(string(a.LastVersion)), "way", a.LastWay.String())
}
