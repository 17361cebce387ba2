package sitetest

import (
	"time"

	"deadyet"
)

// Poison holds what a server or a visitor may try: HTML, a script, an
// attribute's end, terminal escapes, a change of direction, a NUL byte, bytes
// that are no UTF-8, a template, and a lot of it.
const Poison = `"><script>alert(1)</script><img src=x onerror=alert(2)>'` + "`{{.}}\x1b[31m\x00\xff\u202e\u2066</style></title><!--"

// Hostile returns an edition in which every string that can come from outside
// is [Poison].
func Hostile() deadyet.Edition {
	e := Small()
	e.Vantage = Poison
	for i := range e.Subject.Networks {
		n := &e.Subject.Networks[i]
		n.Name, n.Project, n.Site, n.Note = Poison, Poison, "javascript:alert(3)", Poison
		n.Says = deadyet.Claim{Text: Poison, Source: deadyet.Source{Title: Poison, URL: "javascript:alert(4)"}}
		for j := range n.Servers {
			n.Servers[j].Note, n.Servers[j].Host, n.Servers[j].Address = Poison, Poison, Poison
			n.Servers[j].Listings[0].Region = Poison
		}
	}
	for i := range e.Subject.Clients {
		poisonClient(&e.Subject.Clients[i])
	}
	for i := range e.Access {
		a := &e.Access[i]
		a.Patches, a.Why = []string{Poison}, []deadyet.Obstacle{{Kind: deadyet.ObstacleBarred, By: Poison}, {Kind: deadyet.ObstacleDown, Names: []string{Poison}}}
	}
	for i := range e.Subject.Texts {
		e.Subject.Texts[i].Title, e.Subject.Texts[i].Body = Poison, Poison+"\n\n[x](javascript:alert(5)) ![y](https://elsewhere.example/y.png)\n\n<script>alert(6)</script>\n"
	}
	for i := range e.Items {
		poisonItem(&e.Items[i])
	}
	poisonRecord(&e.Subject)
	poisonVerdict(&e.Verdict)
	for i := range e.Verdicts {
		poisonVerdict(&e.Verdicts[i])
	}
	for i := range e.Lines {
		poisonVerdict(&e.Lines[i].Verdict)
	}
	e.Situation = deadyet.Text{Name: Poison, Title: Poison, Body: Poison + "\n\n<script>alert(8)</script>\n", File: Poison}
	for i := range e.Spans {
		e.Spans[i].Failure.Detail, e.Spans[i].Check.Version = Poison, Poison
	}
	for i := range e.Lives {
		e.Lives[i].Version, e.Lives[i].Survivor = Poison, "contoso/"+Poison
	}
	for i := range e.Declines {
		e.Declines[i].Region = Poison
		for k := range e.Declines[i].Curves {
			e.Declines[i].Curves[k].Version = Poison
		}
	}
	for i := range e.States {
		poisonState(&e.States[i])
	}
	stray := deadyet.Check{Endpoint: deadyet.Endpoint{Server: "contoso/" + Poison, Transport: Poison, Port: 1}, Kind: Poison, Version: Poison}
	e.States = append(e.States, deadyet.State{Check: stray}, deadyet.State{Check: deadyet.Check{Endpoint: deadyet.Endpoint{Server: Poison + "/x"}}})
	e.Evidence = map[deadyet.EvidenceID]*deadyet.Transcript{1: poisonTranscript()}
	return e
}

// poisonItem leaves the numbers of an item and poisons its words.
func poisonItem(i *deadyet.Item) {
	i.ID, i.Aliases = deadyet.ItemID(Poison)+i.ID, []deadyet.ItemID{Poison, deadyet.ItemID(Poison) + "2"}
	i.Title, i.Body, i.By, i.Name, i.Verdict.Reason, i.Clients = Poison, Poison, Poison, Poison, Poison, []string{Poison}
	i.To, i.Versions = Poison, []deadyet.Version{Poison}
	i.Links = []deadyet.Link{{Text: Poison, URL: "data:text/html,x", Note: Poison}}
	for n := range i.Parts {
		p := &i.Parts[n]
		p.Region, p.Role, p.Versions = Poison, Poison, []deadyet.Version{Poison, Poison}
		p.Servers = append(p.Servers, "contoso/"+Poison, Poison)
	}
	if len(i.Parts) == 0 {
		i.Kind = Poison
	}
}

func poisonRecord(s *deadyet.Subject) {
	for i := range s.Record {
		f := &s.Record[i]
		f.Text, f.Aside, f.Block = Poison, Poison, deadyet.Block{Clients: []string{Poison}, By: Poison}
		f.Source = deadyet.Source{Title: Poison + string(f.ID), URL: "javascript:alert(7)"}
	}
	for i := range s.Record {
		s.Record[i].File = Poison
	}
	for i := range s.Revisions {
		s.Revisions[i].File = Poison
	}
}

func poisonVerdict(v *deadyet.Verdict) {
	v.Reason, v.Says = Poison, Poison
	for i := range v.Reasons {
		r := &v.Reasons[i]
		r.Versions, r.Ways, r.Clients, r.Names = []deadyet.Version{Poison}, []string{Poison}, []string{Poison}, []string{Poison}
	}
	if len(v.Reasons) > 2 {
		v.Word = deadyet.WordYesBut
	}
}

func poisonState(st *deadyet.State) {
	st.Span.Failure.Detail = Poison
	st.Span.Failure.Kind = Poison
	st.Span.Evidence = []deadyet.EvidenceID{1}
	st.Span.Notes.Fingerprint = Poison
	st.Span.Notes.Redirects = []deadyet.Hop{{To: Poison}}
	st.Span.Notes.Controls.Positive = Poison
	st.Span.Outcome.Told = "now=" + Poison + ", " + Poison + "; before=" + Poison
	st.Span.Notes.Names = []deadyet.NameAnswer{{Resolver: Poison, Subnet: Poison, Chain: []string{Poison}, Addresses: []string{Poison}}, {Failure: deadyet.Failure{Kind: Poison, Detail: Poison}}}
	if st.Pending != nil {
		st.Pending.Failure.Detail = Poison
	}
}

func poisonTranscript() *deadyet.Transcript {
	return &deadyet.Transcript{
		Remote: Poison, Began: noon, Took: time.Second, End: Poison,
		Exchanges: []deadyet.Exchange{{Dir: Poison, Bytes: []byte(Poison)}, {Dir: deadyet.Received, Bytes: make([]byte, deadyet.TranscriptLimit)}},
		TLS: &deadyet.TLS{
			Version: Poison, Suite: Poison, ServerName: Poison, Subject: Poison, Issuer: Poison,
			Names: []string{Poison, Poison}, Fingerprint: Poison, Problem: Poison,
		},
	}
}

func poisonClient(c *deadyet.Client) {
	c.Name, c.Builds, c.Note, c.Platforms, c.TLS = Poison, Poison, Poison, []string{Poison}, []string{Poison}
	c.Sources = []deadyet.Source{{Title: Poison, URL: "javascript:alert(9)"}}
	for i := range c.Set {
		c.Set[i].Where, c.Set[i].Field = `HKCU\`+Poison, Poison
	}
}
