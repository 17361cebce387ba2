package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/sim"
	"deadyet/store/sqlite"
	"deadyet/subjects/msn"
)

// badLine is the line of every test: one connection in twenty is lost.
var badLine = sim.Options{Loss: 0.05, Seed: 20141204}

// played is a timeline while it is played, and what was on the page meanwhile.
type played struct {
	*stage
	book     *ledger.Ledger
	from, to time.Time
	rounds   int
	conns    int
	items    map[deadyet.ItemID]time.Time // of all that were ever told, when they were first
	verdicts []time.Time                  // the same
}

// play plays the timeline over the bad line, with rounds at p's moments.
func play(tb testing.TB, p pace, from, to string) *played {
	tb.Helper()
	line := asked(tb)
	s, err := newStage(line, badLine)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	x := &played{stage: s, book: openBook(tb, s.subject), from: day(tb, from), to: day(tb, to), items: make(map[deadyet.ItemID]time.Time)}
	began, events := time.Now(), line.events()
	watched := pace{before: time.Hour, after: 2 * oneConfirmation, days: 7}.moments(events, x.from, x.to)
	for _, at := range p.moments(events, x.from, x.to) {
		r, err := s.round(tb.Context(), x.book, x.book, at)
		if err != nil {
			tb.Fatal(err)
		}
		x.rounds, x.conns = x.rounds+1, x.conns+r.Connections
		if slices.ContainsFunc(watched, at.Equal) { // a look costs as much as a round
			x.look(tb, at)
		}
	}
	tb.Logf("seed %d: %d rounds in %s, %d connections, %d of them lost",
		badLine.Seed, x.rounds, time.Since(began).Round(time.Second), x.conns, s.fleet.Lost())
	return x
}

// look notes what is on the page for the first time.
func (x *played) look(tb testing.TB, at time.Time) {
	tb.Helper()
	told, err := x.book.Replay(tb.Context(), at, false)
	if err != nil {
		tb.Fatal(err)
	}
	for len(x.verdicts) < len(told.Verdicts[x.subject.Network]) {
		x.verdicts = append(x.verdicts, at)
	}
	for _, f := range told.Items {
		if _, known := x.items[f.Item.ID]; !known {
			x.items[f.Item.ID] = at
		}
	}
}

// asked is the official timeline. Each version costs questions, and over tcp a
// connection of its own: where time is short, those that decide have to do.
func asked(tb testing.TB) *timeline {
	tb.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		tb.Fatal(err)
	}
	for n := range s.Networks {
		for i := range s.Networks[n].Ask {
			if a := &s.Networks[n].Ask[i]; raced {
				a.Versions = slices.DeleteFunc(a.Versions, func(v deadyet.Version) bool {
					return !slices.Contains([]deadyet.Version{"MSNP18", "MSNP21", "MSNP22"}, v)
				})
			}
		}
	}
	line, err := newTimeline(s, deadyet.DayOf(day(tb, timelineBegins)))
	if err != nil {
		tb.Fatal(err)
	}
	return line
}

// forgetful keeps nothing: the ledger has in memory what it needs.
type forgetful struct{ noBook }

func (forgetful) Commit(context.Context, ledger.Entry) error { return nil }

func openBook(tb testing.TB, s deadyet.Subject) *ledger.Ledger {
	tb.Helper()
	var book ledger.Book = forgetful{}
	if !raced {
		store, err := sqlite.Open(tb.Context(), filepath.Join(tb.TempDir(), "stage.db"))
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() { store.Close() })
		book = store
	}
	l, err := ledger.Open(tb.Context(), book, s, ledger.Options{Vantage: "stage", Live: true})
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func day(tb testing.TB, s string) time.Time {
	tb.Helper()
	d, err := deadyet.ParseDay(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d.Start()
}

// recorded is the edition of the record alone, after the end.
func (x *played) recorded(tb testing.TB) deadyet.Edition {
	tb.Helper()
	l, err := ledger.Open(tb.Context(), noBook{}, x.line.recorded, ledger.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return l.Edition(day(tb, timelineEnds))
}

// within are the items of the time that was played, but for those about who was
// listed: the record's first lists begin later.
func (x *played) within(items []deadyet.Item) (own []deadyet.Item) {
	for _, i := range items {
		beside := i.Kind == deadyet.ItemListed || i.Kind == deadyet.ItemRetired || i.Kind == deadyet.ItemNote
		if !beside && !i.At.Before(x.from) && !i.At.After(x.to) {
			own = append(own, i)
		}
	}
	return own
}

// short is what an item tells, with shares as words.
func short(i deadyet.Item) string {
	var parts []string
	for _, p := range i.Parts {
		front := "" // of a share the record does not know who was internal; front doors it always tells apart
		if p.Role == deadyet.RoleMain {
			front = "main "
		}
		parts = append(parts, fmt.Sprintf("%s %s%s", shareWord(p.Count, p.Of), front, p.Region))
	}
	line := fmt.Sprintf("%s %s: %s %v %v %s%s", i.At.Format(time.DateOnly), i.Kind, strings.Join(parts, ", "), i.Ports, i.Versions, i.To, i.Name)
	if !i.Until.IsZero() {
		line += " until " + i.Until.From.Format(time.DateOnly)
	}
	return line
}

// shareWord is the word for a share, or the number where there is none.
func shareWord(n, of int) string {
	switch {
	case n == of:
		return "all"
	case n*10 >= of*9:
		return "almost all"
	case n*2 > of:
		return "most"
	case n*4 >= of:
		return "many"
	}
	return fmt.Sprint(n)
}
