package probe

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/miekg/dns"

	"deadyet"
)

// What a resolver sends is as hostile as a server. Whatever it is, what is kept
// of it is bounded, and says either where the name leads or why that is not
// known.
func FuzzRead(f *testing.F) {
	q := question("ds.example", dns.TypeA, netip.Prefix{})
	add := func(edit func(*dns.Msg)) {
		reply := new(dns.Msg).SetReply(q)
		edit(reply)
		if packed, err := reply.Pack(); err == nil {
			f.Add(packed)
		}
	}
	hdr := func(name string, kind uint16) dns.RR_Header {
		return dns.RR_Header{Name: name, Rrtype: kind, Class: dns.ClassINET, Ttl: 5}
	}
	add(func(*dns.Msg) {})
	add(func(m *dns.Msg) {
		m.Answer = []dns.RR{&dns.A{Hdr: hdr("ds.example.", dns.TypeA), A: []byte{20, 0, 0, 1}}}
	})
	add(func(m *dns.Msg) {
		m.Answer = []dns.RR{&dns.CNAME{Hdr: hdr("ds.example.", dns.TypeCNAME), Target: "ds.example."}}
	})
	add(func(m *dns.Msg) {
		m.SetEdns0(udpSize, false)
		m.IsEdns0().Option = []dns.EDNS0{&dns.EDNS0_SUBNET{Code: dns.EDNS0SUBNET, Family: 1, SourceNetmask: 24, Address: []byte{20, 0, 0, 0}}}
	})
	add(func(m *dns.Msg) { m.Rcode = dns.RcodeServerFailure })
	f.Fuzz(func(t *testing.T, packed []byte) {
		reply := new(dns.Msg)
		if reply.Unpack(packed) != nil || !sameQuestion(q, reply) {
			return
		}
		a := read(q, reply)
		if (a.Failure.Kind == "") != (len(a.Addresses) > 0) {
			t.Errorf("%d addresses, and %s", len(a.Addresses), a.Failure)
		}
		if len(a.Addresses) > deadyet.MostTold || len(a.Chain) > mostChain+1 {
			t.Errorf("%d addresses over %d names", len(a.Addresses), len(a.Chain))
		}
		for _, s := range a.Addresses {
			if ip, err := netip.ParseAddr(s); err != nil || ip.String() != s {
				t.Errorf("%q is no address: %v", s, err)
			}
		}
		for _, s := range append(slices.Clone(a.Chain), a.Failure.Detail) {
			if len(s) > 1000 || slices.ContainsFunc([]rune(s), func(r rune) bool { return r < ' ' || r > '~' && r != '…' }) {
				t.Errorf("%q is not bounded and escaped", s)
			}
		}
	})
}
