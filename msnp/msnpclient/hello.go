package msnpclient

import (
	"context"
	"encoding/xml"
	"fmt"
	"net"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// HelloReply is a server's answer to MSNP24's hello: a nonce from one that
// stays, a target from one that sends us on.
type HelloReply struct {
	Line   string // the raw line
	Nonce  string
	Target string // host:port
	State  string // goes back in the next hello
}

// helloBody is the least that a client says. Version 2 asks for a nonce
// (msndevs/protocol-docs).
const helloBody = `<connect><ver>2</ver><agent><os>windows</os><osVer>5.1</osVer><proc>x86</proc><lcid>en-us</lcid></agent></connect>`

// Hello says MSNP24's hello, CNT, on conn, which is inside TLS already. It
// needs no account. conn stays open.
func Hello(ctx context.Context, conn net.Conn, limits Limits) (HelloReply, error) {
	r, err := hello(ctx, newSession(&tcpLink{conn: conn}, limits))
	if err != nil {
		return HelloReply{}, fmt.Errorf("ask CNT: %w", withCause(ctx, translate(err)))
	}
	return r, nil
}

func hello(ctx context.Context, s *Session) (HelloReply, error) {
	if err := ctx.Err(); err != nil {
		return HelloReply{}, err
	}
	s.trID = 1
	words := []string{msnp.CommandCNT, "1", "CON"}
	b, err := s.enc.Append(nil, msnpwire.Message{Words: words, Payload: []byte(helloBody)})
	if err != nil {
		return HelloReply{}, err
	}
	defer s.link.begin(ctx)()
	if err := s.link.send(b); err != nil {
		return HelloReply{}, err
	}
	m, err := s.await(ctx, []string{msnp.CommandCNT, msnp.CommandXFR})
	if err != nil {
		return HelloReply{}, err
	}
	return readHello(m, string(b))
}

func readHello(m msnpwire.Message, sent string) (HelloReply, error) {
	if m.Line+"\r\n"+string(m.Payload) == sent {
		return HelloReply{}, &ForeignError{First: shown([]byte(m.Line))} // an echo
	}
	if m.Word(2) != "CON" {
		return HelloReply{}, malformed(m, "not about the connection")
	}
	var body struct {
		Nonce  string `xml:"nonce"`
		Target string `xml:"target"`
		State  string `xml:"state"`
	}
	if err := xml.Unmarshal(m.Payload, &body); err != nil {
		return HelloReply{}, malformed(m, "payload is no XML")
	}
	r := HelloReply{Line: m.Line, Nonce: body.Nonce, State: body.State}
	if m.Name() == msnp.CommandXFR {
		t, err := msnp.ParseTransfer([]string{string(msnp.TransferNS), body.Target})
		if err != nil {
			return HelloReply{}, malformed(m, "no target")
		}
		r.Target = t.Address
	}
	return r, nil
}
