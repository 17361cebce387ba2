package sim_test

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"deadyet/msnp"
	"deadyet/sim"
)

// connect says what happens to a connection attempt: "open", "refused" or
// "silence".
func connect(address string) string {
	conn, err := net.DialTimeout("tcp", address, 100*time.Millisecond)
	var late net.Error
	switch {
	case err == nil:
		conn.Close()
		return "open"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.As(err, &late) && late.Timeout():
		return "silence"
	}
	return err.Error()
}

func play(t testing.TB, f *sim.Fleet, s sim.Scene) {
	t.Helper()
	if err := f.Play(s); err != nil {
		t.Fatal(err)
	}
}

// everywhere is the same look for all ports of the fleet.
func everywhere(f *sim.Fleet, l sim.Look) sim.Scene {
	s := make(sim.Scene)
	for _, logical := range f.Logical() {
		s[logical] = l
	}
	return s
}

func TestPlay_EveryState(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	const logical = "198.18.0.1:1863"
	to := f.DialMap()[logical]
	closed, open, gone := sim.Scene{logical: {}}, sim.Scene{logical: {State: sim.StateOpen}}, sim.Scene{logical: {State: sim.StateGone}}
	// Each state after each other one, and after itself.
	for _, step := range []struct {
		scene sim.Scene
		want  string
	}{
		{open, "open"}, {closed, "refused"}, {closed, "refused"}, {gone, "silence"}, {gone, "silence"}, {open, "open"}, {open, "open"},
		{nil, "silence"}, {closed, "refused"}, {open, "open"},
	} {
		play(t, f, step.scene)
		if got := connect(to); got != step.want {
			t.Errorf("%v: got %s, want %s", step.scene, got, step.want)
		}
	}
	if got := connect(f.DialMap()["198.18.0.1:443"]); got != "silence" {
		t.Errorf("a port that the scene leaves out: got %s", got)
	}
	if got, err := ver(t, to, "VER 1 MSNP18 CVR0"); err != nil || got != "VER 1 MSNP18" {
		t.Errorf("after all that: got %q, %v", got, err)
	}
}

func TestPlay_Versions(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	const logical = "198.18.0.1:1863"
	to := f.DialMap()[logical]
	for _, tt := range []struct {
		versions []msnp.Version
		want     string
	}{
		{[]msnp.Version{msnp.MSNP21}, "VER 1 0"},
		{[]msnp.Version{msnp.MSNP18}, "VER 1 MSNP18"},
		{[]msnp.Version{}, "VER 1 0"},
		{nil, "VER 1 MSNP18"},
	} {
		play(t, f, sim.Scene{logical: {State: sim.StateOpen, Versions: tt.versions}})
		if got, err := ver(t, to, "VER 1 MSNP18 CVR0"); err != nil || got != tt.want {
			t.Errorf("%#v: got %q, %v, want %q", tt.versions, got, err, tt.want)
		}
	}
}

// What a port was started with is what it takes where the scene says nothing.
func TestPlay_VersionsOfThePort(t *testing.T) {
	only := []msnp.Version{msnp.MSNP8}
	f := start(t, sim.Options{}, sim.Server{Host: "198.18.0.1", Ports: sim.Everywhere("escargot", only)[:1]})
	const logical = "198.18.0.1:1863"
	for _, versions := range [][]msnp.Version{nil, {msnp.MSNP18}, nil} {
		play(t, f, sim.Scene{logical: {State: sim.StateOpen, Versions: versions}})
	}
	if got, err := ver(t, f.DialMap()[logical], "VER 1 MSNP18 CVR0"); err != nil || got != "VER 1 0" {
		t.Errorf("got %q, %v, want a refusal", got, err)
	}
}

// A connection survives scenes in which its port stays open, and no other.
func TestPlay_LeavesAloneWhatIsTheSame(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	const logical = "198.18.0.1:1863"
	conn, err := net.Dial("tcp", f.DialMap()[logical])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewScanner(conn)
	fmt.Fprint(conn, "VER 1 MSNP18 CVR0\r\n")
	if !answers.Scan() {
		t.Fatal(answers.Err())
	}
	play(t, f, sim.Scene{logical: {State: sim.StateOpen}})
	play(t, f, sim.Scene{logical: {State: sim.StateOpen, Versions: []msnp.Version{msnp.MSNP8}}})
	fmt.Fprint(conn, "CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.5.1302 msmsgs somebody@example.test\r\n")
	if !answers.Scan() || !strings.HasPrefix(answers.Text(), "CVR 2 ") {
		t.Errorf("got %q, %v: the connection did not survive", answers.Text(), answers.Err())
	}
	play(t, f, sim.Scene{logical: {}})
	if answers.Scan() {
		t.Errorf("got %q from a port that was closed", answers.Text())
	}
}

func TestPlay_Faults(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	const logical = "198.18.0.1:1863"
	to := f.DialMap()[logical]
	open, closed := sim.Scene{logical: {State: sim.StateOpen}}, sim.Scene{logical: {}}
	breaks := func(fault string) {
		t.Helper()
		if err := f.Break("198.18.0.1", 1863, sim.Fault{Name: fault}); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(when, want string) {
		t.Helper()
		if got := connect(to); got != want {
			t.Errorf("%s: got %s, want %s", when, got, want)
		}
	}
	breaks("drop")
	play(t, f, open)
	expect("a fault that is not mended", "silence")
	play(t, f, closed)
	breaks("foreign-ssh")
	expect("a fault of a conversation at a closed port", "refused")
	play(t, f, open)
	if got, err := ver(t, to, "VER 1 MSNP18 CVR0"); err != nil || !strings.HasPrefix(got, "SSH-") {
		t.Errorf("the same fault at an open port: got %q, %v", got, err)
	}
	play(t, f, closed)
	if err := f.Mend("198.18.0.1", 1863); err != nil {
		t.Fatal(err)
	}
	expect("mended while closed", "refused")
}

func TestPlay_SaysWhatIsWrong(t *testing.T) {
	f, err := sim.Start([]sim.Server{server(1)}, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	to := f.DialMap()["198.18.0.1:1863"]
	if err := f.Play(sim.Scene{"198.18.0.1:1863": {}, "198.18.0.9:1863": {}}); err == nil {
		t.Error("a port that is not simulated was played")
	}
	if got := connect(to); got != "open" {
		t.Errorf("got %s: a scene that is wrong changed something", got)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Play(everywhere(f, sim.Look{State: sim.StateOpen})); err == nil {
		t.Error("a fleet that has ended was played")
	}
	if got := connect(to); got != "refused" {
		t.Errorf("got %s after the end", got)
	}
}

// Silence must be reliable: a queue that takes one of many attempts would look
// like a port that opens now and then.
func TestPlay_GoneIsSilentForEverybody(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	to := f.DialMap()["198.18.0.1:1863"]
	play(t, f, nil)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for range 5 {
				if got := connect(to); got != "silence" {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	wg.Wait()
	play(t, f, everywhere(f, sim.Look{State: sim.StateOpen}))
	if got := connect(to); got != "open" {
		t.Errorf("got %s as soon as it is back", got)
	}
}

// While a port is closed nobody else may be given its address.
func TestPlay_AddressesStayOurs(t *testing.T) {
	f := start(t, sim.Options{}, servers(100, true)...)
	ours := make(map[string]bool)
	for _, address := range f.DialMap() {
		ours[address] = true
	}
	if len(ours) != 300 {
		t.Fatalf("got %d addresses for 300 ports", len(ours))
	}
	for range 3000 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if ours[l.Addr().String()] {
			t.Errorf("%s was given away", l.Addr())
		}
		l.Close()
	}
	play(t, f, everywhere(f, sim.Look{State: sim.StateOpen}))
	for logical, address := range f.DialMap() {
		if !ours[address] {
			t.Errorf("%s has moved to %s", logical, address)
		}
	}
}

// Scenes, faults and connections at the same time: the race detector looks on.
func TestPlay_AllAtOnce(t *testing.T) {
	f := start(t, sim.Options{Loss: 0.3}, servers(3, false)...)
	to := f.DialMap()["10.0.0.0:1863"]
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for n := range 30 {
				if err := f.Play(everywhere(f, sim.Look{State: sim.State((i + n) % 3)})); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 30 {
				if err := errors.Join(f.Break("10.0.0.0", 1863, sim.Fault{Name: "tarpit"}), f.Mend("10.0.0.0", 1863)); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 30 {
				if conn, err := net.DialTimeout("tcp", to, 10*time.Millisecond); err == nil {
					conn.Close()
				}
			}
		})
	}
	wg.Wait()
	f.Lose(0)
	play(t, f, everywhere(f, sim.Look{State: sim.StateOpen}))
	if got := connect(to); got != "open" {
		t.Errorf("got %s after the turmoil", got)
	}
}
