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
	e.Verdict.Reason, e.Verdict.Says = Poison, Poison
	for i := range e.Subject.Networks {
		n := &e.Subject.Networks[i]
		n.Name, n.Project, n.Site, n.Note = Poison, Poison, "javascript:alert(3)", Poison
		n.Says = deadyet.Claim{Text: Poison, Source: deadyet.Source{Title: Poison, URL: "javascript:alert(4)"}}
		for j := range n.Servers {
			n.Servers[j].Note, n.Servers[j].Host, n.Servers[j].Address = Poison, Poison, Poison
			n.Servers[j].Listings[0].Region = Poison
		}
	}
	for i := range e.Subject.Texts {
		e.Subject.Texts[i].Title, e.Subject.Texts[i].Body = Poison, Poison+"\n\n[x](javascript:alert(5)) ![y](https://elsewhere.example/y.png)\n\n<script>alert(6)</script>\n"
	}
	for i := range e.Items {
		e.Items[i] = deadyet.Item{
			ID: deadyet.ItemID(Poison) + deadyet.ItemID(e.Items[i].ID), At: noon, Title: Poison, Body: Poison, By: Poison,
			Links: []deadyet.Link{{Text: Poison, URL: "data:text/html,x", Note: Poison}},
		}
	}
	for i := range e.Subject.Record {
		e.Subject.Record[i].Text = Poison
		e.Subject.Record[i].Source = deadyet.Source{Title: Poison, URL: "javascript:alert(7)"}
	}
	for i := range e.States {
		poisonState(&e.States[i])
	}
	e.Evidence = map[deadyet.EvidenceID]*deadyet.Transcript{1: poisonTranscript()}
	return e
}

func poisonState(st *deadyet.State) {
	st.Span.Failure.Detail = Poison
	st.Span.Failure.Kind = Poison
	st.Span.Evidence = []deadyet.EvidenceID{1}
	st.Span.Notes.Fingerprint = Poison
	st.Span.Notes.Redirects = []deadyet.Hop{{To: Poison}}
	st.Span.Notes.Controls.Positive = Poison
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
