package msnpserver

import (
	"net/http"
	"strconv"
)

// response is one HTTP response. Header names are written as given: old
// clients compare their case.
type response struct {
	status int
	kind   string // Content-Type
	fields []byte
	body   []byte
	close  bool // end the connection after it
	drop   bool // end the connection instead
}

// plain is a response that only says its status.
func plain(status int) response {
	text := strconv.Itoa(status) + ": " + http.StatusText(status)
	return response{status: status, kind: "text/plain; charset=utf-8", body: []byte(text)}
}

func (r response) with(name, value string) response {
	r.fields = append(r.fields, name+": "+value+"\r\n"...)
	return r
}

func (r response) closing() response {
	r.close = true
	return r
}

func (r response) bytes() []byte {
	b := make([]byte, 0, 256+len(r.body))
	b = append(b, "HTTP/1.1 "...)
	b = strconv.AppendInt(b, int64(r.status), 10)
	b = append(append(b, ' '), http.StatusText(r.status)...)
	b = append(append(b, "\r\nContent-Type: "...), r.kind...)
	b = append(b, "\r\nContent-Length: "...)
	b = append(strconv.AppendInt(b, int64(len(r.body)), 10), "\r\n"...)
	b = append(b, r.fields...)
	if r.close {
		b = append(b, "Connection: close\r\n"...)
	}
	return append(append(b, "\r\n"...), r.body...)
}
