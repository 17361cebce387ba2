package site

import (
	"html/template"
	"slices"
	"time"

	"deadyet"
)

// serverView is the page of one server.
type serverView struct {
	frame
	Crumbs    []crumb
	Name      string
	Network   string
	Tables    string // link to the network's tables
	Closed    string // what must stand by an address of a closed network
	Address   string
	Presents  string
	Notes     []string
	Listings  []listingView
	LastAsked stamp
	Told      *toldView
	Sends     []sendView
	History   *stripView
	Rollups   *rollupsView
	Endpoints []endpointView
	Facts     []factView
	Revision  string // of the record's files
	News      []mentionView
}

// listingView is one stay on a list.
type listingView struct {
	Region       *crumb // nil where there is none
	Role         string
	Since, Until stamp
	Later        stamp // an end that came after the moment that is shown
}

// endpointView is everything about one endpoint.
type endpointView struct {
	ID, Where   string
	Checks      []checkView
	Transcripts []transcriptView
	Dropped     string // how many transcripts are not shown
}

// checkView is a row of an endpoint's table.
type checkView struct {
	Asks     string
	Version  string // the page of the version, from the root; "" where there is none
	Class    string
	Answer   string
	Stage    string
	Failure  string
	Since    when
	Asked    stamp
	Votes    string
	Controls string
	Notes    []string
	Now      string
}

func (s *Site) serverView(p place) (v serverView, err error) {
	n, sv, root := p.network, p.server, "../../"
	v = serverView{
		frame: s.frame(root), Name: clean(sv.ID.Name()), Network: clean(n.Name),
		Tables:  root + networkLink(n.ID),
		Address: clean(sv.Address),
	}
	v.Title = s.titled(v.Name + " (" + v.Network + ")")
	v.Crumbs = s.serverCrumbs(p, root)
	v.Description = s.t("What {server} of {network} answers at each port, to each version, and since when.", "server", v.Name, "network", v.Network)
	if !p.stray {
		v.Presents = clean(sv.Presents())
	}
	if s.closed(n) {
		v.Closed = s.closedNote(n)
	}
	if p.stray {
		v.Notes = append(v.Notes, s.t("This server is not in the configuration any more. What was found there is kept."))
	}
	if sv.Note != "" {
		v.Notes = append(v.Notes, clean(sv.Note))
	}
	for _, l := range s.stays(sv) {
		v.Listings = append(v.Listings, s.listingView(n, l, root))
	}
	s.addChecks(&v, n, sv)
	v.History = s.stripView(sv.ID)
	v.Revision, v.News = s.revisionText(n.ID), s.mentions(sv.ID)
	v.Rollups, err = s.rollupsView(sv.ID)
	return v, err
}

// serverCrumbs leads from the question to a server, by its network and the
// region in which it was listed last.
func (s *Site) serverCrumbs(p place, root string) []crumb {
	steps := []crumb{{clean(p.network.Name), root + networkLink(p.network.ID)}}
	if r := p.server.LastListing().Region; s.Has(regionPath(p.network.ID, r)) && r != "" {
		steps = append(steps, crumb{clean(string(r)), root + regionLink(p.network.ID, r)})
	}
	return s.crumbs(root, append(steps, crumb{Text: clean(p.server.ID.Name())})...)
}

func (s *Site) listingView(n deadyet.Network, l stay, root string) listingView {
	v := listingView{Role: s.roleSentence(l.Role), Since: s.day(l.Since), Until: s.day(l.Until), Later: s.day(l.later)}
	if l.Region == "" {
		return v
	}
	v.Region = &crumb{Text: clean(string(l.Region))}
	if s.Has(regionPath(n.ID, l.Region)) {
		v.Region.Href = root + regionLink(n.ID, l.Region)
	}
	return v
}

// listed says from when until when a server stood on the list.
func (t tongue) listed(l listingView) template.HTML {
	switch {
	case l.Since.Text == "" && l.Until.Text == "":
		return t.h("still listed")
	case l.Since.Text == "":
		return t.h("until {until}", "until", timeHTML(l.Until))
	case l.Later.Text != "":
		return t.h("since {since}; still listed then, and until {until} as is known now", "since", timeHTML(l.Since), "until", timeHTML(l.Later))
	case l.Until.Text == "":
		return t.h("since {since}, still listed", "since", timeHTML(l.Since))
	}
	return t.h("since {since} until {until}", "since", timeHTML(l.Since), "until", timeHTML(l.Until))
}

// addChecks adds what is known of the server's endpoints.
func (s *Site) addChecks(v *serverView, n deadyet.Network, sv deadyet.Server) {
	states := s.statesOf(n, sv)
	var asked time.Time
	var facts []deadyet.FactID
	for _, st := range states {
		if st.Asked.After(asked) {
			asked = st.Asked
		}
		if id := st.Span.Fact; id != "" && !slices.Contains(facts, id) {
			facts = append(facts, id)
		}
	}
	v.LastAsked = s.minute(asked)
	slices.SortStableFunc(facts, func(a, b deadyet.FactID) int { return s.facts[a].Since.From.Compare(s.facts[b].Since.From) })
	for _, id := range facts {
		v.Facts = append(v.Facts, s.factView(id))
	}
	v.Told, v.Sends = s.toldOf(sv, states), s.sendsOf(states)
	states = slices.DeleteFunc(states, func(st *deadyet.State) bool { return st.Check.Kind == deadyet.KindName })
	for len(states) > 0 {
		e := states[0].Check.Endpoint
		here := func(st *deadyet.State) bool { return st.Check.Endpoint == e }
		rest := slices.DeleteFunc(slices.Clone(states), here)
		states = slices.DeleteFunc(states, func(st *deadyet.State) bool { return !here(st) })
		v.Endpoints = append(v.Endpoints, s.endpointView(e, states))
		states = rest
	}
}

// statesOf returns all checks of a server as they stand: those of the
// configuration first, then those that are not asked any more.
func (s *Site) statesOf(n deadyet.Network, sv deadyet.Server) (out []*deadyet.State) {
	known := make(map[deadyet.Check]bool)
	for _, c := range n.Checks(sv) {
		known[c] = true
		out = append(out, s.state(c))
	}
	for _, st := range s.asked[sv.ID] {
		if !known[st.Check] {
			out = append(out, st)
		}
	}
	return out
}
