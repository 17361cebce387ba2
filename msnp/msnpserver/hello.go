package msnpserver

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

const helloNonce = "01234567-89AB-CDEF-0123-456789ABCDEF"

// hello answers MSNP24 inside TLS: with a nonce, with a referral, or, where
// the face doesn't take MSNP24, like any web server.
func (g *Gateway) hello(conn net.Conn, in *bufio.Reader) {
	if !slices.Contains(g.opt.Face.Versions, msnp.MSNP24) {
		refuseHTTP(conn, in)
		return
	}
	rest, err := in.Peek(in.Buffered())
	if err != nil {
		return
	}
	all := io.MultiReader(strings.NewReader(string(rest)), conn)
	dec := msnpwire.NewDecoder(all, msnpwire.FromClient, g.opt.wire())
	enc := msnpwire.NewEncoder(msnpwire.FromServer, g.opt.wire())
	for over := false; !over; {
		m, err := dec.Next()
		if err != nil {
			return
		}
		var reply msnpwire.Message
		reply, over = g.helloReply(m)
		b, err := enc.Append(nil, reply)
		if err != nil {
			return
		}
		if _, err := conn.Write(b); err != nil {
			return
		}
	}
	hangUp(conn)
}

// helloReply answers CNT; everything after it is a sign-in, which fails.
func (g *Gateway) helloReply(m msnpwire.Message) (reply msnpwire.Message, over bool) {
	id, _ := m.TrID()
	trID := strconv.FormatUint(uint64(id), 10)
	switch {
	case m.Name() != msnp.CommandCNT:
		words := []string{msnp.CodeAuthentication.String(), trID, "CON"}
		return msnpwire.Message{Words: words, Payload: []byte("Authentication failed")}, true
	case g.opt.RedirectTo != "":
		words := []string{msnp.CommandXFR, trID, "CON"}
		return msnpwire.Message{Words: words, Payload: []byte(helloTransfer(g.opt.RedirectTo))}, true
	}
	body := "<connect-response><ver>2</ver><qostest>false</qostest><nonce>" + helloNonce + "</nonce></connect-response>"
	return msnpwire.Message{Words: []string{msnp.CommandCNT, trID, "CON"}, Payload: []byte(body)}, false
}

func helloTransfer(to string) string {
	var target strings.Builder
	_ = xml.EscapeText(&target, []byte(to)) // a Builder never fails
	return "<xfr><target>" + target.String() + "</target><flags>S</flags><state>" + firstHop + "</state><wait>0</wait></xfr>"
}

// isCut reports whether bytes ended where more may follow.
func isCut(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }
