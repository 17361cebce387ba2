package deadyet

import (
	"math/bits"
	"time"
)

// Latency is how long answers took, counted in buckets. The buckets are the same
// everywhere, so that two of them added are exactly what one would have counted.
//
// What is counted is one time for each connection on which something came back:
// from the first bytes that were sent, inside TLS if there is any, until the first
// that came. That is the way there and back, and what the server thought about it;
// looking a name up, waiting in line, connecting and the handshake are no part of it.
type Latency struct {
	Min, Max time.Duration // in whole microseconds; zero when nothing was counted
	Counts   [LatencyBuckets]uint32
}

// LatencyBuckets is the number of buckets. Below 16 microseconds each holds one;
// above, each time between one power of two and the next falls into one of eight.
// The last one holds what took longer as well.
const LatencyBuckets = 184

// Add counts one answer. What took no time, or less, took a microsecond.
func (l *Latency) Add(d time.Duration) {
	d = max(d.Truncate(time.Microsecond), time.Microsecond)
	l.Counts[latencyBucket(d)]++
	l.extend(d, d)
}

// Merge adds what m counted.
func (l *Latency) Merge(m Latency) {
	if m.Max == 0 {
		return
	}
	for i, n := range m.Counts {
		l.Counts[i] += n
	}
	l.extend(m.Min, m.Max)
}

func (l *Latency) extend(least, most time.Duration) {
	if l.Max == 0 || least < l.Min {
		l.Min = least
	}
	l.Max = max(l.Max, most)
}

// Count returns how many answers were counted.
func (l *Latency) Count() (n int) {
	for _, c := range l.Counts {
		n += int(c)
	}
	return n
}

// Median returns the time that half of the answers did not exceed, by the middle of
// its bucket: it is off by a sixteenth at most. It is zero when nothing was counted.
func (l *Latency) Median() time.Duration {
	half, seen := (l.Count()+1)/2, 0
	if half == 0 {
		return 0
	}
	for i, c := range l.Counts {
		if seen += int(c); seen >= half {
			return min(max(latencyMiddle(i), l.Min), l.Max)
		}
	}
	return l.Max
}

// latencyBucket is a float with three bits behind the first one.
func latencyBucket(d time.Duration) int {
	us := uint64(d / time.Microsecond)
	if us < 8 {
		return int(us)
	}
	shift := bits.Len64(us) - 4
	return min(LatencyBuckets-1, (shift+1)*8+int(us>>shift&7))
}

func latencyMiddle(bucket int) time.Duration {
	if bucket < 8 {
		return time.Duration(bucket) * time.Microsecond
	}
	shift := bucket/8 - 1
	from := time.Duration(8+bucket%8) << shift
	return (from + (1<<shift-1)/2) * time.Microsecond
}
