package main

import (
	"fmt"
	"slices"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/history"
	"deadyet/msnp"
	"deadyet/sim"
	"deadyet/subjects/msn"
	"deadyet/verdict"
)

// timeline is what the record says of the network that the question means, as
// scenes of a simulation: which port of which server was open, refused or said
// nothing at a moment, and which versions were taken there.
type timeline struct {
	recorded deadyet.Subject // with that network alone, as the record knows it
	network  deadyet.Network // the same, with its first lists from begins on
	begins   deadyet.Day
	spots    []spot
}

// spot is one port of one server through the years.
type spot struct {
	logical  string // host:port
	where    string // transport:port
	server   deadyet.Server
	port     []turn
	versions map[msnp.Version][]turn
}

// turn is a moment from which on a check has another answer.
type turn struct {
	at     time.Time
	answer deadyet.Answer
}

// The record begins by what held when the first lists were published, and says
// since when: from that day on they are simulated.
const (
	timelineBegins = "2014-11-01"
	timelineEnds   = "2017-06-01"
	timelineFace   = "microsoft-2012"
)

// delay is how long after the beginning of its day a fact takes effect of which
// only the day is known: a look at each full hour then finds it on that day.
const delay = 30 * time.Minute

// officialTimeline is the timeline of the built-in subject.
func officialTimeline() (*timeline, error) {
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("read the built-in subject: %w", err)
	}
	begins, err := deadyet.ParseDay(timelineBegins)
	if err != nil {
		return nil, err
	}
	return newTimeline(s, begins)
}

func newTimeline(s deadyet.Subject, begins deadyet.Day) (*timeline, error) {
	n, _ := s.NetworkByID(s.Network)
	s.Networks, s.Edits = []deadyet.Network{n}, nil
	t := &timeline{recorded: s, network: listedFrom(n, begins), begins: begins}
	courses := make(map[deadyet.Check][]turn)
	for _, span := range history.Recorded(s) {
		courses[span.Check] = turns(courses[span.Check], span)
	}
	for _, sv := range t.network.Servers {
		for _, c := range t.network.Checks(sv) {
			if err := t.add(sv, c, courses[c]); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

// listedFrom returns n with the lists of its first day in use from begins on:
// nobody wrote down what was listed before, and the record counts these.
func listedFrom(n deadyet.Network, begins deadyet.Day) deadyet.Network {
	first := n.FirstList()
	n.Servers = slices.Clone(n.Servers)
	for i := range n.Servers {
		if l := n.Servers[i].Listings; l[0].Since == first {
			l = slices.Clone(l)
			l[0].Since = begins
			n.Servers[i].Listings = l
		}
	}
	return n
}

// turns adds what a span says to the course of its check. That nobody asked any
// more says nothing about the server: it goes on as it was.
func turns(course []turn, s deadyet.Span) []turn {
	if s.Outcome.Answer == deadyet.AnswerUnasked {
		return course
	}
	at := s.Begins()
	if known := len(course) > 0; known && s.Since.To.Sub(s.Since.From) > time.Hour {
		at = at.Add(delay)
	}
	return append(course, turn{at, s.Outcome.Answer})
}

// add adds a check. The first one of an endpoint is the one of its port.
func (t *timeline) add(sv deadyet.Server, c deadyet.Check, course []turn) error {
	switch c.Kind {
	case deadyet.KindIdentity, deadyet.KindName:
		return nil // nobody knows who answered, or where a name led
	case deadyet.KindPort:
		t.spots = append(t.spots, spot{
			logical: deadyet.Target{Endpoint: c.Endpoint, Address: sv.Address}.Dial(),
			where:   c.Where(), server: sv, port: course, versions: make(map[msnp.Version][]turn),
		})
		return nil
	}
	v, err := msnp.ParseVersion(string(c.Version))
	if err != nil {
		return fmt.Errorf("simulate %s: %w", c.ID(), err)
	}
	t.spots[len(t.spots)-1].versions[v] = course
	return nil
}

// answerAt is what the course says at a moment: unasked before it begins.
func answerAt(course []turn, at time.Time) (a deadyet.Answer) {
	for _, t := range course {
		if t.at.After(at) {
			break
		}
		a = t.answer
	}
	return a
}

// scene is how the fleet looks at a moment. What is not listed is gone; a port
// that is listed and of which nothing is known was never found open.
func (t *timeline) scene(at time.Time) sim.Scene {
	scene := make(sim.Scene, len(t.spots))
	for i := range t.spots {
		s := &t.spots[i]
		if _, listed := s.server.ListingOn(deadyet.DayOf(at)); !listed {
			continue
		}
		switch answerAt(s.port, at) {
		case deadyet.AnswerSilent:
		case deadyet.AnswerYes, deadyet.AnswerUnclear:
			scene[s.logical] = sim.Look{State: sim.StateOpen, Versions: s.taken(at)}
		default:
			scene[s.logical] = sim.Look{State: sim.StateClosed}
		}
	}
	return scene
}

// taken returns the versions that the port takes, not nil even when there are
// none.
func (s *spot) taken(at time.Time) []msnp.Version {
	taken := []msnp.Version{}
	for v, course := range s.versions {
		if answerAt(course, at) == deadyet.AnswerYes {
			taken = append(taken, v)
		}
	}
	slices.Sort(taken)
	return taken
}

// servers are all that were ever listed, with their ports closed.
func (t *timeline) servers() []sim.Server {
	servers := make([]sim.Server, len(t.network.Servers))
	for i, sv := range t.network.Servers {
		servers[i].Host = sv.Address
		for _, c := range t.network.Checks(sv) {
			if c.Kind != deadyet.KindPort {
				continue
			}
			p := sim.Port{Number: c.Port, Transport: c.Transport, Face: timelineFace, Closed: true}
			if sv.LastListing().Role == deadyet.RoleDependency {
				p.Face = "silent" // nobody asks it more than whether it is there
			}
			servers[i].Ports = append(servers[i].Ports, p)
		}
	}
	return servers
}

// events are the moments at which something happens: a check gets another
// answer, a list begins or ends, or the verdict changes. They are in order.
func (t *timeline) events() (events []time.Time) {
	for i := range t.spots {
		courses := [][]turn{t.spots[i].port}
		for _, course := range t.spots[i].versions {
			courses = append(courses, course)
		}
		for _, course := range courses {
			for _, turn := range course[min(1, len(course)):] {
				events = append(events, turn.at)
			}
		}
	}
	for _, sv := range t.network.Servers {
		for _, l := range sv.Listings {
			events = append(events, l.Since.Start())
			if !l.Until.IsZero() {
				events = append(events, l.Until.Start())
			}
		}
	}
	changes := history.Changes(history.Recorded(t.recorded), nil)
	for _, v := range verdict.History(t.recorded, t.recorded.Networks[0], changes, t.recorded.Networks[0].Closed.End()) {
		events = append(events, v.Since.From)
	}
	slices.SortFunc(events, time.Time.Compare)
	return slices.CompactFunc(events, time.Time.Equal)
}
