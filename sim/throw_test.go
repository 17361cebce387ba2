package sim

import (
	"fmt"
	"math"
	"testing"
)

// The dice are fair: over many connections and over many ports a share is what
// it says, and so is each way to be lost.
func TestThrow_IsFair(t *testing.T) {
	l := &loss{seed: 1}
	const n, share = 100_000, 0.05
	for name, throw := range map[string]func(i int) (float64, int){
		"one port, many connections": func(i int) (float64, int) { return l.throw("192.0.2.1:1863", int64(i)) },
		"many ports, one connection": func(i int) (float64, int) { return l.throw(fmt.Sprintf("host%d:80", i), 1) },
		"one connection, many seeds": func(i int) (float64, int) { return (&loss{seed: uint64(i)}).throw("192.0.2.1:80", 1) },
	} {
		var lost float64
		var ways [3]float64
		for i := range n {
			chance, way := throw(i)
			if chance < share {
				lost++
				ways[way]++
			}
		}
		// Five standard deviations.
		if off := math.Abs(lost/n - share); off > 5*math.Sqrt(share*(1-share)/n) {
			t.Errorf("%s: got %v lost of %d, want a share of %v", name, lost, n, share)
		}
		for way, k := range ways {
			if off := math.Abs(k/lost - 1.0/3); off > 5*math.Sqrt(2.0/9/lost) {
				t.Errorf("%s: got %v of %v in way %d, want a third", name, k, lost, way)
			}
		}
	}
}
