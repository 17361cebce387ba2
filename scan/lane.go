package scan

import (
	"sync"
	"time"
)

// patience is how long a host keeps its place in a lane. After that it is asked
// on, and the next host begins: a server that says nothing takes nothing from
// the others.
const patience = time.Second

// asideOf is how many hosts may have gone aside, for each place of a lane: what
// is open at one time stays bounded when nothing answers any more.
const asideOf = 4

// lane is where hosts wait for their turn.
type lane struct {
	places chan struct{}
	aside  chan struct{}
}

func newLane(places int) lane {
	return lane{make(chan struct{}, places), make(chan struct{}, asideOf*places)}
}

// enter waits for a place. leave gives back whatever is held at the end.
func (l lane) enter() (leave func()) {
	l.places <- struct{}{}
	s := &stay{lane: l, in: l.places}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.timer = time.AfterFunc(patience, s.goAside)
	return s.leave
}

// stay is one host's time in a lane.
type stay struct {
	lane lane

	mu    sync.Mutex
	timer *time.Timer   // guarded by mu
	in    chan struct{} // where it has a place, nil at the end; guarded by mu
}

// goAside makes room for the next host. Where too many have done so it keeps
// its place, and tries again.
func (s *stay) goAside() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.in != s.lane.places {
		return
	}
	select {
	case s.lane.aside <- struct{}{}:
		<-s.in
		s.in = s.lane.aside
	default:
		s.timer.Reset(patience)
	}
}

func (s *stay) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.timer.Stop()
	<-s.in
	s.in = nil
}
