package sim

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync"

	"github.com/miekg/dns"
)

// Names is a simulated resolver: a real name server on the loopback address,
// over UDP and TCP, that tells of names what it was given. What it tells can be
// changed while it runs.
type Names struct {
	address string
	servers []*dns.Server

	mu    sync.Mutex
	told  map[string]Record // by name, in lower case, without the last dot; guarded by mu
	turns map[string]int    // guarded by mu
}

// Record is what is told of a name.
type Record struct {
	Addresses []string
	Alias     string // another name for which it stands; then it has no addresses
	TTL       uint32 // seconds
	Turns     int    // how many of the addresses one answer tells, the next ones in the next; 0 means all
	// Near is what is told to the people of a subnet instead, where the question
	// says that it is for them.
	Near   map[netip.Prefix][]string
	Silent bool // nothing comes
	Fails  bool // SERVFAIL
}

// StartNames starts a resolver. Names that it is not given do not exist.
func StartNames(told map[string]Record) (*Names, error) {
	n := &Names{told: make(map[string]Record), turns: make(map[string]int)}
	for name, r := range told {
		n.told[folded(name)] = r
	}
	udp, tcp, err := listenBoth()
	if err != nil {
		return nil, fmt.Errorf("start a resolver: %w", err)
	}
	n.address = udp.LocalAddr().String()
	n.servers = []*dns.Server{{PacketConn: udp, Handler: n}, {Listener: tcp, Handler: n}}
	for _, s := range n.servers {
		ready := make(chan struct{})
		s.NotifyStartedFunc = func() { close(ready) }
		go s.ActivateAndServe() // ends with Close, and then says only that
		<-ready
	}
	return n, nil
}

// listenBoth listens on the same port of both protocols. One that is free of the
// one may be taken of the other.
func listenBoth() (udp net.PacketConn, tcp net.Listener, err error) {
	for range 100 {
		if tcp, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return nil, nil, err
		}
		if udp, err = net.ListenPacket("udp", tcp.Addr().String()); err == nil {
			return udp, tcp, nil
		}
		tcp.Close()
	}
	return nil, nil, err
}

// Address is where it listens, for both protocols.
func (n *Names) Address() string { return n.address }

// Tell changes what is told of a name.
func (n *Names) Tell(name string, r Record) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.told[folded(name)] = r
}

// Forget makes a name one that does not exist.
func (n *Names) Forget(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.told, folded(name))
}

// Close ends it.
func (n *Names) Close() error {
	for _, s := range n.servers {
		if err := s.Shutdown(); err != nil {
			return fmt.Errorf("end a resolver: %w", err)
		}
	}
	return nil
}

func folded(name string) string { return strings.TrimSuffix(strings.ToLower(name), ".") }

// ServeDNS implements [dns.Handler].
func (n *Names) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	if len(q.Question) != 1 {
		return
	}
	reply, silent := n.answer(q)
	if silent {
		return
	}
	size := dns.MaxMsgSize
	if w.LocalAddr().Network() == "udp" {
		size = dns.MinMsgSize
		if o := q.IsEdns0(); o != nil {
			size = int(o.UDPSize())
		}
	}
	reply.Truncate(size)
	_ = w.WriteMsg(reply) // whoever asked may be gone
}

// answer follows aliases as resolvers do, until one comes again.
func (n *Names) answer(q *dns.Msg) (reply *dns.Msg, silent bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	reply = new(dns.Msg).SetReply(q)
	reply.RecursionAvailable, reply.Compress = true, true
	subnet := forWhom(q)
	if subnet != nil {
		reply.SetEdns0(1232, false)
		reply.IsEdns0().Option = append(reply.IsEdns0().Option, subnet)
	}
	seen := make(map[string]bool)
	for name := folded(q.Question[0].Name); ; {
		r, known := n.told[name]
		switch {
		case r.Silent:
			return nil, true
		case r.Fails:
			reply.Rcode = dns.RcodeServerFailure
			return reply, false
		case !known:
			reply.Rcode = dns.RcodeNameError
			return reply, false
		case r.Alias == "":
			n.tell(reply, name, q.Question[0].Qtype, r, subnet)
			return reply, false
		}
		reply.Answer = append(reply.Answer, &dns.CNAME{Hdr: header(name, dns.TypeCNAME, r.TTL), Target: dns.Fqdn(r.Alias)})
		if seen[name] {
			return reply, false
		}
		seen[name], name = true, folded(r.Alias)
	}
}

// tell adds the addresses of one kind.
func (n *Names) tell(reply *dns.Msg, name string, kind uint16, r Record, subnet *dns.EDNS0_SUBNET) {
	all := r.Addresses
	if subnet != nil {
		for p, near := range r.Near {
			if a, ok := netip.AddrFromSlice(subnet.Address); ok && p.Contains(a.Unmap()) {
				all = near
			}
		}
	}
	var of []netip.Addr
	for _, s := range all {
		if a, err := netip.ParseAddr(s); err == nil && a.Is4() == (kind == dns.TypeA) {
			of = append(of, a)
		}
	}
	if r.Turns > 0 && len(of) > r.Turns {
		at := n.turns[name]
		n.turns[name] = at + r.Turns
		var some []netip.Addr
		for i := range r.Turns {
			some = append(some, of[(at+i)%len(of)])
		}
		of = some
	}
	for _, a := range of {
		if kind == dns.TypeA {
			reply.Answer = append(reply.Answer, &dns.A{Hdr: header(name, kind, r.TTL), A: a.AsSlice()})
		} else if kind == dns.TypeAAAA {
			reply.Answer = append(reply.Answer, &dns.AAAA{Hdr: header(name, kind, r.TTL), AAAA: a.AsSlice()})
		}
	}
}

func header(name string, kind uint16, ttl uint32) dns.RR_Header {
	return dns.RR_Header{Name: dns.Fqdn(name), Rrtype: kind, Class: dns.ClassINET, Ttl: ttl}
}

func forWhom(q *dns.Msg) *dns.EDNS0_SUBNET {
	o := q.IsEdns0()
	if o == nil {
		return nil
	}
	for _, option := range o.Option {
		if s, ok := option.(*dns.EDNS0_SUBNET); ok {
			return s
		}
	}
	return nil
}
