package site

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"deadyet"
)

// Side is one of two moments that are compared.
type Side struct {
	Name    string // in paths; "today" for the present
	Edition deadyet.Edition
}

// difference is what changed between two moments, for the page and the API.
type difference struct {
	from, to Side
	answers  []deadyet.Verdict // that became true between, earliest first
	began    []deadyet.Item    // earliest first
	ended    []deadyet.Item
	lists    []listDifference
	changes  []checkDifference
}

// listDifference is the servers that came onto the list of a network's region,
// or left it.
type listDifference struct {
	network    deadyet.NetworkID
	region     deadyet.Region
	came, left []deadyet.ServerID
}

// checkDifference is a change that servers of one network have in common.
type checkDifference struct {
	network deadyet.NetworkID
	turns   []turn
	servers []deadyet.ServerID
}

// turn is how some versions at an endpoint went from one answer to another.
type turn struct {
	transport deadyet.Transport
	port      uint16
	from, to  deadyet.Answer
	kind      deadyet.Kind
	versions  []deadyet.Version // empty for the port itself, and for who answers there
	fact      deadyet.FactID    // of the record, by which it is known; "" when it was measured
}

func diff(a, b Side) difference {
	d := difference{from: a, to: b}
	for _, v := range b.Edition.Verdicts {
		if v.At.After(a.Edition.At) {
			d.answers = append(d.answers, v)
		}
	}
	for _, i := range slices.Backward(b.Edition.Items) {
		switch {
		case i.At.After(a.Edition.At):
			d.began = append(d.began, i)
		case i.Until.To.After(a.Edition.At):
			d.ended = append(d.ended, i)
		}
	}
	d.lists = listsBetween(a.Edition, b.Edition)
	d.changes = changesBetween(a.Edition, b.Edition)
	return d
}

// listsBetween compares the lists of the two days.
func listsBetween(a, b deadyet.Edition) (out []listDifference) {
	before, after := deadyet.DayOf(a.At), deadyet.DayOf(b.At)
	for _, n := range b.Subject.Networks {
		byRegion := make(map[deadyet.Region]*listDifference)
		at := func(r deadyet.Region) *listDifference {
			if byRegion[r] == nil {
				byRegion[r] = &listDifference{network: n.ID, region: r}
			}
			return byRegion[r]
		}
		for _, sv := range n.Servers {
			was, had := sv.ListingOn(before)
			is, has := sv.ListingOn(after)
			if had && (!has || was.Region != is.Region) {
				at(was.Region).left = append(at(was.Region).left, sv.ID)
			}
			if has && (!had || was.Region != is.Region) {
				at(is.Region).came = append(at(is.Region).came, sv.ID)
			}
		}
		for _, r := range slices.Sorted(maps.Keys(byRegion)) {
			out = append(out, *byRegion[r])
		}
	}
	return out
}

// changesBetween puts servers together to which the same happened, those of
// most servers first.
func changesBetween(a, b deadyet.Edition) (out []checkDifference) {
	was := make(map[deadyet.Check]deadyet.Answer, len(a.States))
	for i := range a.States {
		was[a.States[i].Check] = a.States[i].Answer()
	}
	turns := make(map[deadyet.ServerID][]turn)
	var order []deadyet.ServerID
	for i := range b.States {
		c, is, fact := b.States[i].Check, b.States[i].Answer(), b.States[i].Span.Fact
		if was[c] == is {
			continue
		}
		if turns[c.Server] == nil {
			order = append(order, c.Server)
		}
		turns[c.Server] = turned(turns[c.Server], c, turn{from: was[c], to: is, fact: fact})
	}
	groups := make(map[string]int)
	for _, id := range order {
		key := fmt.Sprint(id.Network(), turns[id])
		at, ok := groups[key]
		if !ok {
			at = len(out)
			groups[key] = at
			out = append(out, checkDifference{network: id.Network(), turns: turns[id]})
		}
		out[at].servers = append(out[at].servers, id)
	}
	slices.SortStableFunc(out, func(a, b checkDifference) int { return cmp.Compare(len(b.servers), len(a.servers)) })
	return out
}

// turned adds a check to the turns of its server.
func turned(all []turn, c deadyet.Check, to turn) []turn {
	at := slices.IndexFunc(all, func(t turn) bool {
		return t.transport == c.Transport && t.port == c.Port && t.from == to.from && t.to == to.to && t.fact == to.fact && t.kind == c.Kind
	})
	if at < 0 {
		to.transport, to.port, to.kind = c.Transport, c.Port, c.Kind
		at, all = len(all), append(all, to)
	}
	if c.Version != "" {
		all[at].versions = append(all[at].versions, c.Version)
	}
	return all
}

// turnText says what turned. What is recorded, and what is recorded for some
// of the servers only, bears its mark.
func (s *Site) turnText(t turn) string {
	what, mark := s.t("the port"), ""
	switch {
	case t.kind == deadyet.KindIdentity:
		what = s.t("the same server as before")
	case t.kind == deadyet.KindName:
		what = s.t("its name")
	case len(t.versions) > 0:
		what = ranges(s.columns, t.versions)
	}
	switch {
	case t.fact != "" && s.facts[t.fact].Vague():
		mark = " † ≈"
	case t.fact != "":
		mark = " †"
	}
	return s.t("{what} at {endpoint}: {from} → {to}", "what", what, "endpoint", clean(string(t.transport))+":"+strconv.Itoa(int(t.port)), "from", s.withMark(t.from), "to", s.withMark(t.to)) + mark
}

// DiffPrefix is where differences begin.
const DiffPrefix = "/diff/"

// Diff makes the page of what changed from one moment to a later one.
func (s *Site) Diff(from, to Side) (Page, error) {
	path := DiffPrefix + from.Name + "/" + to.Name
	body, err := s.render("diff", path, s.diffView(diff(from, to)))
	return s.spoken(Page{Path: path, Type: typeHTML, Body: body}), err
}

// DiffDocument is [Site.Diff] as data.
func (s *Site) DiffDocument(from, to Side) (Page, error) {
	return document(apiRoot+"diff/"+from.Name+"/"+to.Name, diff(from, to).document())
}
