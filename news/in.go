package news

import (
	"slices"
	"time"

	"deadyet"
)

// In returns the edition for a page in a language: verdicts, news and the sentences of
// its subject in it, where there is a table for the language and the subject speaks it.
// Where not, they stay in English, and Told says so. The facts stay as they are, and e
// is not changed; it has to be in English.
func In(e deadyet.Edition, to deadyet.Language) deadyet.Edition {
	e.Language, e.Told = to, deadyet.English
	l, ok := languages[to]
	if !ok || to == deadyet.English || !e.Subject.Speaks(to) {
		return e
	}
	e.Subject, e.Told = e.Subject.In(to), to
	e.Verdict = l.retell(e.Subject, e.Verdict)
	e.Verdicts = slices.Clone(e.Verdicts)
	for i := range e.Verdicts {
		e.Verdicts[i] = l.retell(e.Subject, e.Verdicts[i])
	}
	e.Lines = slices.Clone(e.Lines)
	for i := range e.Lines {
		e.Lines[i].Verdict = l.retell(e.Subject, e.Lines[i].Verdict)
	}
	e.Items = slices.Clone(e.Items)
	for i := range e.Items {
		l.rewrite(e.Subject, &e.Items[i], e.At)
	}
	e.Situation = l.resituate(e)
	return e
}

// retell puts a verdict into the language, with what its reasons took from the subject.
func (l *Language) retell(s deadyet.Subject, v deadyet.Verdict) deadyet.Verdict {
	v.Reasons = slices.Clone(v.Reasons)
	for i := range v.Reasons {
		v.Reasons[i].Clients = l.words(s, v.Reasons[i].Clients)
	}
	return l.Explain(s, v)
}

func (l *Language) words(s deadyet.Subject, english []string) []string {
	out := slices.Clone(english)
	for i := range out {
		out[i] = s.Word(out[i], l.Tag)
	}
	return out
}

// rewrite puts an item into the language. What a person wrote is left to people: it
// stands in a file of the subject, or stays in English.
func (l *Language) rewrite(s deadyet.Subject, i *deadyet.Item, at time.Time) {
	i.Name, i.Clients, i.Verdict = s.Word(i.Name, l.Tag), l.words(s, i.Clients), l.retell(s, i.Verdict)
	if i.By == "" {
		l.write(s, i, at)
		return
	}
	i.By = s.Word(i.By, l.Tag)
	if t := s.Translation(string(i.ID), l.Tag); t.Body != "" {
		i.Title, i.Body = t.Title, t.Body
		return
	}
	i.Told = deadyet.English
}

// resituate says how things stand in the language; of a person's words those of the
// subject's files.
func (l *Language) resituate(e deadyet.Edition) deadyet.Text {
	if e.Situation.File != "" {
		return e.Subject.TextIn(e.Situation.Name, l.Tag)
	}
	return l.present(e.Subject, e.Verdict, e.Lines, e.Items)
}
