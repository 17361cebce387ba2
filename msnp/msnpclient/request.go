package msnpclient

import (
	"strconv"

	"deadyet/msnp/internal/msnpwire"
)

// request builds a command in the session's buffer.
func (s *Session) request(command string, params []string) ([]byte, error) {
	words := make([]string, 0, len(params)+2)
	words = append(words, command, strconv.FormatUint(uint64(s.trID), 10))
	return s.enc.Append(s.out[:0], msnpwire.Message{Words: append(words, params...)})
}
