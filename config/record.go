package config

import (
	"regexp"
	"slices"
	"strconv"

	"deadyet"
	"deadyet/probe"
)

// record reads the facts, file by file in the order of their names. A fact may
// correct earlier ones, whose place it takes.
func (l *loader) record(s *deadyet.Subject) {
	seen := make(map[deadyet.FactID]bool)
	for _, name := range l.files("record", ".yaml") {
		readFacts(l.tree(name, false), name, s, seen)
	}
}

// readFacts adds the facts of one file to the record.
func readFacts(file value, name string, s *deadyet.Subject, seen map[deadyet.FactID]bool) {
	top := file.fields("revision", "facts")
	s.Revisions = append(s.Revisions, deadyet.Revision{File: stem(name), Number: top["revision"].numberOr(1, 1, 1_000_000)})
	for _, item := range top["facts"].list() {
		f, corrects := fact(item, *s)
		if seen[f.ID] {
			item.wrong("the id %q stands twice", f.ID)
		}
		seen[f.ID], f.File = true, stem(name)
		var was []deadyet.Fact
		s.Record, was = corrected(s.Record, corrects)
		s.Record = append(s.Record, f)
		for _, w := range was {
			s.Corrections = append(s.Corrections, deadyet.Correction{Was: w, Now: f})
		}
	}
}

// corrected returns the record without what a fact corrects, and that.
func corrected(record []deadyet.Fact, by value) (rest, was []deadyet.Fact) {
	for _, item := range by.list() {
		id := deadyet.FactID(item.id())
		at := slices.IndexFunc(record, func(f deadyet.Fact) bool { return f.ID == id })
		if at < 0 {
			item.wrong("there is no earlier fact %q", id)
			continue
		}
		was = append(was, record[at])
		record = slices.Delete(record, at, at+1)
	}
	return record, was
}

func fact(v value, s deadyet.Subject) (fact deadyet.Fact, corrects value) {
	f := v.fields("id", "corrects", "select", "count", "answer", "stage", "failure", "block",
		"since", "until", "inferred", "text", "aside", "later", "source")
	fact = deadyet.Fact{
		ID: deadyet.FactID(f["id"].id()), Select: selector(f["select"], s), Count: count(f["count"]),
		Since: f["since"].interval(), Until: f["until"].interval(),
		Inferred: f["inferred"].yes(), Text: f["text"].need(), Aside: f["aside"].text(), Source: readSource(f["source"]),
	}
	if !f["later"].missing() {
		later := f["later"].fields("from", "text")
		fact.Later = deadyet.Later{From: later["from"].needDay(), Text: later["text"].need()}
	}
	if f["block"].missing() {
		says(f, &fact)
	} else {
		blocks(f, &fact)
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
	return fact, f["corrects"]
}

// says reads what was answered.
func says(f map[string]value, fact *deadyet.Fact) {
	var err error
	if fact.Answer, err = deadyet.ParseAnswer(f["answer"].need()); err != nil && !f["answer"].missing() {
		f["answer"].wrong("%v", err)
	}
	if fact.Stage, err = deadyet.ParseStage(f["stage"].text()); err != nil {
		f["stage"].wrong("%v", err)
	}
	fact.Failure = word(f["failure"], deadyet.FailureKinds()...)
	switch {
	case fact.Answer == deadyet.AnswerYes && fact.Failure != "":
		f["failure"].wrong("a yes has no failure; want the stage that it reached")
	case fact.Answer != deadyet.AnswerYes && fact.Stage != deadyet.StageNone:
		f["stage"].wrong("only a yes has a stage; want the failure")
	}
}

// blocks reads which clients were turned away.
func blocks(f map[string]value, fact *deadyet.Fact) {
	for _, key := range []string{"answer", "stage", "failure", "count"} {
		if !f[key].missing() {
			f[key].wrong("a fact with a block says nothing about checks")
		}
	}
	b := f["block"].fields("clients", "by")
	fact.Block.By = b["by"].need()
	for _, item := range b["clients"].list() {
		fact.Block.Clients = append(fact.Block.Clients, item.need())
	}
	if len(fact.Block.Clients) == 0 {
		b["clients"].wrong("missing; want the clients that were turned away")
	}
}

var sharePattern = regexp.MustCompile(`^(\d{1,3})%\s*-\s*(\d{1,3})%$`)

// count reads a number of servers, or a range of percent: "90% - 99%".
func count(v value) deadyet.Count {
	if v.missing() {
		return deadyet.Count{}
	}
	m := sharePattern.FindStringSubmatch(v.text())
	if m == nil {
		return deadyet.Count{Number: v.number(1, 1_000_000)}
	}
	least, _ := strconv.Atoi(m[1])
	most, _ := strconv.Atoi(m[2])
	if least < 1 || most > 99 || least > most {
		v.wrong("%q: want two shares from 1%% to 99%%, the smaller one first; leave it out where all are meant", v.text())
	}
	return deadyet.Count{Least: least, Most: most}
}

func selector(v value, s deadyet.Subject) deadyet.Selector {
	f := v.fields("network", "regions", "roles", "servers", "kinds", "transports", "ports", "versions")
	kinds, _ := probe.Kinds()
	q := deadyet.Selector{
		Network:    deadyet.NetworkID(f["network"].id()),
		Roles:      wordsOf(f["roles"], deadyet.RoleMain, deadyet.RoleInternal, deadyet.RoleDependency, deadyet.RoleEntry),
		Kinds:      wordsOf(f["kinds"], kinds...),
		Transports: wordsOf(f["transports"], deadyet.TransportTCP, deadyet.TransportHTTP, deadyet.TransportHTTPS),
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

// wordsOf reads a list of words.
func wordsOf[T ~string](v value, known ...T) (out []T) {
	for _, item := range v.list() {
		if w := word(item, known...); w != "" {
			out = append(out, w)
		}
	}
	return out
}
