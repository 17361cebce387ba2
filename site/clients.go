package site

import (
	"slices"
	"strings"

	"deadyet"
)

// clientsPage is the matrix of clients and networks.
type clientsPage struct {
	frame
	Crumbs   []crumb
	Share    string
	Form     *clientForm
	Networks []string
	Groups   []clientGroup
}

// clientGroup is the clients of one kind.
type clientGroup struct {
	Title string
	Rows  []clientRow
}

type clientRow struct {
	Name, Href string
	Versions   string
	Cells      []fitCell // one for each network
}

type fitCell struct{ Class, Fit, Version string }

func (s *Site) clientsPage() clientsPage {
	v := clientsPage{frame: s.frame("./"), Share: s.programsText(), Form: s.clientForm("./"), Networks: s.networkNames(), Groups: s.clientGroups()}
	v.Title = s.titled(s.t("Which clients work"))
	v.Description = s.t("Which client gets into which network, worked out from what was found last.")
	v.Crumbs = s.crumbs(v.Root, crumb{Text: s.t("Clients")})
	return v
}

func (s *Site) networkNames() (out []string) {
	for _, n := range s.edition.Subject.Networks {
		out = append(out, clean(n.Name))
	}
	return out
}

// clientGroups are all clients by kind, those that stand apart last.
func (s *Site) clientGroups() (out []clientGroup) {
	var last string
	for i := range s.edition.Subject.Clients {
		c := &s.edition.Subject.Clients[i]
		access := s.edition.AccessOf(c.ID)
		if len(access) == 0 {
			continue
		}
		title := s.groupTitle(c)
		if title != last || out == nil {
			out, last = append(out, clientGroup{Title: title}), title
		}
		g := &out[len(out)-1]
		g.Rows = append(g.Rows, s.clientRow(c, access))
	}
	return out
}

func (s *Site) groupTitle(c *deadyet.Client) string {
	if c.Apart {
		return s.t(string(apartTitle))
	}
	return s.t(string(kindTitles[c.Kind]))
}

func (s *Site) clientRow(c *deadyet.Client, access []deadyet.Access) clientRow {
	row := clientRow{Name: clean(c.Name), Href: clientLink(c.ID), Versions: s.speaks(c)}
	for _, n := range s.edition.Subject.Networks {
		cell := fitCell{Class: fitClass[deadyet.FitUnknown], Fit: s.fit(deadyet.FitUnknown)}
		if i := slices.IndexFunc(access, func(a deadyet.Access) bool { return a.Network == n.ID }); i >= 0 {
			cell = fitCell{fitClass[access[i].Fit], s.fit(access[i].Fit), clean(string(access[i].Version))}
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// speaks names the versions of a client.
func (s *Site) speaks(c *deadyet.Client) string {
	if len(c.Versions) == 0 {
		return s.t("not known")
	}
	names := make([]string, len(c.Versions))
	for i, v := range c.Versions {
		names[i] = clean(string(v))
	}
	return strings.Join(names, ", ")
}

// programsText is the share of programs that get into the network that the question
// means, "" where nothing is known.
func (s *Site) programsText() string {
	n, _ := s.edition.Subject.NetworkByID(s.edition.Subject.Network)
	for _, r := range s.edition.Verdict.Reasons {
		if r.Kind == deadyet.ReasonClients {
			return s.n(r.OfPrograms, "{in} of the {n} program of which something is known gets into the network {network}.",
				"{in} of the {n} programs of which something is known get into the network {network}.", "in", r.Programs, "network", clean(n.Name))
		}
	}
	return ""
}

// entrantsView is the clients that get into a network.
type entrantsView struct {
	Fits []entrantsOf
	Rest string // how many do not
	All  string
}

type entrantsOf struct {
	Title   string
	Clients []crumb
}

// entrantsView returns nil where nothing is known of any client.
func (s *Site) entrantsView(n deadyet.NetworkID, root string) *entrantsView {
	in, rest := make(map[deadyet.Fit][]crumb), 0
	for i := range s.edition.Access {
		a := &s.edition.Access[i]
		c, known := s.edition.Subject.Client(a.Client)
		switch {
		case a.Network != n || !known:
		case a.Fit.In():
			in[a.Fit] = append(in[a.Fit], crumb{clean(c.Name), root + clientLink(c.ID)})
		default:
			rest++
		}
	}
	if len(in) == 0 && rest == 0 {
		return nil
	}
	v := &entrantsView{All: root + "clients", Rest: s.n(rest, "{n} other does not get in, or nobody can tell.", "{n} others do not get in, or nobody can tell.")}
	if len(in) == 0 {
		v.Rest = s.t("None of them is known to get in.")
	}
	for _, f := range deadyet.Fits() {
		if len(in[f]) > 0 {
			v.Fits = append(v.Fits, entrantsOf{s.fit(f), in[f]})
		}
	}
	return v
}

// tallyView counts the programs for people, network by network. Clients apart are
// not among them, nor are libraries.
type tallyView struct {
	Names []string // of the fits, in the order of [deadyet.Fits]
	Rows  []tallyRow
}

type tallyRow struct {
	Name, Href string
	Counts     []int
}

// tally has no rows where nothing is known of any client.
func (s *Site) tally() (v tallyView) {
	fits := deadyet.Fits()
	for _, f := range fits {
		v.Names = append(v.Names, s.fit(f))
	}
	counts := make(map[deadyet.NetworkID][]int)
	for _, c := range s.edition.Subject.Clients {
		if c.Apart || c.Kind == deadyet.ClientLibrary {
			continue
		}
		for _, a := range s.edition.AccessOf(c.ID) {
			if counts[a.Network] == nil {
				counts[a.Network] = make([]int, len(fits))
			}
			counts[a.Network][slices.Index(fits, a.Fit)]++
		}
	}
	for _, n := range s.edition.Subject.Networks {
		if of := counts[n.ID]; of != nil {
			v.Rows = append(v.Rows, tallyRow{clean(n.Name), networkLink(n.ID), of})
		}
	}
	return v
}
