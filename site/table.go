package site

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"deadyet"
)

// foldAbove is the number of servers above which a table is folded.
const foldAbove = 12

// fleetView is the servers of one network.
type fleetView struct {
	ID     string
	Name   string
	Href   string // of the network's page
	Notes  []string
	Tables []tableView
	Former []formerView
	// FormerText says how many were listed once; "" for none.
	FormerText string
}

// tableView is the servers of one region.
type tableView struct {
	Title   string
	Href    string // of the region's page, "" where there is none
	Summary string
	Fold    bool
	Caption string
	Family  string   // of the versions: "MSNP"
	Columns []string // "2", "3", …
	Span    string   // number of columns
	Groups  []groupView
	rows    template.HTML // of the groups, where they were written ahead
}

// Rows is the bodies of the table.
func (t tableView) Rows() template.HTML {
	if t.rows != "" {
		return t.rows
	}
	return rowsHTML(t.Groups)
}

// groupView is the rows of one server.
type groupView struct {
	Class string
	Name  string
	Href  string
	Role  string
	Span  string
	Rows  []rowView
}

// rowView is one endpoint.
type rowView struct {
	Where string
	Cells []cell
}

// formerView is a server that is not listed any more.
type formerView struct{ Name, Href string }

// listed is a server with the listing under which it is shown.
type listed struct {
	deadyet.Server
	listing deadyet.Listing
}

// listedOn returns the servers of n that are listed at the moment of the
// edition, and those that once were. For a closed network its last day counts.
func (s *Site) listedOn(n deadyet.Network) (now []listed, former []deadyet.Server) {
	day := deadyet.DayOf(s.edition.At)
	if !n.Closed.IsZero() && n.Closed.Before(day) {
		day = n.Closed
	}
	day = laterDay(day, n.FirstList())
	for _, sv := range n.Servers {
		if l, ok := sv.ListingOn(day); ok {
			now = append(now, listed{sv, l})
			continue
		}
		if len(sv.Listings) > 0 && day.Before(sv.Listings[0].Since) {
			continue // it came later
		}
		former = append(former, sv)
	}
	return now, former
}

func (s *Site) fleetViews() (out []fleetView) {
	for _, n := range s.edition.Subject.Networks {
		out = append(out, s.fleetView(n))
	}
	for _, n := range s.strayNetworks() {
		f := s.fleetView(n)
		f.Notes = []string{s.t("This network is not in the configuration any more. What was found there is kept.")}
		out = append(out, f)
	}
	return out
}

func (s *Site) fleetView(n deadyet.Network) fleetView {
	now, former := s.listedOn(n)
	former = append(former, s.straysOf(n.ID)...)
	f := fleetView{ID: "servers-" + anchor(string(n.ID)), Name: clean(n.Name), Href: networkLink(n.ID)}
	if s.closed(n) {
		f.Notes = append(f.Notes, s.closedNote(n))
	}
	if len(now) == 0 {
		f.Notes = append(f.Notes, s.t("No server is listed."))
	}
	for _, region := range regionsOf(now) {
		f.Tables = append(f.Tables, s.tableView(n, region, now))
	}
	if len(former) > 0 {
		f.FormerText = s.formerText(len(former))
	}
	for _, sv := range former {
		f.Former = append(f.Former, formerView{clean(sv.ID.Name()), serverLink(sv.ID)})
	}
	return f
}

func laterDay(a, b deadyet.Day) deadyet.Day {
	if a.Before(b) {
		return b
	}
	return a
}

// closedNote is what must stand by every address of a closed network.
func (t tongue) closedNote(n deadyet.Network) string {
	return t.t("This network closed on {day}. Its addresses belong to others now and are shown as history only: please don’t connect to them.", "day", t.day(n.Closed).Text)
}

func regionsOf(servers []listed) (out []deadyet.Region) {
	for _, sv := range servers {
		if !slices.Contains(out, sv.listing.Region) {
			out = append(out, sv.listing.Region)
		}
	}
	return out
}

func (s *Site) tableView(n deadyet.Network, region deadyet.Region, all []listed) tableView {
	servers := slices.DeleteFunc(slices.Clone(all), func(l listed) bool { return l.listing.Region != region })
	slices.SortStableFunc(servers, func(a, b listed) int { return cmp.Compare(rank(a.listing.Role), rank(b.listing.Role)) })
	columns := s.columnsOf(n, servers)
	t := tableView{Title: clean(string(region)), Fold: len(servers) > foldAbove, Family: prefix(columns), Span: strconv.Itoa(len(columns))}
	switch {
	case t.Title == "" && len(servers) < len(all):
		t.Title = s.t("Of no region")
	case t.Title == "":
		t.Title = s.t("All servers")
	}
	if region != "" && s.Has(regionPath(n.ID, region)) {
		t.Href = regionLink(n.ID, region)
	}
	for _, sv := range servers {
		t.Groups = append(t.Groups, s.groupView(n, sv, columns))
	}
	t.Summary = s.takeText(n, servers)
	t.Caption = s.t("{network}, {region}: what each server answers at each port, to each version", "network", clean(n.Name), "region", t.Title)
	for _, v := range columns {
		t.Columns = append(t.Columns, strings.TrimPrefix(clean(string(v)), t.Family))
	}
	return t
}

// takeText says how many servers take something. What everybody needs beside
// them is no messenger server, and does not count.
func (s *Site) takeText(n deadyet.Network, servers []listed) string {
	counted := slices.DeleteFunc(slices.Clone(servers), func(l listed) bool { return l.listing.Role == deadyet.RoleDependency })
	if len(counted) == 0 {
		return ""
	}
	taking := 0
	for _, sv := range counted {
		if s.takes(n, sv.Server) {
			taking++
		}
	}
	if taking == 1 {
		return s.n(len(counted), "1 of {n} server takes something", "1 of {n} servers takes something")
	}
	return s.n(len(counted), "{some} of {n} server takes something", "{some} of {n} servers take something", "some", taking)
}

// formerText counts servers that are not listed any more.
func (t tongue) formerText(n int) string {
	return t.n(n, "{n} server with a past", "{n} servers with a past")
}

// rank puts main servers first, and the name that leads to them.
func rank(r deadyet.Role) int {
	order := []deadyet.Role{deadyet.RoleMain, deadyet.RoleEntry, deadyet.RoleInternal, deadyet.RoleDependency}
	if i := slices.Index(order, r); i >= 0 {
		return i
	}
	return len(order)
}

// takes reports whether a server answers yes to anything but an open port; or
// to that, when nothing else is asked.
func (s *Site) takes(n deadyet.Network, sv deadyet.Server) bool {
	checks := n.Checks(sv)
	versioned := slices.ContainsFunc(checks, func(c deadyet.Check) bool { return c.Version != "" })
	return slices.ContainsFunc(checks, func(c deadyet.Check) bool {
		return (c.Version != "" || !versioned && !c.Kind.ByItself()) && s.state(c).Answer() == deadyet.AnswerYes
	})
}

// columnsOf returns the versions that are asked anywhere in a table, in the
// subject's order.
func (s *Site) columnsOf(n deadyet.Network, servers []listed) []deadyet.Version {
	asked := make(map[deadyet.Version]bool)
	for _, sv := range servers {
		for _, c := range n.Checks(sv.Server) {
			asked[c.Version] = true
		}
	}
	var out []deadyet.Version
	for _, v := range s.columns {
		if asked[v] {
			out = append(out, v)
		}
		delete(asked, v)
	}
	delete(asked, "")
	for v := range asked {
		out = append(out, v)
	}
	slices.Sort(out[len(out)-len(asked):])
	return out
}

func (s *Site) groupView(n deadyet.Network, sv listed, columns []deadyet.Version) groupView {
	g := groupView{Name: clean(sv.ID.Name()), Href: serverLink(sv.ID)}
	if sv.listing.Role != deadyet.RoleInternal {
		g.Class, g.Role = clean(string(sv.listing.Role)), s.role(sv.listing.Role)
	}
	checks := n.Checks(sv.Server)
	for _, e := range endpointsOf(checks) {
		g.Rows = append(g.Rows, s.rowView(e, checks, columns, g.Href))
	}
	if len(g.Rows) == 0 {
		g.Rows = []rowView{{Where: "–"}}
	}
	if len(g.Rows) > 1 {
		g.Span = strconv.Itoa(len(g.Rows))
	}
	return g
}

func (s *Site) rowView(e deadyet.Endpoint, checks []deadyet.Check, columns []deadyet.Version, page string) rowView {
	r := rowView{Where: clean(e.Where())}
	row := s.rowOf(e, checks)
	r.Cells = append(r.Cells, s.answerCell(row.state(""), page))
	states := make([]*deadyet.State, len(columns))
	for i, v := range columns {
		states[i] = row.state(v)
	}
	bands := s.bandsOf(states)
	r.Cells = slices.Grow(r.Cells, len(bands))
	for _, b := range bands {
		r.Cells = append(r.Cells, s.bandCell(b, page))
	}
	return r
}

// row is where in its server's checks and states those of one endpoint stand: to look
// among a few is quicker than in all that a page has. Others may stand between them.
type row struct {
	endpoint deadyet.Endpoint
	checks   []deadyet.Check
	states   []*deadyet.State
}

func (s *Site) rowOf(e deadyet.Endpoint, checks []deadyet.Check) row {
	return row{
		e, within(checks, func(c deadyet.Check) bool { return c.Endpoint == e }),
		within(s.asked[e.Server], func(st *deadyet.State) bool { return st.Check.Endpoint == e }),
	}
}

// within cuts off what stands before the first and behind the last that is meant.
func within[T any](all []T, meant func(T) bool) []T {
	first := slices.IndexFunc(all, meant)
	if first < 0 {
		return nil
	}
	last := len(all) - 1
	for !meant(all[last]) {
		last--
	}
	return all[first : last+1]
}

// state is that of the check about a version; unasked where there is none.
func (r row) state(v deadyet.Version) *deadyet.State {
	c := asked(r.checks, r.endpoint, v)
	for _, st := range r.states {
		if st.Check == c {
			return st
		}
	}
	return &deadyet.State{Check: c}
}

// asked returns the check of an endpoint about a version; one that nobody asks,
// where there is none.
func asked(checks []deadyet.Check, e deadyet.Endpoint, v deadyet.Version) deadyet.Check {
	for _, c := range slices.Backward(checks) { // the last one counts
		if c.Version == v && c.Endpoint == e && !c.Kind.ByItself() {
			return c
		}
	}
	if v == "" {
		return deadyet.Check{}
	}
	return deadyet.Check{Endpoint: e, Version: v}
}

// state returns a check as it stands; one that nobody asked is unasked.
func (s *Site) state(c deadyet.Check) *deadyet.State {
	if st, ok := s.states[c]; ok {
		return st
	}
	return &deadyet.State{Check: c}
}

// endpointsOf lists the endpoints of checks, each once, in their order. A name
// is none: nobody connects to it.
func endpointsOf(checks []deadyet.Check) (out []deadyet.Endpoint) {
	for _, c := range checks {
		if c.Kind != deadyet.KindName && !slices.Contains(out, c.Endpoint) {
			out = append(out, c.Endpoint)
		}
	}
	return out
}
