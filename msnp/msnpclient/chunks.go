package msnpclient

import (
	"bytes"
	"strconv"

	"deadyet/msnp/internal/msnpwire"
)

// readChunks reads a chunked body and its trailer (RFC 9112 §7.1). What stands
// around the chunks is bounded like a body: chunks of one byte make more of it
// than of anything else.
func (g *Gateway) readChunks() error {
	for around := 0; around <= g.limits.Payload; {
		line, err := g.readLine()
		if err != nil {
			return err
		}
		around += len(line) + len("\r\n\r\n")
		size, _, _ := bytes.Cut(line, []byte{';'})
		n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 63)
		if err != nil {
			return &MalformedError{Line: string(shown(line)), Reason: "bad chunk size"}
		}
		if n == 0 {
			return g.readTrailer()
		}
		if err := g.readBytes(int64(n)); err != nil {
			return err
		}
		if line, err := g.readLine(); err != nil || len(line) > 0 {
			return orMalformed(err, line, "chunk of another size")
		}
	}
	return g.tooLong()
}

func (g *Gateway) readTrailer() error {
	for n := 0; n <= mostHead; {
		line, err := g.readLine()
		if err != nil || len(line) == 0 {
			return err
		}
		n += len(line)
	}
	return &msnpwire.LimitError{What: "gateway trailer", Limit: mostHead}
}

const mostChunkLine = 1 << 10

// readLine reads a line between chunks. It is valid until the next read.
func (g *Gateway) readLine() ([]byte, error) {
	for {
		b := g.in.Unread()
		if i := bytes.IndexByte(b, '\n'); i >= 0 && i <= mostChunkLine {
			g.in.Skip(i + 1)
			return bytes.TrimSuffix(b[:i], []byte{'\r'}), nil
		}
		if len(b) > mostChunkLine {
			return nil, &msnpwire.LimitError{What: "chunk line", Limit: mostChunkLine}
		}
		if err := g.in.Fill(); err != nil {
			return nil, cutShort(err, true)
		}
	}
}

func orMalformed(err error, line []byte, reason string) error {
	if err != nil {
		return err
	}
	return &MalformedError{Line: string(shown(line)), Reason: reason}
}
