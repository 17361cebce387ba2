package msnpserver_test

import (
	"context"
	"net"
	"testing"
	"time"

	"go.uber.org/goleak"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
	"deadyet/msnp/msnpserver"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func face(t testing.TB, name string) msnpserver.Face {
	t.Helper()
	f, ok := msnpserver.FaceByName(name)
	if !ok {
		t.Fatalf("no face %q", name)
	}
	return f
}

// serveOn starts serve on a loopback port and stops and awaits it at the end.
func serveOn(t testing.TB, serve func(context.Context, net.Listener) error) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return l.Addr().String()
}

func dial(t testing.TB, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// ways are the transports over which a client reaches a face.
func ways(t *testing.T, o msnpserver.Options) map[string]func(testing.TB) *msnpclient.Session {
	t.Helper()
	cert, err := msnpserver.SelfSigned(time.Now(), "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	secret := o
	secret.TLS = msnpserver.TLSConfig(cert)
	tcp := serveOn(t, msnpserver.New(o).Serve)
	plain := serveOn(t, msnpserver.NewGateway(o).Serve)
	https := serveOn(t, msnpserver.NewGateway(secret).Serve)
	opt := msnpclient.GatewayOptions{Host: "gateway.example", PollEvery: time.Millisecond}
	return map[string]func(testing.TB) *msnpclient.Session{
		"tcp": func(t testing.TB) *msnpclient.Session {
			return msnpclient.NewTCP(dial(t, tcp), msnpclient.Limits{})
		},
		"http": func(t testing.TB) *msnpclient.Session {
			return msnpclient.NewGateway(dial(t, plain), opt).Session()
		},
		"https": func(t testing.TB) *msnpclient.Session {
			conn, err := msnpclient.Handshake(context.Background(), dial(t, https), "gateway.example")
			if err != nil {
				t.Fatal(err)
			}
			return msnpclient.NewGateway(conn, opt).Session()
		},
	}
}

func versions(vs ...msnp.Version) []msnp.Version { return vs }
