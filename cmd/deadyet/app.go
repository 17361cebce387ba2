package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/news"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/store/sqlite"
	"deadyet/web"

	"golang.org/x/sync/errgroup"
)

// app is a running deadyet: the store, the schedule and the page.
type app struct {
	subject deadyet.Subject
	site    config.Site
	live    bool // ask the networks that may be asked
	reader  bool // open the store for reading only
	dialMap map[string]string
	log     *slog.Logger
	ready   func(url string) // told where the page is

	// What follows may be nil.
	now   func() time.Time                      // the clock of the page; nil: the real one
	drive func(context.Context, recorder) error // makes the rounds, in place of the schedule
	shown func(deadyet.Edition)                 // told each edition that is on the page
}

// run serves until ctx ends, and ends cleanly: the running round is given up,
// standing requests are answered, the store is closed.
func (a app) run(ctx context.Context) (err error) {
	store, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	book, err := a.ledger(ctx, store)
	if err != nil {
		return err
	}
	if a.now == nil {
		a.now = time.Now
	}
	if a.drive == nil {
		a.drive = a.ask
	}
	trouble := &trouble{}
	pages := web.New(web.Options{Simulated: a.subject.Simulated, Trouble: trouble.text, Now: a.now, In: news.In, Rollups: rollups(ctx, store), Today: today(ctx, store)})
	publish := a.publisher(ctx, store, book, pages)
	publish()
	listener, err := net.Listen("tcp", a.site.Listen)
	if err != nil {
		return fmt.Errorf("open the page's port: %w; --listen chooses another one", err)
	}
	a.ready("http://" + shown(listener.Addr()))
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return serve(ctx, listener, pages) })
	g.Go(func() error { return every(ctx, time.Minute, publish) })
	if a.live {
		g.Go(func() error { return a.drive(ctx, recorder{book, publish, trouble}) })
	}
	return g.Wait()
}

// publisher returns what puts a new edition on the page.
func (a app) publisher(ctx context.Context, store *sqlite.Store, book *ledger.Ledger, pages *web.Server) func() {
	return func() {
		known := book
		if a.reader { // another program writes: look again
			fresh, err := a.ledger(ctx, store)
			if err != nil {
				a.log.Error("the store can't be read; the last page stays", "err", err)
				return
			}
			known = fresh
		}
		e := known.Edition(a.now().UTC())
		if err := pages.Publish(e); err != nil {
			a.log.Error("the page can't be made; the last one stays", "err", err)
			return
		}
		if !a.reader {
			if err := known.Publish(context.WithoutCancel(ctx), e.Items, e.At); err != nil {
				a.log.Error("the names of the news can't be kept; they will be tried again", "err", err)
			}
		}
		pages.Remember(known)
		if a.shown != nil {
			a.shown(e)
		}
	}
}

// open opens the store.
func (a app) open(ctx context.Context) (*sqlite.Store, error) {
	if a.reader {
		return sqlite.OpenReadOnly(ctx, a.site.Store)
	}
	return sqlite.Open(ctx, a.site.Store)
}

func (a app) ledger(ctx context.Context, s *sqlite.Store) (*ledger.Ledger, error) {
	return ledger.Open(ctx, s, a.subject, ledger.Options{Vantage: a.site.Vantage, Live: a.live})
}

// rollups reads what the rounds at a server sum up to from the store, until ctx ends.
func rollups(ctx context.Context, s *sqlite.Store) func(deadyet.ServerID) ([]deadyet.Rollup, error) {
	return func(id deadyet.ServerID) ([]deadyet.Rollup, error) { return s.Rollups(ctx, id) }
}

// today is the same for what the last day sums up to so far.
func today(ctx context.Context, s *sqlite.Store) func() ([]deadyet.Rollup, error) {
	return func() ([]deadyet.Rollup, error) { return s.Today(ctx) }
}

// shown is the address for people: a wildcard is this machine.
func shown(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// serve answers requests until ctx ends, and then those that stand.
func serve(ctx context.Context, l net.Listener, h http.Handler) error {
	server := web.HTTPServer(l.Addr().String(), h)
	done := context.AfterFunc(ctx, func() {
		patience, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = server.Shutdown(patience) // after the patience the rest is cut off
	})
	defer done()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page: %w", err)
	}
	return nil
}

// every calls do again and again: a verdict changes by the mere passing of
// time, too.
func every(ctx context.Context, d time.Duration, do func()) error {
	t := time.NewTicker(d)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			do()
		}
	}
}

// ask runs the schedule.
func (a app) ask(ctx context.Context, r recorder) error {
	book := r.Ledger
	here := func(host string) bool { return a.dialMap != nil || scan.Local(host) }
	timeouts := probe.Timeouts{Connect: a.site.Timeouts.Connect, TLS: a.site.Timeouts.TLS, Answer: a.site.Timeouts.Answer}
	canary, end, err := canaryFor(a.subject, a.canaryHosts(), max(timeouts.Connect, 5*time.Second), here)
	if err != nil {
		return err
	}
	defer end()
	lean(scan.MakePlan(scan.Input{Subject: a.subject, Now: time.Now()}))
	budget := scan.NewBudget(a.subject, book.Spent(deadyet.DayOf(time.Now())))
	line := &scan.Line{}
	prober := &probe.Prober{
		Dialer: &probe.Dialer{
			Listed: probe.Hosts(a.subject), OptOut: a.subject.OptOut, Map: a.dialMap, Traffic: line.Add,
			Private: a.private(), Pace: a.pace(),
			Permit:  func(host string) error { return budget.Take(host, time.Now()) },
			PerHost: a.perHost,
		},
		Timeouts: timeouts, Control: a.subject.Control, Follow: probe.Consenting(a.subject),
		Agent: agent(a.subject.Public, a.subject.Source), Names: a.names(),
	}
	return scan.Schedule{
		Subject: a.subject, Memory: memory{book}, Log: a.log,
		Recorder: r, Reserve: r.Reserve,
		Runner: scan.Runner{Prober: prober, Vantage: a.site.Vantage, Canary: canary, Budget: budget, Local: here, Pause: a.pause(), Line: line, LossLimit: float64(a.site.LossLimit) / 100},
	}.Run(ctx)
}

// pause is how long a round waits for its second pass. What is simulated has no
// rate limits that end.
func (a app) pause() time.Duration {
	if a.dialMap != nil {
		return time.Second
	}
	return scan.Pause
}

// canaryHosts: behind a dial map nothing public is looked at.
func (a app) canaryHosts() []string {
	if a.dialMap != nil {
		return nil
	}
	return a.site.Canary
}

// own reports whether a host is the operator's, by the configuration.
func (a app) own(host string) bool { return slices.Contains(a.site.Own, host) }

// private reports which hosts may be special addresses: those of the operator,
// and those that the files list as such.
func (a app) private() func(host string) bool {
	listed := make(map[string]bool)
	for _, n := range a.subject.Networks {
		for _, s := range n.Servers {
			if _, err := netip.ParseAddr(s.Address); err == nil {
				listed[s.Address] = true
			}
		}
	}
	return func(host string) bool { return a.dialMap != nil || a.own(host) || listed[host] }
}

// pace is how fast connections may be made. What is simulated is on this
// machine, and hurts nobody.
func (a app) pace() probe.Pace {
	if a.dialMap != nil {
		return probe.Pace{}
	}
	return a.site.Pace
}

// agent is what gateways are told about who asks: the first address under which
// somebody can read about it.
func agent(about ...string) string {
	for _, url := range about {
		if url != "" {
			return "deadyet (+" + url + ")"
		}
	}
	return "deadyet"
}

// perHost is how many connections a host takes at one time.
func (a app) perHost(host string) int {
	if a.own(host) {
		return max(1, a.site.OwnConnections)
	}
	n := 1
	for _, network := range a.subject.Networks {
		for _, s := range network.Servers {
			if s.Address == host {
				n = max(n, network.PerHost)
			}
		}
	}
	return n
}

// memory shows the ledger to the schedule.
type memory struct{ *ledger.Ledger }

// Last tells what was found last at a check.
func (m memory) Last(id deadyet.CheckID) scan.Last {
	outcome, asked := m.Ledger.Last(id)
	return scan.Last{Outcome: outcome, Asked: asked}
}

// recorder publishes a new page after each round, and tells the operator when
// nothing can be kept.
type recorder struct {
	*ledger.Ledger
	publish func()
	trouble *trouble
}

// Record keeps the round and publishes.
func (r recorder) Record(ctx context.Context, round deadyet.Round) error {
	if err := r.trouble.note(r.Ledger.Record(ctx, round)); err != nil {
		return err
	}
	r.publish()
	return nil
}

// Reserve notes what a round may spend.
func (r recorder) Reserve(ctx context.Context, spent []deadyet.Spent) error {
	return r.trouble.note(r.Ledger.Reserve(ctx, spent))
}

// trouble is the last error of the store, until it takes something again.
type trouble struct{ err atomic.Pointer[error] }

func (t *trouble) note(err error) error {
	if t.err.Store(nil); err != nil {
		t.err.Store(&err)
	}
	return err
}

func (t *trouble) text() string {
	if err := t.err.Load(); err != nil {
		return (*err).Error()
	}
	return ""
}
