package site

import (
	"slices"
	"strings"
	"time"

	"deadyet"
)

const (
	stripPitch = 16
	stripMost  = 80  // pieces of one row that a picture draws
	stripRows  = 400 // of the table
)

// stripView is what a server answered over time: a picture with a row for the
// checks that had the same history, and the same as a table.
type stripView struct {
	About  string
	Height int
	Floor  int
	Rows   []stripRow
	Ticks  []tick
	Broken string // where the axis is broken; "" when it is not
	Spans  []spanRow
	More   string
}

// stripRow is the checks of one endpoint that had the same history.
type stripRow struct {
	Name   string
	Top    int
	Base   int
	Pieces []stripPiece
}

// stripPiece is a time of one answer.
type stripPiece struct {
	Class, Title, X, Width string
	Recorded               bool
	Mark, MarkX            string // where there is room
}

// spanRow is a span in the table.
type spanRow struct {
	Check         string
	Class, Answer string
	Since, Until  when
	Why, Known    string
}

// spansOf returns the whole history of a server.
func (s *Site) spansOf(id deadyet.ServerID) []deadyet.Span {
	s.once.Do(func() {
		s.history = make(map[deadyet.ServerID][]deadyet.Span)
		for _, sp := range s.edition.Spans {
			s.history[sp.Check.Server] = append(s.history[sp.Check.Server], sp)
		}
	})
	return s.history[id]
}

// track is the history of checks that went the same way.
type track struct {
	endpoint deadyet.Endpoint
	kind     deadyet.Kind
	versions []deadyet.Version // nil: a question about none
	spans    []deadyet.Span
}

func tracksOf(spans []deadyet.Span) (out []track) {
	for i := 0; i < len(spans); {
		c, from := spans[i].Check, i
		for ; i < len(spans) && spans[i].Check == c; i++ {
		}
		own := spans[from:i]
		same := func(t track) bool {
			return t.endpoint == c.Endpoint && t.kind == c.Kind && slices.EqualFunc(t.spans, own, sameSpan)
		}
		k := slices.IndexFunc(out, same)
		if k < 0 {
			k = len(out)
			out = append(out, track{endpoint: c.Endpoint, kind: c.Kind, spans: own})
		}
		if c.Version != "" {
			out[k].versions = append(out[k].versions, c.Version)
		}
	}
	return out
}

func sameSpan(a, b deadyet.Span) bool {
	return a.Outcome == b.Outcome && a.Since == b.Since && a.Until == b.Until && a.Recorded() == b.Recorded()
}

// stripView draws the history of a server; nil when there is none.
func (s *Site) stripView(id deadyet.ServerID) *stripView {
	tracks := tracksOf(s.spansOf(id))
	if len(tracks) == 0 {
		return nil
	}
	slices.SortStableFunc(tracks, func(a, b track) int {
		return strings.Compare(a.endpoint.Where(), b.endpoint.Where())
	})
	a := s.stripAxis(tracks)
	v := &stripView{Ticks: s.ticks(a, 9), About: s.t("From {from} to {to}, a row for the checks at one port that went the same way.", "from", s.instant(a.from).Text, "to", s.instant(a.to).Text)}
	if a.broken() {
		v.Broken = a.x(a.turn)
	}
	for i, t := range tracks {
		row := s.stripRow(t, a)
		row.Top, row.Base = i*2*stripPitch+stripPitch, i*2*stripPitch+stripPitch-4
		v.Rows = append(v.Rows, row)
		for k := len(t.spans) - 1; k >= 0; k-- {
			v.Spans = append(v.Spans, s.spanRow(row.Name, t.spans[k]))
		}
	}
	v.Floor = len(tracks)*2*stripPitch + 2
	v.Height = v.Floor + 16
	if more := len(v.Spans) - stripRows; more > 0 {
		v.Spans, v.More = v.Spans[:stripRows], s.n(more, "{n} more row can be had as JSON.", "{n} more rows can be had as JSON.")
	}
	return v
}

func (s *Site) stripAxis(tracks []track) axis {
	from, last := s.edition.At, time.Time{}
	for _, t := range tracks {
		for _, sp := range t.spans {
			if b := sp.Begins(); b.Before(from) {
				from = b
			}
			if b := sp.Begins(); b.After(last) {
				last = b
			}
		}
	}
	return makeAxis(from, last, s.edition.At)
}

func (s *Site) stripRow(t track, a axis) stripRow {
	row := stripRow{Name: s.t("{endpoint}, open?", "endpoint", clean(t.endpoint.Where()))}
	switch {
	case t.kind == deadyet.KindIdentity:
		row.Name = s.t("{endpoint}, the same?", "endpoint", clean(t.endpoint.Where()))
	case t.kind == deadyet.KindName:
		row.Name = s.t("where its name leads")
	case t.versions != nil:
		row.Name = clean(t.endpoint.Where()) + " " + ranges(s.columns, t.versions)
	}
	spans := t.spans[max(0, len(t.spans)-stripMost):]
	for i, sp := range spans {
		end := a.to
		if i+1 < len(spans) {
			end = spans[i+1].Begins()
		}
		o := sp.Outcome
		p := stripPiece{
			Class: o.Answer.String(), Recorded: sp.Recorded(), X: a.x(sp.Begins()), Width: a.width(sp.Begins(), end),
			Title: s.says(o, sp.Check.Version != "") + dagger(sp) + ", " + s.inWords(asSince, sp.Since).Text(),
		}
		if told := s.toldText(o.Told); told != "" {
			p.Title += ": " + told
		}
		if from, to := a.percent(sp.Begins()), a.percent(end); to-from > 5 {
			p.Mark, p.MarkX = s.withMark(o.Answer)+dagger(sp), percentText(from+0.6)
			if to-from < 14 {
				p.Mark = o.Answer.Mark()
			}
		}
		row.Pieces = append(row.Pieces, p)
	}
	return row
}

func dagger(sp deadyet.Span) string {
	if sp.Recorded() {
		return " †"
	}
	return ""
}

func (s *Site) spanRow(name string, sp deadyet.Span) spanRow {
	r := spanRow{
		Check: name, Class: class(sp.Outcome, sp.Check.Version != ""), Answer: s.says(sp.Outcome, sp.Check.Version != "") + dagger(sp),
		Since: s.inWords(asPlain, sp.Since), Until: s.inWords(asPlain, sp.Until), Why: s.failureText(failureOf(sp)), Known: s.votesText(sp.Votes),
	}
	switch told := s.toldText(sp.Outcome.Told); {
	case told == "" || r.Why != "":
	case sp.Check.Kind == deadyet.KindName:
		r.Why = s.t("it leads to {addresses}", "addresses", told)
	default:
		r.Why = s.t("it sends people to {hosts}", "hosts", told)
	}
	if sp.Recorded() {
		r.Class += " recorded"
		r.Known = s.t("recorded, not measured here")
	}
	if _, ok := s.vague(sp); ok {
		r.Class += " vague"
		r.Answer = vagueMark + nbsp + r.Answer
	}
	return r
}
