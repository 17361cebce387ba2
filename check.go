package deadyet

import (
	"fmt"
	"net"
	"strconv"
	"strings"
)

// Transport says how an endpoint is reached.
type Transport string

const (
	TransportTCP   Transport = "tcp"   // the protocol itself
	TransportHTTP  Transport = "http"  // through the HTTP gateway
	TransportHTTPS Transport = "https" // through the gateway inside TLS
	// TransportDNS asks about the server, and not the server: what its name leads
	// to. Nobody is connected to.
	TransportDNS Transport = "dns"
)

// ParseTransport accepts tcp, http, https and dns.
func ParseTransport(s string) (Transport, error) {
	switch t := Transport(s); t {
	case TransportTCP, TransportHTTP, TransportHTTPS, TransportDNS:
		return t, nil
	}
	return "", fmt.Errorf("parse transport %q: want tcp, http, https or dns", s)
}

// Version is a version of the subject's protocol as it is spelt on the wire,
// e.g. "MSNP21".
type Version string

// Kind says what a check asks. The kinds are the names of the probers.
type Kind string

const (
	KindPort Kind = "port" // is the port open?
	KindMSNP Kind = "msnp" // does it take this version of MSNP?
	// KindIdentity asks whether it is still the same that answers.
	KindIdentity Kind = "identity"
	// KindName asks what people are told who look its name up.
	KindName Kind = "name"
)

// ByItself reports whether nobody lists checks of that kind: they are asked
// wherever they can be.
func (k Kind) ByItself() bool { return k == KindIdentity || k == KindName }

// Endpoint is a server with a transport and a port. It is comparable.
type Endpoint struct {
	Server    ServerID
	Transport Transport
	Port      uint16
}

// Where returns "transport:port", e.g. "https:443".
func (e Endpoint) Where() string { return string(e.Transport) + ":" + strconv.Itoa(int(e.Port)) }

// String returns "network/name/transport:port".
func (e Endpoint) String() string { return string(e.Server) + "/" + e.Where() }

// Check is one question that is asked again and again at one endpoint. It is
// comparable.
type Check struct {
	Endpoint
	Kind    Kind
	Version Version // "" for a check that asks about none
}

// CheckID is "server/kind/transport:port[/VERSION]", e.g.
// "microsoft/64.4.45.62/msnp/https:443/MSNP21".
type CheckID string

// ID returns the identity of c.
func (c Check) ID() CheckID {
	var b strings.Builder
	b.Grow(len(c.Server) + len(c.Version) + 24)
	b.WriteString(string(c.Server))
	b.WriteByte('/')
	b.WriteString(string(c.Kind))
	b.WriteByte('/')
	b.WriteString(string(c.Transport))
	b.WriteByte(':')
	b.WriteString(strconv.Itoa(int(c.Port)))
	if c.Version != "" {
		b.WriteByte('/')
		b.WriteString(string(c.Version))
	}
	return CheckID(b.String())
}

// Parse is the inverse of [Check.ID].
func (id CheckID) Parse() (Check, error) {
	bad := func(why string) (Check, error) {
		return Check{}, fmt.Errorf("parse check %q: %s; want network/server/kind/transport:port[/VERSION]", string(id), why)
	}
	p := strings.Split(string(id), "/")
	if len(p) != 4 && len(p) != 5 {
		return bad("wrong number of parts")
	}
	for _, s := range p {
		if s == "" {
			return bad("empty part")
		}
	}
	transport, port, ok := strings.Cut(p[3], ":")
	if !ok {
		return bad("no port")
	}
	t, err := ParseTransport(transport)
	if err != nil {
		return bad("unknown transport")
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != port {
		return bad("bad port")
	}
	c := Check{Endpoint: Endpoint{MakeServerID(NetworkID(p[0]), p[1]), t, uint16(n)}, Kind: Kind(p[2])}
	if len(p) == 5 {
		c.Version = Version(p[4])
	}
	return c, nil
}

// Target is an endpoint together with what is needed to ask there. It is what
// a prober gets.
type Target struct {
	Endpoint
	Address string    // IP address or host name, without a port
	Host    string    // name to present as SNI and Host header
	Consent bool      // the sign-in step may be sent
	Known   []Version // versions that were accepted last time: asked first
	// Identity is who answered until now, "" when nobody knows.
	Identity Fingerprint
	// Told is what people were told until now, "" when nobody knows.
	Told Told
}

// LookedUp returns the name that people look up to find the server, "" where
// they are given an address.
func (t Target) LookedUp() string { return lookedUp(t.Address, t.Host) }

// Dial returns "address:port".
func (t Target) Dial() string { return net.JoinHostPort(t.Address, strconv.Itoa(int(t.Port))) }
