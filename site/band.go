package site

import (
	"strconv"

	"deadyet"
)

// cell is one cell of a table: the answer to one check, or to a run of them.
type cell struct {
	Class string
	Span  string // number of columns, "" for one
	Href  string // evidence
	Title string
	Text  string // mark, word and versions
	Now   string // what was found last and is not confirmed yet
}

// band is a run of neighbouring columns with the same answer.
type band struct {
	states   []*deadyet.State
	versions []deadyet.Version
}

// bandKey is what two neighbours must share to become one band.
type bandKey struct {
	answer   deadyet.Answer
	stage    deadyet.Stage
	recorded bool
	vague    deadyet.FactID
	pending  deadyet.Answer
	dissent  bool
}

func (s *Site) keyOf(st *deadyet.State) bandKey {
	k := bandKey{answer: st.Answer(), recorded: st.Span.Recorded()}
	if f := s.vaguely(&st.Span); f != nil {
		k.vague = f.ID
	}
	if k.answer == deadyet.AnswerYes {
		k.stage = st.Span.Outcome.Stage
	}
	if st.Pending != nil {
		k.pending, k.dissent = st.Pending.Outcome.Answer, true
	}
	return k
}

// bandsOf groups the versions of one endpoint, given in the order of the
// columns.
func (s *Site) bandsOf(states []*deadyet.State) (out []band) {
	versions := make([]deadyet.Version, len(states))
	var last bandKey
	first := 0
	for i, st := range states {
		versions[i] = st.Check.Version
		if key := s.keyOf(st); i == 0 || key != last {
			out, last, first = append(out, band{}), key, i
		}
		out[len(out)-1] = band{states[first : i+1], versions[first : i+1]}
	}
	return out
}

// bandCell shows a band, naming its versions as runs of the subject's order. The
// link goes to the endpoint on the server's page.
func (s *Site) bandCell(b band, page string) cell {
	first := b.states[0]
	c := s.cellOf(first, s.bandTitle(b), page)
	c.Text += " " + ranges(s.columns, b.versions)
	if n := len(b.states); n > 1 {
		c.Span = strconv.Itoa(n)
	}
	return c
}

// answerCell shows one check, without naming its version.
func (s *Site) answerCell(st *deadyet.State, page string) cell {
	return s.cellOf(st, s.titleOf(st.Span.Outcome.Failure, st.Span.Since), page)
}

// cellOf shows one check that has that title.
func (s *Site) cellOf(st *deadyet.State, title, page string) cell {
	versioned := st.Check.Version != ""
	o := st.Span.Outcome
	c := cell{Class: class(o, versioned), Text: s.says(o, versioned), Title: title, Now: s.pendingText(st.Pending)}
	if st.Span.Recorded() {
		c.Class += " recorded"
		c.Text += " †"
	}
	if f, ok := s.vague(st.Span); ok {
		c.Class += " vague"
		c.Text = vagueMark + nbsp + c.Text
		c.Title = s.vagueText(f) + "; " + c.Title
	}
	if !st.Span.Since.IsZero() || st.Pending != nil {
		c.Href = page + "#" + endpointAnchor(st.Check.Endpoint)
	}
	return c
}

// titleOf says why and since when, to the day.
func (t tongue) titleOf(k deadyet.FailureKind, i deadyet.Interval) string {
	why, since := t.failureSentence(k), t.sinceDay(i)
	switch {
	case why == "":
		return since
	case since == "":
		return why
	}
	return t.t("{why}, {since}", "why", why, "since", since)
}

// bandTitle says why and since when where all of the band share it; otherwise it
// names the time of the last to join.
func (t tongue) bandTitle(b band) string {
	latest, why := b.states[0], b.states[0].Span.Outcome.Failure
	for _, st := range b.states[1:] {
		if st.Span.Since.From.After(latest.Span.Since.From) {
			latest = st
		}
		if st.Span.Outcome.Failure != why {
			why = ""
		}
	}
	title := t.titleOf(why, latest.Span.Since)
	if !b.together() {
		return t.t("all of them {title}", "title", title)
	}
	return title
}

func (b band) together() bool {
	for _, st := range b.states[1:] {
		if sinceWhich(st.Span.Since) != sinceWhich(b.states[0].Span.Since) {
			return false
		}
	}
	return true
}

// sinceWhich is the day since when, or by which.
func sinceWhich(i deadyet.Interval) [2]deadyet.Day {
	if i.From.IsZero() {
		return [2]deadyet.Day{{}, deadyet.DayOf(i.To)}
	}
	return [2]deadyet.Day{deadyet.DayOf(i.From), {}}
}

func (t tongue) pendingText(p *deadyet.Pending) string {
	if p == nil {
		return ""
	}
	return t.t("now: {answer}, not confirmed yet", "answer", t.answer(p.Outcome.Answer))
}
