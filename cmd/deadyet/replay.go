package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/store/sqlite"

	"github.com/spf13/cobra"
)

type replayFlags struct {
	config   string
	from     string
	rules    string
	since    string
	until    string
	networks bool
	updates  bool
	json     bool
	flags    interface{ Changed(string) bool }
}

func replayCommand(std stdio) *cobra.Command {
	f := &replayFlags{}
	cmd := &cobra.Command{
		Use:   "replay",
		Short: "Tell the past once more: the verdicts and the news as they were published",
		Long: `Feeds the past through the same code that writes the page, and prints the
verdicts and the news as they would have been published. Nothing is written,
and nobody is asked.

The past is the record of the subject, a store, or a file: one that ends in
.yaml is taken for a record in place of the subject's own, any other for a
store.`,
		Example: `  deadyet replay --since 2014-11-01 --until 2017-06-01
  deadyet replay --from store --updates --json
  deadyet replay --rules my-rule.yaml`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.flags = cmd.Flags()
			return f.run(cmd.Context(), std)
		},
	}
	cmd.Flags().StringVar(&f.config, "config", "deadyet.yaml", "configuration `FILE`")
	cmd.Flags().StringVar(&f.from, "from", "record", "what to tell: 'record', 'store', or a `FILE`")
	cmd.Flags().StringVar(&f.rules, "rules", "", "try the rule in `FILE`, and print the difference")
	cmd.Flags().StringVar(&f.since, "since", "", "leave out what began before that `day`")
	cmd.Flags().StringVar(&f.until, "until", "", "stop at the beginning of that `day`; now if not given")
	cmd.Flags().BoolVar(&f.networks, "networks", false, "print the verdicts of all networks")
	cmd.Flags().BoolVar(&f.updates, "updates", false, "print every form of an item, not only the last")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	return cmd
}

func (f *replayFlags) run(ctx context.Context, std stdio) error {
	site, subject, err := load(f.config, f.flags.Changed("config"))
	if err != nil {
		return err
	}
	window, err := f.window(time.Now().UTC())
	if err != nil {
		return err
	}
	before, err := f.tell(ctx, site, subject, window)
	if err != nil {
		return err
	}
	if f.rules == "" {
		return f.print(std.out, before.lines)
	}
	data, err := os.ReadFile(f.rules)
	if err != nil {
		return usagef("--rules: %w", err)
	}
	if subject, err = config.WithRule(subject, f.rules, data); err != nil {
		return &usageError{err}
	}
	after, err := f.tell(ctx, site, subject, window)
	if err != nil {
		return err
	}
	return f.print(std.out, difference(before.lines, after.lines))
}

// window is the time that is told.
type window struct{ since, until time.Time }

func (f *replayFlags) window(now time.Time) (w window, err error) {
	w.until = now
	for _, flag := range []struct {
		name, text string
		to         *time.Time
	}{{"since", f.since, &w.since}, {"until", f.until, &w.until}} {
		if flag.text == "" {
			continue
		}
		d, err := deadyet.ParseDay(flag.text)
		if err != nil {
			return w, usagef("--%s: %w", flag.name, err)
		}
		*flag.to = d.Start()
	}
	if !w.since.Before(w.until) {
		return w, usagef("--since %s is not before --until %s", w.since.Format(time.DateOnly), w.until.Format(time.DateOnly))
	}
	return w, nil
}

// told is a replay, line by line.
type told struct{ lines []replayLine }

// tell opens what --from names and tells it.
func (f *replayFlags) tell(ctx context.Context, site config.Site, s deadyet.Subject, w window) (_ told, err error) {
	book, s, err := f.source(ctx, site, s)
	if err != nil {
		return told{}, err
	}
	if c, ok := book.(io.Closer); ok {
		defer func() { err = errors.Join(err, c.Close()) }()
	}
	l, err := ledger.Open(ctx, book, s, ledger.Options{Vantage: site.Vantage})
	if err != nil {
		return told{}, err
	}
	r, err := l.Replay(ctx, w.until, f.updates)
	if err != nil {
		return told{}, err
	}
	lines := f.verdictLines(s, r, w)
	for _, form := range r.Items {
		if !form.Item.At.Before(w.since) && form.Item.At.Before(w.until) {
			lines = append(lines, itemLineOf(form))
		}
	}
	slices.SortStableFunc(lines, compareLines)
	if !f.json && f.rules == "" {
		lines = append(lines, situations(r, lines)...)
		slices.SortStableFunc(lines, compareLines)
	}
	return told{lines}, nil
}

// source opens the past.
func (f *replayFlags) source(ctx context.Context, site config.Site, s deadyet.Subject) (ledger.Book, deadyet.Subject, error) {
	switch {
	case f.from == "record":
		return noBook{}, s, nil
	case f.from == "store":
		return f.store(ctx, site.Store, s)
	case strings.HasSuffix(f.from, ".yaml") || strings.HasSuffix(f.from, ".yml"):
		data, err := os.ReadFile(f.from)
		if err != nil {
			return nil, s, usagef("--from: %w", err)
		}
		if s, err = config.WithRecord(s, filepath.ToSlash(f.from), data); err != nil {
			return nil, s, &usageError{err}
		}
		return noBook{}, s, nil
	}
	return f.store(ctx, f.from, s)
}

func (f *replayFlags) store(ctx context.Context, path string, s deadyet.Subject) (ledger.Book, deadyet.Subject, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, s, usagef("--from: %w; want 'record', 'store', or the file of a store or of a record", err)
	}
	store, err := sqlite.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, s, err
	}
	return store, s, nil
}

// noBook is a store without anything in it: then the record is all there is.
type noBook struct{}

func (noBook) Load(context.Context, deadyet.VantageID) (ledger.Memory, error) {
	return ledger.Memory{}, nil
}
func (noBook) Commit(context.Context, ledger.Entry) error        { return errReplay }
func (noBook) Reserve(context.Context, []deadyet.Spent) error    { return errReplay }
func (noBook) Publish(context.Context, ledger.Publication) error { return errReplay }

var errReplay = errors.New("a replay writes nothing")

// verdictLines returns the verdicts of the subject, or of all networks. The one
// that held at the beginning of the time that is told opens it.
func (f *replayFlags) verdictLines(s deadyet.Subject, r ledger.Replayed, w window) (lines []replayLine) {
	for _, n := range s.Networks {
		if !f.networks && n.ID != s.Network {
			continue
		}
		add := func(v deadyet.Verdict) {
			line := verdictLineOf(v)
			if f.networks {
				line.Network = n.ID
			}
			lines = append(lines, line)
		}
		opened := false
		for _, v := range r.Verdicts[n.ID] {
			switch began := v.At; {
			case began.After(w.since) && began.Before(w.until):
				add(v)
			case !began.After(w.since) && !opened:
				opened = true
				v = r.Verdict(n, w.since)
				v.At, v.Published = w.since, w.since
				add(v)
			}
		}
	}
	return lines
}

// situations returns how things stood at the end of each day on which something
// was told.
func situations(r ledger.Replayed, lines []replayLine) (out []replayLine) {
	var last time.Time
	for _, line := range lines {
		end := deadyet.DayOf(line.At).End()
		if end.Equal(last) {
			continue
		}
		last = end
		out = append(out, replayLine{Type: typeSituation, At: end.Add(-1), Text: r.Situation(end.Add(-1))})
	}
	return out
}

// difference returns the lines that are in one of two replays only.
func difference(before, after []replayLine) (out []replayLine) {
	only := func(a, b []replayLine, mark string) {
		there := make(map[string]bool)
		for _, line := range b {
			there[line.key()] = true
		}
		for _, line := range a {
			if !there[line.key()] {
				line.Change = mark
				out = append(out, line)
			}
		}
	}
	only(before, after, "-")
	only(after, before, "+")
	slices.SortStableFunc(out, compareLines)
	return out
}

func (f *replayFlags) print(w io.Writer, lines []replayLine) error {
	if f.json {
		return printJSON(w, lines)
	}
	if len(lines) == 0 {
		_, err := fmt.Fprintln(w, "Nothing is told.")
		return err
	}
	return printText(w, lines)
}
