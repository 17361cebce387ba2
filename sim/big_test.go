package sim_test

import (
	"fmt"
	"testing"
	"time"

	"deadyet/sim"
)

// servers are many of them, with three ports each.
func servers(n int, closed bool) []sim.Server {
	out := make([]sim.Server, n)
	for i := range out {
		ports := sim.Everywhere("microsoft-2012", nil)
		for p := range ports {
			ports[p].Closed = closed
		}
		out[i] = sim.Server{Host: fmt.Sprintf("10.0.%d.%d", i/256, i%256), Ports: ports}
	}
	return out
}

// The whole past of a network must not keep anybody waiting. The bounds are
// far above what it takes, see BenchmarkPlay.
func TestFleet_IsQuickWhenLarge(t *testing.T) {
	began := time.Now()
	lap := func(what string, most time.Duration) {
		t.Helper()
		took := time.Since(began)
		t.Logf("%s: %s", what, took)
		if took > most {
			t.Errorf("%s took %s, want at most %s", what, took, most)
		}
		began = time.Now()
	}
	f := start(t, sim.Options{}, servers(305, true)...)
	lap("start 915 closed ports", time.Second)
	scene := everywhere(f, sim.Look{State: sim.StateOpen})
	play(t, f, scene)
	lap("open them", 2*time.Second)
	play(t, f, scene)
	lap("play the same scene", 100*time.Millisecond)
	play(t, f, nil)
	lap("let them all vanish", 2*time.Second)
	for _, logical := range []string{"10.0.0.0:1863", "10.0.1.48:443"} {
		if got := connect(f.DialMap()[logical]); got != "silence" {
			t.Errorf("%s: got %s", logical, got)
		}
	}
}

func BenchmarkPlay(b *testing.B) {
	f, err := sim.Start(servers(300, true), sim.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	scene := func(s sim.State) sim.Scene { return everywhere(f, sim.Look{State: s}) }
	open, closed, gone := scene(sim.StateOpen), scene(sim.StateClosed), scene(sim.StateGone)
	for _, bb := range []struct {
		name   string
		scenes []sim.Scene // in turn
	}{
		{"nothing changes", []sim.Scene{open}},
		{"900 ports open and close", []sim.Scene{open, closed}},
		{"900 ports open and vanish", []sim.Scene{open, gone}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			play(b, f, bb.scenes[len(bb.scenes)-1])
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				play(b, f, bb.scenes[i%len(bb.scenes)])
			}
		})
	}
}

func BenchmarkStart(b *testing.B) {
	for _, closed := range []bool{true, false} {
		b.Run(fmt.Sprintf("915 ports/closed=%v", closed), func(b *testing.B) {
			for b.Loop() {
				f, err := sim.Start(servers(305, closed), sim.Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if err := f.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}
