package scan

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"deadyet"
)

// inventory makes one job for each host, numbered from 1. pulled counts those
// that were asked for.
func inventory(pulled *atomic.Int64, hosts ...string) iter.Seq2[int, Job] {
	return func(yield func(int, Job) bool) {
		for i, h := range hosts {
			pulled.Store(int64(i + 1))
			if !yield(i+1, MakePlan(Input{Subject: subjectOf(fleet("n", h)), Now: noon}).Jobs[0]) {
				return
			}
		}
	}
}

func hostsOf(n int) (hosts []string) {
	for i := range n {
		hosts = append(hosts, fmt.Sprintf("10.0.%d.%d", i/250, i%250))
	}
	return hosts
}

// An inventory is read as fast as hosts are asked, each job comes back once and
// whole, and the tally is that of all.
func TestStream_ReadsAsItAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeProber{takes: map[string]time.Duration{}, says: map[string]rune{}}
		hosts := hostsOf(1000)
		for _, h := range hosts {
			f.takes[h] = time.Second
		}
		checks := 0
		var pulled atomic.Int64
		seen := make(map[int]bool)
		r := Runner{Prober: f, InFlight: 10}
		sum, err := r.Stream(t.Context(), inventory(&pulled, hosts...), func(n int, os []deadyet.Observation) error {
			if n := int(pulled.Load()); n-len(seen) > 12 {
				return fmt.Errorf("%d hosts were read when %d were done", n, len(seen))
			}
			if seen[n] || len(os) == 0 {
				t.Errorf("job %d came back with %d observations, twice: %v", n, len(os), seen[n])
			}
			seen[n] = true
			checks += len(os)
			return nil
		})
		if err != nil || len(seen) != 1000 || sum.Planned != checks || sum.Counts[deadyet.AnswerYes] != checks {
			t.Errorf("got %v, %d jobs, tally %+v of %d checks", err, len(seen), sum, checks)
		}
	})
}

// Silence waits until somebody has looked whether the line is good, and counts
// only if it was good before and after. What was said does not wait.
func TestStream_SilenceWaitsForTheCanary(t *testing.T) {
	for _, c := range []struct {
		name string
		down [2]time.Duration // when the line is down
		want deadyet.Answer
	}{
		{"a good line", [2]time.Duration{}, deadyet.AnswerSilent},
		{"down from the beginning", [2]time.Duration{0, time.Hour}, deadyet.AnswerUnasked},
		{"down by the next look", [2]time.Duration{5 * time.Second, time.Hour}, deadyet.AnswerUnasked},
		{"down before, good after", [2]time.Duration{0, 5 * time.Second}, deadyet.AnswerUnasked},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				dial := func(context.Context, string, string) (net.Conn, error) {
					if now := time.Since(began); now >= c.down[0] && now < c.down[1] {
						return nil, errNoLine
					}
					a, b := net.Pipe()
					b.Close()
					return a, nil
				}
				f := &fakeProber{says: map[string]rune{"10.0.0.0": 's', "10.0.0.1": 'y'}, takes: map[string]time.Duration{"10.0.0.2": time.Minute}}
				r := Runner{Prober: f, Canary: Canary{Hosts: []string{"a.example:1", "b.example:1"}, Timeout: time.Second, Dial: dial}}
				var pulled atomic.Int64
				_, err := r.Stream(t.Context(), inventory(&pulled, hostsOf(3)...), func(n int, os []deadyet.Observation) error {
					at := time.Since(began)
					switch {
					case n == 1 && (os[0].Answer != c.want || at != CanaryEvery):
						t.Errorf("silence became %s after %v, want %s after %v", os[0].Answer, at, c.want, CanaryEvery)
					case n == 2 && (os[0].Answer != deadyet.AnswerYes || at != 0):
						t.Errorf("a yes became %s after %v", os[0].Answer, at)
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A stop gives up what is being asked, and reads no more.
func TestStream_Stops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeProber{takes: map[string]time.Duration{}}
		hosts := hostsOf(100)
		for _, h := range hosts {
			f.takes[h] = time.Second
		}
		full := errors.New("the disk is full")
		var pulled, done atomic.Int64
		_, err := (Runner{Prober: f, InFlight: 10}).Stream(t.Context(), inventory(&pulled, hosts...), func(int, []deadyet.Observation) error {
			if done.Add(1) == 10 {
				return full
			}
			return nil
		})
		if !errors.Is(err, full) || done.Load() > 20 || pulled.Load() > 30 {
			t.Errorf("got %v after %d jobs of %d that were read", err, done.Load(), pulled.Load())
		}
	})
}

// What has waited for the canary is not told of once there was an end.
func TestStream_TellsNothingAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeProber{says: map[string]rune{}}
		hosts := hostsOf(5)
		for _, h := range hosts {
			f.says[h] = 's'
		}
		dial := func(context.Context, string, string) (net.Conn, error) {
			a, b := net.Pipe()
			b.Close()
			return a, nil
		}
		r := Runner{Prober: f, Canary: Canary{Hosts: []string{"a.example:1", "b.example:1"}, Timeout: time.Second, Dial: dial}}
		full := errors.New("the disk is full")
		var pulled atomic.Int64
		told := 0
		sum, err := r.Stream(t.Context(), inventory(&pulled, hosts...), func(int, []deadyet.Observation) error {
			told++
			return full
		})
		if !errors.Is(err, full) || told != 1 || sum.Counts[deadyet.AnswerSilent] != sum.Planned {
			t.Errorf("got %v after %d jobs, tally %+v; want an end after the first", err, told, sum)
		}
	})
}
