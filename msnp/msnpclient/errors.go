package msnpclient

import (
	"errors"
	"fmt"

	"deadyet/msnp/internal/msnpwire"
)

// ErrTooLong is wrapped by every error about a passed limit.
var ErrTooLong = msnpwire.ErrTooLong

// ErrUnasked means that a server kept sending what nobody asked for. It wraps
// [ErrTooLong].
var ErrUnasked = fmt.Errorf("unasked messages: %w", ErrTooLong)

// ErrNotReusable means that a gateway's connection takes no more requests.
var ErrNotReusable = errors.New("gateway connection is not reusable")

// ErrNoUser means that a version does not begin its sign-in with USR … I.
var ErrNoUser = errors.New("version does not name a user with USR")

// ForeignError means that something answers which does not speak MSNP.
type ForeignError struct {
	Service string // "HTTP", "TLS", "SSH", "SMTP", "FTP"; "" when not recognised
	First   []byte // how it began, at most 256 bytes, as they came
}

// Error names the service.
func (e *ForeignError) Error() string {
	if e.Service == "" {
		return fmt.Sprintf("not MSNP: %.40q", e.First)
	}
	return fmt.Sprintf("not MSNP but %s: %.40q", e.Service, e.First)
}

// MalformedError means that something like MSNP or HTTP came that can't be
// parsed.
type MalformedError struct {
	Line   string // the line, at most 256 bytes, as it came
	Reason string
}

// Error returns the reason and the line.
func (e *MalformedError) Error() string {
	return fmt.Sprintf("malformed line %.80q: %s", e.Line, e.Reason)
}

// HTTPStatusError means that a gateway answered with a status other than 200.
type HTTPStatusError struct {
	Status   int
	Location string // of a redirect, which is never followed
}

// Error returns the status.
func (e *HTTPStatusError) Error() string {
	if e.Location != "" {
		return fmt.Sprintf("gateway status %d to %.120q", e.Status, e.Location)
	}
	return fmt.Sprintf("gateway status %d", e.Status)
}
