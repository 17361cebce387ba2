package site

import (
	"encoding/json"
	"fmt"
	"strings"

	"deadyet"
)

// badge says one thing in two fields: whose state, and which. The state is
// always a word; the colour only repeats it.
type badge struct {
	label   string
	message string
	class   string // see badgeColours
}

// badgeLimit is how many characters a field of a badge may have.
const badgeLimit = 60

// badgeColours are dark enough for white text (WCAG AA).
var badgeColours = map[string]string{
	deadyet.AnswerYes.String():     "#1a7f37",
	deadyet.AnswerNo.String():      "#b3261e",
	deadyet.AnswerSilent.String():  "#6b5900",
	deadyet.AnswerUnclear.String(): "#7a3e9d",
	deadyet.AnswerUnasked.String(): "#5f6368",
}

// wordAnswers gives each word of the verdict the colour of the answer that the
// servers gave: a "yes" to the question is a "no" of theirs.
var wordAnswers = map[deadyet.Word]deadyet.Answer{
	deadyet.WordNo: deadyet.AnswerYes, deadyet.WordMostly: deadyet.AnswerSilent, deadyet.WordYes: deadyet.AnswerNo,
	deadyet.WordYesBut: deadyet.AnswerNo, deadyet.WordUnknown: deadyet.AnswerUnasked,
}

// addBadges adds a picture and a document of shields.io for the verdict, each
// network, version and server.
func (s *Site) addBadges() {
	s.addBadge("/badge/verdict", s.verdictBadge)
	for _, l := range s.edition.Lines {
		if n, ok := s.edition.Subject.NetworkByID(l.Network); ok {
			s.addBadge("/badge/network/"+string(n.ID), func() badge { return s.networkBadge(n, l) })
		}
	}
	for _, v := range s.columns {
		s.addBadge("/badge/version/"+string(v), func() badge { return s.versionBadge(v) })
	}
	for _, p := range s.places {
		s.addBadge("/badge"+serverPath(p.server.ID), func() badge { return s.serverBadge(p) })
	}
}

func (s *Site) addBadge(path string, of func() badge) {
	s.add(path+".svg", func() (Page, error) {
		return Page{Path: path + ".svg", Type: typeSVG, Body: s.marked(of()).svg()}, nil
	})
	s.add(path+".json", func() (Page, error) {
		body, err := json.Marshal(s.marked(of()).shield())
		if err != nil {
			return Page{}, fmt.Errorf("write %s.json: %w", path, err)
		}
		return Page{Path: path + ".json", Type: typeJSON, Body: append(body, '\n')}, nil
	})
}

// marked makes the fields short and harmless, and says what is simulated.
func (s *Site) marked(b badge) badge {
	b.label, b.message = badgeText(s.simulatedText()+b.label), badgeText(b.message)
	return b
}

func badgeText(s string) string {
	s = clean(strings.ReplaceAll(s, nbsp, " "))
	if runes := []rune(s); len(runes) > badgeLimit {
		return string(runes[:badgeLimit-1]) + "…"
	}
	return s
}

func (s *Site) verdictBadge() badge {
	v := s.verdictView()
	return badge{s.edition.Subject.Question, v.Says, wordAnswers[s.edition.Verdict.Word].String()}
}

// networkBadge says what the network's own verdict says in small words, or its
// best answer.
func (s *Site) networkBadge(n deadyet.Network, l deadyet.Line) badge {
	b := badge{n.Name, s.aliveText(l.Verdict), l.Answer.String()}
	if b.message == "" {
		b.message = s.answer(l.Answer)
	}
	if len(l.Versions) > 0 {
		b.message = s.t("{state}, takes {versions}", "state", b.message, "versions", ranges(s.columns, l.Versions))
	}
	return b
}

// versionBadge counts the listed servers of all networks that take a version.
func (s *Site) versionBadge(v deadyet.Version) badge {
	var sum Takers
	for _, t := range s.Takers() {
		if t.Version == v {
			sum.Servers, sum.Asked, sum.Of = sum.Servers+t.Servers, sum.Asked+t.Asked, sum.Of+t.Of
		}
	}
	switch {
	case sum.Asked == 0:
		return badge{string(v), s.answer(deadyet.AnswerUnasked), deadyet.AnswerUnasked.String()}
	case sum.Servers == 0:
		return badge{string(v), s.t("gone: no server takes it"), deadyet.AnswerNo.String()}
	}
	return badge{string(v), s.n(sum.Of, "taken by {some} of {n} server", "taken by {some} of {n} servers", "some", sum.Servers), deadyet.AnswerYes.String()}
}

// better is the answer that a person would rather hear; anything is better than
// that nobody asked.
func better(a, b deadyet.Answer) deadyet.Answer {
	order := [...]int{
		deadyet.AnswerUnasked: 0, deadyet.AnswerSilent: 1, deadyet.AnswerNo: 2, deadyet.AnswerUnclear: 3, deadyet.AnswerYes: 4,
	}
	if order[b] > order[a] {
		return b
	}
	return a
}

// serverBadge says which versions a server takes, or what it answers instead.
func (s *Site) serverBadge(p place) badge {
	var best, open deadyet.Answer
	var versions []deadyet.Version
	versioned := false
	for _, st := range s.statesOf(p.network, p.server) {
		v := st.Check.Version
		if v == "" {
			open = better(open, st.Answer())
			continue
		}
		versioned, best = true, better(best, st.Answer())
		if st.Answer() == deadyet.AnswerYes {
			versions = addVersion(versions, v)
		}
	}
	b := badge{p.server.ID.Name(), s.answer(best), best.String()}
	switch {
	case len(versions) > 0:
		b.message = s.t("{state}, takes {versions}", "state", s.answer(deadyet.AnswerYes), "versions", ranges(s.columns, versions))
	case !versioned:
		b.message, b.class = s.answer(open), open.String()
	}
	return b
}

func addVersion(versions []deadyet.Version, v deadyet.Version) []deadyet.Version {
	for _, w := range versions {
		if w == v {
			return versions
		}
	}
	return append(versions, v)
}
