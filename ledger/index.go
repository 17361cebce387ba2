package ledger

import (
	"slices"
	"sort"
	"time"

	"deadyet"
	"deadyet/history"
)

// index finds the whole course of each check: what the record says of it, and
// what was measured.
type index struct {
	courses []*course // those of the configuration in its order, then the others by check
	others  int       // where the others begin
	byCheck map[deadyet.Check]*course
	servers map[deadyet.ServerID][]*course // by check
}

// course is everything that is known of one check.
type course struct {
	check    deadyet.Check
	server   *deadyet.Server // nil when it is not asked, whatever the day
	recorded []deadyet.Span  // by time, until it was first measured
	track    *tracked        // nil if it was never measured
}

func makeIndex(s deadyet.Subject, recorded []deadyet.Span, h *held) index {
	x := index{byCheck: make(map[deadyet.Check]*course), servers: make(map[deadyet.ServerID][]*course)}
	for i := range s.Networks {
		n := &s.Networks[i]
		for j := range n.Servers {
			sv := &n.Servers[j]
			for _, c := range n.Checks(*sv) {
				x.configure(c, sv, n.Dialled())
			}
		}
	}
	x.others = len(x.courses)
	for from, to := 0, 0; from < len(recorded); from = to {
		for to = from; to < len(recorded) && recorded[to].Check == recorded[from].Check; to++ {
		}
		x.course(recorded[from].Check).recorded = recorded[from:to:to]
	}
	for _, t := range h.tracks {
		x.track(t, h)
	}
	return x
}

// configure adds a check of the configuration. One that two servers share has
// one course.
func (x *index) configure(c deadyet.Check, sv *deadyet.Server, dialled bool) {
	co := x.byCheck[c]
	if co == nil {
		co = &course{check: c}
		x.add(co, len(x.courses))
	}
	if dialled {
		co.server = sv
	}
}

// course returns the course of a check, and makes one where there is none.
func (x *index) course(c deadyet.Check) *course {
	if co := x.byCheck[c]; co != nil {
		return co
	}
	co := &course{check: c}
	i, _ := slices.BinarySearchFunc(x.courses[x.others:], c, byCheck)
	x.add(co, x.others+i)
	return co
}

func byCheck(co *course, c deadyet.Check) int { return compareChecks(co.check, c) }

func (x *index) add(co *course, place int) {
	x.courses = slices.Insert(x.courses, place, co)
	x.byCheck[co.check] = co
	of := x.servers[co.check.Server]
	i, _ := slices.BinarySearchFunc(of, co.check, byCheck)
	x.servers[co.check.Server] = slices.Insert(of, i, co)
}

// track says that a check was measured. From then on the record says nothing
// about it any more.
func (x *index) track(t *tracked, h *held) {
	co := x.course(t.check())
	co.track = t
	if len(co.recorded) == 0 {
		return
	}
	first := t.kept.Open
	if len(t.past) > 0 {
		first = h.past[t.past[0].place]
	}
	co.recorded = slices.DeleteFunc(history.Overlay(co.recorded, []deadyet.Span{first}), func(s deadyet.Span) bool { return !s.Recorded() })
}

// due reports whether a check is asked on a day.
func (x *index) due(c deadyet.Check, d deadyet.Day) bool {
	co := x.byCheck[c]
	return co != nil && co.due(d)
}

func (co *course) due(d deadyet.Day) bool {
	if co.server == nil {
		return false
	}
	_, listed := co.server.ListingOn(d)
	return listed
}

// known reports whether the record or a measurement speaks of the check.
func (co *course) known() bool { return co.track != nil || len(co.recorded) > 0 }

// at returns the span that held at the moment t, nil if none did. The Last of
// an open one is not set.
func (co *course) at(t time.Time, h *held) *deadyet.Span {
	if tr := co.track; tr != nil {
		if open := &tr.kept.Open; !open.Begins().After(t) {
			return open
		}
		if i, ok := tr.pastAt(t); ok {
			return &h.past[i]
		}
	}
	i := sort.Search(len(co.recorded), func(i int) bool { return co.recorded[i].Begins().After(t) })
	if i == 0 {
		return nil
	}
	return &co.recorded[i-1]
}

// ending is a span that ended. A look at a moment of the past goes through
// those of all checks, so when they began stands close together.
type ending struct {
	begins int64 // in nanoseconds, as Begins tells
	place  int32 // in held.past
}

func endingOf(s *deadyet.Span, place int) ending {
	return ending{s.Begins().UnixNano(), int32(place)}
}

// pastAt returns the place of the last ended span that had begun at at.
func (t *tracked) pastAt(at time.Time) (place int32, ok bool) {
	n := at.UnixNano()
	for i := len(t.past) - 1; i >= 0; i-- {
		if t.past[i].begins <= n {
			return t.past[i].place, true
		}
	}
	return 0, false
}
