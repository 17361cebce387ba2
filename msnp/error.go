package msnp

import "fmt"

// Error is a three-digit reply of the peer: data that it sent, which the
// client returns as a Go error. Params and Payload are the peer's bytes; show
// them escaped.
type Error struct {
	Code    Code
	TrID    uint32   // of the command that it answers; 0 when it named none
	Params  []string // what stood behind the transaction id
	Payload []byte   // MSNP21 and later may explain themselves; nil: they did not
}

// Error returns "msnp error 911 (authentication failed)".
func (e *Error) Error() string {
	if m := e.Code.Meaning(); m != "" {
		return fmt.Sprintf("msnp error %s (%s)", e.Code, m)
	}
	return fmt.Sprintf("msnp error %s", e.Code)
}
