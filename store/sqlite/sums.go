package sqlite

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"deadyet"
)

// The sums of a roll-up are kept as numbers of variable length, one behind the
// other: rounds, connections, the findings by answer; then in how many buckets
// something was counted and, if in any, the shortest and the longest time in
// microseconds, and for each bucket how many are empty before it and its count.
// There is one way to write each, and what comes behind it is left alone.

// appendSums writes the sums of r.
func appendSums(b []byte, r *deadyet.Rollup) []byte {
	b = appendInt(b, r.Rounds)
	b = appendInt(b, r.Connections)
	for _, n := range r.Answers {
		b = appendInt(b, n)
	}
	used := 0
	for _, n := range r.Latency.Counts {
		if n > 0 {
			used++
		}
	}
	b = appendInt(b, used)
	if used == 0 {
		return b
	}
	b = appendInt(b, int(r.Latency.Min/time.Microsecond))
	b = appendInt(b, int(r.Latency.Max/time.Microsecond))
	empty := 0
	for _, n := range r.Latency.Counts {
		if n == 0 {
			empty++
			continue
		}
		b = appendInt(appendInt(b, empty), int(n))
		empty = 0
	}
	return b
}

func appendInt(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

var errSums = errors.New("the sums make no sense")

// takeSums reads what appendSums wrote into r, and returns what stands behind it.
func takeSums(b []byte, r *deadyet.Rollup) (rest []byte, err error) {
	n := numbers{rest: b}
	r.Rounds, r.Connections = n.int(math.MaxInt32), n.int(math.MaxInt32)
	for i := range r.Answers {
		r.Answers[i] = n.int(math.MaxInt32)
	}
	used := n.int(deadyet.LatencyBuckets)
	if used > 0 {
		r.Latency.Min, r.Latency.Max = n.time(), n.time()
		n.bad = n.bad || r.Latency.Min == 0 || r.Latency.Max < r.Latency.Min
	}
	for at := 0; used > 0 && !n.bad; used, at = used-1, at+1 {
		if at += n.int(deadyet.LatencyBuckets); at >= deadyet.LatencyBuckets {
			return nil, errSums
		}
		r.Latency.Counts[at] = uint32(n.int(math.MaxUint32))
		n.bad = n.bad || r.Latency.Counts[at] == 0
	}
	if n.bad {
		return nil, errSums
	}
	return n.rest, nil
}

// numbers reads numbers. After the first bad one there are only noughts.
type numbers struct {
	rest []byte
	bad  bool
}

// int reads a number that is at most so large, and written as short as it can be.
func (s *numbers) int(most uint64) int {
	n, size := binary.Uvarint(s.rest)
	if s.bad = s.bad || size <= 0 || n > most || size > 1 && s.rest[size-1] == 0; s.bad {
		return 0
	}
	s.rest = s.rest[size:]
	return int(n)
}

// time reads a time in microseconds.
func (s *numbers) time() time.Duration {
	return time.Duration(s.int(uint64(math.MaxInt64/time.Microsecond))) * time.Microsecond
}
