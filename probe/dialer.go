package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"deadyet"
)

// Dialer decides whom this program connects to: hosts that are listed, that
// have not opted out, and to which connections are left. It holds back a
// connection until there is a free place at the host. It is safe for
// concurrent use; its fields must not be changed while it is used.
type Dialer struct {
	// Listed reports whether a host may be dialled at all. nil means that
	// none may.
	Listed func(host string) bool
	// OptOut lists hosts that do not want to be asked. It wins over Listed.
	OptOut []deadyet.OptOut
	// Ports, if not nil, reports whether anybody may be dialled at a port.
	Ports func(port uint16) bool
	// Map, if not nil, takes the place of the network: a logical host:port is
	// dialled at the address it maps to, and what is not in it is refused.
	Map map[string]string
	// Resolver looks names up; nil means this machine's. What it finds is as
	// hostile as a server: [Dialer.Private] and OptOut are asked about it.
	Resolver Resolver
	// Private reports whether a host may be, or its name lead to, a loopback,
	// private or otherwise special address (RFC 6890). nil means that none may.
	Private func(host string) bool
	// Pace holds connections back; the zero value does not.
	Pace Pace
	// Permit, if not nil, spends one connection of the host's budget. The host
	// is in lower case, whatever a redirect calls it.
	Permit func(host string) error
	// Traffic, if not nil, is told what each connection has sent, when it is
	// closed, and each attempt that nobody answered.
	Traffic func(deadyet.Traffic)
	// PerHost tells how many connections a host takes at one time; nil means
	// one.
	PerHost func(host string) int

	hosts queues[string]
	pacer pacer
}

// Resolver finds the addresses of a name. A [*net.Resolver] is one. network is
// "ip"; an error that is a [*net.DNSError] becomes an answer.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// NotAskedError says why nothing was asked. It is not the target's fault.
type NotAskedError struct {
	Kind   deadyet.FailureKind
	Detail string
}

func (e *NotAskedError) Error() string { return e.Detail }

func notAsked(k deadyet.FailureKind, format string, args ...any) error {
	return &NotAskedError{k, fmt.Sprintf(format, args...)}
}

// Hosts returns a function that reports whether a host is a server of one of
// the subject's networks that may be asked.
func Hosts(s deadyet.Subject) func(host string) bool {
	listed := make(map[string]bool)
	for _, n := range s.Networks {
		for _, sv := range n.Servers {
			if n.Dialled() {
				listed[fold(sv.Address)] = true
			}
		}
	}
	return func(host string) bool { return listed[fold(host)] }
}

// Consenting returns a function that reports whether a host and port is an
// endpoint of a network that may be asked and has agreed to the sign-in step:
// no other may be sent one, wherever a server sends us.
func Consenting(s deadyet.Subject) func(host string, port uint16) bool {
	type place struct {
		host string
		port uint16
	}
	listed := make(map[place]bool)
	for _, n := range s.Networks {
		if !n.Dialled() || !n.Consent.Stands() {
			continue
		}
		for _, sv := range n.Servers {
			for _, c := range n.Checks(sv) {
				if c.Kind == deadyet.KindName {
					continue
				}
				listed[place{fold(sv.Address), c.Port}] = true
			}
		}
	}
	return func(host string, port uint16) bool { return listed[place{fold(host), port}] }
}

func fold(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }

// Dial connects to host within timeout, looking its name up and waiting in line
// not included. Errors
// are a [*NotAskedError] or what the network said.
func (d *Dialer) Dial(ctx context.Context, host string, port uint16, timeout time.Duration) (net.Conn, error) {
	if err := d.may(host); err != nil {
		return nil, err
	}
	if d.Ports != nil && !d.Ports(port) {
		return nil, notAsked(deadyet.FailureNotAllowed, "port %d is none that may be asked", port)
	}
	leave, err := d.hosts.enter(ctx, fold(host), Limit{Connections: d.perHost(fold(host))})
	if err != nil {
		return nil, waiting(host, err)
	}
	conn, release, err := d.connect(ctx, host, port, timeout)
	if err != nil {
		leave()
		return nil, err
	}
	return &gatedConn{Conn: conn, release: sync.OnceFunc(func() { release(); leave() })}, nil
}

func (d *Dialer) perHost(host string) int {
	if d.PerHost == nil {
		return 1
	}
	return max(1, d.PerHost(host))
}

// waiting says that the round was over before a place was free.
func waiting(host string, err error) error {
	return notAsked(deadyet.FailureUnknown, "waiting for a free place at %s: %v", host, err)
}

// May says why a host may not be dialled, as far as that shows without looking
// its name up; nil is no promise.
func (d *Dialer) May(host string) error {
	if err := d.may(host); err != nil {
		return err
	}
	if a, err := netip.ParseAddr(host); err == nil && d.Map == nil {
		_, err = d.choose(host, 0, []netip.Addr{a})
		return err
	}
	return nil
}

// may checks the rules that need no look-up.
func (d *Dialer) may(host string) error {
	if o, out := d.optedOut(host); out {
		return notAsked(deadyet.FailureOptedOut, "%s has opted out on %s", o.Host, o.Date)
	}
	if d.Listed == nil || !d.Listed(host) {
		return notAsked(deadyet.FailureNotAllowed, "%s is not a listed server", host)
	}
	return nil
}

// optedOut looks for host among the hosts, addresses and prefixes of OptOut. A
// name covers the names below it.
func (d *Dialer) optedOut(host string) (deadyet.OptOut, bool) {
	h := fold(host)
	addr, addrErr := netip.ParseAddr(h)
	for _, o := range d.OptOut {
		out := fold(o.Host)
		if h == out || strings.HasSuffix(h, "."+out) {
			return o, true
		}
		if p, err := netip.ParsePrefix(out); err == nil && addrErr == nil && p.Contains(addr.Unmap()) {
			return o, true
		}
	}
	return deadyet.OptOut{}, false
}

// connect looks the name up, waits until the pace allows one more connection,
// spends the budget and makes it. A name that can't be looked up costs nothing:
// nobody was connected to. The look-up has as much time again, and takes none
// from the connection: a resolver that is slow must not look like silence of
// the server. Waiting takes none either.
func (d *Dialer) connect(ctx context.Context, host string, port uint16, timeout time.Duration) (conn net.Conn, release func(), err error) {
	address, err := d.resolve(ctx, host, port, timeout)
	if err != nil {
		return nil, nil, err
	}
	release = func() {}
	if d.Map == nil && !address.Addr().IsLoopback() {
		if release, err = d.pacer.enter(ctx, d.Pace, address.Addr()); err != nil {
			return nil, nil, waiting(host, err)
		}
	}
	if d.Permit != nil {
		if err := d.Permit(fold(host)); err != nil {
			release()
			return nil, nil, notAsked(deadyet.FailureOverBudget, "%v", err)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if conn, err = d.counted(ctx, host, address); err != nil {
		release()
		return nil, nil, err
	}
	return conn, release, nil
}

// resolve returns what to dial for host and port, after the dial map or a
// look-up of the name, IPv4 first.
func (d *Dialer) resolve(ctx context.Context, host string, port uint16, timeout time.Duration) (netip.AddrPort, error) {
	logical := net.JoinHostPort(host, strconv.Itoa(int(port)))
	if d.Map != nil {
		to, err := netip.ParseAddrPort(d.Map[logical])
		if err != nil {
			return netip.AddrPort{}, notAsked(deadyet.FailureNotAllowed, "%s is not in the dial map", logical)
		}
		return to, nil
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return d.choose(host, port, []netip.Addr{a})
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	found, err := d.resolver().LookupNetIP(ctx, "ip", host)
	if err != nil {
		return netip.AddrPort{}, err
	}
	return d.choose(host, port, found)
}

func (d *Dialer) resolver() Resolver {
	if d.Resolver == nil {
		return net.DefaultResolver
	}
	return d.Resolver
}

// choose picks the address of a name: the first IPv4 one, else the first one.
func (d *Dialer) choose(host string, port uint16, found []netip.Addr) (none netip.AddrPort, err error) {
	var pick netip.Addr
	for _, a := range found {
		if a = a.Unmap(); !pick.IsValid() || (a.Is4() && !pick.Is4()) {
			pick = a
		}
	}
	if !pick.IsValid() {
		return none, &net.DNSError{Err: "the name has no address", Name: host, IsNotFound: true}
	}
	if o, out := d.optedOut(pick.String()); out {
		return none, notAsked(deadyet.FailureOptedOut, "%s leads to %s, and %s has opted out on %s", host, pick, o.Host, o.Date)
	}
	if special(pick) && (d.Private == nil || !d.Private(host)) {
		return none, notAsked(deadyet.FailureNotAllowed, "%s leads to %s, which is no public address", host, pick)
	}
	return netip.AddrPortFrom(pick, port), nil
}

// special reports whether a is no ordinary public address.
func special(a netip.Addr) bool {
	if a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return true
	}
	for _, p := range specialPrefixes() {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// specialPrefixes are the special-purpose ranges (IANA registry, RFC 6890)
// that net/netip has no method for, and what is as special without being one.
func specialPrefixes() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"),
		netip.MustParsePrefix("::/96"),
		netip.MustParsePrefix("168.63.129.16/32"), // a public address on paper; to a machine in Azure, its host
		netip.MustParsePrefix("100.64.0.0/10"),
		netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("192.0.2.0/24"),
		netip.MustParsePrefix("198.18.0.0/15"),
		netip.MustParsePrefix("198.51.100.0/24"),
		netip.MustParsePrefix("203.0.113.0/24"),
		netip.MustParsePrefix("240.0.0.0/4"),
		netip.MustParsePrefix("64:ff9b::/96"),
		netip.MustParsePrefix("64:ff9b:1::/48"),
		netip.MustParsePrefix("100::/64"),
		netip.MustParsePrefix("2001::/23"),
		netip.MustParsePrefix("2002::/16"),
		netip.MustParsePrefix("fec0::/10"),
		netip.MustParsePrefix("2001:db8::/32"),
	}
}

// gatedConn gives its place at the host back when it is closed.
type gatedConn struct {
	net.Conn
	release func()
}

func (c *gatedConn) Close() error {
	defer c.release()
	return c.Conn.Close()
}

// CloseWrite passes the half close on.
func (c *gatedConn) CloseWrite() error { return closeWrite(c.Conn) }
