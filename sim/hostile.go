package sim

import (
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"fmt"
	"net"
	"strings"

	"deadyet"
	"deadyet/msnp"
)

// endlessly answers the first bytes with head, and then with run for ever.
func endlessly(c *client, head, run string) bool {
	conn := c.inside()
	hear(conn)
	say(conn, head)
	for b := []byte(strings.Repeat(run, 1+8192/len(run))); c.ctx.Err() == nil; {
		if _, err := conn.Write(b); err != nil {
			break
		}
	}
	return true
}

func endlessLine(c *client, _ Fault) bool { return endlessly(c, "", "VER 1 MSNP") }

const gatewayHead = "HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=1.1; GW-IP=127.0.0.1\r\n"

func endlessHeaders(c *client, _ Fault) bool { return endlessly(c, gatewayHead, "X-More: more\r\n") }

func endlessChunks(c *client, _ Fault) bool {
	return endlessly(c, gatewayHead+"Transfer-Encoding: chunked\r\n\r\n", "1\r\nV\r\n")
}

// gzipBomb answers with a megabyte of nothing, in a kilobyte.
func gzipBomb(c *client, _ Fault) bool {
	var small bytes.Buffer
	z := gzip.NewWriter(&small)
	_, _ = z.Write(make([]byte, 1<<20)) // into memory
	_ = z.Close()
	return answerOnce(c.inside(), fmt.Sprintf("%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", gatewayHead, small.Len(), small.Bytes()))
}

// tlsUnfinished promises a long record and goes on with it by a byte at a time.
func tlsUnfinished(c *client, f Fault) bool {
	hear(c.Conn)
	say(c.Conn, "\x16\x03\x03\x40\x00\x02")
	for sleep(c.ctx, f.Pause) {
		if _, err := c.Conn.Write([]byte{0}); err != nil {
			break
		}
	}
	return true
}

// hugeCertificate shows a chain of a megabyte.
func hugeCertificate(c *client, _ Fault) bool {
	config := c.tls.Clone()
	if len(config.Certificates) > 0 {
		chain := config.Certificates[0]
		leaf := chain.Certificate[0]
		chain.Certificate = [][]byte{leaf}
		for n := 0; n < 1<<20; n += len(leaf) {
			chain.Certificate = append(chain.Certificate, leaf)
		}
		config.Certificates = []tls.Certificate{chain}
	}
	conn := tls.Server(c.Conn, config)
	_ = conn.HandshakeContext(c.ctx) // the client's side tells
	drain(c.Conn)
	return true
}

// cutShort ends the connection in the middle of what the face says: with an
// ordinary end, or, cutReset, with a reset.
func cutShort(c *client, f Fault) bool {
	c.Conn = &cutConn{Conn: c.Conn, left: f.After}
	return false
}

func cutReset(c *client, f Fault) bool {
	c.Conn = &cutConn{Conn: c.Conn, left: f.After, reset: true}
	return false
}

type cutConn struct {
	net.Conn
	left  int // bytes that still get through
	reset bool
}

func (c *cutConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b[:min(len(b), c.left)])
	if c.left -= n; err != nil || c.left > 0 {
		return n, err
	}
	if c.reset {
		abort(c.Conn)
		_ = c.Close() // it is the end that is wanted
	} else {
		closeWrite(c.Conn)
		drain(c.Conn)
	}
	return n, net.ErrClosed
}

// wrongIDs answers the next question instead of the one that was asked.
func wrongIDs(c *client, _ Fault) bool {
	return converse(c, func(words []string) string {
		return "VER " + words[1] + "0 MSNP18\r\n"
	})
}

// unasked says the right thing among many others.
func unasked(c *client, _ Fault) bool {
	return converse(c, func(words []string) string {
		return "NLN AWY a@example.com a 0\r\nMSG Hotmail Hotmail 5\r\nhello" + obliging(words, "") + "FLN b@example.com\r\n"
	})
}

// errorStorm answers a thousand questions that nobody asked with errors.
func errorStorm(c *client, _ Fault) bool {
	return converse(c, func([]string) string { return strings.Repeat("911 7777\r\n", 1000) })
}

func manyWords(c *client, _ Fault) bool {
	return converse(c, func(words []string) string {
		return "VER " + words[1] + strings.Repeat(" MSNP18", 10000) + "\r\n"
	})
}

// payloadOf announces a payload of that length.
func payloadOf(length string) func(*client, Fault) bool {
	return func(c *client, _ Fault) bool {
		return converse(c, func([]string) string { return "MSG Hotmail Hotmail " + length + "\r\nhello" })
	}
}

// redirects takes versions, and sends whoever signs in on to a host that it
// never named before. Its gateway sends everybody on.
func redirects(c *client, _ Fault) bool {
	next := fmt.Sprintf("hop-%d.example", c.number)
	if c.transport != deadyet.TransportTCP {
		return answerOnce(c.inside(), "HTTP/1.1 302 Found\r\nLocation: http://"+next+"/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	}
	return converse(c, func(words []string) string { return obliging(words, next+":1863") })
}

// obliging answers words as a server does that takes MSNP2 to MSNP21, and sends
// those that sign in on to a host if there is one.
func obliging(words []string, to string) string {
	id := words[1]
	switch words[0] {
	case msnp.CommandVER:
		for _, w := range words[2:] {
			if v, err := msnp.ParseVersion(w); err == nil && v <= msnp.MSNP21 {
				return "VER " + id + " " + w + "\r\n"
			}
		}
		return "VER " + id + " 0\r\n"
	case msnp.CommandINF:
		return "INF " + id + " MD5\r\n"
	case msnp.CommandCVR:
		return "CVR " + id + " 1.0.0000 1.0.0000 1.0.0000 http://a.example http://b.example\r\n"
	case msnp.CommandUSR:
		if to != "" {
			return "XFR " + id + " NS " + to + " 0\r\n"
		}
		return "USR " + id + " MD5 S 1013928519.693957190\r\n"
	}
	return ""
}
