package msnpclient

import (
	"bytes"
	"errors"

	"deadyet/msnp/internal/msnpwire"
)

// mostShown bounds what an error keeps of a peer's bytes.
const mostShown = 256

// translate turns a decoder's syntax error into what it means to a caller.
func translate(err error) error {
	var e *msnpwire.SyntaxError
	if !errors.As(err, &e) {
		return err
	}
	service := recognise([]byte(e.Line))
	if service != "" || e.Foreign {
		return &ForeignError{Service: service, First: []byte(e.Line)}
	}
	return &MalformedError{Line: e.Line, Reason: e.Reason}
}

// recognise names the service that begins to talk like this, "" when it is
// not known.
func recognise(first []byte) string {
	switch {
	case bytes.HasPrefix(first, []byte("HTTP/")):
		return "HTTP"
	case isTLS(first):
		return "TLS"
	case bytes.HasPrefix(first, []byte("SSH-")):
		return "SSH"
	case bytes.HasPrefix(first, []byte("220 ")), bytes.HasPrefix(first, []byte("220-")):
		return greeting(first)
	}
	return ""
}

// isTLS looks for a record of type alert or handshake, version 3.x (RFC 8446
// §5.1). Its first byte alone is enough: no service in plain text begins so.
func isTLS(first []byte) bool {
	if len(first) == 0 || first[0] != 0x15 && first[0] != 0x16 {
		return false
	}
	return len(first) == 1 || first[1] == 3
}

// greeting tells apart the two services that greet with 220 (RFC 5321 §4.3.1,
// RFC 959 §5.4).
func greeting(first []byte) string {
	upper := bytes.ToUpper(first)
	switch {
	case bytes.Contains(upper, []byte("SMTP")):
		return "SMTP"
	case bytes.Contains(upper, []byte("FTP")):
		return "FTP"
	}
	return ""
}

func foreign(b []byte) error { return &ForeignError{Service: recognise(b), First: shown(b)} }

func shown(b []byte) []byte { return bytes.Clone(b[:min(len(b), mostShown)]) }
