package msnpclient

import (
	"bytes"
	"io"

	"deadyet/msnp/internal/msnpwire"
)

const (
	mostHead    = 16 << 10 // bytes of a response's head
	mostInterim = 8        // 1xx responses before the real one
)

// readHead reads the head of the response, past interim ones.
func (g *Gateway) readHead() error {
	g.before, g.info = g.info, GatewayInfo{}
	for range mostInterim {
		b, err := g.takeHead()
		if err != nil {
			return err
		}
		if err := g.parseHead(b); err != nil {
			g.info = GatewayInfo{}
			return err
		}
		if g.info.Status >= 200 {
			return nil
		}
	}
	return &MalformedError{Reason: "too many interim responses"}
}

// takeHead waits for the blank line and takes everything up to it. The bytes
// are valid until the next read.
func (g *Gateway) takeHead() ([]byte, error) {
	seen := 0
	for {
		b := g.in.Unread()
		strange := !beginsLikeHTTP(b)
		if strange && enoughToTell(b) {
			return nil, foreign(b)
		}
		if n := endOfHead(b, max(0, seen-3)); n > 0 && n <= mostHead {
			g.in.Skip(n)
			return b[:n], nil
		}
		if seen = len(b); seen > mostHead {
			return nil, &msnpwire.LimitError{What: "gateway head", Limit: mostHead}
		}
		if err := g.in.Fill(); err != nil {
			if strange {
				return nil, foreign(g.in.Unread())
			}
			return nil, cutShort(err, seen > 0)
		}
	}
}

func beginsLikeHTTP(b []byte) bool {
	const want = "HTTP/"
	n := min(len(b), len(want))
	return string(b[:n]) == want[:n]
}

// enoughToTell reports whether a greeting came far enough to recognise its
// service: a line of it, much of one, or something binary.
func enoughToTell(b []byte) bool {
	for _, c := range b {
		if c < ' ' {
			return true
		}
	}
	return len(b) >= mostShown
}

// endOfHead returns the length of the head with its blank line, 0 while that
// is missing.
func endOfHead(b []byte, from int) int {
	for i := from; i < len(b); i++ {
		if b[i] != '\n' {
			continue
		}
		rest := b[i+1:]
		if bytes.HasPrefix(rest, []byte("\n")) {
			return i + 2
		}
		if bytes.HasPrefix(rest, []byte("\r\n")) {
			return i + 3
		}
	}
	return 0
}

// parseHead reads a whole head into g.
func (g *Gateway) parseHead(b []byte) error {
	line, rest := nextLine(b)
	status, old, ok := parseStatus(line)
	if !ok {
		return &MalformedError{Line: string(shown(line)), Reason: "no HTTP status line"}
	}
	g.info = GatewayInfo{Status: status}
	g.head = head{length: -1, close: old}
	for len(rest) > 0 {
		if line, rest = nextLine(rest); len(line) == 0 {
			break
		}
		if !g.readField(line) {
			return &MalformedError{Line: string(shown(line)), Reason: "bad header field"}
		}
	}
	return nil
}

func nextLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte{'\n'})
	return bytes.TrimSuffix(line, []byte{'\r'}), rest
}

// readBody reads the body to its end.
func (g *Gateway) readBody() error {
	g.body = g.body[:0]
	switch {
	case g.info.Status == 204 || g.info.Status == 304:
		g.head.length = 0
		return nil
	case g.head.chunked:
		return g.readChunks()
	case g.head.length >= 0:
		return g.readBytes(g.head.length)
	}
	return g.readToEnd()
}

// readBytes appends n bytes to the body.
func (g *Gateway) readBytes(n int64) error {
	if n > int64(g.limits.Payload-len(g.body)) {
		return g.tooLong()
	}
	for n > 0 {
		b := g.in.Unread()
		if len(b) == 0 {
			if err := g.in.Fill(); err != nil {
				return cutShort(err, true)
			}
			continue
		}
		b = b[:min(int64(len(b)), n)]
		g.body = append(g.body, b...)
		g.in.Skip(len(b))
		n -= int64(len(b))
	}
	return nil
}

func (g *Gateway) readToEnd() error {
	for {
		b := g.in.Unread()
		if len(g.body)+len(b) > g.limits.Payload {
			return g.tooLong()
		}
		g.body = append(g.body, b...)
		g.in.Skip(len(b))
		if err := g.in.Fill(); err == io.EOF {
			return nil
		} else if err != nil {
			return cutShort(err, true)
		}
	}
}

func (g *Gateway) tooLong() error {
	return &msnpwire.LimitError{What: "gateway body", Limit: g.limits.Payload}
}

func cutShort(err error, inside bool) error {
	if inside {
		return msnpwire.Cut(err)
	}
	return err
}
