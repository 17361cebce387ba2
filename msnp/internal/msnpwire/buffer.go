package msnpwire

import "io"

const (
	firstBuffer = 512 // enough for every line of a negotiation
	emptyReads  = 100 // reads without bytes or error before a reader counts as broken
)

// Buffer holds bytes that were read and not used yet. It grows only for bytes
// that came. The zero value is not usable; see [NewBuffer].
type Buffer struct {
	r          io.Reader
	buf        []byte
	start, end int
}

// NewBuffer returns an empty buffer in front of r.
func NewBuffer(r io.Reader) *Buffer { return &Buffer{r: r} }

// Unread returns the bytes that are there. They are valid until the next call
// of Fill.
func (b *Buffer) Unread() []byte { return b.buf[b.start:b.end] }

// Skip drops n of the unread bytes.
func (b *Buffer) Skip(n int) { b.start += n }

// Fill reads once and adds at least one byte to the unread ones, or returns
// the reader's error.
func (b *Buffer) Fill() error {
	b.makeRoom()
	for range emptyReads {
		n, err := b.r.Read(b.buf[b.end:])
		b.end += n
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

func (b *Buffer) makeRoom() {
	switch {
	case b.buf == nil:
		b.buf = make([]byte, firstBuffer)
	case b.start == b.end:
		b.start, b.end = 0, 0
	case b.end == len(b.buf) && b.start > 0:
		b.end = copy(b.buf, b.buf[b.start:b.end])
		b.start = 0
	case b.end == len(b.buf):
		b.buf = append(b.buf, make([]byte, len(b.buf))...)
	}
}
