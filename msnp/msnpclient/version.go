package msnpclient

import (
	"context"
	"fmt"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// VersionReply is a server's answer to VER.
type VersionReply struct {
	Line     string         // the raw line, without its end
	Echo     bool           // byte for byte what was sent; old servers answer so rightly
	Versions []msnp.Version // whole tokens of the answer, in its order
	Refused  bool           // VER n 0: Versions is the list disclosed behind the 0, if any
	CVR0     bool           // CVR0 stands in the answer
}

// Version offers versions in the given order, then CVR0, and returns the
// answer. Most servers take one offer per TCP connection and answer another
// with 715.
func (s *Session) Version(ctx context.Context, offer ...msnp.Version) (VersionReply, error) {
	return s.offer(ctx, append(tokens(offer), msnp.CVR0))
}

// VersionAlone is Version without CVR0 at the end. A server that has nothing
// of the offer but CVR0 answers that; without it, it has to refuse in words.
func (s *Session) VersionAlone(ctx context.Context, offer ...msnp.Version) (VersionReply, error) {
	return s.offer(ctx, tokens(offer))
}

// tokens leaves room for CVR0.
func tokens(offer []msnp.Version) []string {
	params := make([]string, 0, len(offer)+1)
	for _, v := range offer {
		params = append(params, v.String())
	}
	return params
}

func (s *Session) offer(ctx context.Context, params []string) (VersionReply, error) {
	m, err := s.ask(ctx, []string{msnp.CommandVER}, msnp.CommandVER, params...)
	if err != nil {
		return VersionReply{}, err
	}
	return s.versionReply(m), nil
}

func (s *Session) versionReply(m msnpwire.Message) VersionReply {
	sent := s.out[:len(s.out)-len("\r\n")]
	r := VersionReply{Line: m.Line, Echo: m.Line == string(sent), Refused: m.Word(2) == "0"}
	for _, w := range m.Words[2:] {
		if w == msnp.CVR0 {
			r.CVR0 = true
		} else if v, err := msnp.ParseVersion(w); err == nil {
			r.Versions = append(r.Versions, v)
		}
	}
	return r
}

// Policy asks for the sign-in scheme, as versions 2 to 7 do between VER and
// USR, and returns the first one that the server names.
func (s *Session) Policy(ctx context.Context) (scheme string, err error) {
	m, err := s.ask(ctx, []string{msnp.CommandINF}, msnp.CommandINF)
	if err != nil {
		return "", err
	}
	if m.Word(2) == "" {
		return "", fmt.Errorf("ask INF: %w", malformed(m, "no scheme"))
	}
	return m.Word(2), nil
}

func malformed(m msnpwire.Message, reason string) error {
	return &MalformedError{Line: string(shown([]byte(m.Line))), Reason: reason}
}
