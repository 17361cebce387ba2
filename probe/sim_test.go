package probe_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/probe"
	"deadyet/sim"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// world is one simulated server and a prober that knows the way to it.
type world struct {
	fleet  *sim.Fleet
	prober *probe.Prober
	server sim.Server
}

func start(t *testing.T, face string, versions []msnp.Version, change ...func(*sim.Port)) *world {
	t.Helper()
	server := sim.Server{Host: "198.18.0.1", Ports: sim.Everywhere(face, versions)}
	for i := range server.Ports {
		for _, c := range change {
			c(&server.Ports[i])
		}
	}
	return startFleet(t, server)
}

// quick makes silence short, for the tests that are about silence.
func (w *world) quick() *world {
	w.prober.Timeouts = probe.Timeouts{Connect: 300 * time.Millisecond, TLS: 300 * time.Millisecond, Answer: 300 * time.Millisecond}
	return w
}

func (w *world) target(p sim.Port) deadyet.Target {
	e := deadyet.Endpoint{Server: deadyet.MakeServerID("sim", w.server.Host), Transport: p.Transport, Port: p.Number}
	return deadyet.Target{Endpoint: e, Address: w.server.Host, Host: w.server.Host}
}

// everything is the port and all versions from MSNP2 to MSNP24.
func everything(e deadyet.Endpoint) []deadyet.Check {
	checks := []deadyet.Check{{Endpoint: e, Kind: deadyet.KindPort}}
	for n := 2; n <= 24; n++ {
		checks = append(checks, deadyet.Check{Endpoint: e, Kind: deadyet.KindMSNP, Version: version(n)})
	}
	return checks
}

func version(n int) deadyet.Version { return deadyet.Version("MSNP" + strconv.Itoa(n)) }

// ask asks everything and returns the readings by version, the port's under "".
func (w *world) ask(t *testing.T, tg deadyet.Target) map[deadyet.Version]deadyet.Reading {
	t.Helper()
	checks := everything(tg.Endpoint)
	readings, err := w.prober.Probe(t.Context(), tg, checks)
	if err != nil {
		t.Fatal(err)
	}
	if len(readings) != len(checks) {
		t.Fatalf("got %d readings for %d checks", len(readings), len(checks))
	}
	by := make(map[deadyet.Version]deadyet.Reading)
	for _, r := range readings {
		if r.Transcript == nil || r.Transcript.End == "" {
			t.Errorf("%s: no transcript, or one without an end: %+v", r.Check.ID(), r.Transcript)
		}
		if !r.Failure.IsZero() && !r.Failure.Kind.Known() {
			t.Errorf("%s: kind %q is not on the list", r.Check.ID(), r.Failure.Kind)
		}
		by[r.Check.Version] = r
	}
	return by
}

func numbers(from, to int) (ns []int) {
	for n := from; n <= to; n++ {
		ns = append(ns, n)
	}
	return ns
}

// found is what must be found at an endpoint: the versions that are a yes, and
// the answer and failure of all the others.
type found struct {
	yes    []int
	answer deadyet.Answer
	kind   deadyet.FailureKind
	stage  deadyet.Stage // where it failed
}

func refused(yes ...int) found {
	return found{yes, deadyet.AnswerNo, deadyet.FailureVersionRefused, deadyet.StageVersion}
}

func unclear(k deadyet.FailureKind, s deadyet.Stage) found {
	return found{nil, deadyet.AnswerUnclear, k, s}
}

func silent(s deadyet.Stage) found {
	return found{nil, deadyet.AnswerSilent, deadyet.FailureTimeout, s}
}

func (f found) check(t *testing.T, by map[deadyet.Version]deadyet.Reading, hello bool) {
	t.Helper()
	for n := 2; n <= 24; n++ {
		if n == 24 && hello {
			continue // it has tests of its own
		}
		r := by[version(n)]
		switch {
		case slices.Contains(f.yes, n):
			if r.Answer != deadyet.AnswerYes || r.Stage < deadyet.StageVersion {
				t.Errorf("MSNP%d: got %s at %s (%s), want yes", n, r.Answer, r.Stage, r.Failure)
			}
		case r.Answer != f.answer || r.Failure.Kind != f.kind || r.Failure.Stage != f.stage:
			t.Errorf("MSNP%d: got %s, %s, want %s, %s at %s", n, r.Answer, r.Failure, f.answer, f.kind, f.stage)
		}
		if r.Answer == deadyet.AnswerYes && r.Controls.Negative != deadyet.ControlGood {
			t.Errorf("MSNP%d: a yes with the negative control %s", n, r.Controls.Negative)
		}
	}
}

func TestProbe_EveryFace(t *testing.T) {
	other := func(yes ...int) found {
		return found{yes, deadyet.AnswerNo, deadyet.FailureOtherVersion, deadyet.StageVersion}
	}
	greet, http := deadyet.StageGreet, deadyet.StageHTTP
	foreign := deadyet.FailureForeignService
	tests := []struct {
		face    string
		tcp     found
		gateway found // zero: the same as tcp
		dials   int   // over TCP; 0: not looked at
		ignores bool
	}{
		{face: "microsoft-2003", tcp: refused(numbers(2, 9)...), dials: 3},
		{face: "microsoft-2007", tcp: refused(numbers(8, 15)...), dials: 3},
		{face: "microsoft-2012", tcp: refused(8, 11, 12, 14, 15, 16, 18, 21), gateway: refused(8, 11, 12, 14, 15, 16, 18, 21, 22), dials: 9},
		{face: "dispatch", tcp: refused(numbers(2, 21)...), dials: 3},
		{face: "escargot", tcp: refused(numbers(2, 21)...), dials: 21},
		{face: "escargot-2017", tcp: refused(numbers(2, 21)...), dials: 21},
		{face: "r2m", tcp: refused(numbers(8, 12)...), dials: 6},
		{face: "always-msnp12", tcp: other(12), ignores: true},
		{face: "first-dialect", tcp: other(numbers(2, 10)...), ignores: true},
		{face: "fallback-msnp8", tcp: other(8, 9, 10, 11, 12, 15, 18, 19, 20, 21), ignores: true},
		{face: "echo", tcp: unclear(deadyet.FailureEcho, deadyet.StageVersion), gateway: unclear(deadyet.FailureEcho, http), dials: 1},
		{face: "closes-on-ver", tcp: unclear(deadyet.FailureClosed, greet), gateway: unclear(deadyet.FailureClosed, http)},
		{face: "silent", tcp: silent(greet), dials: 2},
		{face: "http-1863", tcp: unclear(foreign, greet), gateway: unclear(deadyet.FailureHTTPStatus, http), dials: 1},
	}
	for _, tt := range tests {
		for _, at := range []int{0, 1, 2} {
			w := start(t, tt.face, nil)
			port := w.server.Ports[at]
			t.Run(tt.face+" over "+string(port.Transport), func(t *testing.T) {
				if tt.face == "silent" {
					w.quick()
				}
				by := w.ask(t, w.target(port))
				want := tt.tcp
				if at > 0 && tt.gateway.kind != "" {
					want = tt.gateway
				}
				want.check(t, by, port.Transport == deadyet.TransportHTTPS)
				if p := by[""]; p.Answer != deadyet.AnswerYes || p.Stage != deadyet.StageConnect {
					t.Errorf("port: got %s at %s", p.Answer, p.Stage)
				}
				if got := by["MSNP12"].IgnoresOffer; got != tt.ignores {
					t.Errorf("ignores_offer: got %v, want %v", got, tt.ignores)
				}
				dials := w.fleet.Connections()[fmt.Sprintf("%s:%d", w.server.Host, port.Number)]
				if at == 0 && tt.dials != 0 && dials != tt.dials {
					t.Errorf("got %d connections over TCP, want %d", dials, tt.dials)
				}
				if at > 0 && len(want.yes) > 0 && dials > 2 {
					t.Errorf("got %d connections to a keep-alive gateway, want one, and one for the hello", dials)
				}
			})
		}
	}
}

func TestProbe_EveryFault(t *testing.T) {
	connect, tls, greet, http := deadyet.StageConnect, deadyet.StageTLS, deadyet.StageGreet, deadyet.StageHTTP
	no := func(k deadyet.FailureKind, s deadyet.Stage) found { return found{nil, deadyet.AnswerNo, k, s} }
	foreign, long, closed := deadyet.FailureForeignService, deadyet.FailureTooLong, deadyet.FailureClosed
	malformed := deadyet.FailureMalformed
	everywhere := func(f found) [3]found { return [3]found{f, f, f} }
	// In the order tcp, http, https.
	tests := map[string][3]found{
		"refuse":       {no(deadyet.FailureRefused, connect), no(deadyet.FailureRefused, connect), no(deadyet.FailureRefused, connect)},
		"drop":         {silent(connect), silent(connect), silent(connect)},
		"hang-up":      {unclear(closed, greet), unclear(closed, http), unclear(closed, tls)},
		"reset":        {no(deadyet.FailureReset, greet), no(deadyet.FailureReset, http), no(deadyet.FailureReset, tls)},
		"tarpit":       {silent(greet), silent(http), silent(tls)},
		"drip":         {silent(greet), silent(http), silent(tls)},
		"slow":         {refused(numbers(2, 21)...), refused(numbers(2, 21)...), refused(numbers(2, 21)...)},
		"garbage":      {unclear(foreign, greet), unclear(foreign, http), unclear(foreign, http)},
		"endless-line": {unclear(long, greet), unclear(foreign, http), unclear(foreign, http)},
		"foreign-http": {unclear(foreign, greet), unclear(deadyet.FailureHTTPStatus, http), unclear(deadyet.FailureHTTPStatus, http)},
		"foreign-ssh":  {unclear(foreign, greet), unclear(foreign, http), unclear(foreign, tls)},
		"gateway-503":  {unclear(foreign, greet), unclear(deadyet.FailureHTTPStatus, http), unclear(deadyet.FailureHTTPStatus, http)},
		"tls-alert":    {unclear(foreign, greet), unclear(foreign, http), no(deadyet.FailureTLSAlert, tls)},

		"tls-unfinished":   {unclear(foreign, greet), unclear(foreign, http), silent(tls)},
		"huge-certificate": {silent(greet), silent(http), unclear(long, tls)},
		"endless-headers":  {unclear(foreign, greet), unclear(long, http), unclear(long, http)},
		"endless-chunks":   {unclear(foreign, greet), unclear(long, greet), unclear(long, greet)},
		"gzip-bomb":        {unclear(foreign, greet), unclear(foreign, greet), unclear(foreign, greet)},
		"redirects":        {refused(numbers(2, 21)...), unclear(deadyet.FailureHTTPStatus, http), unclear(deadyet.FailureHTTPStatus, http)},
		"wrong-ids":        everywhere(unclear(malformed, greet)),
		"unasked":          everywhere(refused(numbers(2, 21)...)),
		"error-storm":      everywhere(unclear(long, greet)),
		"many-words":       everywhere(unclear(long, greet)),
		"payload-2e63":     everywhere(unclear(long, greet)),
		"payload-1e30":     everywhere(unclear(long, greet)),
		"payload-negative": everywhere(unclear(malformed, greet)),
		"cut":              {unclear(closed, greet), unclear(closed, http), unclear(closed, tls)},
		"cut-reset":        {unclear(deadyet.FailureReset, greet), unclear(deadyet.FailureReset, http), unclear(deadyet.FailureReset, tls)},
	}
	names, _ := sim.Faults()
	for _, name := range names {
		want, ok := tests[name]
		if !ok {
			t.Errorf("the fault %q has no row in this test: say what must be found", name)
			continue
		}
		for at, transport := range []string{"tcp", "http", "https"} {
			t.Run(name+" over "+transport, func(t *testing.T) {
				w := start(t, "escargot", nil)
				if want[at].kind == deadyet.FailureTimeout || name == "wrong-ids" {
					w.quick()
				}
				port := w.server.Ports[at]
				if err := w.fleet.Break(w.server.Host, port.Number, sim.Fault{Name: name, Pause: pause(name)}); err != nil {
					t.Fatal(err)
				}
				by := w.ask(t, w.target(port))
				want[at].check(t, by, at == 2)
				checkPort(t, by, want[at])
				if err := w.fleet.Mend(w.server.Host, port.Number); err != nil {
					t.Fatal(err)
				}
				refused(numbers(2, 21)...).check(t, w.ask(t, w.target(port)), at == 2)
			})
		}
	}
}

// pause shortens the slow fault, which stands before each of some forty
// answers.
func pause(name string) time.Duration {
	if name == "slow" {
		return 10 * time.Millisecond
	}
	return 0
}

// checkPort: the port is open unless the connection itself failed, and then
// the versions are derived from it.
func checkPort(t *testing.T, by map[deadyet.Version]deadyet.Reading, want found) {
	t.Helper()
	p, v := by[""], by["MSNP12"]
	if want.stage != deadyet.StageConnect {
		if p.Answer != deadyet.AnswerYes || v.Derived {
			t.Errorf("port: got %s (%s), versions derived: %v", p.Answer, p.Failure, v.Derived)
		}
		return
	}
	if p.Answer != want.answer || p.Failure.Kind != want.kind || p.Derived || !v.Derived {
		t.Errorf("port: got %s (%s), derived %v, versions derived %v", p.Answer, p.Failure, p.Derived, v.Derived)
	}
}

// startFleet starts several servers, all of them listed; the first is asked.
func startFleet(t *testing.T, servers ...sim.Server) *world {
	t.Helper()
	fleet, err := sim.Start(servers, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := fleet.Close(); err != nil {
			t.Error(err)
		}
	})
	listed := func(h string) bool {
		return slices.ContainsFunc(servers, func(s sim.Server) bool { return s.Host == h })
	}
	return &world{fleet: fleet, server: servers[0], prober: &probe.Prober{
		Follow:   func(h string, port uint16) bool { return listed(h) && port == 1863 },
		Dialer:   &probe.Dialer{Listed: listed, Map: fleet.DialMap()},
		Timeouts: probe.Timeouts{Connect: 2 * time.Second, TLS: 2 * time.Second, Answer: 2 * time.Second},
	}}
}
