package msnpclient_test

import (
	"context"
	"errors"
	"io"
	"net"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
)

func TestVersion(t *testing.T) {
	vs := func(vs ...msnp.Version) []msnp.Version { return vs }
	tests := []struct {
		name, in string
		want     msnpclient.VersionReply
	}{
		{"one version", "VER 1 MSNP18\r\n", msnpclient.VersionReply{Line: "VER 1 MSNP18", Versions: vs(18)}},
		{"a common list", "VER 1 MSNP12 MSNP8 CVR0\r\n", msnpclient.VersionReply{Line: "VER 1 MSNP12 MSNP8 CVR0", Versions: vs(12, 8), CVR0: true}},
		{"the very line that was sent", "VER 1 MSNP18 MSNP99 CVR0\r\n", msnpclient.VersionReply{Line: "VER 1 MSNP18 MSNP99 CVR0", Versions: vs(18, 99), CVR0: true, Echo: true}},
		{"a refusal", "VER 1 0\r\n", msnpclient.VersionReply{Line: "VER 1 0", Refused: true}},
		{"a refusal that discloses", "VER 1 0 MSNP21 MSNP2\r\n", msnpclient.VersionReply{Line: "VER 1 0 MSNP21 MSNP2", Refused: true, Versions: vs(21, 2)}},
		{"CVR0 alone", "VER 1 CVR0\r\n", msnpclient.VersionReply{Line: "VER 1 CVR0", CVR0: true}},
		{"tokens that are no versions", "VER 1 MSNP021 msnp18 XMSNP8 MSNP8\r\n", msnpclient.VersionReply{Line: "VER 1 MSNP021 msnp18 XMSNP8 MSNP8", Versions: vs(8)}},
		{"nothing at all", "VER 1\r\n", msnpclient.VersionReply{Line: "VER 1"}},
		{"a bare LF", "VER 1 MSNP18\n", msnpclient.VersionReply{Line: "VER 1 MSNP18", Versions: vs(18)}},
		{"another transaction's answer first", "VER 7 MSNP2\r\n911 7\r\nVER 1 MSNP18\r\n", msnpclient.VersionReply{Line: "VER 1 MSNP18", Versions: vs(18)}},
		{"unasked talk first", "GCF 0 15\r\nVER 1 MSNP2\r\n\r\nSBS 0 null\r\nCHL 0 123\r\nVER 1 MSNP18\r\n", msnpclient.VersionReply{Line: "VER 1 MSNP18", Versions: vs(18)}},
	}
	for _, tt := range tests {
		for how, conn := range map[string]*tape{"": says(tt.in), " byte by byte": drips(tt.in)} {
			t.Run(tt.name+how, func(t *testing.T) {
				got, err := msnpclient.NewTCP(conn, msnpclient.Limits{}).Version(t.Context(), 18, 99)
				if err != nil || !reflect.DeepEqual(got, tt.want) {
					t.Errorf("got %+v, %v; want %+v", got, err, tt.want)
				}
				if sent := conn.out.String(); sent != "VER 1 MSNP18 MSNP99 CVR0\r\n" || conn.writes != 1 {
					t.Errorf("sent %q in %d writes", sent, conn.writes)
				}
			})
		}
	}
	t.Run("CVR0 may be left out", func(t *testing.T) {
		conn := says("VER 1 MSNP18\r\n")
		got, err := msnpclient.NewTCP(conn, msnpclient.Limits{}).VersionAlone(t.Context(), 18)
		if err != nil || !got.Echo || conn.out.String() != "VER 1 MSNP18\r\n" {
			t.Errorf("got %+v, %v after %q", got, err, conn.out.String())
		}
	})
}

func is(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }

func foreign(service string) func(error) bool {
	return func(err error) bool {
		var e *msnpclient.ForeignError
		return errors.As(err, &e) && e.Service == service && len(e.First) > 0
	}
}

func malformed(err error) bool {
	var e *msnpclient.MalformedError
	return errors.As(err, &e)
}

func TestVersionErrors(t *testing.T) {
	reply := func(code msnp.Code, payload string) func(error) bool {
		return func(err error) bool {
			var e *msnp.Error
			return errors.As(err, &e) && e.Code == code && string(e.Payload) == payload
		}
	}
	tests := []struct {
		name, in string
		want     func(error) bool
	}{
		{"a hang-up", "", is(io.EOF)},
		{"a hang-up inside a line", "VER 1 MS", is(io.ErrUnexpectedEOF)},
		{"a hang-up inside a payload", "GCF 0 100\r\n<x>", is(io.ErrUnexpectedEOF)},
		{"an error reply", "715 1\r\n", reply(715, "")},
		{"an error reply without transaction id", "600\r\n", reply(600, "")},
		{"an error reply with a payload", "911 1 4\r\noops", reply(911, "oops")},
		{"a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", foreign("HTTP")},
		{"a TLS alert", "\x15\x03\x01\x00\x02\x02\x28", foreign("TLS")},
		{"a TLS handshake", "\x16\x03\x03\x00\x40", foreign("TLS")},
		{"an SSH server", "SSH-2.0-OpenSSH_9.9\r\n", foreign("SSH")},
		{"a mail server", "220 mail.example.com ESMTP Postfix\r\n", foreign("SMTP")},
		{"a file server", "220 (vsFTPd 3.0.3)\r\n", foreign("FTP")},
		{"a file server of many lines", "220-Welcome to ProFTPD\r\n", foreign("FTP")},
		{"a greeting of neither", "220 hello there\r\n", foreign("")},
		{"a POP3 server", "+OK ready\r\n", foreign("")},
		{"binary", "\x00\x01\x02", foreign("")},
		{"a control character", "VER 1 MSNP\x01\r\n", malformed},
		{"a payload without length", "GCF 0 abc\r\n", malformed},
		{"a payload of 2^63 bytes", "GCF 0 9223372036854775808\r\n", is(msnpclient.ErrTooLong)},
		{"an endless line", "VER " + strings.Repeat("x", 1<<20), is(msnpclient.ErrTooLong)},
		{"ten thousand words", "VER" + strings.Repeat(" 1", 10000), is(msnpclient.ErrTooLong)},
		{"too much unasked talk", strings.Repeat("SBS 0 null\r\n", 100), is(msnpclient.ErrUnasked)},
		{"unasked talk of a few long messages", strings.Repeat("GCF 0 60000\r\n"+strings.Repeat("x", 60000), 2), is(msnpclient.ErrTooLong)},
		{"an answer to another question, and a hang-up", "VER 2 MSNP18\r\n", malformed},
		{"an error about another question, and a hang-up", "911 2\r\n", malformed},
		{"an answer without a number, and a hang-up inside a line", "VER MSNP18\r\nVER 1 MS", malformed},
		{"unasked talk, and a hang-up", "SBS 0 null\r\n", is(io.EOF)},
	}
	for _, tt := range tests {
		for how, conn := range map[string]*tape{"": says(tt.in), " byte by byte": drips(tt.in)} {
			t.Run(tt.name+how, func(t *testing.T) {
				got, err := msnpclient.NewTCP(conn, msnpclient.Limits{}).Version(t.Context(), 18)
				if !tt.want(err) || !reflect.DeepEqual(got, msnpclient.VersionReply{}) {
					t.Errorf("got %+v, %v", got, err)
				}
			})
		}
	}
}

func TestUser(t *testing.T) {
	const address = "probe@example.com"
	t.Run("policies before the challenge are skipped", func(t *testing.T) {
		conn := drips("GCF 0 5\r\n<a/>\nUSR 1 SSO S MBI_KEY_OLD bm9uY2U=\r\n")
		got, err := msnpclient.NewTCP(conn, msnpclient.Limits{}).User(t.Context(), 18, address)
		if err != nil || got.Scheme != "SSO" || got.Challenge != "MBI_KEY_OLD bm9uY2U=" || got.Redirect != nil {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	for name, in := range map[string]string{
		"a referral to nowhere": "XFR 1 NS <nowhere>\r\n", "an answer without S": "USR 1 OK\r\n", "an answer of one word": "USR 1\r\n",
	} {
		t.Run(name+" is malformed", func(t *testing.T) {
			got, err := msnpclient.NewTCP(says(in), msnpclient.Limits{}).User(t.Context(), 12, address)
			if !malformed(err) || got != (msnpclient.UserReply{}) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	t.Run("an address can't smuggle in a command", func(t *testing.T) {
		conn := says("USR 1 TWN S x\r\n")
		_, err := msnpclient.NewTCP(conn, msnpclient.Limits{}).User(t.Context(), 12, "a@b\r\nOUT")
		if err == nil || conn.writes != 0 {
			t.Errorf("got %v after %q", err, conn.out.String())
		}
	})
}

func TestContext(t *testing.T) {
	t.Run("its end interrupts a read, and its reason stands in the error", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client, server := net.Pipe()
			defer client.Close()
			defer server.Close()
			go func() { _, _ = io.Copy(io.Discard, server) }() // hears everything, says nothing
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			began := time.Now()
			_, err := msnpclient.NewTCP(client, msnpclient.Limits{}).Version(ctx, 18)
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 10*time.Second {
				t.Errorf("got %v after %v", err, time.Since(began))
			}
		})
	})
	t.Run("an answer to another question is what is told of a server that then is silent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			for stopped, want := range map[bool]func(error) bool{false: malformed, true: is(context.Canceled)} {
				client, server := net.Pipe()
				script(server, "VER 2 MSNP18\r\n", "")
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				if stopped { // by us: that says nothing about the server
					time.AfterFunc(time.Millisecond, cancel)
				}
				_, err := msnpclient.NewTCP(client, msnpclient.Limits{}).Version(ctx, 18)
				if !want(err) {
					t.Errorf("got %v", err)
				}
				cancel()
				client.Close()
			}
		})
	})
	t.Run("the connection can be used after an interruption", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client, server := net.Pipe()
			defer server.Close()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			s := msnpclient.NewTCP(client, msnpclient.Limits{})
			if _, err := s.Version(ctx, 18); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatal(err)
			}
			heard := make(chan string, 1)
			go func() {
				line, _ := io.ReadAll(server)
				heard <- string(line)
			}()
			if err := errors.Join(s.Out(t.Context()), s.Close()); err != nil {
				t.Fatal(err)
			}
			if got := <-heard; got != "OUT\r\n" {
				t.Errorf("got %q", got)
			}
		})
	})
	t.Run("nothing is sent once it has ended", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		conn := says("VER 1 MSNP18\r\n")
		s := msnpclient.NewTCP(conn, msnpclient.Limits{})
		_, err := s.Version(ctx, 18)
		if !errors.Is(err, context.Canceled) || !errors.Is(s.Out(ctx), context.Canceled) || conn.writes != 0 {
			t.Errorf("got %v after %q", err, conn.out.String())
		}
	})
}
