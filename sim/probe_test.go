package sim_test

import (
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/probe"
	"deadyet/sim"
)

// found returns what the real prober finds at a port: whether it is open, and
// which of the versions it takes.
func found(t *testing.T, f *sim.Fleet, host string, p sim.Port, versions ...deadyet.Version) (port deadyet.Answer, yes []deadyet.Version) {
	t.Helper()
	patience := 200 * time.Millisecond
	prober := probe.Prober{
		Dialer:   &probe.Dialer{Listed: func(h string) bool { return h == host }, Map: f.DialMap()},
		Timeouts: probe.Timeouts{Connect: patience, TLS: 5 * patience, Answer: 5 * patience},
	}
	e := deadyet.Endpoint{Server: deadyet.MakeServerID("sim", host), Transport: p.Transport, Port: p.Number}
	checks := []deadyet.Check{{Endpoint: e, Kind: deadyet.KindPort}}
	for _, v := range versions {
		checks = append(checks, deadyet.Check{Endpoint: e, Kind: deadyet.KindMSNP, Version: v})
	}
	readings, err := prober.Probe(t.Context(), deadyet.Target{Endpoint: e, Address: host, Host: host}, checks)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range readings {
		switch {
		case r.Check.Kind == deadyet.KindPort:
			port = r.Answer
		case r.Answer == deadyet.AnswerYes:
			yes = append(yes, r.Check.Version)
		}
	}
	slices.Sort(yes)
	return port, yes
}

// The prober sees a scene as it is meant: Microsoft's server with MSNP22
// through its gateway only, a login host that is open and nothing else, and
// machines that refuse or are gone.
func TestPlay_BeforeTheProber(t *testing.T) {
	login := sim.Server{Host: "login.example", Ports: []sim.Port{{Number: 443, Transport: deadyet.TransportTCP, Face: "silent", Closed: true}}}
	f := start(t, sim.Options{}, append(servers(1, true), login)...)
	tcp, http, https := servers(1, true)[0].Ports[0], servers(1, true)[0].Ports[1], servers(1, true)[0].Ports[2]
	yes, no, silent := deadyet.AnswerYes, deadyet.AnswerNo, deadyet.AnswerSilent
	type at struct {
		host  string
		port  sim.Port
		want  deadyet.Answer
		takes []deadyet.Version
	}
	asked := []deadyet.Version{"MSNP18", "MSNP21", "MSNP22"}
	const server = "10.0.0.0"
	for _, tt := range []struct {
		name  string
		scene sim.Scene
		want  []at
	}{
		{"as in 2012", everywhere(f, sim.Look{State: sim.StateOpen}), []at{
			{server, tcp, yes, asked[:2]}, {server, http, yes, asked}, {server, https, yes, asked}, {login.Host, login.Ports[0], yes, nil},
		}},
		{"port 1863 closed, old versions refused", sim.Scene{
			"10.0.0.0:1863":     {},
			"10.0.0.0:80":       {State: sim.StateOpen, Versions: []msnp.Version{}},
			"10.0.0.0:443":      {State: sim.StateOpen, Versions: []msnp.Version{msnp.MSNP21, msnp.MSNP22}},
			"login.example:443": {},
		}, []at{
			{server, tcp, no, nil}, {server, http, yes, nil}, {server, https, yes, asked[1:]}, {login.Host, login.Ports[0], no, nil},
		}},
		{"all gone", nil, []at{{server, tcp, silent, nil}, {server, https, silent, nil}, {login.Host, login.Ports[0], silent, nil}}},
	} {
		play(t, f, tt.scene)
		for _, a := range tt.want {
			versions := asked
			if a.host == login.Host {
				versions = nil // nobody asks it more than whether it is open
			}
			port, takes := found(t, f, a.host, a.port, versions...)
			if port != a.want || !slices.Equal(takes, a.takes) {
				t.Errorf("%s: %s %s:%d: got %s, %v, want %s, %v", tt.name, a.host, a.port.Transport, a.port.Number, port, takes, a.want, a.takes)
			}
		}
	}
}
