package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/sim"

	"github.com/spf13/cobra"
)

type demoFlags struct {
	listen   string
	interval time.Duration
	from     string
	pauseAt  string
}

func demoCommand(std stdio) *cobra.Command {
	f := &demoFlags{listen: config.DefaultSite().Listen, interval: demoInterval, from: demoBegins}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Watch MSN die once more, in three minutes, with simulated servers",
		Long: `Simulates the official servers of MSN as the record knows them from November
2014 to May 2017, asks them over real sockets, and serves the page. Verdict,
news and tables change as they would have then, in about three minutes; reload
the page to see it. No network, no root and no configuration are needed, nothing
real is dialled, nothing is kept, and everything is marked as SIMULATED.

While it runs it reads from standard input, a letter and Enter:

  p    pause, and go on
  r    start again from the beginning`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), std) },
	}
	cmd.Flags().StringVar(&f.listen, "listen", f.listen, "`address` of the page")
	cmd.Flags().DurationVar(&f.interval, "interval", f.interval, "real time between two rounds; there are about 110")
	cmd.Flags().StringVar(&f.from, "from", f.from, "begin on that `day`")
	cmd.Flags().StringVar(&f.pauseAt, "pause-at", "", "pause after that `day`, e.g. 2015-02-26")
	return cmd
}

// The demo plays the time in which something happened, with four rounds around
// each event, which is what a change needs until it counts, and few between.
const (
	demoBegins   = "2014-11-20"
	demoEnds     = "2017-05-21"
	demoInterval = 1500 * time.Millisecond
)

var demoPace = pace{before: time.Hour, after: 3 * time.Hour, days: 30}

func (f *demoFlags) run(ctx context.Context, std stdio) error {
	if f.interval <= 0 {
		return usagef("--interval %s: want more than nothing, e.g. 1s", f.interval)
	}
	p, err := f.player(std)
	if err != nil {
		return err
	}
	defer p.stage.Close()
	go p.listen(std.in) // ends with the process: nothing can interrupt a read from a terminal
	for {
		if err := f.show(ctx, p, std.err); !errors.Is(err, errAgain) {
			return err
		}
	}
}

func (f *demoFlags) player(std stdio) (*player, error) {
	p := &player{interval: f.interval, keys: make(chan string), log: logger(std.err), clock: &clock{}}
	if f.pauseAt != "" {
		d, err := deadyet.ParseDay(f.pauseAt)
		if err != nil {
			return nil, usagef("--pause-at: %w", err)
		}
		p.pauseAt = d.End()
	}
	line, err := officialTimeline()
	if err != nil {
		return nil, err
	}
	if p.moments, err = f.moments(line); err != nil {
		return nil, err
	}
	p.stage, err = newStage(line, sim.Options{})
	return p, err
}

func (f *demoFlags) moments(line *timeline) ([]time.Time, error) {
	end, err := deadyet.ParseDay(demoEnds)
	if err != nil {
		return nil, err
	}
	from, err := deadyet.ParseDay(f.from)
	if err != nil {
		return nil, usagef("--from: %w", err)
	}
	if from.Before(line.begins) || !from.Before(end) {
		return nil, usagef("--from %s: want a day from %s to %s", from, line.begins, demoEnds)
	}
	return demoPace.moments(line.events(), from.Start(), end.Start()), nil
}

// show plays the timeline once, with a page and a store of its own, until it is
// to be played again.
func (f *demoFlags) show(ctx context.Context, p *player, out io.Writer) error {
	folder, err := os.MkdirTemp("", "deadyet-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer os.RemoveAll(folder)
	site := config.DefaultSite()
	site.Listen, site.Store, site.Vantage = f.listen, filepath.Join(folder, "demo.db"), p.stage.runner.Vantage
	subject := p.stage.subject
	subject.Texts = demoTexts(subject.Texts)
	p.clock.set(p.moments[0])
	a := app{subject: subject, site: site, live: true, now: p.clock.now, drive: p.drive, shown: newTeller(p.log).tell, log: p.log}
	a.ready = func(url string) {
		if strings.HasSuffix(f.listen, ":0") {
			f.listen = strings.TrimPrefix(url, "http://") // the same page when it is played again
		}
		fmt.Fprintf(out, "SIMULATED: %d servers that do not exist live once more through %s to %s.\nThe page is at %s\n%s\n",
			len(subject.Networks[0].Servers), spoken(p.moments[0]), spoken(p.moments[len(p.moments)-1]), url, demoKeys)
	}
	return a.run(ctx)
}

const demoKeys = "p and Enter pauses and goes on, r and Enter starts again, Ctrl-C ends it."

// listen hands on the letters that are typed.
func (p *player) listen(in io.Reader) {
	for lines := bufio.NewScanner(in); lines.Scan(); {
		p.keys <- strings.TrimSpace(lines.Text())
	}
}
