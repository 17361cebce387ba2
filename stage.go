package deadyet

import "fmt"

// Stage tells how far a reading came, or where it failed. Stages are ordered:
// a later stage was reached through the earlier ones. The zero value is
// StageNone, written as the empty string.
type Stage uint8

const (
	StageNone    Stage = iota // nothing was tried
	StageResolve              // the name was looked up
	StageConnect              // the TCP connection stands
	StageTLS                  // the TLS handshake is done
	StageHTTP                 // an HTTP answer came
	StageGreet                // the server speaks the protocol at all
	StageVersion              // the version was negotiated
	StageLogin                // the first step of a sign-in was answered
	StageMessage              // a message went through
)

var stageWords = [...]string{"", "resolve", "connect", "tls", "http", "greet", "version", "login", "message"}

// String returns the word for s, "" for StageNone.
func (s Stage) String() string {
	if int(s) < len(stageWords) {
		return stageWords[s]
	}
	return fmt.Sprintf("stage(%d)", uint8(s))
}

// ParseStage is the inverse of [Stage.String].
func ParseStage(s string) (Stage, error) {
	for i, w := range stageWords {
		if w == s {
			return Stage(i), nil
		}
	}
	return StageNone, fmt.Errorf("parse stage %q: want one of resolve, connect, tls, http, greet, version, login, message", s)
}

// MarshalText writes the word.
func (s Stage) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word.
func (s *Stage) UnmarshalText(b []byte) (err error) {
	*s, err = ParseStage(string(b))
	return err
}
