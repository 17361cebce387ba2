// Package msnpwire reads and writes MSNP messages.
//
// It is used by msnpclient and msnpserver only. A [Decoder] makes [Message]
// values of a byte stream whose segments may be cut anywhere; an [Encoder]
// makes bytes of them. Both obey [Limits], because the peer is hostile until
// proven otherwise: nothing is allocated on the word of a peer, only for bytes
// that came.
//
//	dec := msnpwire.NewDecoder(conn, msnpwire.FromServer, msnpwire.Limits{})
//	m, err := dec.Next()
//
// A message is a line of words, ended by CR LF (a bare LF is taken too), and
// for some commands a payload whose length is the line's last word. Which
// commands those are depends on who sends them and on how many words there
// are; see payload.go.
package msnpwire
