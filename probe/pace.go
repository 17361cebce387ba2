package probe

import (
	"context"
	"net/netip"
	"sync"

	"golang.org/x/time/rate"
)

// Pace bounds how fast and how many connections a [Dialer] makes, beside the
// bounds of each host: over everything, to one address (several names may lead
// to it), and to one network of neighbours, a /24 of IPv4 or a /48 of IPv6. The
// zero value bounds nothing. What goes to this machine itself, or through a dial
// map, is not counted.
type Pace struct {
	All, Address, Neighbours Limit
}

// Limit is a bound. A zero field bounds nothing.
type Limit struct {
	PerSecond   float64 // new connections, on average; a second's worth may come at once
	Connections int     // at one time
}

// DefaultPace suits an ordinary line and strangers' servers.
func DefaultPace() Pace {
	return Pace{
		All:        Limit{PerSecond: 500, Connections: 4096},
		Address:    Limit{PerSecond: 10},
		Neighbours: Limit{PerSecond: 100, Connections: 64},
	}
}

// pacer holds connections back until all bounds allow them. The zero value is
// ready.
type pacer struct {
	all        queues[struct{}]
	addresses  queues[netip.Addr]
	neighbours queues[netip.Prefix]
}

// enter waits until a connection to a may be made. release must be called when
// it is over. Whoever waits holds places in a fixed order, from the smallest
// thing to the largest, so that nobody waits for one who waits for him.
func (p *pacer) enter(ctx context.Context, pace Pace, a netip.Addr) (release func(), err error) {
	one, err := p.addresses.enter(ctx, a, pace.Address)
	if err != nil {
		return nil, err
	}
	near, err := p.neighbours.enter(ctx, neighbours(a), pace.Neighbours)
	if err != nil {
		one()
		return nil, err
	}
	any, err := p.all.enter(ctx, struct{}{}, pace.All)
	if err != nil {
		near()
		one()
		return nil, err
	}
	return sync.OnceFunc(func() { any(); near(); one() }), nil
}

// neighbours is the network of an address that one operator is likely to run.
func neighbours(a netip.Addr) netip.Prefix {
	bits := 48
	if a.Is4() {
		bits = 24
	}
	p, _ := a.WithZone("").Prefix(bits) // an address is always long enough
	return p
}

// queues are the queues before each of many things. Those that nobody stands in
// are forgotten, so that a scan without end needs no memory without end.
type queues[K comparable] struct {
	mu    sync.Mutex
	at    map[K]*queue
	sweep int // how many there may be before empty ones are looked for; at least crowd
}

// queue is where those wait who want to connect to one thing.
type queue struct {
	slots   chan struct{} // nil: any number at one time
	rate    *rate.Limiter // nil: as fast as they come
	holders int           // who waits or is connected; guarded by queues.mu
}

// enter takes a place for k, and waits for its turn.
func (q *queues[K]) enter(ctx context.Context, k K, l Limit) (release func(), err error) {
	if l == (Limit{}) {
		return func() {}, nil
	}
	at := q.join(k, l)
	if at.slots != nil {
		select {
		case at.slots <- struct{}{}:
		case <-ctx.Done():
			q.leave(at)
			return nil, context.Cause(ctx)
		}
	}
	release = func() {
		if at.slots != nil {
			<-at.slots
		}
		q.leave(at)
	}
	if at.rate != nil {
		if err := at.rate.Wait(ctx); err != nil {
			release()
			return nil, err
		}
	}
	return release, nil
}

func (q *queues[K]) join(k K, l Limit) *queue {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.at == nil {
		q.at = make(map[K]*queue)
	}
	at, ok := q.at[k]
	if !ok {
		at = new(queue)
		if l.Connections > 0 {
			at.slots = make(chan struct{}, l.Connections)
		}
		if l.PerSecond > 0 {
			at.rate = rate.NewLimiter(rate.Limit(l.PerSecond), max(1, int(l.PerSecond)))
		}
		q.at[k] = at
	}
	at.holders++
	return at
}

// crowd is how many queues are kept without looking for empty ones.
const crowd = 1024

// leave gives the place back. A queue that nobody stands in is forgotten once it
// would let the next ones through as a new one does.
func (q *queues[K]) leave(at *queue) {
	q.mu.Lock()
	defer q.mu.Unlock()
	at.holders--
	if len(q.at) <= max(q.sweep, crowd) {
		return
	}
	for k, at := range q.at {
		if at.holders == 0 && (at.rate == nil || at.rate.Tokens() >= float64(at.rate.Burst())) {
			delete(q.at, k)
		}
	}
	q.sweep = 2 * len(q.at) // so that looking costs little for each
}
