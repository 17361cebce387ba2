package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"

	"deadyet"
	"deadyet/words"
)

// frame is what every page shares.
type frame struct {
	Title       string
	Description string
	Root        string // way to the root of the site: "" or "../../"
	Style       string
	Script      string
	Present     string // way to the root of the present
	Live        bool   // it can be followed as it changes
	Picture     string // whole address of the picture for links to the site, "" if it has none
	Simulated   bool
	Down        *stamp // since when our own line is down
	Moment      *momentView
	Question    string
	Edition     string
	At          stamp
	Source      string
	tongues
}

// frontView is the front page.
type frontView struct {
	frame
	Verdict   verdictView
	Lines     []lineView
	Clients   *clientsView
	Lives     *livesView
	Decline   *declineView
	News      *newsSection
	Sections  []textView // how things stand, and how it came to this
	Fleets    []fleetView
	Legend    []legendView
	Recorded  bool
	Vague     bool // the record knows of some facts for a share of servers only
	Rule      ruleView
	Reference *textView
	Versions  []versionView
	Links     []linkView
	Last      []textView // those at the end
}

// verdictView is the answer to the question.
type verdictView struct {
	Class  string
	Says   string
	Reason string
	Since  when
	From   string // where it is known from, with the place {source}
	Source *sourceView
}

func (s *Site) frontView() frontView {
	sub := s.edition.Subject
	fleets := sync.OnceValue(func() []fleetView { return writeAhead(s.fleetViews()) })
	go func() { // half of the work, and it reads only
		defer func() { _ = recover() }() // whoever wants the tables hears of it
		fleets()
	}()
	v := frontView{
		frame:   s.frame(""),
		Verdict: s.verdictView(), Lines: s.lineViews(),
		Clients: s.clientsView(), News: s.newsSection(), Sections: s.sections(),
		Legend: s.legend(), Recorded: len(sub.Record) > 0,
		Vague: slices.ContainsFunc(sub.Record, deadyet.Fact.Vague),
		Rule:  s.ruleView(), Reference: s.textNamed("reference"), Versions: s.versionViews(),
		Links: linkViews(sub.Links),
		Last:  s.texts("faq", "why", "credit", "source", "affiliation"),
	}
	if n, ok := sub.NetworkByID(sub.Network); ok {
		v.Lives, v.Decline = s.livesView(n, ""), s.declineView(n, "", "", roomFront)
		if v.Decline != nil {
			v.Decline.Whole = networkLink(n.ID)
		}
	}
	v.Title = v.Question + " " + v.Verdict.Says
	v.Description = v.Verdict.Says + ". " + v.Verdict.Reason
	v.Fleets = fleets()
	return v
}

// writeAhead writes the rows of all tables.
func writeAhead(fleets []fleetView) []fleetView {
	for i := range fleets {
		for j := range fleets[i].Tables {
			t := &fleets[i].Tables[j]
			t.rows = rowsHTML(t.Groups)
		}
	}
	return fleets
}

// frame fills what every page shares but its title. root leads from the page to the
// root of the site.
func (s *Site) frame(root string) frame {
	e := s.edition
	f := frame{
		Root: root, Style: s.style, Simulated: e.Subject.Simulated,
		Question: clean(e.Subject.Question), Edition: clean(string(e.ID)),
		At: s.minute(e.At), Source: webLink(e.Subject.Source),
		Moment: s.momentView(root), Script: s.script, Present: root + s.moment.up(), Live: s.moment.live(),
		tongues: s.tongues(),
	}
	if public := webLink(e.Subject.Public); public != "" {
		f.Picture = strings.TrimRight(public, "/") + PreviewPath
	}
	if !e.Down.IsZero() {
		down := s.minute(e.Down)
		f.Down = &down
	}
	return f
}

// titled is the title of a page: what it is about, and the question.
func (s *Site) titled(about string) string { return about + " · " + clean(s.edition.Subject.Question) }

// sections are the texts behind the news. How things stand is told by the
// edition, by the program or by a person.
func (s *Site) sections() (out []textView) {
	if t := s.edition.Situation; t.Body != "" {
		t.Name = "situation"
		out = append(out, s.textView(t))
	}
	return append(out, s.texts("background", "meant")...)
}

// clientsView is whether a visitor's client will work: who asks for one is led to
// its page, then how many get in, the beginning of the text, and the rest of it folded.
type clientsView struct {
	textView
	MoreTitle string
	More      template.HTML
	Form      *clientForm
	Tally     tallyView
}

// clientsView cuts the text at its first heading.
func (s *Site) clientsView() *clientsView {
	t := s.edition.Subject.TextIn("clients", s.Language)
	if t.Body == "" {
		return nil
	}
	head, more, folded := strings.Cut(t.Body, "\n## ")
	v := &clientsView{textView: s.textView(t), Form: s.clientForm(""), Tally: s.tally()}
	v.HTML = markdown(head, 3)
	if folded {
		title, rest, _ := strings.Cut(more, "\n")
		v.MoreTitle, v.More = clean(title), markdown(rest, 3)
	}
	return v
}

func (s *Site) texts(names ...string) (out []textView) {
	for _, name := range names {
		if t := s.textNamed(name); t != nil {
			out = append(out, *t)
		}
	}
	return out
}

func (s *Site) verdictView() verdictView {
	e := s.edition
	v := verdictView{
		Class: anchor(string(e.Verdict.Word)), Says: clean(e.Verdict.Says),
		Reason: clean(e.Verdict.Reason), Since: s.inWords(asSinceFirst, e.Verdict.Since),
	}
	if strings.Contains(v.Reason, s.sinceDay(e.Verdict.Since)) {
		v.Since = when{} // the reason says it already
	}
	if v.Says == "" {
		v.Class, v.Says = string(deadyet.WordUnknown), s.t("CAN’T TELL")
	}
	v.From, v.Source = s.provenance()
	return v
}

// provenance says where the verdict is known from: the record, or what was
// measured here.
func (s *Site) provenance() (from string, source *sourceView) {
	if facts := s.edition.Verdict.Facts; len(facts) > 0 {
		last := slices.MaxFunc(facts, func(a, b deadyet.FactID) int { return s.facts[a].Since.From.Compare(s.facts[b].Since.From) })
		if src := s.sourceOf(s.facts[last].Source); src != nil {
			return s.Raw("From the record of {source}, not measured here."), src
		}
		return s.t("From the record, not measured here."), nil
	}
	n := len(s.edition.Rounds)
	if n == 0 && s.moment.Name != "" {
		return s.measuredThen(), nil
	}
	if n == 0 {
		return s.t("Nothing has been measured here yet."), nil
	}
	last, at := s.edition.Rounds[0].Number, s.edition.Rounds[0].Began
	for _, l := range s.edition.Lines {
		if l.Network == s.edition.Subject.Network && l.LastRound != 0 {
			last, at = l.LastRound, l.LastAsked // a later round may have found nothing of it
		}
	}
	return s.t("Measured here, last in round {number}, {when}.", "number", strconv.FormatInt(int64(last), 10), "when", s.Moment(at)), nil
}

// Known is where the verdict is known from.
func (v verdictView) Known() template.HTML {
	return template.HTML(words.Fill(template.HTMLEscapeString(v.From), []string{"source", string(sourceHTML(v.Source))}))
}

// known is the same as text.
func (v verdictView) known() string {
	if v.Source == nil {
		return v.From
	}
	return words.Fill(v.From, []string{"source", v.Source.Title})
}

// legendView explains one answer.
type legendView struct{ Class, Answer, Text string }

func (t tongue) legend() []legendView {
	texts := []struct {
		answer deadyet.Answer
		means  words.Phrase
	}{
		{deadyet.AnswerYes, words.Phrase("accepted. (version): the version was agreed on; (login): the first step of a sign-in was answered, too")},
		{deadyet.AnswerNo, words.Phrase("the server itself refused")},
		{deadyet.AnswerSilent, words.Phrase("asked, and nothing came, while our own line was good")},
		{deadyet.AnswerUnclear, words.Phrase("tries disagree, or the answer can’t be trusted")},
		{deadyet.AnswerUnasked, words.Phrase("nobody asked, which says nothing about the server")},
	}
	var out []legendView
	for _, x := range texts {
		out = append(out, legendView{x.answer.String(), t.withMark(x.answer), t.t(string(x.means))})
	}
	return out
}

// versionView is a row of the reference.
type versionView struct {
	Version, Href string
	First, Counts string
	Note          template.HTML
}

func (s *Site) versionViews() (out []versionView) {
	for _, i := range s.edition.Subject.Versions {
		v := versionView{Version: clean(string(i.Version)), Href: versionLink(i.Version), First: clean(i.First), Counts: s.t("no")}
		if i.Counts {
			v.Counts = s.t("yes")
		}
		if i.Note != "" {
			v.Note = markdownLine(i.Note)
		}
		out = append(out, v)
	}
	return out
}
