package msnpclient

import (
	"context"
	"fmt"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// ClientInfo is what a client says of itself in CVR.
type ClientInfo struct {
	Locale    string // hexadecimal LCID, "0x0409"
	OS        string // "winnt", "win", "mac"
	OSVersion string // "5.1"
	Arch      string // "i386"
	Library   string // "MSNMSGR"
	Version   string // "8.5.1302"
	ID        string // "BC01"; left out when empty
	Address   string // from version 8 on; left out when empty
	HopState  string // from version 21 on: of the last Transfer, or "0"; left out when empty
}

// DefaultClientInfo returns what a client of version v would say, with the
// address of its user.
func DefaultClientInfo(v msnp.Version, address string) ClientInfo {
	c := ClientInfo{
		Locale: "0x0409", OS: "winnt", OSVersion: "5.1", Arch: "i386",
		Library: "MSNMSGR", Version: "8.5.1302", ID: "BC01",
	}
	if v >= msnp.MSNP8 {
		c.Address = address
	}
	if v >= msnp.MSNP21 {
		c.HopState = "0"
	}
	return c
}

func (c ClientInfo) params() []string {
	p := []string{c.Locale, c.OS, c.OSVersion, c.Arch, c.Library, c.Version}
	for _, w := range []string{c.ID, c.Address, c.HopState} {
		if w != "" {
			p = append(p, w)
		}
	}
	return p
}

// CVR is a server's answer to CVR: which client it would like to see. Fields
// that it left out are empty.
type CVR struct {
	Line        string // the raw line
	Recommended string // "1.0.0000" from Microsoft: client not known
	Again       string // recommended once more, or the version that is served
	Minimum     string
	Download    string // URL
	Information string // URL
}

// ClientVersion sends CVR and returns the answer.
func (s *Session) ClientVersion(ctx context.Context, c ClientInfo) (CVR, error) {
	m, err := s.ask(ctx, []string{msnp.CommandCVR}, msnp.CommandCVR, c.params()...)
	if err != nil {
		return CVR{}, err
	}
	return CVR{
		Line: m.Line, Recommended: m.Word(2), Again: m.Word(3), Minimum: m.Word(4),
		Download: m.Word(5), Information: m.Word(6),
	}, nil
}

// UserReply is a server's answer to USR … I. Either Redirect is set, or the
// other fields are.
type UserReply struct {
	Line      string         // the raw line
	Scheme    string         // the scheme of the challenge
	Challenge string         // what follows "S": a salt, parameters of a ticket, a policy and a nonce
	Redirect  *msnp.Transfer // where the server sends us
}

// User names a user in v's scheme, the first step of a sign-in, and returns
// the challenge or the referral. It proves nothing about an account. For
// versions that don't begin so the error is [ErrNoUser] and nothing is sent.
//
// Some servers sign out the owner of an address as soon as they see it: send
// only an address of your own.
func (s *Session) User(ctx context.Context, v msnp.Version, address string) (UserReply, error) {
	if !v.NamesUser() {
		return UserReply{}, fmt.Errorf("ask USR for %v: %w", v, ErrNoUser)
	}
	answers := []string{msnp.CommandUSR, msnp.CommandXFR}
	m, err := s.ask(ctx, answers, msnp.CommandUSR, v.Scheme(), "I", address)
	if err != nil {
		return UserReply{}, err
	}
	if m.Name() == msnp.CommandXFR {
		return redirect(m)
	}
	return challenge(m)
}

func redirect(m msnpwire.Message) (UserReply, error) {
	t, err := msnp.ParseTransfer(m.Words[2:])
	if err != nil {
		return UserReply{}, fmt.Errorf("ask USR: %w", malformed(m, err.Error()))
	}
	return UserReply{Line: m.Line, Redirect: &t}, nil
}

func challenge(m msnpwire.Message) (UserReply, error) {
	if m.Word(3) != "S" {
		return UserReply{}, fmt.Errorf("ask USR: %w", malformed(m, "no challenge"))
	}
	r := UserReply{Line: m.Line, Scheme: m.Word(2)}
	for i, w := range m.Words[4:] {
		if i > 0 {
			r.Challenge += " "
		}
		r.Challenge += w
	}
	return r, nil
}
