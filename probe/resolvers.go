package probe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"

	"deadyet"
)

// Resolvers asks name servers by DNS what they tell: A and AAAA, over UDP, and
// over TCP where that is too short. It is safe for concurrent use; its fields
// must not be changed while it is used.
//
// It asks its own operator's resolvers and nobody else: what a name leads to is
// never dialled here.
type Resolvers struct {
	Servers []netip.AddrPort
	// Own says that they are those of this machine: their addresses say where it
	// stands, and are told to nobody. Nor are those that are not public.
	Own bool
	// Subnets are those for whose people each server is asked as well (RFC
	// 7871). One that minds them not is counted once.
	Subnets []netip.Prefix
	Timeout time.Duration // of one question; 0 means 3 s
}

// MostResolvers is how many name servers, and how many subnets, are asked.
const MostResolvers = 8

// SystemResolvers returns the name servers of this machine, none where it does
// not say: only resolv.conf does.
func SystemResolvers() (servers []netip.AddrPort) {
	c, err := dns.ClientConfigFromFile("/etc/resolv.conf")
	if err != nil {
		return nil
	}
	for _, s := range c.Servers {
		if a, err := netip.ParseAddrPort(net.JoinHostPort(s, c.Port)); err == nil && len(servers) < MostResolvers {
			servers = append(servers, a)
		}
	}
	return servers
}

// Ask implements [Names]. All are asked at one time.
func (r *Resolvers) Ask(ctx context.Context, name string) []deadyet.NameAnswer {
	subnets := append([]netip.Prefix{{}}, r.Subnets[:min(len(r.Subnets), MostResolvers)]...)
	servers := r.Servers[:min(len(r.Servers), MostResolvers)]
	answers := make([]deadyet.NameAnswer, len(servers)*len(subnets))
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() { answers[i] = r.ask(ctx, servers[i/len(subnets)], subnets[i%len(subnets)], name) })
	}
	all.Wait()
	return slices.DeleteFunc(answers, func(a deadyet.NameAnswer) bool { return a.Resolver == "" })
}

// ask asks one server for both kinds of address. The zero value is one that does
// not mind subnets, and would tell the same once more.
func (r *Resolvers) ask(ctx context.Context, server netip.AddrPort, subnet netip.Prefix, name string) deadyet.NameAnswer {
	whole := deadyet.NameAnswer{Resolver: server.String()}
	if r.Own || special(server.Addr().Unmap()) {
		whole.Resolver = deadyet.ResolverOwn
	}
	var failures []deadyet.Failure
	for _, kind := range []uint16{dns.TypeA, dns.TypeAAAA} {
		part := deadyet.NameAnswer{}
		q := question(name, kind, subnet)
		reply, err := r.exchange(ctx, q, server)
		if err != nil {
			part.Failure = resolverFailed(err.Error())
		} else {
			part = read(q, reply)
		}
		if subnet.IsValid() && part.Subnet == "" && part.Failure.Kind == "" {
			return deadyet.NameAnswer{}
		}
		whole.Subnet = cmp.Or(part.Subnet, whole.Subnet)
		if len(part.Chain) > len(whole.Chain) {
			whole.Chain = part.Chain
		}
		if part.TTL > 0 && (whole.TTL == 0 || part.TTL < whole.TTL) {
			whole.TTL = part.TTL
		}
		whole.Addresses = append(whole.Addresses, part.Addresses...)
		failures = append(failures, part.Failure)
	}
	slices.Sort(whole.Addresses)
	whole.Failure = together(failures[0], failures[1], len(whole.Addresses) > 0)
	return whole
}

// together is the failure of both kinds of address: many names have one kind
// only, and many resolvers fail at the other.
func together(a, b deadyet.Failure, some bool) deadyet.Failure {
	for _, f := range []deadyet.Failure{a, b} {
		if f.Kind == deadyet.FailureTooLong || f.Kind == deadyet.FailureRedirectLoop {
			return f
		}
	}
	switch {
	case some:
		return deadyet.Failure{}
	case a.Kind == deadyet.FailureResolver:
		return a
	}
	return b
}

func resolverFailed(detail string) deadyet.Failure {
	return deadyet.Failure{Stage: deadyet.StageResolve, Kind: deadyet.FailureResolver, Detail: clip(detail)}
}

// udpSize is how much fits into one packet on every way (DNS flag day 2020).
const udpSize = 1232

func question(name string, kind uint16, subnet netip.Prefix) *dns.Msg {
	q := new(dns.Msg).SetQuestion(dns.Fqdn(strings.ToLower(name)), kind)
	q.SetEdns0(udpSize, false)
	if subnet.IsValid() {
		family := uint16(1)
		if subnet.Addr().Is6() {
			family = 2
		}
		o := q.IsEdns0()
		o.Option = append(o.Option, &dns.EDNS0_SUBNET{
			Code: dns.EDNS0SUBNET, Family: family,
			SourceNetmask: uint8(subnet.Bits()), Address: subnet.Masked().Addr().AsSlice(),
		})
	}
	return q
}

// exchange asks over UDP, twice where a packet may be lost, and over TCP where
// the answer does not fit.
func (r *Resolvers) exchange(ctx context.Context, q *dns.Msg, server netip.AddrPort) (*dns.Msg, error) {
	var reply *dns.Msg
	var err error
	for _, network := range []string{"udp", "udp", "tcp"} {
		c := dns.Client{Net: network, UDPSize: udpSize, Timeout: cmp.Or(r.Timeout, 3*time.Second)}
		if reply, _, err = c.ExchangeContext(ctx, q, server.String()); err != nil {
			if ctx.Err() != nil || network == "tcp" {
				return nil, errors.New("no answer of use came")
			}
			continue
		}
		if !sameQuestion(q, reply) {
			return nil, errors.New("it answered another question")
		}
		if !reply.Truncated || network == "tcp" {
			return reply, nil
		}
	}
	return reply, err
}

func sameQuestion(q, reply *dns.Msg) bool {
	return reply.Response && len(reply.Question) == 1 && reply.Question[0].Qtype == q.Question[0].Qtype &&
		reply.Question[0].Qclass == q.Question[0].Qclass && strings.EqualFold(reply.Question[0].Name, q.Question[0].Name)
}

// mostChain is over how many names a name may lead.
const mostChain = 16

// read takes an answer apart: the chain of names, and the addresses of its last
// one. It goes by the names of the records and not by their order.
func read(q, reply *dns.Msg) (a deadyet.NameAnswer) {
	fail := func(k deadyet.FailureKind, format string, args ...any) deadyet.NameAnswer {
		a.Failure = deadyet.Failure{Stage: deadyet.StageResolve, Kind: k, Detail: clip(fmt.Sprintf(format, args...))}
		return a
	}
	a.Subnet = minded(reply)
	if reply.Rcode != dns.RcodeSuccess && reply.Rcode != dns.RcodeNameError {
		return fail(deadyet.FailureResolver, "it said %s", dns.RcodeToString[reply.Rcode])
	}
	name, seen := q.Question[0].Name, []string{q.Question[0].Name}
	for {
		next, ttl := standsFor(reply.Answer, name)
		if next == "" {
			break
		}
		a.Chain, a.TTL = append(a.Chain, clip(strings.TrimSuffix(next, "."))), shorter(a.TTL, ttl)
		if slices.Contains(seen, next) || len(a.Chain) > mostChain {
			return fail(deadyet.FailureRedirectLoop, "it leads from name to name, and to %s again", strings.TrimSuffix(next, "."))
		}
		name, seen = next, append(seen, next)
	}
	for _, rr := range reply.Answer {
		if address, ok := addressOf(rr); ok && strings.EqualFold(rr.Header().Name, name) && !slices.Contains(a.Addresses, address) {
			if len(a.Addresses) == deadyet.MostTold {
				n := len(reply.Answer) - len(a.Chain)
				a.Addresses = nil
				return fail(deadyet.FailureTooLong, "it leads to %d addresses", n)
			}
			a.Addresses, a.TTL = append(a.Addresses, address), shorter(a.TTL, rr.Header().Ttl)
		}
	}
	if len(a.Addresses) == 0 {
		return fail(deadyet.FailureNameNotFound, "%s", strings.TrimSuffix(q.Question[0].Name, "."))
	}
	return a
}

// standsFor returns the name for which another one stands, "" if for none.
func standsFor(records []dns.RR, name string) (next string, ttl uint32) {
	for _, rr := range records {
		if c, ok := rr.(*dns.CNAME); ok && strings.EqualFold(c.Hdr.Name, name) {
			return strings.ToLower(c.Target), c.Hdr.Ttl
		}
	}
	return "", 0
}

func addressOf(rr dns.RR) (string, bool) {
	var ip net.IP
	switch r := rr.(type) {
	case *dns.A:
		ip = r.A
	case *dns.AAAA:
		ip = r.AAAA
	}
	a, ok := netip.AddrFromSlice(ip)
	return a.Unmap().String(), ok
}

// shorter returns the shorter of two times to live, the first of which may not
// be known. One that is over at once is told as a second.
func shorter(a, b uint32) uint32 {
	if b = max(b, 1); a == 0 || b < a {
		return b
	}
	return a
}

// minded returns the subnet for which an answer says to hold.
func minded(reply *dns.Msg) string {
	o := reply.IsEdns0()
	if o == nil {
		return ""
	}
	for _, option := range o.Option {
		s, ok := option.(*dns.EDNS0_SUBNET)
		if !ok {
			continue
		}
		if a, ok := netip.AddrFromSlice(s.Address); ok {
			if p, err := a.Unmap().Prefix(int(s.SourceNetmask)); err == nil {
				return p.String()
			}
		}
	}
	return ""
}
