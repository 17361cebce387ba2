package deadyet

import "time"

// Decline is how many servers of a network took each version over time.
type Decline struct {
	Network NetworkID
	Region  Region // "": the whole network
	Curves  []Curve
}

// Curve is the number of servers that took one version. Between two points it
// does not change.
type Curve struct {
	Version Version
	Points  []Point // in the order of time
}

// Point is a number of servers from a moment on: between Low and High, which
// are equal where the number is known.
type Point struct {
	At        time.Time
	Low, High int
	Recorded  bool // from the record and not measured here
}

// Life is how long a network took a version: from the first server that did to
// the last.
type Life struct {
	Network  NetworkID
	Version  Version
	First    Interval // when it was first taken, or a client for it came out
	Last     Interval // when the last server stopped; zero while one takes it
	Survivor ServerID // the last server that took it, "" where several were last or it is still taken
	Takers   int      // servers that take it now
	Recorded bool     // from the record and not measured here
}

// Alive reports whether a server still takes the version.
func (l Life) Alive() bool { return l.Takers > 0 }
