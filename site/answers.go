package site

import (
	"time"

	"deadyet"
	"deadyet/words"
)

// answersOpen is how many of the former answers are not folded.
const answersOpen = 12

// answersView is what the answer to the question was, the latest first.
type answersView struct {
	Latest []answerView
	More   string // what the fold says; "" when there is none
	Older  []answerView
}

// answerView is one word of the verdict, for as long as it was true.
type answerView struct {
	Says   string // with † when it is recorded
	When   when
	Lasted string
	Reason string
}

// answersView tells the history of the verdict; nil when there is none.
func (s *Site) answersView() *answersView {
	all := s.edition.Verdicts
	if len(all) == 0 {
		return nil
	}
	var views []answerView
	for n := len(all) - 1; n >= 0; n-- {
		v := s.answerView(all[n])
		if n+1 < len(all) {
			v.Lasted = s.t("for {time}", "time", s.lasted(told(all[n+1]).Sub(told(all[n]))))
		}
		views = append(views, v)
	}
	a := &answersView{Latest: views}
	if older := len(views) - answersOpen; older > newsSpare {
		a.Latest, a.Older = views[:answersOpen], views[answersOpen:]
		a.More = s.n(older, "{n} earlier answer", "{n} earlier answers")
	}
	return a
}

func (s *Site) answerView(v deadyet.Verdict) answerView {
	a := answerView{Says: clean(v.Says), When: s.fromWhen(v.Since), Reason: clean(v.Reason)}
	if a.Says == "" {
		a.Says = s.t(string(wordWords[v.Word]))
	}
	if len(v.Facts) > 0 || s.recorded(s.edition.Subject.Network) {
		a.Says += " †"
	}
	return a
}

// wordWords are for a rule that says nothing itself.
var wordWords = map[deadyet.Word]words.Phrase{
	deadyet.WordNo: words.Phrase("no"), deadyet.WordMostly: words.Phrase("mostly"), deadyet.WordYes: words.Phrase("yes"),
	deadyet.WordYesBut: words.Phrase("yes, but so is everything else"), deadyet.WordUnknown: words.Phrase("can’t tell"),
}

// told is the moment from which a word is told.
func told(v deadyet.Verdict) time.Time {
	if v.At.IsZero() {
		return v.Since.From
	}
	return v.At
}

// recorded reports whether all that is known of a network is from the record.
func (s *Site) recorded(id deadyet.NetworkID) bool {
	for _, l := range s.edition.Lines {
		if l.Network == id {
			return l.Recorded
		}
	}
	return false
}
