package web

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"deadyet"
	"deadyet/site"

	"github.com/prometheus/client_golang/prometheus"
)

// Options are the settings of a server. The zero value is ready for use.
type Options struct {
	// Simulated marks every answer as simulated, even before the first edition
	// is there. An edition of a simulated subject does so by itself.
	Simulated bool
	// Now is the clock for the age of the last round; nil means time.Now.
	Now func() time.Time
	// Trouble tells the operator, by /healthz, what is wrong behind the page,
	// such as a disk that takes nothing; "" while nothing is. nil: never.
	// It is called by several goroutines.
	Trouble func() string
	// In puts an edition into another language; nil leaves its words as they are. It is
	// called by several goroutines.
	In func(deadyet.Edition, deadyet.Language) deadyet.Edition
	// Rollups tells what the rounds at a server sum up to, see [site.Moment]. nil:
	// nobody knows. It is called by several goroutines.
	Rollups func(deadyet.ServerID) ([]deadyet.Rollup, error)
	// Today tells what the last day of each vantage sums up to so far, by server, for
	// the metrics. nil: nobody knows.
	Today func() ([]deadyet.Rollup, error)
}

// Server serves the latest edition. It is an [http.Handler] for concurrent
// use. Make one with [New].
type Server struct {
	options  Options
	current  atomic.Pointer[edition]
	publish  sync.Mutex // one at a time, so that the last one called wins
	requests *prometheus.CounterVec
	metrics  http.Handler
	machine  machine
	bell     bell
}

// edition is a site with the answers that were made of it.
type edition struct {
	*site.Site
	front  *response
	cache  cache
	others map[deadyet.Language]func() (*edition, error) // the same in other languages
}

// New returns a server without an edition: until the first is published it
// answers 503.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.In == nil {
		o.In = func(e deadyet.Edition, l deadyet.Language) deadyet.Edition {
			e.Language = l
			return e
		}
	}
	s := &Server{options: o, bell: bell{closing: make(chan struct{})}}
	s.requests, s.metrics = s.newMetrics()
	return s
}

// Publish makes the pages of e and shows them from now on. When they can't be
// made, the edition before stays and the error says why.
func (s *Server) Publish(e deadyet.Edition) error {
	s.publish.Lock()
	defer s.publish.Unlock()
	made, err := s.makeEdition(e)
	if err != nil {
		return fmt.Errorf("publish edition %s: %w", e.ID, err)
	}
	made.others = s.tongues(e)
	s.current.Store(made)
	s.bell.ring(change(e))
	return nil
}

func (s *Server) makeEdition(e deadyet.Edition) (*edition, error) {
	pages, err := site.NewAt(e, site.Moment{Rollups: s.options.Rollups})
	if err != nil {
		return nil, err
	}
	front, err := pages.Page("/")
	if err != nil {
		return nil, err
	}
	r, err := makeResponse(front)
	if err != nil {
		return nil, err
	}
	return &edition{Site: pages, front: r}, nil
}

func (s *Server) simulated(e *edition) bool {
	return s.options.Simulated || (e != nil && e.Edition().Subject.Simulated)
}

// HTTPServer returns a server for handler with limits on what a visitor may
// take: time to send a request, time to read the answer, and headers.
//
// When it is shut down, a [Server] is closed first: standing connections would
// keep it waiting.
func HTTPServer(addr string, handler http.Handler) *http.Server {
	server := &http.Server{
		Addr:              addr,
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       20 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	if s, ok := handler.(*Server); ok {
		server.RegisterOnShutdown(s.Close)
	}
	return server
}
