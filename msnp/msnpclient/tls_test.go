package msnpclient_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"deadyet/msnp/msnpclient"
	"deadyet/msnp/msnpserver"
)

// handshake shakes hands with a server of that configuration.
func handshake(t *testing.T, server *tls.Config) (*tls.Conn, error) {
	t.Helper()
	ours, theirs := net.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer theirs.Close()
		_ = tls.Server(theirs, server).Handshake() // the client's side tells
		_, _ = io.Copy(io.Discard, theirs)
	}()
	t.Cleanup(func() {
		_ = ours.Close()
		<-done
	})
	return msnpclient.Handshake(t.Context(), ours, "gateway.example")
}

func TestHandshake(t *testing.T) {
	cert, err := msnpserver.SelfSigned(time.Now(), "somebody.else.example")
	if err != nil {
		t.Fatal(err)
	}
	for version := uint16(tls.VersionTLS10); version <= tls.VersionTLS13; version++ {
		t.Run(tls.VersionName(version)+" with a stranger's certificate is taken", func(t *testing.T) {
			c := msnpserver.TLSConfig(cert)
			c.MinVersion, c.MaxVersion = version, version
			got, err := handshake(t, c)
			if err != nil {
				t.Fatal(err)
			}
			if state := got.ConnectionState(); state.Version != version || len(state.PeerCertificates) != 1 {
				t.Errorf("got %v", tls.VersionName(state.Version))
			}
		})
	}
	t.Run("one X25519 share is sent, and the name", func(t *testing.T) {
		c := msnpserver.TLSConfig(cert)
		var curves []tls.CurveID
		var name string
		c.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) {
			curves, name = h.SupportedCurves, h.ServerName
			return nil, nil
		}
		got, err := handshake(t, c)
		if err != nil {
			t.Fatal(err)
		}
		if state := got.ConnectionState(); state.CurveID != tls.X25519 || state.HelloRetryRequest || len(curves) != 4 || name != "gateway.example" {
			t.Errorf("got %v of %v for %q, retry %v", state.CurveID, curves, name, state.HelloRetryRequest)
		}
	})
	t.Run("an alert keeps its type", func(t *testing.T) {
		c := msnpserver.TLSConfig(cert)
		c.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { return nil, errors.New("no") }
		_, err := handshake(t, c)
		if op := (*net.OpError)(nil); !errors.As(err, &op) || op.Op != "remote error" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what is no TLS keeps its type", func(t *testing.T) {
		conn := says("HTTP/1.1 400 Bad Request\r\n\r\n")
		_, err := msnpclient.Handshake(t.Context(), conn, "")
		if record := (tls.RecordHeaderError{}); !errors.As(err, &record) || string(record.RecordHeader[:4]) != "HTTP" {
			t.Errorf("got %v", err)
		}
	})
	t.Run("silence ends with the context", func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer ours.Close()
		defer theirs.Close()
		go func() { _, _ = io.Copy(io.Discard, theirs) }()
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if _, err := msnpclient.Handshake(ctx, ours, ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

func TestHelloErrors(t *testing.T) {
	for name, tt := range map[string]struct {
		in   string
		want func(error) bool
	}{
		"a web server":            {"HTTP/1.1 400 Bad Request\r\n\r\n", foreign("HTTP")},
		"a hang-up":               {"", is(io.EOF)},
		"a target that is none":   {"XFR 1 CON 37\r\n<xfr><target>a b:443</target></xfr>xx", malformed},
		"a payload that is none":  {"CNT 1 CON 3\r\n<a>", malformed},
		"a payload past the rule": {"CNT 1 CON 99999999\r\n", is(msnpclient.ErrTooLong)},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := msnpclient.Hello(t.Context(), drips(tt.in), msnpclient.Limits{})
			if !tt.want(err) || got != (msnpclient.HelloReply{}) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}
