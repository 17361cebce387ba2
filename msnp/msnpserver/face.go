package msnpserver

import "deadyet/msnp"

// Face is how a server behaves, as data and small pure functions. It may be
// used by several servers at once. The zero value takes nothing and hangs up
// on whatever it is told.
type Face struct {
	Name        string
	About       string         // one line for people
	Versions    []msnp.Version // what it takes; MSNP24 is taken raw inside TLS only
	GatewayOnly []msnp.Version // of these, the ones it doesn't take over TCP

	Instead Instead // what it does instead of MSNP
	Choose  Choose  // how it answers VER; nil: by hanging up

	Again    bool     // a second VER is answered like the first; otherwise by 715 and a hang-up
	Quiet    bool     // says nothing to what it doesn't understand; otherwise hangs up
	FoldCase bool     // takes lower-case commands and versions
	Accounts bool     // looks accounts up: 911 for one that is not in Options.Accounts
	Redirect Redirect // whether it answers USR … I with a referral
	Advice   Advice   // what it answers to CVR
	Pong     string   // bytes that answer a PNG with a parameter; "": it hangs up on PNG
	Gateway  Manners
}

// Instead says what a server does that is no MSNP server, on every transport.
type Instead string

const (
	InsteadNothing Instead = ""        // it speaks MSNP
	InsteadEcho    Instead = "echo"    // sends back every byte
	InsteadHTTP    Instead = "http"    // is a web server, which answers 400
	InsteadBoard   Instead = "silence" // is a switchboard, which never answers VER
)

// Redirect says when a server sends its clients on to Options.RedirectTo.
type Redirect uint8

const (
	RedirectNever Redirect = iota
	RedirectFirst          // unless the client hands back the hop state of a referral
	RedirectEach           // always, then hangs up: a dispatch
)

// Advice is the answer to CVR.
type Advice struct {
	Recommended string // "": the client's own version
	Minimum     string // "": the client's own version
	Download    string
	Information string
}

// Manners are the habits of a face's HTTP gateway.
type Manners struct {
	NeedsServer bool   // without Server= it takes the session for a switchboard's
	FixedID     bool   // one UUID for each session; otherwise a new SessionID with each response
	Lingers     bool   // an ended session is not announced, and answers emptily for a while
	EchoesIP    bool   // GW-IP is what the client wrote into IP=
	NamesHost   bool   // sends X-MSNSERVER, X-MSN-Host and X-MSN-SessionTimeout
	Drops       bool   // a hang-up ends the connection without a response
	Server      string // Server header; "": none
}

// With returns the same behaviour with another set of accepted versions, on
// all transports.
func (f Face) With(versions []msnp.Version) Face {
	f.Versions = append([]msnp.Version(nil), versions...)
	f.GatewayOnly = nil
	return f
}
