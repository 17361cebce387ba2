package msnpwire

import "deadyet/msnp"

// Direction says who wrote a message.
type Direction uint8

const (
	FromServer Direction = iota
	FromClient
)

// Message is one command, answer or error reply.
type Message struct {
	Line    string   // as it came, without its end; the Encoder ignores it
	Words   []string // the line's words, without the payload's length; at least one
	Payload []byte   // nil: the message has none; empty: it has one of length 0
}

// Name returns the first word: three letters, or three digits for an error
// reply.
func (m Message) Name() string { return m.Words[0] }

// Word returns the word at i, "" when there are not that many.
func (m Message) Word(i int) string {
	if i < len(m.Words) {
		return m.Words[i]
	}
	return ""
}

// Code returns the code of an error reply; ok is false for anything else.
func (m Message) Code() (c msnp.Code, ok bool) { return msnp.ParseCode(m.Words[0]) }

// TrID returns the transaction id; ok is false when there is none.
func (m Message) TrID() (id uint32, ok bool) { return ParseTrID(m.Word(1)) }

// ParseTrID reads a transaction id, a decimal number of 32 bits (draft §3).
func ParseTrID(word string) (id uint32, ok bool) {
	n, ok := parseLength(word)
	if !ok || n > 1<<32-1 {
		return 0, false
	}
	return uint32(n), true
}
