package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"sync"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/scan"

	"golang.org/x/term"
)

// stream scans the targets of standard input as they come.
type stream struct {
	flags    *scanFlags
	subject  deadyet.Subject // without servers
	versions []deadyet.Version
	resume   *resume
	lines    int
	asked    int   // lines that name a target
	err      error // what is wrong with standard input

	mu     sync.Mutex
	listed map[string]int // hosts that are being asked; guarded by mu
}

// pipe reads targets from standard input and prints each as it is done.
func (f *scanFlags) pipe(ctx context.Context, args []string, std stdio) (err error) {
	if len(args) > 1 {
		return usagef("scan: targets come from standard input (-) or are named, not both")
	}
	var dialMap map[string]string
	if f.dialMap != "" {
		if dialMap, err = readDialMap(f.dialMap); err != nil {
			return err
		}
	}
	s := &stream{flags: f, listed: make(map[string]int)}
	if s.subject, err = f.subject(nil, dialMap != nil); err != nil {
		return err
	}
	if s.versions, err = config.ParseVersions(f.versions); err != nil {
		return usagef("--versions: %w", err)
	}
	if s.resume, err = openResume(f.resume); err != nil {
		return err
	}
	canary, end, err := canaryOf(dialMap == nil, f.canary, f.timeout)
	if err != nil {
		return err
	}
	defer end()
	runner := f.runner(s.subject, dialMap, s.lists, nil)
	runner.Canary = canary
	return s.run(ctx, runner, std)
}

func (s *stream) run(ctx context.Context, runner scan.Runner, std stdio) error {
	out := s.printer(std)
	sum, err := runner.Stream(ctx, s.jobs(std.in), func(n int, os []deadyet.Observation) error {
		if err := out.job(os); err != nil {
			return err
		}
		s.leave(os[0].Check.Server.Name())
		s.resume.done(n)
		return s.resume.store(time.Now(), false)
	})
	out.end()
	switch {
	case err != nil || s.err != nil:
		if kept := s.resume.store(time.Now(), true); kept != nil {
			return errors.Join(err, s.err, kept)
		}
		return errors.Join(s.err, err)
	case s.asked == 0:
		return usagef("standard input names no target")
	}
	if err := out.sum(sum); err != nil {
		return err
	}
	return s.resume.finish()
}

// jobs reads one target a line; "#" begins a comment. It ends at the first
// mistake: what comes before it is asked.
func (s *stream) jobs(in io.Reader) iter.Seq2[int, scan.Job] {
	return func(yield func(int, scan.Job) bool) {
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			s.lines++
			j, ok := s.line(s.lines, lines.Text())
			if s.err != nil || (ok && !yield(s.lines, j)) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			s.err = fmt.Errorf("read targets from standard input: line %d: %w", s.lines+1, err)
			return
		}
		s.err = s.resume.ended(s.lines)
	}
}

// line makes a job of a line; ok is false where nothing is to be asked.
func (s *stream) line(n int, text string) (j scan.Job, ok bool) {
	done, err := s.resume.read(n, text)
	if err != nil {
		s.err = err
		return j, false
	}
	text, _, _ = strings.Cut(text, "#")
	if text = strings.TrimSpace(text); text == "" {
		s.resume.done(n)
		return j, false
	}
	s.asked++
	if done {
		return j, false
	}
	t, err := parseTarget(text)
	if err != nil {
		s.err = usagef("standard input, line %d: %w", n, err)
		return j, false
	}
	sub := s.subject
	sub.Networks = []deadyet.Network{adhoc([]target{t}, s.versions, s.flags.perHost, s.consent())}
	s.enter(t.host)
	return scan.MakePlan(scan.Input{Subject: sub, Now: time.Now()}).Jobs[0], true
}

func (s *stream) consent() deadyet.Consent { return s.subject.Networks[0].Consent }

// lists lets the dialer connect to hosts that are being asked only.
func (s *stream) lists(host string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listed[host] > 0
}

func (s *stream) enter(host string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listed[host]++
}

func (s *stream) leave(host string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listed[host]--; s.listed[host] <= 0 {
		delete(s.listed, host)
	}
}

// streamPrinter prints jobs as they are done: one goroutine at a time uses it.
type streamPrinter struct {
	json     *jsonPrinter // nil: as a table, one endpoint a line
	out, err io.Writer
	terminal bool // err shows how many are done
	jobs     int
}

func (s *stream) printer(std stdio) *streamPrinter {
	p := &streamPrinter{out: std.out, err: std.err}
	file, ok := std.err.(*os.File)
	p.terminal = ok && term.IsTerminal(int(file.Fd()))
	if s.flags.json {
		p.json = newJSONPrinter(std.out, s.subject)
		p.json.server = func(id deadyet.ServerID) deadyet.Server {
			return adhoc([]target{{host: id.Name()}}, nil, 1, deadyet.Consent{}).Servers[0]
		}
		return p
	}
	if s.subject.Simulated {
		fmt.Fprintln(std.out, "SIMULATED: none of these servers is real.")
	}
	fmt.Fprintln(std.out, strings.Join(tableHeader(), "\t"))
	return p
}

func (p *streamPrinter) job(os []deadyet.Observation) error {
	p.jobs++
	if p.terminal {
		defer fmt.Fprintf(p.err, "\r%d done …", p.jobs)
	}
	if p.json != nil {
		for _, o := range os {
			p.json.observation(o)
		}
		return p.json.err
	}
	var b bytes.Buffer
	for _, r := range endpoints(os) {
		fmt.Fprintln(&b, strings.Join(r.cells(r.endpoint.Server.Name(), "; "), "\t"))
	}
	if _, err := p.out.Write(b.Bytes()); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return nil
}

// end takes the progress away.
func (p *streamPrinter) end() {
	if p.terminal {
		fmt.Fprint(p.err, "\r\033[K")
	}
}

func (p *streamPrinter) sum(r deadyet.RoundSummary) error {
	if p.json != nil {
		p.json.round(r)
		return p.json.err
	}
	var b bytes.Buffer
	printSummary(&b, r)
	if _, err := p.out.Write(b.Bytes()); err != nil {
		return fmt.Errorf("print the summary: %w", err)
	}
	return nil
}
