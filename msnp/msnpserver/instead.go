package msnpserver

import (
	"io"
	"net"
	"strconv"
	"time"
)

// echo sends back what comes from r, which reads from conn.
func echo(conn net.Conn, r io.Reader, idle time.Duration) {
	b := make([]byte, 4<<10)
	for {
		n, err := r.Read(b)
		if n > 0 {
			if _, err := conn.Write(b[:n]); err != nil {
				return
			}
			_ = conn.SetDeadline(time.Now().Add(idle))
		}
		if err != nil {
			return
		}
	}
}

const badRequestPage = "<html><head><title>400 Bad Request</title></head><body><h1>400 Bad Request</h1></body></html>\r\n"

// refuseHTTP reads something and answers like a web server that can't make
// sense of it.
func refuseHTTP(conn net.Conn, r io.Reader) {
	b := make([]byte, 4<<10)
	if _, err := r.Read(b); err != nil {
		return
	}
	head := "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: "
	_, err := io.WriteString(conn, head+strconv.Itoa(len(badRequestPage))+"\r\n\r\n"+badRequestPage)
	if err == nil {
		hangUp(conn)
	}
}
