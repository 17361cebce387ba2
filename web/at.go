package web

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"deadyet"
	"deadyet/site"
)

// Past knows a subject at every moment until now.
type Past interface {
	// At returns the edition of a moment as known now.
	At(time.Time) deadyet.Edition
	// Days are those until now on which something changed, earliest first.
	Days(now time.Time) []deadyet.Day
	// Knowledge changes whenever what is known of the past may have changed.
	Knowledge() string
}

// What the time machine keeps: the answers that were asked for last, and a few
// editions, so that the pages of one moment need one only.
const (
	pastBytes    = 32 << 20
	pastEditions = 3
)

// machine is the time machine.
type machine struct {
	mu       sync.Mutex
	past     Past // nil: there is none
	making   sync.Mutex
	editions recent[*site.Site]
	answers  recent[*response]
}

// Remember lets visitors see the past as p knows it. It may be called again
// with somebody who knows more.
func (s *Server) Remember(p Past) {
	s.machine.mu.Lock()
	defer s.machine.mu.Unlock()
	s.machine.past = p
	s.machine.editions.limit, s.machine.answers.limit = pastEditions, pastBytes
}

func (m *machine) memory() Past {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.past
}

// travel answers what is below /at/ and /diff/, in the API as well; ok is false
// when it is none of it.
func (s *Server) travel(w http.ResponseWriter, v visit) (status int, ok bool) {
	path := v.URL.Path
	rest, api := strings.CutPrefix(path, apiPrefix)
	if !api {
		rest = strings.TrimPrefix(path, "/")
	}
	head, rest, _ := strings.Cut(rest, "/")
	p := s.machine.memory()
	if p == nil || head != "at" && head != "diff" {
		return 0, false
	}
	t := &trip{server: s, visit: v, past: p, api: api, clock: s.options.Now().UTC()}
	var page func() (site.Page, error)
	var err error
	if rest == "" && !api {
		err = t.form(head)
	}
	switch {
	case err != nil:
	case rest == "" && !strings.HasSuffix(path, "at/"):
		return v.moved(w, t.root()+"at/"), true
	case rest == "":
		page = func() (site.Page, error) { return t.calendar() }
	case head == "at":
		name, below, deep := strings.Cut(rest, "/")
		if !deep && !api {
			return v.moved(w, path+"/"), true
		}
		page, err = t.at(name, below)
	default:
		page, err = t.diff(rest)
	}
	return t.answer(w, page, err), true
}

// trip is one request for the past.
type trip struct {
	server *Server
	visit  visit
	past   Past
	api    bool
	clock  time.Time
}

// stray says that nothing is known of a moment, and where to go instead.
type stray struct {
	site.Trouble        // nothing where the visitor is only led on
	to           string // path
}

func (s *stray) Error() string { return "lead to " + s.to }

// answer serves a page that is kept, or makes it.
func (t *trip) answer(w http.ResponseWriter, page func() (site.Page, error), err error) int {
	s, req := t.server, t.visit.Request
	var r *response
	if err == nil {
		key := strings.Join([]string{t.past.Knowledge(), deadyet.DayOf(t.clock).String(), string(t.visit.now.Language), req.URL.Path}, " ")
		if strings.HasSuffix(req.URL.Path, "/"+today) || req.URL.Path == t.root()+"at/" {
			key += " " + string(t.visit.now.Edition().ID)
		}
		r, err = s.machine.answers.get(key, func() (*response, int64, error) { return quickly(page) })
	}
	lost := (*stray)(nil)
	switch {
	case errors.As(err, &lost) && !lost.Told():
		w.Header().Set("Cache-Control", "no-cache")
		http.Redirect(w, req, t.visit.prefix+lost.to, http.StatusFound)
		return http.StatusFound
	case errors.As(err, &lost):
		return s.astray(w, t.visit, lost)
	case errors.Is(err, site.ErrNoPage):
		return s.problem(w, t.visit, http.StatusNotFound)
	case err != nil:
		return s.problem(w, t.visit, http.StatusInternalServerError)
	}
	return r.serve(w, t.visit, false)
}

// quickly makes a page for somebody who waits for it.
func quickly(page func() (site.Page, error)) (*response, int64, error) {
	p, err := page()
	if err != nil {
		return nil, 0, err
	}
	r, err := pack(p, quickCompression)
	if err != nil {
		return nil, 0, err
	}
	return r, int64(r.size()), nil
}

// at returns how to make a page of a moment.
func (t *trip) at(name, below string) (func() (site.Page, error), error) {
	below = strings.TrimLeft(below, "/") // or a redirect would lead to whatever host stands there
	at, err := t.moment(name)
	if err != nil {
		if lost := (*stray)(nil); errors.As(err, &lost) && !lost.Told() {
			lost.to = t.root() + below
		}
		return nil, err
	}
	path := t.root() + below
	return func() (site.Page, error) {
		s, err := t.site(name, at)
		if err != nil {
			return site.Page{}, err
		}
		return s.Page(path)
	}, nil
}

// calendar lists the days on which something changed.
func (t *trip) calendar() (site.Page, error) {
	days := t.past.Days(t.clock)
	if t.api {
		return t.visit.now.CalendarDocument(days)
	}
	return t.visit.now.Calendar(days)
}

func (t *trip) root() string {
	if t.api {
		return apiPrefix
	}
	return "/"
}

// today is the name of the present.
const today = "today"

// forms are how a moment may be written; a day means its end.
var forms = []string{"2006-01-02T15:04Z", "2006-01-02T15:04:05Z"}

// moment reads the name of a moment. The error is a *stray where nothing is
// known of it; without a text it leads to the present, of which the moment is
// part.
func (t *trip) moment(name string) (time.Time, error) {
	at, err := read(name)
	if err != nil {
		return time.Time{}, &stray{site.NoDate(), site.AtPrefix}
	}
	days := t.past.Days(t.clock)
	switch {
	case name == deadyet.DayOf(t.clock).String():
		return time.Time{}, &stray{}
	case at.After(t.clock):
		return time.Time{}, &stray{site.Future(), "/"}
	case len(days) == 0:
		return time.Time{}, &stray{site.BeforeAll(deadyet.Day{}), "/"}
	case at.Before(days[0].Start()):
		return time.Time{}, &stray{site.BeforeAll(days[0]), site.AtPrefix + days[0].String() + "/"}
	}
	return at, nil
}

func read(name string) (time.Time, error) {
	if d, err := deadyet.ParseDay(name); err == nil {
		return d.End().Add(-time.Nanosecond), nil
	}
	for _, form := range forms {
		if at, err := time.Parse(form, name); err == nil {
			return at, nil
		}
	}
	return time.Time{}, fmt.Errorf("read moment %q: want a day or a minute of UTC", name)
}

// site makes the site of a moment, one at a time: each takes a good part of a
// second of a slow machine, and much memory.
func (t *trip) site(name string, at time.Time) (*site.Site, error) {
	m := &t.server.machine
	return m.editions.get(t.past.Knowledge()+" "+string(t.visit.now.Language)+" "+name, func() (*site.Site, int64, error) {
		m.making.Lock()
		defer m.making.Unlock()
		s, err := site.NewAt(t.server.options.In(t.past.At(at), t.visit.now.Language), site.Moment{
			Name: name, Next: after(t.past.Days(t.clock), at, deadyet.DayOf(t.clock)), Rollups: t.server.options.Rollups,
		})
		return s, 1, err
	})
}

// after returns the first of the days that begins after a moment, zero if none
// does but the present one, which has a page of its own.
func after(days []deadyet.Day, at time.Time, present deadyet.Day) deadyet.Day {
	n, _ := slices.BinarySearchFunc(days, at, func(d deadyet.Day, t time.Time) int {
		if d.Start().After(t) {
			return 1
		}
		return -1
	})
	if n == len(days) || days[n] == present {
		return deadyet.Day{}
	}
	return days[n]
}
