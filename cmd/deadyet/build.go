package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/news"
	"deadyet/site"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

type buildFlags struct {
	out    string
	config string
	store  string
	tongue []string
	flags  interface{ Changed(string) bool }
}

func buildCommand(std stdio) *cobra.Command {
	f := &buildFlags{}
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the whole site to a folder, for any static host",
		Long: `Writes every page, every document of the API and the page as it was at each
change into a folder of plain files. Any static host can serve them, and a
browser can open them without one.

Nobody is asked: what is known is in the store, which is only read, or in the
record as long as there is no store. The folder is replaced as a whole once the
new one is complete. A folder with anything in it that was not written by this
command is left alone.`,
		Example: `  deadyet build -o public`,
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.flags = cmd.Flags()
			return f.run(cmd.Context(), std)
		},
	}
	cmd.Flags().StringVarP(&f.out, "output", "o", "", "`DIR` to write to, or to replace")
	cmd.Flags().StringVar(&f.config, "config", "deadyet.yaml", "configuration `FILE`")
	cmd.Flags().StringVar(&f.store, "store", config.DefaultSite().Store, "`FILE` in which everything is kept")
	cmd.Flags().StringSliceVar(&f.tongue, "language", nil, "`LANGUAGE`s to write, like en,de; all where it is left out")
	return cmd
}

func (f *buildFlags) run(ctx context.Context, std stdio) (err error) {
	if f.out == "" {
		return usagef("build: where to? want -o DIR")
	}
	languages, err := f.languages()
	if err != nil {
		return err
	}
	settings, subject, err := load(f.config, f.flags.Changed("config"))
	if err != nil {
		return err
	}
	if f.flags.Changed("store") {
		settings.Store = f.store
	}
	began := time.Now()
	target, err := newTarget(f.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.discard()) }()
	n, err := f.build(ctx, settings, subject, &builder{dir: target.fresh, now: began.UTC(), languages: languages})
	if err != nil {
		return err
	}
	if err := target.swap(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "Wrote %d files to %s in %s.\n", n, f.out, time.Since(began).Round(100*time.Millisecond))
	return err
}

// build writes the site into a folder and returns how many files it has.
func (f *buildFlags) build(ctx context.Context, settings config.Site, subject deadyet.Subject, b *builder) (n int, err error) {
	k, err := openKnown(ctx, settings, subject, f.flags.Changed("store"), settings.Live)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, k.Close()) }()
	if b.ledger = k.Ledger; k.store != nil {
		b.rollups = rollups(ctx, k.store)
	}
	if err := b.collect(ctx); err != nil {
		return 0, err
	}
	if err := b.write(ctx); err != nil {
		return 0, err
	}
	n, err = b.writeBeside()
	return len(b.pages) + n, err
}

// languages are those to write. The first stands at the root of the folder.
func (f *buildFlags) languages() (ls []deadyet.Language, err error) {
	for _, name := range f.tongue {
		l := deadyet.Language(name)
		if !slices.Contains(site.Languages(), l) {
			return nil, usagef("--language %q: want one of %v", name, site.Languages())
		}
		if !slices.Contains(ls, l) {
			ls = append(ls, l)
		}
	}
	if ls == nil {
		ls = site.Languages()
	}
	return ls, nil
}

// builder makes all pages and then, when it is known which there are, the files.
type builder struct {
	dir       string
	now       time.Time
	languages []deadyet.Language
	ledger    *ledger.Ledger
	rollups   func(deadyet.ServerID) ([]deadyet.Rollup, error) // nil without a store
	folder    site.Folder
	first     *site.Site // the present in the first language
	pages     []built
}

// built is a page at a path, with the prefixes of its language and moment.
type built struct {
	path string
	page site.Page
}

func (b *builder) collect(ctx context.Context) error {
	today := deadyet.DayOf(b.now)
	days := b.ledger.Days(b.now)
	if len(days) > 0 && days[len(days)-1] == today {
		days = days[:len(days)-1]
	}
	if err := b.present(ctx, days); err != nil {
		return err
	}
	return b.travel(ctx, days)
}

// travel makes what is written of each moment of the past, several at once.
func (b *builder) travel(ctx context.Context, days []deadyet.Day) error {
	made := make([][]built, len(days))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range days {
		m := site.Moment{Name: d.String(), Built: b.now, Languages: b.languages}
		if i+1 < len(days) {
			m.Next = days[i+1]
		}
		g.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			made[i], err = b.then(b.ledger.At(d.End().Add(-time.Nanosecond)), m)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, then := range made {
		b.pages = append(b.pages, then...)
	}
	return nil
}

// then makes what is written of one moment, in all languages.
func (b *builder) then(e deadyet.Edition, m site.Moment) (made []built, err error) {
	for _, l := range b.languages {
		s, err := site.NewAt(news.In(e, l), m)
		if err != nil {
			return nil, err
		}
		for _, p := range b.written(l, []string{"/", verdictDocument}) {
			page, err := s.Page(p)
			if err != nil {
				return nil, err
			}
			made = append(made, built{b.prefix(l) + site.AtPath(m.Name, p), page})
		}
	}
	return made, nil
}

// present makes the pages of the present, and the calendar.
func (b *builder) present(ctx context.Context, days []deadyet.Day) error {
	e := b.ledger.Edition(b.now)
	for _, l := range b.languages {
		pages, err := site.NewAt(news.In(e, l), site.Moment{Built: b.now, Languages: b.languages, Rollups: b.rollups})
		if err != nil {
			return err
		}
		if b.prefix(l) == "" {
			b.first = pages
		}
		if err := b.add(ctx, pages, pages.Paths()); err != nil {
			return err
		}
		calendar, err := pages.Calendar(days)
		if err != nil {
			return err
		}
		b.pages = append(b.pages, built{b.prefix(l) + site.AtPrefix, calendar})
		if b.prefix(l) != "" {
			continue
		}
		data, err := pages.CalendarDocument(days)
		if err != nil {
			return err
		}
		b.pages = append(b.pages, built{data.Path, data})
	}
	return nil
}

// prefix is what stands before the paths of a language: nothing before those of the
// first.
func (b *builder) prefix(l deadyet.Language) string {
	if l == b.languages[0] {
		return ""
	}
	return site.LanguagePrefix(l)
}

// once reports whether a page is the same in all languages: it is written once.
func once(path string) bool {
	return strings.HasPrefix(path, "/api/") || !strings.HasPrefix(path, "/badge/") && !site.ForPeople(path) &&
		path != site.PlainPath && path != site.VerdictPath && path != site.PreviewPath && !strings.HasSuffix(path, site.FeedPath)
}

// written leaves of the paths those that are written in a language.
func (b *builder) written(l deadyet.Language, paths []string) []string {
	if b.prefix(l) == "" {
		return paths
	}
	return slices.DeleteFunc(slices.Clone(paths), once)
}

// verdictDocument is what is written of the API for each moment of the past.
const verdictDocument = "/api/v1/verdict"

// add makes pages of the present.
func (b *builder) add(ctx context.Context, s *site.Site, paths []string) error {
	prefix := b.prefix(s.Edition().Language)
	paths = b.written(s.Edition().Language, paths)
	made := make([]built, len(paths))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range paths {
		g.Go(func() error {
			page, err := s.Page(p)
			made[i] = built{prefix + p, page}
			return errors.Join(err, ctx.Err())
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	b.pages = append(b.pages, made...)
	return nil
}

func (b *builder) write(ctx context.Context) error {
	names := make([]string, len(b.pages))
	for i, p := range b.pages {
		names[i] = filepath.FromSlash(b.folder.Add(p.path, p.page.Type))
		if !filepath.IsLocal(names[i]) {
			return fmt.Errorf("write page %q: its path can't be the name of a file", p.path)
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range b.pages {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return b.file(filepath.Join(b.dir, names[i]), p)
		})
	}
	return g.Wait()
}

// file writes one page, when the folder knows all.
func (b *builder) file(name string, p built) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	if err := os.WriteFile(name, b.folder.Page(p.path, p.page), 0o644); err != nil {
		return fmt.Errorf("write a page: %w", err)
	}
	return nil
}
