package config

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"deadyet"
)

// catalogue reads the clients, and what their files share.
type catalogue struct {
	subject *deadyet.Subject
	sources map[string]deadyet.Source
	patches map[string]deadyet.Patch
	bars    map[string]deadyet.Barred
	seen    map[deadyet.ClientID]bool
}

// clients reads all files of the catalogue: first what clients name, then the
// clients. Official ones come first, those apart last.
func (l *loader) clients(s *deadyet.Subject) {
	c := &catalogue{s, make(map[string]deadyet.Source), make(map[string]deadyet.Patch), make(map[string]deadyet.Barred), make(map[deadyet.ClientID]bool)}
	var files []map[string]value
	for _, name := range l.files("clients", ".yaml") {
		files = append(files, l.tree(name, false).fields("sources", "patches", "bars", "clients"))
	}
	for _, f := range files {
		named(f["sources"], c.sources, readSource)
	}
	for _, f := range files {
		named(f["patches"], c.patches, c.patch)
		named(f["bars"], c.bars, c.bar)
	}
	for _, f := range files {
		for _, item := range f["clients"].list() {
			s.Clients = append(s.Clients, c.client(item))
		}
	}
	slices.SortStableFunc(s.Clients, func(a, b deadyet.Client) int { return cmp.Compare(rank(a), rank(b)) })
}

func rank(c deadyet.Client) int {
	if c.Apart {
		return len(deadyet.ClientKinds())
	}
	return slices.Index(deadyet.ClientKinds(), c.Kind)
}

// named reads a mapping from names to what clients share.
func named[T any](v value, into map[string]T, read func(value) T) {
	names, values := v.entries()
	for _, name := range names {
		if _, twice := into[name]; twice {
			values[name].wrong("%q stands in another file already", name)
		}
		into[name] = read(values[name])
	}
}

// lookUp returns what a name stands for.
func lookUp[T any](v value, what string, in map[string]T) T {
	name := v.need()
	got, ok := in[name]
	if !ok && name != "" {
		names := make([]string, 0, len(in))
		for n := range in {
			names = append(names, n)
		}
		slices.Sort(names)
		v.wrong("there is no %s %q%s", what, name, near(name, names))
	}
	return got
}

func (c *catalogue) patch(v value) deadyet.Patch {
	f := v.fields("name", "networks", "since", "source")
	p := deadyet.Patch{Name: f["name"].need(), Since: f["since"].day(), Source: lookUp(f["source"], "source", c.sources)}
	for _, item := range f["networks"].list() {
		p.Networks = append(p.Networks, c.network(item))
	}
	c.noOfficial(f["name"])
	return p
}

func (c *catalogue) network(v value) deadyet.NetworkID {
	id := deadyet.NetworkID(v.id())
	if _, ok := c.subject.NetworkByID(id); !ok && id != "" {
		v.wrong("there is no network %q", id)
	}
	return id
}

// bar reads what keeps clients out: a fact of the record says when and where,
// or the entry itself.
func (c *catalogue) bar(v value) deadyet.Barred {
	f := v.fields("fact", "network", "by", "sign_in", "since", "until", "source")
	b := deadyet.Barred{By: f["by"].need(), SignIn: f["sign_in"].yes()}
	if f["fact"].missing() {
		b.Network, b.Since, b.Until = c.network(f["network"]), f["since"].interval(), f["until"].interval()
		b.Source = lookUp(f["source"], "source", c.sources)
		if f["since"].missing() {
			f["since"].wrong("missing; want a day, a moment, or from and to")
		}
		if !b.Until.IsZero() && !b.Since.From.Before(b.Until.To) {
			f["until"].wrong("want a time after since")
		}
		return b
	}
	for _, key := range []string{"network", "since", "until", "source"} {
		if !f[key].missing() {
			f[key].wrong("the fact says it")
		}
	}
	b.Fact = deadyet.FactID(f["fact"].id())
	i := slices.IndexFunc(c.subject.Record, func(r deadyet.Fact) bool { return r.ID == b.Fact })
	if i < 0 || len(c.subject.Record[i].Block.Clients) == 0 {
		f["fact"].wrong("the record has no fact %q with a block", b.Fact)
		return b
	}
	fact := c.subject.Record[i]
	b.Network, b.Since, b.Until, b.Source = fact.Select.Network, fact.Since, fact.Until, fact.Source
	return b
}

var clientPattern = regexp.MustCompile(`^[a-z][a-z0-9.-]{0,47}$`)

func (c *catalogue) client(v value) deadyet.Client {
	f := v.fields("id", "name", "builds", "kind", "platforms", "built_for", "apart", "versions", "ways", "sign_in",
		"tls", "set", "patches", "barred", "served", "first", "last", "sources", "confidence", "note")
	out := deadyet.Client{
		ID: deadyet.ClientID(f["id"].need()), Name: f["name"].need(), Builds: f["builds"].text(),
		Kind: needWord(f["kind"], deadyet.ClientKinds()...), BuiltFor: c.subject.Network, Apart: f["apart"].yes(),
		SignIn: wordsOf(f["sign_in"], deadyet.SignIns()...), TLS: wordsOf(f["tls"], tlsVersions...),
		Ways: clientWays(f["ways"]), Versions: c.versions(f["versions"]), Set: settings(f["set"]),
		First: f["first"].date(), Last: f["last"].date(),
		Confidence: needWord(f["confidence"], deadyet.Confidences()...), Note: f["note"].text(),
	}
	if !f["built_for"].missing() {
		out.BuiltFor = c.network(f["built_for"])
	}
	for _, item := range f["platforms"].list() {
		out.Platforms = append(out.Platforms, item.need())
	}
	for _, item := range f["patches"].list() {
		out.Patches = append(out.Patches, lookUp(item, "patch", c.patches))
	}
	for _, item := range f["barred"].list() {
		out.Barred = append(out.Barred, lookUp(item, "bar", c.bars))
	}
	for _, item := range f["sources"].list() {
		out.Sources = append(out.Sources, lookUp(item, "source", c.sources))
	}
	served := f["served"].fields("since", "until")
	out.Served = deadyet.Interval{From: served["since"].interval().From, To: served["until"].interval().To}
	c.check(v, f, out)
	return out
}

// check looks at what the keys of a client say together.
func (c *catalogue) check(v value, f map[string]value, out deadyet.Client) {
	if out.ID != "" && !clientPattern.MatchString(string(out.ID)) {
		f["id"].wrong("%q: want a lower-case word: letters, digits, - and dots", out.ID)
	}
	if c.seen[out.ID] {
		f["id"].wrong("%s stands twice", out.ID)
	}
	c.seen[out.ID] = true
	if len(out.Ways) == 0 {
		f["ways"].wrong("missing; want ways like tcp:1863, in the order in which the client tries them")
	}
	if len(out.Sources) == 0 {
		f["sources"].wrong("missing; what is said of a client has a source")
	}
	if !out.First.IsZero() && !out.Last.IsZero() && !out.First.Interval().From.Before(out.Last.Interval().To) {
		f["last"].wrong("%s is before first %s", out.Last.Day, out.First.Day)
	}
	counts := slices.ContainsFunc(out.Versions, c.subject.Counts)
	switch {
	case out.Apart && counts:
		f["apart"].wrong("it offers a version that counts")
	case !out.Apart && len(out.Versions) > 0 && len(c.subject.Versions) > 0 && !counts:
		f["versions"].wrong("none of them counts, see versions.yaml; want apart: true")
	case out.Apart == out.Served.IsZero():
		f["served"].wrong("want since and until for a client apart, and for no other")
	case out.Apart && !out.Served.From.Before(out.Served.To):
		f["served"].wrong("want since and until, in this order")
	}
	for _, key := range []string{"name", "note"} {
		c.noOfficial(f[key])
	}
	for _, item := range f["set"].list() {
		s := item.fields("how", "where", "field", "login")
		c.noOfficial(s["where"])
		c.noOfficial(s["field"])
	}
}

// noOfficial refuses an address of the subject's own network: those are
// history, and belong to others now.
func (c *catalogue) noOfficial(v value) {
	n, _ := c.subject.NetworkByID(c.subject.Network)
	text := strings.ToLower(v.text())
	for _, sv := range n.Servers {
		if strings.Contains(text, strings.ToLower(sv.Address)) {
			v.wrong("%s is an address of %s; want none in what people may follow", sv.Address, n.ID)
			return
		}
	}
}
