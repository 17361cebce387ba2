package config

import (
	"slices"

	"deadyet"
	"deadyet/probe"
)

// record reads the facts.
func (l *loader) record(s *deadyet.Subject) {
	seen := make(map[deadyet.FactID]bool)
	for _, name := range l.files("record", ".yaml") {
		for _, item := range l.tree(name, false).fields("facts")["facts"].list() {
			f := l.fact(item, *s)
			if seen[f.ID] {
				item.wrong("the id %q stands twice", f.ID)
			}
			seen[f.ID] = true
			s.Record = append(s.Record, f)
		}
	}
}

func (l *loader) fact(v value, s deadyet.Subject) deadyet.Fact {
	f := v.fields("id", "select", "answer", "stage", "failure", "since", "until", "inferred", "text", "source")
	fact := deadyet.Fact{
		ID: deadyet.FactID(f["id"].id()), Select: selector(f["select"], s),
		Since: f["since"].interval(), Until: f["until"].interval(),
		Inferred: f["inferred"].yes(), Text: f["text"].need(), Source: readSource(f["source"]),
	}
	var err error
	if fact.Answer, err = deadyet.ParseAnswer(f["answer"].need()); err != nil && !f["answer"].missing() {
		f["answer"].wrong("%v", err)
	}
	if fact.Stage, err = deadyet.ParseStage(f["stage"].text()); err != nil {
		f["stage"].wrong("%v", err)
	}
	fact.Failure = word(f["failure"], deadyet.FailureKinds()...)
	switch {
	case fact.Answer == deadyet.AnswerUnasked && !f["answer"].missing():
		f["answer"].wrong("a fact says what was answered; want one of yes, no, silent, unclear")
	case fact.Answer == deadyet.AnswerYes && fact.Failure != "":
		f["failure"].wrong("a yes has no failure; want the stage that it reached")
	case fact.Answer != deadyet.AnswerYes && fact.Stage != deadyet.StageNone:
		f["stage"].wrong("only a yes has a stage; want the failure")
	}
	if !fact.Until.IsZero() && !fact.Since.From.Before(fact.Until.To) {
		f["until"].wrong("want a time after since")
	}
	if f["since"].missing() {
		f["since"].wrong("missing; want a day, a moment, or from and to")
	}
	if fact.Source.URL == "" && fact.Source.Title == "" {
		f["source"].wrong("missing; a fact of the record has a source")
	}
	return fact
}

func selector(v value, s deadyet.Subject) deadyet.Selector {
	f := v.fields("network", "regions", "roles", "servers", "kinds", "transports", "ports", "versions")
	kinds, _ := probe.Kinds()
	q := deadyet.Selector{
		Network:    deadyet.NetworkID(f["network"].id()),
		Roles:      words(f["roles"], deadyet.RoleMain, deadyet.RoleInternal, deadyet.RoleDependency),
		Kinds:      words(f["kinds"], kinds...),
		Transports: words(f["transports"], deadyet.TransportTCP, deadyet.TransportHTTP, deadyet.TransportHTTPS),
		Versions:   f["versions"].versions(),
	}
	n, ok := s.NetworkByID(q.Network)
	if !ok && q.Network != "" {
		f["network"].wrong("there is no network %q", q.Network)
	}
	for _, item := range f["ports"].list() {
		q.Ports = append(q.Ports, uint16(item.number(1, 65535)))
	}
	for _, item := range f["regions"].list() {
		r := deadyet.Region(item.id())
		if len(n.Servers) > 0 && !hasRegion(n, r) {
			item.wrong("no list of %s knows the region %q", q.Network, r)
		}
		q.Regions = append(q.Regions, r)
	}
	for _, item := range f["servers"].list() {
		id := deadyet.MakeServerID(q.Network, item.need())
		if len(n.Servers) > 0 && !slices.ContainsFunc(n.Servers, func(s deadyet.Server) bool { return s.ID == id }) {
			item.wrong("%s has no server %q", q.Network, id.Name())
		}
		q.Servers = append(q.Servers, id)
	}
	return q
}

func hasRegion(n deadyet.Network, r deadyet.Region) bool {
	return slices.ContainsFunc(n.Servers, func(s deadyet.Server) bool {
		return slices.ContainsFunc(s.Listings, func(l deadyet.Listing) bool { return l.Region == r })
	})
}

// words reads a list of words.
func words[T ~string](v value, known ...T) (out []T) {
	for _, item := range v.list() {
		if w := word(item, known...); w != "" {
			out = append(out, w)
		}
	}
	return out
}
