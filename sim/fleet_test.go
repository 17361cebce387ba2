package sim_test

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/sim"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, o sim.Options, servers ...sim.Server) *sim.Fleet {
	t.Helper()
	f, err := sim.Start(servers, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

// ver asks by hand, without any code of the scanner.
func ver(t *testing.T, address, line string) (string, error) {
	t.Helper()
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(conn, "%s\r\n", line); err != nil {
		return "", err
	}
	got, err := bufio.NewReader(conn).ReadString('\n')
	return strings.TrimSpace(got), err
}

func server(i int) sim.Server {
	return sim.Server{Host: fmt.Sprintf("198.18.0.%d", i), Ports: sim.Everywhere("escargot", nil)}
}

func TestFleet_SpeaksTheProtocol(t *testing.T) {
	f := start(t, sim.Options{}, server(1), server(2))
	if got := len(f.DialMap()); got != 6 {
		t.Errorf("got %d entries in the dial map, want 6", got)
	}
	to := f.DialMap()["198.18.0.2:1863"]
	for line, want := range map[string]string{
		"VER 1 MSNP18 CVR0":       "VER 1 MSNP18",
		"VER 7 MSNP99 CVR0":       "VER 7 0",
		"VER 1 MSNP21 MSNP2 CVR0": "VER 1 MSNP2",
	} {
		if got, err := ver(t, to, line); err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", line, got, err, want)
		}
	}
}

func TestFleet_VersionsChangeWhileItRuns(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	to := f.DialMap()["198.18.0.1:1863"]
	if err := f.Take("198.18.0.1", 1863, []msnp.Version{msnp.MSNP12}); err != nil {
		t.Fatal(err)
	}
	if got, err := ver(t, to, "VER 1 MSNP18 CVR0"); err != nil || got != "VER 1 0" {
		t.Errorf("got %q, %v; want a refusal", got, err)
	}
}

// The dumb client proves that the world is broken before a scanner is asked
// what it makes of it.
func TestFleet_FaultsBreakTheWorld(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	to := f.DialMap()["198.18.0.1:1863"]
	for fault, want := range map[string]string{"refuse": "refused", "drop": "timeout", "hang-up": "EOF", "reset": "reset", "tarpit": "timeout"} {
		if err := f.Break("198.18.0.1", 1863, sim.Fault{Name: fault}); err != nil {
			t.Fatal(err)
		}
		if _, err := ver(t, to, "VER 1 MSNP18 CVR0"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", fault, err, want)
		}
		if err := f.Mend("198.18.0.1", 1863); err != nil {
			t.Fatal(err)
		}
		if got, err := ver(t, to, "VER 1 MSNP18 CVR0"); err != nil || got != "VER 1 MSNP18" {
			t.Errorf("mended after %s: got %q, %v", fault, got, err)
		}
	}
}

func TestFleet_RealPorts(t *testing.T) {
	s := sim.Server{Host: "messenger.example", Ports: sim.Everywhere("escargot", nil)[:1]}
	f := start(t, sim.Options{RealPorts: true}, s)
	if got, want := f.DialMap()["messenger.example:1863"], "127.77.0.1:1863"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestFleet_SaysWhatIsWrong(t *testing.T) {
	if _, err := sim.Start([]sim.Server{{Host: "h", Ports: sim.Everywhere("nobody", nil)}}, sim.Options{}); err == nil {
		t.Error("a face that does not exist was started")
	}
	if _, err := sim.Start([]sim.Server{server(1), server(1)}, sim.Options{}); err == nil {
		t.Error("the same server was started twice")
	}
	f := start(t, sim.Options{}, server(1))
	if err := f.Break("198.18.0.1", 1863, sim.Fault{Name: "gremlins"}); err == nil {
		t.Error("an unknown fault was switched on")
	}
	if err := f.Break("198.18.0.9", 1863, sim.Fault{Name: "drop"}); err == nil {
		t.Error("an unknown server was broken")
	}
}

func TestOf_TakesTheServersOfTheDay(t *testing.T) {
	day := func(s string) deadyet.Day {
		d, err := deadyet.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	n := deadyet.Network{
		Ask: []deadyet.Ask{{Transport: deadyet.TransportTCP, Port: 1863}},
		Servers: []deadyet.Server{
			{Address: "a", Listings: []deadyet.Listing{{Since: day("2014-12-05"), Until: day("2016-05-14")}}},
			{Address: "b", Listings: []deadyet.Listing{{Since: day("2016-05-14")}}},
		},
	}
	got := sim.Of(n, day("2014-12-05"), "escargot", nil)
	if len(got) != 1 || got[0].Host != "a" || len(got[0].Ports) != 1 {
		t.Errorf("got %+v, want the one server of that day", got)
	}
}
