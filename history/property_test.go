package history_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"deadyet"
	"deadyet/history"
)

// findings draws a run of findings at any distances, some of them of the past.
func findings(t *rapid.T) []deadyet.Finding {
	outcomes := []deadyet.Outcome{yes, login, refused, reset, silent, unasked, unclear, echo}
	var fs []deadyet.Finding
	at := 0.0
	for range rapid.IntRange(0, 60).Draw(t, "rounds") {
		at += rapid.SampledFrom([]float64{-1, 0, 0.25, 1, 3, 30}).Draw(t, "step")
		fs = append(fs, finding(at, rapid.SampledFrom(outcomes).Draw(t, "outcome")))
	}
	return fs
}

func TestHistory_laws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fs := findings(t)
		c := deadyet.Confirmation{Rounds: rapid.IntRange(0, 4).Draw(t, "rounds to confirm"), After: time.Duration(rapid.IntRange(0, 4).Draw(t, "hours")) * time.Hour}
		s, ended, changes := replay(fs, c)
		var spans []deadyet.Span
		if s.Started() {
			spans = append(ended, s.Open)
		}
		laws(t, spans, changes)
		again, endedAgain, changesAgain := replay(fs, c)
		got, err := json.Marshal([]any{again, endedAgain, changesAgain})
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal([]any{s, ended, changes})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("replay: got %s, want %s", got, want)
		}
	})
}

// laws: spans cover the time from the first finding on, in order and without
// overlap; each border is one change; every span has a length.
func laws(t *rapid.T, spans []deadyet.Span, changes []deadyet.Change) {
	if got, want := len(changes), max(0, len(spans)-1); got != want {
		t.Fatalf("%d changes, want one for each of %d borders", got, want)
	}
	for i, s := range spans {
		if s.Since.To.Before(s.Since.From) || s.Last.Before(s.Since.To) {
			t.Fatalf("span %d: time runs backwards in %+v", i, s)
		}
		if s.Open() != (i == len(spans)-1) {
			t.Fatalf("span %d of %d: open is %v", i, len(spans), s.Open())
		}
		if i == 0 {
			continue
		}
		before, change := spans[i-1], changes[i-1]
		if before.Until != s.Since || change.When != s.Since {
			t.Fatalf("border %d: ends %v, begins %v, change %v, want all the same", i, before.Until, s.Since, change.When)
		}
		if !s.Since.To.After(before.Since.To) || before.Last.After(s.Since.From) || change.Confirmed.Before(s.Since.To) {
			t.Fatalf("border %d: time runs backwards from %+v to %+v", i, before, s)
		}
		if before.Outcome == s.Outcome || change.From != before.Outcome || change.To != s.Outcome {
			t.Fatalf("border %d: change %+v does not tell %v from %v", i, change, before.Outcome, s.Outcome)
		}
	}
}

func TestHistory_endedAndAskedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, ended, changes := replay(findings(t), confirm)
		at := s.Open.Last.Add(time.Duration(rapid.IntRange(-2, 50).Draw(t, "hours later")) * time.Hour)
		s, span, change := history.End(s, at)
		if (span == nil) != (change == nil) {
			t.Fatalf("got span %v and change %v, want both or none", span, change)
		}
		if span != nil {
			ended, changes = append(ended, *span), append(changes, *change)
			s.Open.Last = at // an unasked span has no findings; the law is about the rest
		}
		if s.Started() {
			laws(t, append(ended, s.Open), changes)
		}
	})
}
