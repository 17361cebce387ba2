package site

import (
	"slices"

	"deadyet"
)

// apiVerdict is a verdict with its reasons: of the subject or of one network,
// the present one or a former one.
type apiVerdict struct {
	Word      deadyet.Word     `json:"word"`
	Says      string           `json:"says"`
	Reason    string           `json:"reason"`
	Reasons   []deadyet.Reason `json:"reasons,omitempty"`
	Since     apiInterval      `json:"since,omitzero"`
	Published apiTime          `json:"published,omitzero"`
	Facts     []deadyet.FactID `json:"facts,omitempty"`
	Listed    int              `json:"listed"`
	Reference int              `json:"reference"`
	Accepting int              `json:"accepting"`
	LastYes   apiTime          `json:"last_yes,omitzero"`
}

func verdictOf(v deadyet.Verdict) apiVerdict {
	return apiVerdict{
		Word: v.Word, Says: v.Says, Reason: v.Reason, Reasons: v.Reasons,
		Since: intervalOf(v.Since), Published: apiTime(v.Published), Facts: v.Facts,
		Listed: v.Listed, Reference: v.Reference, Accepting: v.Accepting, LastYes: apiTime(v.LastYes),
	}
}

type apiAnswer struct {
	apiHead
	Question string `json:"question"`
	apiVerdict
}

func (s *Site) apiVerdict() any {
	return apiAnswer{s.apiHead(), s.edition.Subject.Question, verdictOf(s.edition.Verdict)}
}

type apiVerdicts struct {
	apiHead
	Question string       `json:"question"`
	Verdicts []apiVerdict `json:"verdicts"`
}

func (s *Site) apiVerdicts() any {
	v := apiVerdicts{s.apiHead(), s.edition.Subject.Question, []apiVerdict{}}
	for _, x := range slices.Backward(s.edition.Verdicts) {
		v.Verdicts = append(v.Verdicts, verdictOf(x))
	}
	return v
}

type apiSituation struct {
	apiHead
	Title string      `json:"title"`
	Text  string      `json:"text"` // Markdown
	File  string      `json:"file,omitempty"`
	Until deadyet.Day `json:"until,omitzero"`
}

func (s *Site) apiSituation() any {
	t := s.edition.Situation
	return apiSituation{s.apiHead(), t.Title, t.Body, t.File, t.Until}
}
