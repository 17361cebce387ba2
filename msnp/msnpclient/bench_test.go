package msnpclient_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
	"deadyet/msnp/msnpserver"
)

// The benchmarks compare the client with the least that Go can do against the
// same server. The server is another process, so that cpu-ns/op is the client's
// own: user and system time as the operating system counts them.
//
//	go test ./msnp/msnpclient -run '^$' -bench . -count 5

const serverEnv = "MSNPCLIENT_BENCH_SERVER"

// serveBenchmarks is the other process: it prints its two addresses and serves
// until its standard input ends.
func serveBenchmarks() bool {
	if os.Getenv(serverEnv) == "" {
		return false
	}
	if err := benchServer(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return true
}

func benchServer() error {
	cert, err := msnpserver.SelfSigned(time.Now(), "127.0.0.1")
	if err != nil {
		return err
	}
	face, _ := msnpserver.FaceByName("microsoft-2012")
	o := msnpserver.Options{Face: face}
	secret := o
	secret.TLS = msnpserver.TLSConfig(cert)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 2)
	defer func() {
		cancel()
		<-done
		<-done
	}()
	for _, serve := range []func(context.Context, net.Listener) error{msnpserver.New(o).Serve, msnpserver.NewGateway(secret).Serve} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		go func() { done <- serve(ctx, l) }()
		fmt.Println(l.Addr())
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func startBenchServer(b *testing.B) (tcp, https string) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serverEnv+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait() // it ends with its standard input
	})
	lines := bufio.NewScanner(out)
	for _, address := range []*string{&tcp, &https} {
		if !lines.Scan() {
			b.Fatal("the server did not start")
		}
		*address = lines.Text()
	}
	return tcp, https
}

// measure runs one b.N times and reports the process's own time.
func measure(b *testing.B, one func(ctx context.Context) error) {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	b.ReportAllocs()
	before := cpu(b)
	for b.Loop() {
		if err := one(ctx); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpu(b)-before)/float64(b.N), "cpu-ns/op")
}

func cpu(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func BenchmarkRawVER(b *testing.B) {
	address, _ := startBenchServer(b)
	measure(b, func(ctx context.Context) error {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		s := msnpclient.NewTCP(conn, msnpclient.Limits{})
		defer s.Close()
		got, err := s.Version(ctx, msnp.MSNP18)
		if err != nil || len(got.Versions) != 1 {
			return fmt.Errorf("%+v: %w", got, err)
		}
		return s.Out(ctx)
	})
}

func BenchmarkBareVER(b *testing.B) {
	address, _ := startBenchServer(b)
	buf := make([]byte, 512)
	measure(b, func(context.Context) error {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(time.Hour)); err != nil {
			return err
		}
		if _, err := conn.Write([]byte("VER 1 MSNP18 CVR0\r\n")); err != nil {
			return err
		}
		n, err := conn.Read(buf)
		if err != nil || string(buf[:n]) != "VER 1 MSNP18\r\n" {
			return fmt.Errorf("%q: %w", buf[:n], err)
		}
		_, err = conn.Write([]byte("OUT\r\n"))
		return err
	})
}

// benchSet are 14 versions, some of which the server takes.
func benchSet() []msnp.Version {
	return []msnp.Version{22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9}
}

func BenchmarkGatewaySet(b *testing.B) {
	_, address := startBenchServer(b)
	set := benchSet()
	measure(b, func(ctx context.Context) error {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		defer conn.Close()
		secret, err := msnpclient.Handshake(ctx, conn, "")
		if err != nil {
			return err
		}
		g := msnpclient.NewGateway(secret, msnpclient.GatewayOptions{Host: "127.0.0.1"})
		for _, v := range set {
			s := g.Session()
			if _, err := s.Version(ctx, v); err != nil {
				return err
			}
			if err := s.Out(ctx); err != nil {
				return err
			}
		}
		return g.Close()
	})
}

func BenchmarkBareGatewaySet(b *testing.B) {
	_, address := startBenchServer(b)
	bare := &bareGateway{buf: make([]byte, 0, 4096), out: make([]byte, 0, 4096)}
	set := benchSet()
	measure(b, func(context.Context) error {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(time.Hour)); err != nil {
			return err
		}
		bare.conn = tls.Client(conn, msnpclient.TLSConfig(""))
		for _, v := range set {
			if err := bare.ask(v); err != nil {
				return err
			}
		}
		return bare.conn.Close()
	})
}

// bareGateway does by hand what is needed and nothing else.
type bareGateway struct {
	conn     *tls.Conn
	buf, out []byte
}

func (g *bareGateway) ask(v msnp.Version) error {
	body := strings.Replace("VER 1 MSNP CVR0\r\n", "MSNP", v.String(), 1)
	head, answer, err := g.post("Action=open&Server=NS&IP=messenger.hotmail.com", body)
	if err != nil || !bytes.HasPrefix(answer, []byte("VER 1 ")) {
		return fmt.Errorf("%q: %w", answer, err)
	}
	if bytes.Contains(head, []byte("Session=close")) {
		return nil
	}
	_, id, _ := bytes.Cut(head, []byte("SessionID="))
	id, _, _ = bytes.Cut(id, []byte(";"))
	_, _, err = g.post("SessionID="+string(id), "OUT\r\n")
	return err
}

func (g *bareGateway) post(query, body string) (head, answer []byte, err error) {
	g.out = append(append(g.out[:0], "POST /gateway/gateway.dll?"...), query...)
	g.out = append(g.out, " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: MSMSGS\r\nAccept: */*\r\nAccept-Language: en-us\r\nConnection: Keep-Alive\r\nPragma: no-cache\r\nContent-Type: application/x-msn-messenger\r\nContent-Length: "...)
	g.out = strconv.AppendInt(g.out, int64(len(body)), 10)
	g.out = append(append(g.out, "\r\n\r\n"...), body...)
	if _, err := g.conn.Write(g.out); err != nil {
		return nil, nil, err
	}
	g.buf = g.buf[:0]
	for {
		n, err := g.conn.Read(g.buf[len(g.buf):cap(g.buf)])
		if err != nil {
			return nil, nil, err
		}
		g.buf = g.buf[:len(g.buf)+n]
		head, answer, found := bytes.Cut(g.buf, []byte("\r\n\r\n"))
		if !found {
			continue
		}
		_, length, _ := bytes.Cut(head, []byte("Content-Length: "))
		length, _, _ = bytes.Cut(length, []byte("\r\n"))
		want, err := strconv.Atoi(string(length))
		if err != nil {
			return nil, nil, err
		}
		if len(answer) >= want {
			return head, answer, nil
		}
	}
}

// BenchmarkHandshake offers the key share that the client offers, X25519 alone.
func BenchmarkHandshake(b *testing.B) { benchHandshake(b, msnpclient.TLSConfig("")) }

// BenchmarkDefaultHandshake offers what crypto/tls does by itself, a share with
// ML-KEM as well.
func BenchmarkDefaultHandshake(b *testing.B) {
	c := msnpclient.TLSConfig("")
	c.CurvePreferences = nil
	benchHandshake(b, c)
}

func benchHandshake(b *testing.B, c *tls.Config) {
	_, address := startBenchServer(b)
	measure(b, func(ctx context.Context) error {
		conn, err := tls.Dial("tcp", address, c)
		if err != nil {
			return err
		}
		return conn.Close()
	})
}
