package msnpclient_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if serveBenchmarks() {
		return
	}
	goleak.VerifyTestMain(m)
}

// tape is a connection on which the server has said everything already.
type tape struct {
	in     io.Reader
	out    bytes.Buffer
	writes int
}

func says(s string) *tape { return &tape{in: strings.NewReader(s)} }

// drips says s one byte at a time.
func drips(s string) *tape { return &tape{in: iotest.OneByteReader(strings.NewReader(s))} }

func (c *tape) Read(p []byte) (int, error)       { return c.in.Read(p) }
func (c *tape) Write(p []byte) (int, error)      { c.writes++; return c.out.Write(p) }
func (c *tape) Close() error                     { return nil }
func (c *tape) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (c *tape) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (c *tape) SetDeadline(time.Time) error      { return nil }
func (c *tape) SetReadDeadline(time.Time) error  { return nil }
func (c *tape) SetWriteDeadline(time.Time) error { return nil }

// script answers each request on the other end of a pipe with the next answer:
// lines for TCP, whole requests for a gateway. It returns the requests once
// the answers are used up or the client left.
func script(conn net.Conn, answers ...string) (requests chan string) {
	requests = make(chan string, len(answers))
	go func() {
		defer close(requests)
		defer conn.Close()
		in := bufio.NewReader(conn)
		for _, a := range answers {
			r, err := request(in)
			if err != nil {
				return
			}
			requests <- r
			if _, err := io.WriteString(conn, a); err != nil {
				return
			}
		}
	}()
	return requests
}

// request reads one line, or one HTTP request, whose target and body it
// returns.
func request(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "POST ") {
		return line, err
	}
	target := strings.Fields(line)[1]
	length := 0
	for {
		field, err := in.ReadString('\n')
		if err != nil {
			return "", err
		}
		if field == "\r\n" {
			break
		}
		if n, ok := strings.CutPrefix(strings.TrimSpace(field), "Content-Length: "); ok {
			for _, c := range n {
				length = length*10 + int(c-'0')
			}
		}
	}
	body := make([]byte, length)
	_, err = io.ReadFull(in, body)
	return strings.TrimPrefix(target, "/gateway/gateway.dll?") + " " + string(body), err
}
