package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet/config"
	"deadyet/ledger"
	"deadyet/news"
	"deadyet/subjects/msn"
)

// The story of the record in German, as somebody would read it on the last day: every
// verdict with its reason, every item, and how things stood on a few days.
func TestStory_inGerman(t *testing.T) {
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), forgetful{}, s, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := func(day string) time.Time {
		d, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return d.Add(24*time.Hour - 1)
	}
	var b strings.Builder
	e := news.In(l.At(at("2017-06-01")), "de")
	fmt.Fprintln(&b, e.Subject.Question)
	for _, v := range e.Verdicts {
		fmt.Fprintf(&b, "\n%s %s\n%s\n", v.At.Format(time.DateOnly), v.Says, v.Reason)
	}
	for _, i := range slices.Backward(e.Items) {
		fmt.Fprintf(&b, "\n%s %s\n%s\n", i.At.Format(time.DateOnly), i.Title, i.Body)
	}
	for _, day := range []string{"2003-12-01", "2014-12-20", "2015-03-01", "2015-06-18", "2017-03-21", "2017-05-19"} {
		e := news.In(l.At(at(day)), "de")
		fmt.Fprintf(&b, "\n%s: %s\n%s\n", day, e.Verdict.Says, e.Situation.Body)
	}
	file := filepath.Join("testdata", "golden", "story.de.txt")
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the story is another one; look at it, and run go test ./cmd/deadyet -run Story_inGerman -update\n%s", b.String())
	}
}
