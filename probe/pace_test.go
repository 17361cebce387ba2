package probe

import (
	"context"
	"net/netip"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// start connects n times to each address at once, and returns when all are
// through and how long that took.
func start(t *testing.T, p *pacer, pace Pace, n int, addresses ...string) (took time.Duration) {
	t.Helper()
	began := time.Now()
	var wg sync.WaitGroup
	for _, a := range addresses {
		for range n {
			wg.Go(func() {
				release, err := p.enter(t.Context(), pace, netip.MustParseAddr(a))
				if err != nil {
					t.Error(err)
					return
				}
				release()
			})
		}
	}
	wg.Wait()
	return time.Since(began)
}

// Each bound holds by itself: over everything, to an address, to its neighbours.
// A second's worth comes at once, the rest one after the other.
func TestPace_Rates(t *testing.T) {
	for _, c := range []struct {
		name      string
		pace      Pace
		n         int
		addresses []string
		want      time.Duration
	}{
		{"no bound", Pace{}, 100, []string{"8.8.4.4"}, 0},
		{"all", Pace{All: Limit{PerSecond: 10}}, 10, []string{"8.8.4.4", "9.9.9.9", "2a00::1"}, 2 * time.Second},
		{"one address", Pace{Address: Limit{PerSecond: 10}}, 30, []string{"8.8.4.4"}, 2 * time.Second},
		{"several addresses do not wait for one another", Pace{Address: Limit{PerSecond: 10}}, 10, []string{"8.8.4.4", "8.8.4.5", "8.8.4.6"}, 0},
		{"neighbours", Pace{Neighbours: Limit{PerSecond: 10}}, 10, []string{"8.8.4.4", "8.8.4.5", "8.8.4.6"}, 2 * time.Second},
		{"no neighbours", Pace{Neighbours: Limit{PerSecond: 10}}, 10, []string{"8.8.4.4", "8.8.5.4", "2a00::1"}, 0},
		{"neighbours of IPv6", Pace{Neighbours: Limit{PerSecond: 10}}, 10, []string{"2a00:1:2::1", "2a00:1:2:ffff::1", "2a00:1:3::1"}, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if got := start(t, new(pacer), c.pace, c.n, c.addresses...); (got - c.want).Abs() > time.Millisecond {
					t.Errorf("took %v, want %v", got, c.want)
				}
			})
		})
	}
}

// No more stand at one time than may, and a place that is given back is taken by
// who waits. Who waits for longer than the round lasts gets none, and leaves none
// taken.
func TestPace_Connections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, pace, a := new(pacer), Pace{Neighbours: Limit{Connections: 2}}, netip.MustParseAddr("8.8.4.4")
		first, err := p.enter(t.Context(), pace, a)
		if err != nil {
			t.Fatal(err)
		}
		second, err := p.enter(t.Context(), pace, a.Next())
		if err != nil {
			t.Fatal(err)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := p.enter(short, pace, a); err == nil {
			t.Error("a third connection was let through")
		}
		time.AfterFunc(time.Second, first)
		began := time.Now()
		third, err := p.enter(t.Context(), pace, a)
		if err != nil || time.Since(began) != time.Second {
			t.Errorf("got %v after %v, want a place after 1 s", err, time.Since(began))
		}
		second()
		third()
	})
}

// A scan without end needs no memory without end, and a queue is not forgotten
// while it still holds somebody back.
func TestPace_ForgetsEmptyQueues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, pace := new(pacer), Pace{Address: Limit{PerSecond: 2}}
		a := netip.MustParseAddr("8.0.0.0")
		for range 5 * crowd {
			release, err := p.enter(t.Context(), pace, a)
			if err != nil {
				t.Fatal(err)
			}
			release()
			a = a.Next()
			time.Sleep(time.Millisecond)
		}
		if got := len(p.addresses.at); got > 2*crowd {
			t.Errorf("%d queues are kept, want at most %d", got, 2*crowd)
		}
		busy := netip.MustParseAddr("9.9.9.9")
		start(t, p, pace, 4, "9.9.9.9")
		for range crowd {
			start(t, p, pace, 1, a.String())
			a = a.Next()
		}
		if _, ok := p.addresses.at[busy]; !ok {
			t.Error("a queue whose tokens are spent was forgotten")
		}
	})
}
