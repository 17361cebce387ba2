package config

import (
	"net/netip"

	"deadyet/probe"
)

// resolvers reads addresses of name servers; port 53 is the usual one.
func (v value) resolvers() (out []netip.AddrPort) {
	for _, item := range v.few() {
		s := item.need()
		at, err := netip.ParseAddrPort(s)
		if a, aerr := netip.ParseAddr(s); aerr == nil {
			at, err = netip.AddrPortFrom(a, 53), nil
		}
		if s != "" && (err != nil || at.Port() == 0) {
			item.wrong("%q: want the address of a resolver, like 192.0.2.53 or [2001:db8::53]:53", s)
			continue
		}
		out = append(out, at)
	}
	return out
}

// subnets reads prefixes.
func (v value) subnets() (out []netip.Prefix) {
	for _, item := range v.few() {
		s := item.need()
		p, err := netip.ParsePrefix(s)
		if s != "" && err != nil {
			item.wrong("%q: want a subnet like 198.51.100.0/24", s)
			continue
		}
		out = append(out, p.Masked())
	}
	return out
}

// few reads a list of no more than are asked.
func (v value) few() []value {
	items := v.list()
	if len(items) > probe.MostResolvers {
		v.wrong("%d of them: want at most %d", len(items), probe.MostResolvers)
		return nil
	}
	return items
}
