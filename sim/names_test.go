package sim_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"testing"

	"deadyet/sim"
)

// A resolver of the standard library, which knows nothing of the simulation, is
// told what was given.
func TestNames(t *testing.T) {
	var many []string
	for i := range 200 {
		many = append(many, net.IPv4(20, 0, 1, byte(i)).String())
	}
	n, err := sim.StartNames(map[string]sim.Record{
		"ds.example": {Addresses: []string{"20.0.0.1", "2a00::1"}}, "www.example": {Alias: "DS.example"},
		"many.example": {Addresses: many}, "turns.example": {Addresses: []string{"20.0.0.1", "20.0.0.2", "20.0.0.3"}, Turns: 1},
		"fails.example": {Fails: true}, "empty.example": {},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	r := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, n.Address())
	}}
	look := func(name string) []string {
		t.Helper()
		got, err := r.LookupHost(t.Context(), name+".")
		if dns := (*net.DNSError)(nil); err != nil && (!errors.As(err, &dns) || !dns.IsNotFound && !dns.IsTemporary) {
			t.Fatalf("%s: %v", name, err)
		}
		slices.Sort(got)
		return got
	}
	for name, want := range map[string][]string{
		"ds.example": {"20.0.0.1", "2a00::1"}, "www.example": {"20.0.0.1", "2a00::1"}, "gone.example": nil, "fails.example": nil, "empty.example": nil,
	} {
		if got := look(name); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := look("many.example"); len(got) != len(many) { // over TCP
		t.Errorf("got %d addresses, want %d", len(got), len(many))
	}
	seen := make(map[string]bool)
	for range 3 {
		for _, a := range look("turns.example") {
			seen[a] = true
		}
	}
	if len(seen) != 3 {
		t.Errorf("in turns: got %v, want all three", seen)
	}
	n.Tell("DS.example.", sim.Record{Addresses: []string{"20.0.0.9"}})
	if got := look("www.example"); !slices.Equal(got, []string{"20.0.0.9"}) {
		t.Errorf("elsewhere: got %q", got)
	}
	n.Forget("ds.example")
	if got := look("www.example"); len(got) != 0 {
		t.Errorf("forgotten: got %q", got)
	}
}
