// Package msnpclient talks to MSNP servers as a client does up to the first
// step of a sign-in: over TCP, through the HTTP gateway, and MSNP24 inside TLS.
//
// Use it to find out what a server answers, not to chat: it knows VER, INF,
// CVR, USR … I, XFR and OUT. It dials nothing; the caller brings a net.Conn,
// and with it the say over whom is talked to, how long, and what is recorded.
//
//	s := msnpclient.NewTCP(conn, msnpclient.Limits{})
//	got, err := s.Version(ctx, msnp.MSNP18, msnp.MSNP12)
//	if err != nil {
//		return err
//	}
//	fmt.Println(got.Versions)
//	return errors.Join(s.Out(ctx), s.Close())
//
// A [Gateway] gives out the same sessions over one keep-alive HTTP connection.
// For HTTPS, give it the result of [Handshake].
//
// # Errors
//
// What a server says is data. A three-digit reply comes back as [*msnp.Error];
// something that does not speak MSNP as [*ForeignError]; a gateway's status as
// [*HTTPStatusError]; what can't be parsed as [*MalformedError]; what is past
// a limit wraps [ErrTooLong]. A hang-up is io.EOF between two messages. What
// ended the talk inside one, a hang-up or not, has io.ErrUnexpectedEOF in it.
// Errors of the network keep their types.
package msnpclient
