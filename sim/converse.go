package sim

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"

	"deadyet"
)

// converse answers each command with what answer makes of its words, of which
// there are two at least: in lines over TCP, in responses at a gateway. It ends
// when the client does.
func converse(c *client, answer func(words []string) string) bool {
	conn := c.inside()
	if c.transport == deadyet.TransportTCP {
		lines := bufio.NewScanner(conn) // which ends at a line that is too long
		for lines.Scan() {
			say(conn, reply(lines.Text(), answer))
		}
	} else {
		converseHTTP(conn, answer)
	}
	drain(conn)
	return true
}

func converseHTTP(conn net.Conn, answer func(words []string) string) {
	in := bufio.NewReader(conn)
	for n := 1; ; n++ {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		asked, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
		if err != nil {
			return
		}
		var body strings.Builder
		for line := range strings.SplitSeq(string(asked), "\r\n") {
			body.WriteString(reply(line, answer))
		}
		say(conn, fmt.Sprintf("HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=%d.1; GW-IP=127.0.0.1\r\nContent-Length: %d\r\n\r\n%s", n, body.Len(), body.String()))
	}
}

// reply answers one line, and says nothing to what has no transaction id.
func reply(line string, answer func(words []string) string) string {
	words := strings.Fields(line)
	if len(words) < 2 {
		return ""
	}
	return answer(words)
}
