package probe

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"deadyet"
)

// zone is a real DNS server on this machine. It answers each name with its
// records, over UDP as far as they fit, and over TCP.
type zone struct {
	records map[string][]dnsmessage.ResourceBody
	silent  map[string]bool // names about which it never says anything
	server  string
}

func startZone(t *testing.T, z *zone) Resolver {
	t.Helper()
	tcp, udp := listenTwice(t)
	z.server = udp.LocalAddr().String()
	var all sync.WaitGroup
	all.Go(func() { z.serveUDP(udp) })
	all.Go(func() { z.serveTCP(tcp) })
	var mu sync.Mutex
	var asking []net.Conn // guarded by mu
	t.Cleanup(func() {
		udp.Close()
		tcp.Close()
		all.Wait()
		mu.Lock()
		defer mu.Unlock()
		for _, c := range asking { // package net goes on for seconds when a look-up has been given up
			c.Close()
		}
	})
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		mu.Lock()
		defer mu.Unlock()
		c, err := new(net.Dialer).DialContext(ctx, network, z.server)
		if err == nil {
			asking = append(asking, c)
		}
		return c, err
	}}
}

// listenTwice listens on the same free port of both protocols. One that is free
// of the one may be taken of the other.
func listenTwice(t *testing.T) (net.Listener, net.PacketConn) {
	t.Helper()
	for range 100 {
		tcp, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if udp, err := net.ListenPacket("udp", tcp.Addr().String()); err == nil {
			return tcp, udp
		}
		tcp.Close()
	}
	t.Fatal("no port is free of both protocols")
	return nil, nil
}

func (z *zone) serveUDP(c net.PacketConn) {
	for b := make([]byte, 4096); ; {
		n, from, err := c.ReadFrom(b)
		if err != nil {
			return
		}
		if answer := z.answer(b[:n], 1232); answer != nil {
			_, _ = c.WriteTo(answer, from) // whoever asked may be gone
		}
	}
}

func (z *zone) serveTCP(l net.Listener) {
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		_ = c.SetDeadline(time.Now().Add(grace))
		b := make([]byte, 4096)
		if n, err := c.Read(b); err == nil && n > 2 {
			if answer := z.answer(b[2:n], 1<<16-1); answer != nil {
				_, _ = c.Write(append([]byte{byte(len(answer) >> 8), byte(len(answer))}, answer...))
			}
		}
		c.Close()
	}
}

// answer is the reply to one question, cut where it is longer than most; nil is
// none.
func (z *zone) answer(asked []byte, most int) []byte {
	var p dnsmessage.Parser
	h, err := p.Start(asked)
	if err != nil {
		return nil
	}
	q, err := p.Question()
	if err != nil || z.silent[strings.ToLower(q.Name.String())] {
		return nil
	}
	records, known := z.records[strings.ToLower(q.Name.String())]
	h.Response, h.RecursionAvailable = true, true
	if !known {
		h.RCode = dnsmessage.RCodeNameError
	}
	m := dnsmessage.Message{Header: h, Questions: []dnsmessage.Question{q}}
	for _, r := range records {
		kind := dnsmessage.TypeCNAME
		switch r.(type) {
		case *dnsmessage.AResource:
			kind = dnsmessage.TypeA
		case *dnsmessage.AAAAResource:
			kind = dnsmessage.TypeAAAA
		}
		if kind == q.Type || kind == dnsmessage.TypeCNAME {
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: kind, Class: q.Class, TTL: 1}, Body: r})
		}
	}
	packed, err := m.Pack()
	if err != nil {
		return nil
	}
	if len(packed) > most {
		m.Answers, m.Truncated = nil, true
		packed, _ = m.Pack() // a header and a question always fit
	}
	return packed
}

func addresses(as ...string) (out []dnsmessage.ResourceBody) {
	for _, s := range as {
		if a := netip.MustParseAddr(s); a.Is4() {
			out = append(out, &dnsmessage.AResource{A: a.As4()})
		} else {
			out = append(out, &dnsmessage.AAAAResource{AAAA: a.As16()})
		}
	}
	return out
}

func alias(to string) []dnsmessage.ResourceBody {
	return []dnsmessage.ResourceBody{&dnsmessage.CNAMEResource{CNAME: dnsmessage.MustNewName(to)}}
}

// many are as many addresses as an answer of DNS can hold.
func many() (as []string) {
	for n := range 4000 {
		as = append(as, fmt.Sprintf("20.0.%d.%d", n>>8, n&0xff))
	}
	return as
}

// A name is what its owner wants it to be, on the day on which it is asked.
func TestDialer_NamesLeadNowhereTheyShouldNot(t *testing.T) {
	z := &zone{
		records: map[string][]dnsmessage.ResourceBody{
			"many.example.": addresses(many()...), "home.example.": addresses("127.0.0.1"), "home6.example.": addresses("::1"),
			"meta.example.": addresses("169.254.169.254"), "meta6.example.": addresses("fd00:ec2::254"), "azure.example.": addresses("168.63.129.16"),
			"both.example.": addresses("127.0.0.1", "20.0.0.1"), "mapped.example.": addresses("::ffff:169.254.169.254"),
			"self.example.": alias("self.example."), "ping.example.": alias("pong.example."), "pong.example.": alias("ping.example."),
			"empty.example.": nil,
		},
		silent: map[string]bool{"mute.example.": true},
	}
	d := &Dialer{Listed: everybody, Resolver: startZone(t, z)}
	const budget = time.Second
	for name, want := range map[string]deadyet.FailureKind{
		"many": "", "home": deadyet.FailureNotAllowed, "home6": deadyet.FailureNotAllowed, "meta": deadyet.FailureNotAllowed,
		"meta6": deadyet.FailureNotAllowed, "azure": deadyet.FailureNotAllowed, "both": deadyet.FailureNotAllowed, "mapped": deadyet.FailureNotAllowed,
		"self": deadyet.FailureNameNotFound, "ping": deadyet.FailureNameNotFound, "empty": deadyet.FailureNameNotFound,
		"gone": deadyet.FailureNameNotFound, "mute": deadyet.FailureResolver,
	} {
		t.Run(name, func(t *testing.T) {
			began, bytes := time.Now(), allocated()
			got, err := d.resolve(t.Context(), name+".example.", 1863, budget)
			if took := time.Since(began); took > budget+grace {
				t.Errorf("it took %s", took)
			}
			if used := allocated() - bytes; used > 32<<20 { // those of the zone are in it
				t.Errorf("%d bytes were allocated for one name", used)
			}
			if want == "" {
				if err != nil || !strings.HasPrefix(got.String(), "20.0.") {
					t.Errorf("got %s, %v; want one of its addresses", got, err)
				}
				return
			}
			if _, f := classify(err); err == nil || f.Kind != want {
				t.Errorf("got %s, %v; want %s", got, err, want)
			}
		})
	}
}

// slowBook takes its time for each name.
type slowBook struct {
	book
	pause time.Duration
}

func (b slowBook) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error) {
	time.Sleep(b.pause)
	return b.book.LookupNetIP(ctx, network, host)
}

// A resolver that is slow takes nothing from the time of the connection, so
// that it does not look like a server that is silent.
func TestDialer_ASlowResolverIsNotTheServersSilence(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	d := &Dialer{Listed: everybody, Private: everybody, Resolver: slowBook{book{"here.example": {netip.MustParseAddr("127.0.0.1")}}, 300 * time.Millisecond}}
	conn, err := d.Dial(t.Context(), "here.example", uint16(l.Addr().(*net.TCPAddr).Port), 250*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}
