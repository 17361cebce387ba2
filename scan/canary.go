package scan

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"deadyet"
)

// Canary looks at well-known hosts, to tell whether our own line is good. Each
// host gets one connection a round: every second one when the round begins,
// the others when it ends, so that a line that goes down in between is seen.
type Canary struct {
	Hosts   []string // host:port; at least one
	Timeout time.Duration
	Dial    func(ctx context.Context, network, address string) (net.Conn, error) // nil: an ordinary dialer
	Explain func(error) deadyet.Failure                                          // why a host did not answer; nil: the error's text
}

// look connects to every second host, starting at the first or the second. It
// reports no hosts and good when there are none in that half.
func (c Canary) look(ctx context.Context, half int) []deadyet.CanaryHost {
	var hosts []deadyet.CanaryHost
	for i := half; i < len(c.Hosts); i += 2 {
		hosts = append(hosts, deadyet.CanaryHost{Host: c.Hosts[i]})
	}
	var wg sync.WaitGroup
	for i := range hosts {
		wg.Go(func() { c.ask(ctx, &hosts[i]) })
	}
	wg.Wait()
	return hosts
}

func (c Canary) ask(ctx context.Context, h *deadyet.CanaryHost) {
	dial := c.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	began := time.Now()
	conn, err := dial(ctx, "tcp", h.Host)
	h.Took = time.Since(began)
	if err != nil {
		h.Failure = deadyet.Failure{Stage: deadyet.StageConnect, Kind: deadyet.FailureUnknown, Detail: err.Error()}
		if c.Explain != nil {
			h.Failure = c.Explain(err)
		}
		return
	}
	h.Good = true
	conn.Close()
}

// sum says whether the line was good: in each half of the round that has
// hosts, one of them must have answered.
func sum(halves ...[]deadyet.CanaryHost) deadyet.Canary {
	c := deadyet.Canary{Good: len(halves) > 0}
	for _, hosts := range halves {
		good := len(hosts) == 0
		for _, h := range hosts {
			good = good || h.Good
		}
		c.Good = c.Good && good
		c.Hosts = append(c.Hosts, hosts...)
	}
	return c
}

// OwnCanary listens on the loopback address, for targets that are on this
// machine or in a private network. It returns the host:port and a function
// that ends it.
func OwnCanary() (host string, end func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, errors.Join(errors.New("open a canary of our own on the loopback address"), err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			conn.Close()
		}
	}()
	return l.Addr().String(), func() { l.Close(); <-done }, nil
}
