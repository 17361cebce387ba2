package probe_test

import (
	"runtime"
	"testing"
	"time"

	"deadyet"
	"deadyet/probe"
	"deadyet/sim"
)

// What one visit may cost, whatever the server does: its own budget and what a
// busy machine adds, memory (the simulated server's is in it), and bytes read.
const (
	grace         = 5 * time.Second
	mostAllocated = 32 << 20
	mostRead      = 4 << 20
)

func TestProbe_EveryFaultIsBounded(t *testing.T) {
	limits := probe.Timeouts{Connect: 100 * time.Millisecond, TLS: 100 * time.Millisecond, Answer: 100 * time.Millisecond, Visit: 300 * time.Millisecond}
	names, _ := sim.Faults()
	for at, transport := range []string{"tcp", "http", "https"} {
		w := start(t, "escargot", nil)
		w.prober.Timeouts = limits
		target := w.target(w.server.Ports[at])
		target.Consent = true
		for _, name := range names {
			t.Run(name+" over "+transport, func(t *testing.T) {
				if err := w.fleet.Break(w.server.Host, target.Port, sim.Fault{Name: name}); err != nil {
					t.Fatal(err)
				}
				began, bytes := time.Now(), allocated()
				by := w.ask(t, target)
				if took := time.Since(began); took > limits.Visit+limits.Connect+grace {
					t.Errorf("the visit took %s with a budget of %s", took, limits.Visit)
				}
				if used := allocated() - bytes; used > mostAllocated {
					t.Errorf("%d bytes were allocated, want at most %d", used, mostAllocated)
				}
				if got := received(by); got > mostRead {
					t.Errorf("%d bytes were read, want at most %d", got, mostRead)
				}
			})
		}
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// received counts the bytes that came, kept in a transcript or not.
func received(by map[deadyet.Version]deadyet.Reading) (n int) {
	seen := make(map[*deadyet.Transcript]bool)
	for _, r := range by {
		if r.Transcript == nil || seen[r.Transcript] {
			continue
		}
		seen[r.Transcript] = true
		n += r.Transcript.Dropped
		for _, e := range r.Transcript.Exchanges {
			if e.Dir == deadyet.Received {
				n += len(e.Bytes)
			}
		}
	}
	return n
}

// A server may send its clients on and on, to hosts that are all listed.
func TestProbe_FollowsRedirectsForAWhile(t *testing.T) {
	w := start(t, "escargot", nil)
	if err := w.fleet.Break(w.server.Host, 1863, sim.Fault{Name: "redirects"}); err != nil {
		t.Fatal(err)
	}
	here := w.prober.Dialer.Map[w.server.Host+":1863"]
	w.prober.Dialer.Listed = func(string) bool { return true }
	w.prober.Follow = func(string, uint16) bool { return true }
	w.prober.Dialer.Map = map[string]string{w.server.Host + ":1863": here, "hop-1.example:1863": here, "hop-2.example:1863": here, "hop-3.example:1863": here, "hop-4.example:1863": here, "hop-5.example:1863": here}
	target := w.target(w.server.Ports[0])
	target.Consent = true
	r := w.askOne(t, target)
	if r.Answer != deadyet.AnswerYes || r.Stage != deadyet.StageVersion || r.Failure.Kind != deadyet.FailureRedirectLoop {
		t.Errorf("got %s at %s, %s; want a yes whose sign-in goes round in circles", r.Answer, r.Stage, r.Failure)
	}
	if got := w.fleet.Connections()[w.server.Host+":1863"]; got > 1+3+1 {
		t.Errorf("got %d connections, want one, three hops, and one for the control", got)
	}
}
