package probe

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"deadyet"
	"deadyet/msnp/msnpserver"
)

// grace is what a busy machine may add to a budget.
const grace = 5 * time.Second

// parrot says the same on each of its connections, whatever it hears. It ends
// with the test.
type parrot struct {
	says    []byte
	tls     *tls.Config // nil: without
	stays   bool        // on the line, until the client leaves
	address string
}

// start makes the parrot listen.
func (p *parrot) start(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.address = l.Addr().String()
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err == nil {
				all.Go(func() { p.serve(conn) })
			}
		}
	})
	t.Cleanup(func() { l.Close(); all.Wait() })
}

func (p *parrot) serve(conn net.Conn) {
	defer conn.Close()
	inner := conn
	if p.tls != nil {
		inner = tls.Server(conn, p.tls)
	}
	_, _ = inner.Write(p.says) // it may not have been listened to for long
	if !p.stays {
		_ = closeWrite(inner)
	}
	_, _ = io.Copy(io.Discard, conn)
}

// FuzzVisit asks a server that says the same to everything, over each
// transport, and inside TLS: whatever it says, a visit ends in time with one
// reading for each check, and with an answer that stands to what was said.
func FuzzVisit(f *testing.F) {
	gateway := "HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=1.1; GW-IP=10.0.0.1\r\nContent-Length: 14\r\n\r\nVER 1 MSNP18\r\n"
	for _, s := range []string{
		"VER 1 MSNP18\r\nCVR 2 1 1 1 a b\r\nUSR 3 SSO S x y\r\n", "VER 1 MSNP18\r\nCVR 2\r\nXFR 3 NS 198.18.0.1:01863 0\r\n",
		"VER 1 0\r\n", "VER 2 MSNP18\r\n", "715 1\r\n", "601 1\r\n", "VER 1 MSNP99\r\n", "VER 1 CVR0\r\n", "GCF 0 -1\r\n", gateway, gateway + gateway,
		"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", "SSH-2.0-x\r\n", "\x15\x03\x01\x00\x02\x02\x28", "POST /gateway/", "",
	} {
		for way := range byte(8) {
			f.Add([]byte(s), way)
		}
	}
	cert, err := msnpserver.SelfSigned(time.Now(), "parrot.example")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in []byte, way byte) {
		transports := []deadyet.Transport{deadyet.TransportTCP, deadyet.TransportHTTP, deadyet.TransportHTTPS, deadyet.TransportHTTPS}
		p := &parrot{says: in, stays: way&4 != 0}
		if way&3 == 3 {
			p.tls = msnpserver.TLSConfig(cert)
		}
		goroutines := runtime.NumGoroutine()
		t.Run("", func(t *testing.T) {
			p.start(t)
			p.visit(t, transports[way&3])
		})
		for end := time.Now().Add(grace); runtime.NumGoroutine() > goroutines; runtime.Gosched() {
			if time.Now().After(end) {
				t.Fatalf("%d goroutines are left of a visit that began with %d", runtime.NumGoroutine(), goroutines)
			}
		}
	})
}

// visit asks the parrot everything that is ever asked.
func (p *parrot) visit(t *testing.T, transport deadyet.Transport) {
	t.Helper()
	e := deadyet.Endpoint{Server: deadyet.MakeServerID("n", "h"), Transport: transport, Port: 1863}
	checks := []deadyet.Check{{Endpoint: e, Kind: deadyet.KindPort}}
	for _, v := range []deadyet.Version{"MSNP8", "MSNP18", "MSNP24"} {
		checks = append(checks, deadyet.Check{Endpoint: e, Kind: deadyet.KindMSNP, Version: v})
	}
	limits := Timeouts{Connect: time.Second, TLS: 20 * time.Millisecond, Answer: 10 * time.Millisecond, Visit: 100 * time.Millisecond}
	prober := &Prober{
		Dialer:   &Dialer{Listed: everybody, Map: map[string]string{"198.18.0.1:1863": p.address}},
		Timeouts: limits, Follow: func(string, uint16) bool { return true },
	}
	began, bytes := time.Now(), allocated()
	got, err := prober.Probe(t.Context(), deadyet.Target{Endpoint: e, Address: "198.18.0.1", Host: "198.18.0.1", Consent: true}, checks)
	if took := time.Since(began); took > limits.Visit+grace {
		t.Errorf("the visit took %s", took)
	}
	if used := allocated() - bytes; used > 16<<20 {
		t.Errorf("%d bytes were allocated in one visit", used)
	}
	if err != nil || len(got) != len(checks) {
		t.Fatalf("got %d readings and %v, want %d", len(got), err, len(checks))
	}
	for _, r := range got {
		stands(t, r, p.says)
	}
}

// stands checks that a reading is on the closed lists, and that a yes was said.
func stands(t *testing.T, r deadyet.Reading, said []byte) {
	t.Helper()
	if !r.Failure.IsZero() && (!r.Failure.Kind.Known() || r.Failure.Kind == deadyet.FailureUnknown) {
		t.Errorf("%s: %s is no kind that says anything", r.Check.ID(), r.Failure)
	}
	switch r.Answer {
	case deadyet.AnswerYes:
		failed := !r.Failure.IsZero() && r.Failure.Stage != deadyet.StageLogin
		if r.Check.Kind == deadyet.KindMSNP && r.Check.Version != helloVersion && (failed || !strings.Contains(string(said), string(r.Check.Version))) {
			t.Errorf("%s: yes with %q, of a server that said %q", r.Check.ID(), r.Failure, said)
		}
	case deadyet.AnswerNo, deadyet.AnswerSilent, deadyet.AnswerUnclear, deadyet.AnswerUnasked:
		if r.Failure.IsZero() {
			t.Errorf("%s: %s without a failure", r.Check.ID(), r.Answer)
		}
	default:
		t.Errorf("%s: answer %d is not on the list", r.Check.ID(), r.Answer)
	}
}

// allocated is what this process has ever allocated, in bytes.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
