package probe

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
	"time"

	"deadyet"
)

func everybody(string) bool { return true }

func kindOf(t *testing.T, err error) deadyet.FailureKind {
	t.Helper()
	na := (*NotAskedError)(nil)
	if !errors.As(err, &na) {
		t.Fatalf("got %v, want a NotAskedError", err)
	}
	return na.Kind
}

func TestDialer_Refuses(t *testing.T) {
	spent := func(string) error { return errors.New("all 3 connections of the day are spent") }
	tests := []struct {
		name   string
		dialer *Dialer
		host   string
		want   deadyet.FailureKind
	}{
		{"who is not listed", &Dialer{}, "192.0.2.1", deadyet.FailureNotAllowed},
		{"who has opted out", &Dialer{Listed: everybody, OptOut: []deadyet.OptOut{{Host: "192.0.2.1"}}}, "192.0.2.1", deadyet.FailureOptedOut},
		{"whose network has opted out", &Dialer{Listed: everybody, OptOut: []deadyet.OptOut{{Host: "192.0.2.0/24"}}}, "192.0.2.1", deadyet.FailureOptedOut},
		{"whose domain has opted out", &Dialer{Listed: everybody, OptOut: []deadyet.OptOut{{Host: "example.org"}}}, "MS.Example.ORG.", deadyet.FailureOptedOut},
		{"what is not in the dial map", &Dialer{Listed: everybody, Map: map[string]string{}}, "192.0.2.1", deadyet.FailureNotAllowed},
		{"who is over budget", &Dialer{Listed: everybody, Permit: spent, Private: everybody}, "192.0.2.1", deadyet.FailureOverBudget},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			conn, err := tt.dialer.Dial(t.Context(), tt.host, 1863, time.Second)
			if err == nil {
				conn.Close()
				t.Fatal("it was dialled")
			}
			if got := kindOf(t, err); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestDialer_NamesMayNotLeadToSpecialAddresses(t *testing.T) {
	d := &Dialer{Listed: everybody}
	for _, a := range []string{"127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1", "fd00::1", "0.0.0.0", "100.64.0.1", "::ffff:127.0.0.1", "224.0.0.1", "::127.0.0.1", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "64:ff9b::7f00:1"} {
		_, err := d.choose("name.example", 1863, []netip.Addr{netip.MustParseAddr(a)})
		if err == nil || kindOf(t, err) != deadyet.FailureNotAllowed {
			t.Errorf("%s: got %v, want not_allowed", a, err)
		}
	}
	d.OptOut = []deadyet.OptOut{{Host: "20.0.0.0/8"}}
	if _, err := d.choose("name.example", 1863, []netip.Addr{netip.MustParseAddr("20.1.1.1")}); err == nil || kindOf(t, err) != deadyet.FailureOptedOut {
		t.Errorf("an address that has opted out behind a name: got %v", err)
	}
	got, err := d.choose("name.example", 1863, []netip.Addr{netip.MustParseAddr("2a00::1"), netip.MustParseAddr("8.8.4.4")})
	if err != nil || got.String() != "8.8.4.4:1863" {
		t.Errorf("got %s, %v; want the IPv4 address", got, err)
	}
}

func TestDialer_OneConnectionAtATimeToAHost(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := uint16(l.Addr().(*net.TCPAddr).Port)
	d := &Dialer{Listed: everybody, Private: everybody}
	first, err := d.Dial(t.Context(), "127.0.0.1", port, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	full, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if second, err := d.Dial(full, "127.0.0.1", port, time.Second); err == nil {
		second.Close()
		t.Fatal("a second connection was made while the first stood")
	}
	first.Close()
	second, err := d.Dial(t.Context(), "127.0.0.1", port, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	second.Close()
}

func TestHosts_ListsOnlyWhatMayBeAsked(t *testing.T) {
	server := func(n deadyet.NetworkID, a string) []deadyet.Server {
		return []deadyet.Server{{ID: deadyet.MakeServerID(n, a), Address: a}}
	}
	listed := Hosts(deadyet.Subject{Networks: []deadyet.Network{
		{ID: "closed", ConnectionsPerDay: 9, Closed: deadyet.DayOf(time.Unix(0, 0)), Servers: server("closed", "192.0.2.1")},
		{ID: "none", Servers: server("none", "192.0.2.2")},
		{ID: "open", ConnectionsPerDay: 9, Servers: server("open", "MS.example.")},
	}})
	for host, want := range map[string]bool{"192.0.2.1": false, "192.0.2.2": false, "ms.example": true, "other.example": false} {
		if got := listed(host); got != want {
			t.Errorf("%s: got %v, want %v", host, got, want)
		}
	}
}

func TestConsenting_IsAboutTheEndpointAndTheNetwork(t *testing.T) {
	network := func(id deadyet.NetworkID, c deadyet.Consent) deadyet.Network {
		return deadyet.Network{
			ID: id, ConnectionsPerDay: 9, Consent: c,
			Ask:     []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863}},
			Servers: []deadyet.Server{{ID: deadyet.MakeServerID(id, "a"), Address: string(id) + ".example"}},
		}
	}
	may := Consenting(deadyet.Subject{Networks: []deadyet.Network{
		network("agreed", deadyet.Consent{By: "the project", Date: deadyet.DayOf(time.Unix(0, 0))}), network("not", deadyet.Consent{}),
	}})
	if !may("AGREED.example.", 1863) || may("agreed.example", 25) || may("not.example", 1863) || may("other.example", 1863) {
		t.Error("the sign-in step may be sent to an endpoint that did not agree, or not to one that did")
	}
}

// book is a resolver that knows its names by heart.
type book map[string][]netip.Addr

func (b book) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	if len(b[host]) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return b[host], nil
}

func TestDialer_LooksNamesUpWithItsResolver(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := uint16(l.Addr().(*net.TCPAddr).Port)
	d := &Dialer{Listed: everybody, Private: everybody, Resolver: book{"here.example": {netip.MustParseAddr("127.0.0.1")}}}
	conn, err := d.Dial(t.Context(), "here.example", port, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := conn.RemoteAddr().String(); got != l.Addr().String() {
		t.Errorf("connected to %s, want %s", got, l.Addr())
	}
	if _, f := classify(func() error { _, err := d.Dial(t.Context(), "gone.example", port, time.Second); return err }()); f.Kind != deadyet.FailureNameNotFound {
		t.Errorf("a name that is not in the book: got %s", f)
	}
}

// What nobody may ask is refused before anybody is connected to: a port, and a
// host of which it shows.
func TestDialer_PortsAndMay(t *testing.T) {
	d := &Dialer{
		Listed: func(host string) bool { return host != "unlisted.example" },
		OptOut: []deadyet.OptOut{{Host: "20.0.0.0/24"}, {Host: "out.example"}},
		Ports:  func(p uint16) bool { return p == 1863 },
	}
	var refused *NotAskedError
	if _, err := d.Dial(t.Context(), "20.0.1.1", 22, time.Second); !errors.As(err, &refused) || refused.Kind != deadyet.FailureNotAllowed {
		t.Errorf("port 22: got %v", err)
	}
	for host, want := range map[string]deadyet.FailureKind{
		"20.0.1.1": "", "ds.example": "", "unlisted.example": deadyet.FailureNotAllowed, "20.0.0.7": deadyet.FailureOptedOut,
		"sub.out.example": deadyet.FailureOptedOut, "127.0.0.1": deadyet.FailureNotAllowed, "169.254.169.254": deadyet.FailureNotAllowed,
		"::ffff:10.0.0.1": deadyet.FailureNotAllowed, "fd00:ec2::254": deadyet.FailureNotAllowed,
	} {
		switch err := d.May(host); {
		case want == "" && err != nil:
			t.Errorf("%s: got %v, want that it may be dialled", host, err)
		case want != "" && (!errors.As(err, &refused) || refused.Kind != want):
			t.Errorf("%s: got %v, want %s", host, err, want)
		}
	}
}
