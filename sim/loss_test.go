package sim_test

import (
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"deadyet/sim"
)

// fate is what becomes of one conversation: "answered", "reset", "hung up" or
// "no answer".
func fate(address string) string {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if errors.Is(err, syscall.ECONNRESET) {
		return "reset"
	}
	if err != nil {
		return err.Error()
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(250 * time.Millisecond))
	_, err = io.WriteString(conn, "VER 1 MSNP18 CVR0\r\n")
	if err == nil {
		_, err = conn.Read(make([]byte, 1))
	}
	switch {
	case err == nil:
		return "answered"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "reset"
	case errors.Is(err, io.EOF):
		return "hung up"
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "no answer"
	}
	return err.Error()
}

func fates(address string, n int) (out []string) {
	for range n {
		out = append(out, fate(address))
	}
	return out
}

// All ways to be lost are seen on the wire, and counted. That they are thirds
// of the share is a matter of the dice, see TestThrow_IsFair.
func TestLoss_OnTheWire(t *testing.T) {
	f := start(t, sim.Options{Loss: 0.3, Seed: 7}, server(1))
	got := make(map[string]int)
	const n = 60
	for _, what := range fates(f.DialMap()["198.18.0.1:1863"], n) {
		got[what]++
	}
	if lost := n - got["answered"]; lost != f.Lost() || lost == 0 {
		t.Errorf("got %v: %d lost, %d counted", got, lost, f.Lost())
	}
	for _, way := range []string{"answered", "reset", "hung up", "no answer"} {
		if got[way] == 0 {
			t.Errorf("got %v, nothing %s", got, way)
		}
	}
	if len(got) != 4 {
		t.Errorf("got %v, want four fates", got)
	}
	if taken := f.Connections()["198.18.0.1:1863"]; taken != n {
		t.Errorf("got %d connections, want %d", taken, n)
	}
}

// The seed decides, and the port, and nothing else: not what other ports do
// meanwhile, nor whether the port was closed in between.
func TestLoss_CanBeRepeated(t *testing.T) {
	run := func(seed uint64, turmoil bool) (tcp, other []string) {
		f := start(t, sim.Options{Loss: 0.5, Seed: seed}, server(1), server(2))
		a, b := f.DialMap()["198.18.0.1:1863"], f.DialMap()["198.18.0.2:1863"]
		tcp = fates(a, 12)
		if turmoil {
			fates(b, 4)
			play(t, f, nil)
			play(t, f, everywhere(f, sim.Look{State: sim.StateOpen}))
			return append(tcp, fates(a, 6)...), nil
		}
		return append(tcp, fates(a, 6)...), fates(b, 12)
	}
	first, other := run(1, false)
	again, _ := run(1, true)
	if !slices.Equal(first, again) {
		t.Errorf("the same seed:\n%v\n%v", first, again)
	}
	if slices.Equal(first[:12], other) {
		t.Errorf("two ports lose the same connections: %v", first)
	}
	if another, _ := run(2, true); slices.Equal(first, another) {
		t.Errorf("two seeds lose the same connections: %v", first)
	}
}

func TestLose_WhileItRuns(t *testing.T) {
	f := start(t, sim.Options{}, server(1))
	to := f.DialMap()["198.18.0.1:1863"]
	expect := func(share float64, answered bool, lost int) {
		t.Helper()
		f.Lose(share)
		for _, what := range fates(to, 5) {
			if (what == "answered") != answered {
				t.Errorf("share %v: got %s", share, what)
			}
		}
		if f.Lost() != lost {
			t.Errorf("share %v: got %d lost, want %d", share, f.Lost(), lost)
		}
	}
	expect(0, true, 0)
	expect(1, false, 5)
	expect(0, true, 5)
}

// Nothing may be left of a client that gave up, or a replay of thousands of
// rounds would drown in connections.
func TestLoss_EndsWithTheClient(t *testing.T) {
	f := start(t, sim.Options{Loss: 1}, server(1))
	before := runtime.NumGoroutine()
	fates(f.DialMap()["198.18.0.1:1863"], 10)
	for until := time.Now().Add(2 * time.Second); runtime.NumGoroutine() > before; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("got %d goroutines, want %d as before", runtime.NumGoroutine(), before)
		}
	}
}
