package msnpclient

import (
	"bytes"
	"strconv"
)

// head is what the head of a response says about its body and the connection.
type head struct {
	length    int64 // -1: not given
	chunked   bool
	close     bool
	messenger bool // X-MSN-Messenger was there
	doubtful  bool // length and chunks both, or two lengths: nobody agrees where it ends
}

// reusable reports whether the body has an end of its own and the server keeps
// the connection.
func (h head) reusable() bool {
	return !h.close && !h.doubtful && (h.chunked || h.length >= 0)
}

// parseStatus reads "HTTP/1.1 200 OK". ok is false for anything else; old is
// true for HTTP/1.0, whose connections end by default.
func parseStatus(line []byte) (status int, old, ok bool) {
	rest, found := bytes.CutPrefix(line, []byte("HTTP/1."))
	if !found || len(rest) < 5 || rest[1] != ' ' || rest[0] != '0' && rest[0] != '1' {
		return 0, false, false
	}
	if len(rest) > 5 && rest[5] != ' ' {
		return 0, false, false
	}
	for _, c := range rest[2:5] {
		if c < '0' || c > '9' {
			return 0, false, false
		}
		status = status*10 + int(c-'0')
	}
	return status, rest[0] == '0', status >= 100
}

// readField takes one header field into g. ok is false when it can't be one.
func (g *Gateway) readField(line []byte) (ok bool) {
	name, value, found := bytes.Cut(line, []byte{':'})
	if !found || len(name) == 0 || bytes.ContainsAny(name, " \t") {
		return false
	}
	value = bytes.TrimSpace(value)
	switch {
	case is(name, "Content-Length"):
		return g.head.readLength(value)
	case is(name, "Transfer-Encoding"):
		return g.head.readEncoding(value)
	case is(name, "Connection"):
		g.head.readConnection(value)
	case is(name, "X-MSN-Messenger"):
		g.head.messenger = true
		g.info.readMessenger(value, &g.before)
	case is(name, "X-MSN-Host"):
		g.info.MSNHost = text(value, g.before.MSNHost)
	case is(name, "X-MSNSERVER"):
		g.info.MSNServer = text(value, g.before.MSNServer)
	case is(name, "Server"):
		g.info.Server = text(value, g.before.Server)
	case is(name, "Location"):
		g.info.Location = text(value, g.before.Location)
	}
	return true
}

func is(name []byte, want string) bool {
	return len(name) == len(want) && bytes.EqualFold(name, []byte(want))
}

// text makes a string of b without a new copy where it equals the one of the
// response before: most responses on a connection say the same.
func text(b []byte, before string) string {
	if before == string(b) {
		return before
	}
	return string(b)
}

func (h *head) readLength(value []byte) (ok bool) {
	n, err := strconv.ParseUint(string(value), 10, 63)
	if err != nil || value[0] == '+' {
		return false
	}
	if h.length >= 0 && h.length != int64(n) {
		return false
	}
	h.doubtful = h.doubtful || h.chunked
	h.length = int64(n)
	return true
}

func (h *head) readEncoding(value []byte) (ok bool) {
	if bytes.EqualFold(value, []byte("identity")) {
		return true
	}
	h.doubtful = h.doubtful || h.length >= 0 || h.chunked
	h.chunked = bytes.EqualFold(value, []byte("chunked"))
	return h.chunked
}

func (h *head) readConnection(value []byte) {
	for token := range bytes.SplitSeq(value, []byte{','}) {
		switch token = bytes.TrimSpace(token); {
		case bytes.EqualFold(token, []byte("close")):
			h.close = true
		case bytes.EqualFold(token, []byte("keep-alive")):
			h.close = false
		}
	}
}

// readMessenger reads the pairs of X-MSN-Messenger. Servers put "; " between
// them, clients should not insist; the last SessionID counts.
func (i *GatewayInfo) readMessenger(value []byte, before *GatewayInfo) {
	for pair := range bytes.SplitSeq(value, []byte{';'}) {
		name, v, _ := bytes.Cut(pair, []byte{'='})
		name, v = bytes.TrimSpace(name), bytes.TrimSpace(v)
		switch {
		case is(name, "SessionID"):
			i.SessionID = text(v, before.SessionID)
		case is(name, "GW-IP"):
			i.GWIP = text(v, before.GWIP)
		case is(name, "Session"):
			i.SessionClosed = bytes.EqualFold(v, []byte("close"))
		}
	}
}
