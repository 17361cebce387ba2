package deadyet

import (
	"maps"
	"slices"
)

// Speaks reports whether the subject has words in that language.
func (s Subject) Speaks(l Language) bool { return l.Or() == English || len(s.Words[l]) > 0 }

// Word is a sentence of the subject's files in a language; what has no other words
// stays as it is.
func (s Subject) Word(english string, l Language) string {
	if text, ok := s.Words[l][english]; ok {
		return text
	}
	return english
}

// In returns the subject with the sentences of its files in a language, as far as
// it has them. Names, titles of sources and the catalogue of clients stay as they
// are; Texts are found with [Subject.TextIn]. Nothing of s is changed.
func (s Subject) In(l Language) Subject {
	if len(s.Words[l]) == 0 {
		return s
	}
	return s.reworded(func(english string) string { return s.Word(english, l) })
}

// Prose returns the sentences that [Subject.In] says in other languages, each once,
// in the order of the nouns.
func (s Subject) Prose() (all []string) {
	seen := map[string]bool{"": true}
	s.reworded(func(english string) string {
		if !seen[english] {
			seen[english], all = true, append(all, english)
		}
		return english
	})
	return all
}

// reworded returns a copy in which f has gone over every sentence.
func (s Subject) reworded(f func(string) string) Subject {
	s.Question = f(s.Question)
	s.Rule.Says = maps.Clone(s.Rule.Says)
	for _, w := range Words() {
		if says := s.Rule.Says[w]; says != "" {
			s.Rule.Says[w] = f(says)
		}
	}
	s.Versions = slices.Clone(s.Versions)
	for n := range s.Versions {
		v := &s.Versions[n]
		v.First, v.Used, v.Note = f(v.First), f(v.Used), f(v.Note)
	}
	s.Ports = slices.Clone(s.Ports)
	for n := range s.Ports {
		s.Ports[n].Used = f(s.Ports[n].Used)
	}
	s.Networks = slices.Clone(s.Networks)
	for n := range s.Networks {
		s.Networks[n] = s.Networks[n].reworded(f)
	}
	s.Record = slices.Clone(s.Record)
	for n := range s.Record {
		s.Record[n] = s.Record[n].reworded(f)
	}
	s.Corrections = slices.Clone(s.Corrections)
	for n := range s.Corrections {
		c := &s.Corrections[n]
		c.Was, c.Now = c.Was.reworded(f), c.Now.reworded(f)
	}
	s.Links = slices.Clone(s.Links)
	for n := range s.Links {
		s.Links[n].Note = f(s.Links[n].Note)
	}
	s.Edits = slices.Clone(s.Edits)
	for n := range s.Edits {
		s.Edits[n].Item.By = f(s.Edits[n].Item.By)
	}
	s.OptOut = slices.Clone(s.OptOut)
	for n := range s.OptOut {
		s.OptOut[n].Reason = f(s.OptOut[n].Reason)
	}
	return s
}

func (n Network) reworded(f func(string) string) Network {
	n.Says.Text, n.Note = f(n.Says.Text), f(n.Note)
	n.Servers = slices.Clone(n.Servers)
	for i := range n.Servers {
		n.Servers[i].Note = f(n.Servers[i].Note)
	}
	return n
}

func (fact Fact) reworded(f func(string) string) Fact {
	fact.Text, fact.Aside, fact.Later.Text = f(fact.Text), f(fact.Aside), f(fact.Later.Text)
	fact.Block.By = f(fact.Block.By)
	fact.Block.Clients = slices.Clone(fact.Block.Clients)
	for n := range fact.Block.Clients {
		fact.Block.Clients[n] = f(fact.Block.Clients[n])
	}
	return fact
}
