package msnpwire

import (
	"errors"
	"fmt"
)

// Limits bounds one message. A zero field means the default.
type Limits struct {
	Line    int // bytes of a line without its end; default 8 KiB
	Payload int // bytes of a payload; default 64 KiB
	Words   int // words of a line; default 256
}

// WithDefaults returns l with its zero fields filled in.
func (l Limits) WithDefaults() Limits {
	if l.Line <= 0 {
		l.Line = 8 << 10
	}
	if l.Payload <= 0 {
		l.Payload = 64 << 10
	}
	if l.Words <= 0 {
		l.Words = 256
	}
	return l
}

// ErrTooLong is what every [LimitError] wraps.
var ErrTooLong = errors.New("too long")

// LimitError says which limit was passed.
type LimitError struct {
	What  string // "line", "payload", "words", …
	Limit int
}

// Error returns e.g. "line past the limit of 8192: too long".
func (e *LimitError) Error() string {
	return fmt.Sprintf("%s past the limit of %d: %v", e.What, e.Limit, ErrTooLong)
}

// Unwrap returns [ErrTooLong].
func (e *LimitError) Unwrap() error { return ErrTooLong }

// SyntaxError says why bytes are no message.
type SyntaxError struct {
	Line    string // the beginning of the line, at most 256 bytes
	Reason  string
	Foreign bool // it does not even begin like a message: another protocol
}

// Error returns the reason and the line.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s in line %q", e.Reason, e.Line) }

func syntaxError(line, reason string) error {
	return &SyntaxError{Line: cut(line), Reason: reason}
}

// mostShown bounds what an error keeps of a line. What is no command is not
// read any further either.
const mostShown = 256

func cut(line string) string { return line[:min(len(line), mostShown)] }
