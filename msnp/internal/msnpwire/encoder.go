package msnpwire

import (
	"fmt"
	"strconv"
)

// Encoder writes messages. It refuses what a [Decoder] with the same direction
// and limits would read differently, so a word from outside can't smuggle in a
// second command. It may be used from several goroutines.
type Encoder struct {
	dir    Direction
	limits Limits
}

// NewEncoder returns an encoder of what dir writes.
func NewEncoder(dir Direction, limits Limits) Encoder {
	return Encoder{dir: dir, limits: limits.WithDefaults()}
}

// Append appends m in its canonical form: one space between words, CR LF, the
// payload. On an error it returns b as it was.
func (e Encoder) Append(b []byte, m Message) ([]byte, error) {
	if err := e.check(m); err != nil {
		return b, fmt.Errorf("encode message: %w", err)
	}
	begin := len(b)
	out := b
	for i, w := range m.Words {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, w...)
	}
	if m.Payload != nil {
		out = strconv.AppendInt(append(out, ' '), int64(len(m.Payload)), 10)
	}
	if len(out)-begin > e.limits.Line {
		return b, fmt.Errorf("encode message: %w", &LimitError{What: "line", Limit: e.limits.Line})
	}
	return append(append(out, '\r', '\n'), m.Payload...), nil
}

func (e Encoder) check(m Message) error {
	words := len(m.Words)
	if m.Payload != nil {
		words++
	}
	switch {
	case len(m.Words) == 0 || len(m.Words[0]) != 3 || !isLetters(m.Words[0]) && !isDigits(m.Words[0]):
		return &SyntaxError{Line: cut(m.Word(0)), Reason: "no command", Foreign: true}
	case words > e.limits.Words:
		return &LimitError{What: "words", Limit: e.limits.Words}
	case len(m.Payload) > e.limits.Payload:
		return &LimitError{What: "payload", Limit: e.limits.Payload}
	}
	for _, w := range m.Words {
		if !isWord(w) {
			return syntaxError(w, "bad word")
		}
	}
	if e.expectsPayload(m) != (m.Payload != nil) {
		return syntaxError(m.Words[0], "payload where none belongs, or none where one does")
	}
	return nil
}

// expectsPayload asks the same question as the decoder will, about the words
// that it will see.
func (e Encoder) expectsPayload(m Message) bool {
	if m.Payload == nil {
		return hasPayload(e.dir, m.Words)
	}
	var room [8]string
	words := append(append(room[:0], m.Words...), "0")
	return hasPayload(e.dir, words)
}

func isWord(w string) bool {
	for i := range len(w) {
		if w[i] <= ' ' || w[i] == 0x7f {
			return false
		}
	}
	return w != ""
}
