package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/news"
	"deadyet/site"
	"deadyet/subjects/msn"
)

// record is a ledger of what the built-in record tells, and nothing else.
func record(t *testing.T) *ledger.Ledger {
	t.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), forgetful{}, s, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// endOf is the last moment of a day.
func endOf(t *testing.T, day string) time.Time {
	t.Helper()
	d, err := deadyet.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return d.End().Add(-1)
}

// The two days between which most of MSN went, as a page.
func TestStory_whatLiesBetween(t *testing.T) {
	l := record(t)
	at := func(day string) site.Side { return site.Side{Name: day, Edition: l.At(endOf(t, day))} }
	s, err := site.New(l.At(endOf(t, "2017-06-01")))
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Diff(at("2015-02-25"), at("2015-02-27"))
	if err != nil {
		t.Fatal(err)
	}
	isGolden(t, filepath.Join("testdata", "golden", "diff.html"), p.Body)
}

// The story of the record in German, as somebody would read it on the last day: every
// verdict with its reason, every item, and how things stood on a few days.
func TestStory_inGerman(t *testing.T) {
	l := record(t)
	var b strings.Builder
	e := news.In(l.At(endOf(t, "2017-06-01")), "de")
	fmt.Fprintln(&b, e.Subject.Question)
	for _, v := range e.Verdicts {
		fmt.Fprintf(&b, "\n%s %s\n%s\n", v.At.Format(time.DateOnly), v.Says, v.Reason)
	}
	for _, i := range slices.Backward(e.Items) {
		fmt.Fprintf(&b, "\n%s %s\n%s\n", i.At.Format(time.DateOnly), i.Title, i.Body)
	}
	for _, day := range []string{"2003-12-01", "2014-12-20", "2015-03-01", "2015-06-18", "2017-03-21", "2017-05-19"} {
		e := news.In(l.At(endOf(t, day)), "de")
		fmt.Fprintf(&b, "\n%s: %s\n%s\n", day, e.Verdict.Says, e.Situation.Body)
	}
	isGolden(t, filepath.Join("testdata", "golden", "story.de.txt"), []byte(b.String()))
}
