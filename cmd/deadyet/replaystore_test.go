package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/store/sqlite"
	"deadyet/subjects/msn"
)

// watched records rounds of a network in a store: all is answered, then nothing
// is for two days, then all is answered again.
func watched(t *testing.T, id deadyet.NetworkID) (path string, fell, rose time.Time) {
	t.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "deadyet.db")
	store, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), store, s, ledger.Options{Vantage: "home", Live: true})
	if err != nil {
		t.Fatal(err)
	}
	n, _ := s.NetworkByID(id)
	began := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	fell, rose = began.AddDate(0, 0, 10), began.AddDate(0, 0, 12)
	for at, number := began, deadyet.RoundNumber(1); at.Before(began.AddDate(0, 0, 20)); at, number = at.Add(n.Interval), number+1 {
		r := deadyet.Round{Number: number, Vantage: "home", Networks: []deadyet.NetworkID{id}, Began: at, Ended: at.Add(time.Minute), Canary: deadyet.Canary{Good: true}}
		o := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
		if !at.Before(fell) && at.Before(rose) {
			o = deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}
		}
		for _, sv := range n.Servers {
			for _, c := range n.Checks(sv) {
				r.Findings = append(r.Findings, deadyet.Finding{Check: c, Outcome: o, Votes: deadyet.Votes{For: 1, Of: 1}})
			}
		}
		r.Planned = len(r.Findings)
		if err := l.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return path, fell, rose
}

func TestReplay_ofAStore(t *testing.T) {
	path, fell, rose := watched(t, "escargot")
	var got []string
	for _, l := range replayed(t, "--from", path, "--since", "2026-10-02", "--until", "2026-11-01", "--networks") {
		if l.Network == "escargot" {
			got = append(got, l.At.Format(time.DateOnly)+" "+string(l.Type)+" "+l.Word+string(l.Kind))
			if l.Type == typeItem && l.Published.Before(l.At) {
				t.Errorf("%s was published at %s, before it happened", l.ID, l.Published)
			}
		}
	}
	want := []string{
		"2026-10-02 verdict no",
		fell.Format(time.DateOnly) + " verdict mostly",
		fell.Format(time.DateOnly) + " item outage",
		"2026-10-11 verdict yes", // 24 hours after the last yes, a round before it fell
		"2026-10-11 item gone",
		rose.Format(time.DateOnly) + " verdict no",
		rose.Format(time.DateOnly) + " item resurrected",
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestReplay_underOtherRulesShowsTheDifference(t *testing.T) {
	rule := filepath.Join(t.TempDir(), "rule.yaml")
	text := "reference: MSNP21\nhalf: 50\nafter: 24h\nsays: {no: \"NO\", mostly: M, yes: \"YES\", yes_but: B, cant_tell: C}\n"
	if err := os.WriteFile(rule, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range replayed(t, append([]string{"--rules", rule}, decline...)...) {
		if l.Type == typeVerdict {
			got = append(got, l.Change+" "+l.At.Format(time.DateOnly)+" "+l.Word)
		}
	}
	for _, want := range []string{"- 2015-02-26 mostly", "- 2017-03-22 mostly", "+ 2017-03-22 no"} {
		if !slices.Contains(got, want) {
			t.Errorf("got %q, want %q among them", got, want)
		}
	}
}

func TestReplay_ofAnotherRecord(t *testing.T) {
	file := filepath.Join(t.TempDir(), "other.yaml")
	text := `facts:
  - id: all
    select: {network: microsoft, regions: [bay]}
    answer: yes
    since: 2014-12-05
    text: All was well.
    source: {title: a test}
  - id: end
    select: {network: microsoft, regions: [bay]}
    answer: silent
    since: 2015-01-01
    text: All was over.
    source: {title: a test}
`
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, "answer: yes", `answer: "yes"`)), 0o600); err != nil {
		t.Fatal(err)
	}
	got := replay(t, "--from", file, "--until", "2015-02-01")
	for _, want := range []string{"1 January 2015", "YES. All protocol versions up to MSNP22 are gone.", "* All servers are gone"} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s\nwant %q in it", got, want)
		}
	}
}
