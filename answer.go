package deadyet

import "fmt"

// Answer is the answer to a check. The zero value is AnswerUnasked, so that
// whatever was forgotten can never look dead.
type Answer uint8

const (
	// AnswerUnasked: nobody asked. Never scanned, no longer scanned, over
	// budget, or silence while the canary failed.
	AnswerUnasked Answer = iota
	// AnswerYes: accepted.
	AnswerYes
	// AnswerNo: the server itself refused: a reset, an explicit refusal, a
	// version that was not offered, a TLS alert; or it hung up on this
	// version, asked alone, while it answered another one in the same round.
	AnswerNo
	// AnswerSilent: asked, and nothing came, while the canary was good.
	AnswerSilent
	// AnswerUnclear: tries or vantages disagree, or what came can't be trusted.
	AnswerUnclear
)

// Answers lists all five in the order of their values.
func Answers() []Answer {
	return []Answer{AnswerUnasked, AnswerYes, AnswerNo, AnswerSilent, AnswerUnclear}
}

var answerWords = [...]string{"unasked", "yes", "no", "silent", "unclear"}

var answerMarks = [...]string{"–", "✔", "✘", "…", "?"}

// String returns the word for a: the one used in files, tables and the API.
func (a Answer) String() string {
	if int(a) < len(answerWords) {
		return answerWords[a]
	}
	return fmt.Sprintf("answer(%d)", uint8(a))
}

// Mark returns the sign for a. It is always shown together with the word.
func (a Answer) Mark() string {
	if int(a) < len(answerMarks) {
		return answerMarks[a]
	}
	return "?"
}

// ParseAnswer is the inverse of [Answer.String].
func ParseAnswer(s string) (Answer, error) {
	for i, w := range answerWords {
		if w == s {
			return Answer(i), nil
		}
	}
	return AnswerUnasked, fmt.Errorf("parse answer %q: want one of unasked, yes, no, silent, unclear", s)
}

// MarshalText writes the word.
func (a Answer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the word.
func (a *Answer) UnmarshalText(b []byte) (err error) {
	*a, err = ParseAnswer(string(b))
	return err
}
