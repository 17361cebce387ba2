package msnpclient

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
)

// TLSConfig returns a configuration that talks to servers of every age: TLS
// 1.0 to 1.3, every suite that crypto/tls knows, and certificates that nobody
// would trust. Nothing secret is ever sent over such a connection; the caller
// records what was negotiated.
//
// The curves leave out post-quantum key exchange, so that one X25519 share is
// all that is computed and sent. serverName goes out as SNI unless it is an IP
// address or empty.
func TLSConfig(serverName string) *tls.Config {
	return &tls.Config{
		ServerName:             serverName,
		InsecureSkipVerify:     true,
		MinVersion:             tls.VersionTLS10,
		MaxVersion:             tls.VersionTLS13,
		CipherSuites:           everySuite(),
		CurvePreferences:       []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384, tls.CurveP521},
		SessionTicketsDisabled: true,
	}
}

// everySuite lists the suites in the order of crypto/tls, safe ones first.
func everySuite() []uint16 {
	good, old := tls.CipherSuites(), tls.InsecureCipherSuites()
	ids := make([]uint16, 0, len(good)+len(old))
	for _, s := range good {
		ids = append(ids, s.ID)
	}
	for _, s := range old {
		ids = append(ids, s.ID)
	}
	return ids
}

// Handshake makes a TLS connection of conn with [TLSConfig]. Errors keep their
// types: tls.RecordHeaderError for what is no TLS, a *net.OpError with Op
// "remote error" for an alert (crypto/tls has no public type for it), and those
// of the network. conn stays open on an error.
func Handshake(ctx context.Context, conn net.Conn, serverName string) (*tls.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("shake hands: %w", err)
	}
	defer interruptible(ctx, conn)()
	c := tls.Client(conn, TLSConfig(serverName))
	if err := c.Handshake(); err != nil {
		return nil, fmt.Errorf("shake hands: %w", withCause(ctx, err))
	}
	return c, nil
}
