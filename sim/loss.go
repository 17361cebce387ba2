package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"sync/atomic"
)

// loss is the bad line between all clients and the fleet: it ruins a share of
// the connections, whatever the port behind them would have answered.
type loss struct {
	seed  uint64
	share atomic.Uint64 // bits of a float64
	lost  atomic.Int64
}

func (l *loss) set(share float64) { l.share.Store(math.Float64bits(share)) }

// ways are what happens to a lost connection, each to a third of them. Whether
// a client learns of the reset while it connects or when it speaks is a race
// that the kernel decides, as on a real line.
func ways() [3]func(*client) {
	return [3]func(*client){
		func(c *client) { abort(c.Conn) },
		func(c *client) { hear(c.Conn); hangUp(c, Fault{}) },
		func(c *client) { drain(c.Conn) }, // no answer, until the client leaves
	}
}

// takes ruins the connection if it is one of the lost, and says whether it was.
func (l *loss) takes(c *client, logical string, n int64) bool {
	chance, way := l.throw(logical, n)
	if !(chance < math.Float64frombits(l.share.Load())) {
		return false
	}
	l.lost.Add(1)
	ways()[way](c)
	return true
}

// throw returns a number of [0,1) and a way to be lost. They depend on nothing
// but the seed, the port and how many connections it took before, so that a
// run can be repeated however its connections interleave. A larger share loses
// the connections of a smaller one and more.
func (l *loss) throw(logical string, n int64) (chance float64, way int) {
	b := binary.BigEndian.AppendUint64(nil, l.seed)
	b = binary.BigEndian.AppendUint64(b, uint64(n))
	sum := sha256.Sum256(append(b, logical...))
	chance = float64(binary.BigEndian.Uint64(sum[:])>>11) / (1 << 53)
	return chance, int(binary.BigEndian.Uint64(sum[8:]) % 3)
}

// Lose makes the fleet lose that share of the connections it takes from now
// on: 0 none, 1 all. See [Options].
func (f *Fleet) Lose(share float64) { f.loss.set(share) }

// Lost returns how many connections were lost since Start.
func (f *Fleet) Lost() int { return int(f.loss.lost.Load()) }
