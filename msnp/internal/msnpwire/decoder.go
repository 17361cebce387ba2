package msnpwire

import (
	"bytes"
	"fmt"
	"io"
)

// Decoder reads messages from a byte stream. Its first error is final: every
// later call returns it again. It never returns a message and an error. Not
// for concurrent use.
type Decoder struct {
	in     *Buffer
	dir    Direction
	limits Limits
	offset int64
	err    error
}

// NewDecoder returns a decoder of what dir writes to r.
func NewDecoder(r io.Reader, dir Direction, limits Limits) *Decoder {
	return &Decoder{in: NewBuffer(r), dir: dir, limits: limits.WithDefaults()}
}

// Next reads one message.
//
// The error is io.EOF when the stream ends between two messages, a
// [*LimitError] or a [*SyntaxError], or the reader's own. One that ends the
// stream inside a message has io.ErrUnexpectedEOF in it.
func (d *Decoder) Next() (Message, error) {
	if d.err != nil {
		return Message{}, d.err
	}
	m, err := d.next()
	if err != nil {
		d.err = err
		return Message{}, err
	}
	return m, nil
}

// Offset returns how many bytes the messages so far took up.
func (d *Decoder) Offset() int64 { return d.offset }

func (d *Decoder) next() (Message, error) {
	line, used, err := d.line()
	if err != nil {
		return Message{}, err
	}
	words, err := split(line, d.limits.Words)
	if err != nil {
		return Message{}, err
	}
	m := Message{Line: line, Words: words}
	if hasPayload(d.dir, words) {
		if m, err = d.payload(m); err != nil {
			return Message{}, err
		}
	}
	d.offset += int64(used + len(m.Payload))
	return m, nil
}

// line takes one line from the buffer and returns it without its end, and how
// many bytes it took with it.
func (d *Decoder) line() (line string, used int, err error) {
	seen := 0
	for {
		b := d.in.Unread()
		n, err := scan(b, seen)
		if err != nil {
			return "", 0, err
		}
		if n > 0 {
			text := bytes.TrimSuffix(b[:n-1], []byte{'\r'})
			d.in.Skip(n)
			return d.finish(string(text), n)
		}
		seen = len(b)
		strange := !beginsLikeCommand(b)
		if strange && seen > mostShown {
			return "", 0, foreignError(b)
		}
		if seen > d.limits.Line+1 {
			return "", 0, &LimitError{What: "line", Limit: d.limits.Line}
		}
		if err := d.fill(seen > 0); err != nil {
			if strange {
				return "", 0, foreignError(d.in.Unread())
			}
			return "", 0, err
		}
	}
}

func (d *Decoder) finish(line string, used int) (string, int, error) {
	if len(line) > d.limits.Line {
		return "", 0, &LimitError{What: "line", Limit: d.limits.Line}
	}
	for i := range len(line) {
		if line[i] == '\r' {
			return "", 0, syntaxError(line, "lone CR")
		}
	}
	return line, used, nil
}

// scan looks at what came since seen bytes were there. It returns the length
// of the line with its end, 0 while the end is missing. Binary is noticed at
// once: another protocol may never send an LF.
func scan(b []byte, seen int) (n int, err error) {
	for i := seen; i < len(b); i++ {
		c := b[i]
		if c == '\n' {
			return i + 1, nil
		}
		if c < ' ' && c != '\t' && c != '\r' || c == 0x7f {
			return 0, &SyntaxError{Line: cut(string(b)), Reason: "control character", Foreign: i < 4 || !beginsLikeCommand(b)}
		}
	}
	return 0, nil
}

// beginsLikeCommand reports whether b may become a message: three letters or
// digits, then a separator.
func beginsLikeCommand(b []byte) bool {
	for i, c := range b[:min(len(b), 4)] {
		if i < 3 && !isAlnum(c) || i == 3 && !isSpace(c) && c != '\r' {
			return false
		}
	}
	return true
}

func foreignError(b []byte) error {
	return &SyntaxError{Line: cut(string(b[:min(len(b), mostShown)])), Reason: "no command", Foreign: true}
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// payload reads the payload of m, and takes its length off the words.
func (d *Decoder) payload(m Message) (Message, error) {
	last := len(m.Words) - 1
	n, ok := parseLength(m.Words[last])
	if !ok {
		return Message{}, syntaxError(m.Line, "no payload length")
	}
	if n > int64(d.limits.Payload) {
		return Message{}, &LimitError{What: "payload", Limit: d.limits.Payload}
	}
	for len(d.in.Unread()) < int(n) {
		if err := d.fill(true); err != nil {
			return Message{}, err
		}
	}
	m.Payload = append([]byte{}, d.in.Unread()[:n]...)
	m.Words = m.Words[:last]
	d.in.Skip(int(n))
	return m, nil
}

func (d *Decoder) fill(inside bool) error {
	err := d.in.Fill()
	if err != nil && inside {
		return Cut(err)
	}
	return err
}

// Cut says that err came inside of something: with io.ErrUnexpectedEOF in it,
// which io.EOF becomes.
func Cut(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err)
}
