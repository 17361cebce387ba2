package probe_test

import (
	"context"
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/probe"
	"deadyet/sim"
)

// lookUp is a prober that asks simulated resolvers.
type lookUp struct {
	*probe.Prober
	names []*sim.Names
}

// resolvers starts a resolver for each list of what is told.
func resolvers(t *testing.T, told ...map[string]sim.Record) lookUp {
	t.Helper()
	r := &probe.Resolvers{Timeout: time.Second}
	l := lookUp{Prober: &probe.Prober{Dialer: &probe.Dialer{Listed: func(string) bool { return true }}, Names: r}}
	for _, records := range told {
		n, err := sim.StartNames(records)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { n.Close() })
		l.names = append(l.names, n)
		r.Servers = append(r.Servers, netip.MustParseAddrPort(n.Address()))
	}
	return l
}

// name asks where a name leads that was told before.
func (l lookUp) name(t *testing.T, name string, told deadyet.Told) deadyet.Reading {
	t.Helper()
	e := deadyet.Endpoint{Server: deadyet.MakeServerID("test", name), Transport: deadyet.TransportDNS, Port: 53}
	c := deadyet.Check{Endpoint: e, Kind: deadyet.KindName}
	readings, err := l.Probe(t.Context(), deadyet.Target{Endpoint: e, Address: name, Host: name, Told: told}, []deadyet.Check{c})
	if err != nil || len(readings) != 1 || readings[0].Check != c {
		t.Fatalf("got %+v, %v", readings, err)
	}
	return readings[0]
}

// manyAddresses are more than one answer of DNS can hold.
func manyAddresses() (as []string) {
	for n := range 10000 {
		as = append(as, fmt.Sprintf("20.0.%d.%d", n>>8, n&0xff))
	}
	return as
}

func chainOf(n int) map[string]sim.Record {
	records := make(map[string]sim.Record)
	for i := range n {
		records[fmt.Sprintf("c%d.example", i)] = sim.Record{Alias: fmt.Sprintf("c%d.example", i+1)}
	}
	records[fmt.Sprintf("c%d.example", n)] = sim.Record{Addresses: []string{"20.0.0.1"}}
	return records
}

func TestName_WhatIsTold(t *testing.T) {
	records := map[string]sim.Record{
		"ds.example":     {Addresses: []string{"20.0.0.2", "20.0.0.1", "2a00::1"}, TTL: 300},
		"www.example":    {Alias: "cdn.example", TTL: 60},
		"cdn.example":    {Alias: "ds.example", TTL: 3600},
		"six.example":    {Addresses: []string{"2a00::1"}},
		"empty.example":  {},
		"many.example":   {Addresses: manyAddresses()},
		"65.example":     {Addresses: manyAddresses()[:65]},
		"64.example":     {Addresses: manyAddresses()[:64]},
		"self.example":   {Alias: "self.example"},
		"ping.example":   {Alias: "pong.example"},
		"pong.example":   {Alias: "ping.example"},
		"home.example":   {Addresses: []string{"127.0.0.1", "::1", "10.0.0.1"}},
		"meta.example":   {Addresses: []string{"169.254.169.254"}},
		"mapped.example": {Addresses: []string{"::ffff:169.254.169.254"}},
		"some.example":   {Addresses: []string{"127.0.0.1", "20.0.0.1"}},
		"lost.example":   {Alias: "gone.example"},
		"fails.example":  {Fails: true},
	}
	long := chainOf(30)
	for name, r := range long {
		records[name] = r
	}
	l := resolvers(t, records)
	const before = deadyet.Told("now=20.0.0.9")
	for _, tt := range []struct {
		name   string
		answer deadyet.Answer
		kind   deadyet.FailureKind
		told   string // now
	}{
		{"ds", deadyet.AnswerYes, "", "20.0.0.1, 20.0.0.2, 2a00::1"},
		{"www", deadyet.AnswerYes, "", "20.0.0.1, 20.0.0.2, 2a00::1"},
		{"six", deadyet.AnswerYes, "", "2a00::1"},
		{"some", deadyet.AnswerYes, "", "20.0.0.1"},
		{"64", deadyet.AnswerYes, "", "…"},
		{"65", deadyet.AnswerUnclear, deadyet.FailureTooLong, ""},
		{"many", deadyet.AnswerUnclear, deadyet.FailureTooLong, ""},
		{"self", deadyet.AnswerUnclear, deadyet.FailureRedirectLoop, ""},
		{"ping", deadyet.AnswerUnclear, deadyet.FailureRedirectLoop, ""},
		{"c0", deadyet.AnswerUnclear, deadyet.FailureRedirectLoop, ""},
		{"home", deadyet.AnswerUnclear, deadyet.FailureSpecialAddress, ""},
		{"meta", deadyet.AnswerUnclear, deadyet.FailureSpecialAddress, ""},
		{"mapped", deadyet.AnswerUnclear, deadyet.FailureSpecialAddress, ""},
		{"empty", deadyet.AnswerSilent, deadyet.FailureNameNotFound, ""},
		{"gone", deadyet.AnswerSilent, deadyet.FailureNameNotFound, ""},
		{"lost", deadyet.AnswerSilent, deadyet.FailureNameNotFound, ""},
		{"fails", deadyet.AnswerUnasked, deadyet.FailureResolver, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bytes := allocated()
			r := l.name(t, tt.name+".example", before)
			if used := allocated() - bytes; used > mostAllocated { // those of the resolver are in it
				t.Errorf("%d bytes were allocated for one name", used)
			}
			if r.Answer != tt.answer || r.Failure.Kind != tt.kind || (r.Stage == deadyet.StageResolve) != (tt.answer == deadyet.AnswerYes) {
				t.Fatalf("got %s at %q, %s; want %s, %q", r.Answer, r.Stage, r.Failure, tt.answer, tt.kind)
			}
			now := strings.Join(r.Told.Now(), ", ")
			switch {
			case tt.answer != deadyet.AnswerYes && r.Told != before:
				t.Errorf("told is %q, want what was before", r.Told)
			case tt.answer == deadyet.AnswerYes && tt.told != "…" && now != tt.told:
				t.Errorf("got %q, want %q", r.Told, tt.told)
			}
		})
	}
}

// What a resolver says beside the addresses is kept for people.
func TestName_ChainAndTTL(t *testing.T) {
	l := resolvers(t, map[string]sim.Record{
		"www.example": {Alias: "CDN.example", TTL: 60}, "cdn.example": {Alias: "ds.example", TTL: 3600},
		"ds.example": {Addresses: []string{"20.0.0.2", "20.0.0.1"}, TTL: 300},
	})
	r := l.name(t, "WWW.example", "")
	want := []deadyet.NameAnswer{{
		Resolver: deadyet.ResolverOwn, Chain: []string{"cdn.example", "ds.example"}, Addresses: []string{"20.0.0.1", "20.0.0.2"}, TTL: 60,
	}}
	if !reflect.DeepEqual(r.Names, want) {
		t.Errorf("got %+v, want %+v", r.Names, want)
	}
	// A time to live that counts down, another chain and another order are no change.
	l.names[0].Tell("www.example", sim.Record{Addresses: []string{"20.0.0.1", "20.0.0.2"}, TTL: 7})
	if again := l.name(t, "www.example", r.Told); again.Told != r.Told || again.Names[0].TTL != 7 {
		t.Errorf("got %q and %+v, want %q as before", again.Told, again.Names, r.Told)
	}
}

// Several resolvers tell together; one that can't answer takes nothing back.
func TestName_SeveralResolvers(t *testing.T) {
	l := resolvers(t,
		map[string]sim.Record{"geo.example": {Addresses: []string{"20.0.0.1"}}},
		map[string]sim.Record{"geo.example": {Addresses: []string{"20.0.0.2"}}},
		map[string]sim.Record{"geo.example": {Fails: true}},
	)
	r := l.name(t, "geo.example", "")
	if r.Answer != deadyet.AnswerYes || r.Told != "now=20.0.0.1, 20.0.0.2" || len(r.Names) != 3 || r.Names[2].Failure.Kind != deadyet.FailureResolver {
		t.Errorf("got %s, %q from %+v", r.Answer, r.Told, r.Names)
	}
	for _, n := range l.names {
		n.Tell("geo.example", sim.Record{Fails: true})
	}
	if r := l.name(t, "geo.example", "now=20.0.0.1"); r.Answer != deadyet.AnswerUnasked || r.Failure.Kind != deadyet.FailureResolver || r.Told != "now=20.0.0.1" {
		t.Errorf("when all fail: got %s, %s, %q", r.Answer, r.Failure, r.Told)
	}
}

// A resolver that minds for whom it is asked tells what people elsewhere are
// told.
func TestName_Subnets(t *testing.T) {
	near, far := netip.MustParsePrefix("81.0.0.0/16"), netip.MustParsePrefix("2a00:100::/32")
	l := resolvers(t, map[string]sim.Record{"geo.example": {
		Addresses: []string{"20.0.0.1"}, Near: map[netip.Prefix][]string{near: {"20.0.0.2"}, far: {"20.0.0.3"}},
	}})
	l.Names.(*probe.Resolvers).Subnets = []netip.Prefix{near, far}
	r := l.name(t, "geo.example", "")
	var subnets []string
	for _, a := range r.Names {
		subnets = append(subnets, a.Subnet)
	}
	if r.Told != "now=20.0.0.1, 20.0.0.2, 20.0.0.3" || !reflect.DeepEqual(subnets, []string{"", near.String(), far.String()}) {
		t.Errorf("got %q for %q", r.Told, subnets)
	}
}

// Nobody is asked about a host that has opted out, or that is not listed.
func TestName_IsNotLookedUpWithoutLeave(t *testing.T) {
	l := resolvers(t, map[string]sim.Record{"ds.example": {Addresses: []string{"20.0.0.1"}}})
	l.Dialer.OptOut = []deadyet.OptOut{{Host: "example"}}
	if r := l.name(t, "ds.example", ""); r.Answer != deadyet.AnswerUnasked || r.Failure.Kind != deadyet.FailureOptedOut || r.Names != nil {
		t.Errorf("opted out: got %s, %s", r.Answer, r.Failure)
	}
	l.Dialer.OptOut, l.Dialer.Listed = nil, func(string) bool { return false }
	if r := l.name(t, "ds.example", ""); r.Answer != deadyet.AnswerUnasked || r.Failure.Kind != deadyet.FailureNotAllowed || r.Names != nil {
		t.Errorf("not listed: got %s, %s", r.Answer, r.Failure)
	}
}

// A resolver that says nothing takes its time and no more.
func TestName_ASilentResolverIsBounded(t *testing.T) {
	l := resolvers(t, map[string]sim.Record{"mute.example": {Silent: true}})
	l.Prober.Timeouts.Answer = 300 * time.Millisecond
	began := time.Now()
	if r := l.name(t, "mute.example", "now=20.0.0.1"); r.Answer != deadyet.AnswerUnasked || r.Failure.Kind != deadyet.FailureResolver {
		t.Errorf("got %s, %s", r.Answer, r.Failure)
	}
	if took := time.Since(began); took > 300*time.Millisecond+grace {
		t.Errorf("it took %s", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := l.Names.Ask(ctx, "mute.example"); len(got) != 1 || got[0].Failure.Kind != deadyet.FailureResolver {
		t.Errorf("given up: got %+v", got)
	}
}
