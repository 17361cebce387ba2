package ledger_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/sqlite"
	"deadyet/store/storetest"
)

const home deadyet.VantageID = "home"

var (
	yes     = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	silent  = deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}
	unasked = deadyet.Outcome{Failure: deadyet.FailureOverBudget}
)

func store(t *testing.T) *sqlite.Store {
	t.Helper()
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "deadyet.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

func open(t *testing.T, b ledger.Book, s deadyet.Subject) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), b, s, ledger.Options{Vantage: home, Live: true})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// all finds the same at each check.
func all(o deadyet.Outcome) func(deadyet.Check) deadyet.Outcome {
	return func(deadyet.Check) deadyet.Outcome { return o }
}

func record(t *testing.T, l *ledger.Ledger, r deadyet.Round) deadyet.Edition {
	t.Helper()
	if err := l.Record(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	return l.Edition(r.Ended)
}

func TestRecord_makesAnEdition(t *testing.T) {
	s := storetest.Subject(2)
	l := open(t, store(t), s)
	var published []deadyet.Edition
	l.Subscribe(func(e deadyet.Edition) { published = append(published, e) })
	r := storetest.Round(s, 1, all(yes))
	e := record(t, l, r)
	if len(published) != 1 || published[0].ID != e.ID || len(e.ID) != 32 {
		t.Fatalf("published %d editions, want the one with id %q", len(published), e.ID)
	}
	if e.Verdict.Word != deadyet.WordNo || e.Verdict.Listed != 2 || !e.Live || e.Vantage != home || !e.Down.IsZero() {
		t.Errorf("got verdict %+v, live %v, vantage %q, down %v", e.Verdict, e.Live, e.Vantage, e.Down)
	}
	if len(e.Lines) != 1 || e.Lines[0].Answer != deadyet.AnswerYes || e.Lines[0].LastRound != 1 || !e.Lines[0].LastAsked.Equal(r.Began) {
		t.Errorf("lines: got %+v", e.Lines)
	}
	if len(e.States) != 8 || len(e.Rounds) != 1 || e.Rounds[0].Counts[deadyet.AnswerYes] != 8 {
		t.Errorf("got %d states and rounds %+v, want 8 and one", len(e.States), e.Rounds)
	}
	for _, st := range e.States {
		if st.Answer() != deadyet.AnswerYes || !st.Due || !st.Asked.Equal(r.Began) || len(st.Span.Evidence) != 1 || e.Evidence[st.Span.Evidence[0]] == nil {
			t.Errorf("state: got %+v, want yes with its evidence", st)
		}
	}
}

func TestRecord_theSameRoundTwice(t *testing.T) {
	s := storetest.Subject(1)
	st := store(t)
	l := open(t, st, s)
	want := record(t, l, storetest.Round(s, 1, all(yes)))
	if got := record(t, l, storetest.Round(s, 1, all(yes))); got.ID != want.ID || l.Next(home) != 2 {
		t.Errorf("got another edition or next round %d, want the same and 2", l.Next(home))
	}
	t.Run("is harmless to another ledger of the book too", func(t *testing.T) {
		other := open(t, st, s)
		if got := record(t, other, storetest.Round(s, 1, all(yes))); got.ID != want.ID {
			t.Error("the edition is another one")
		}
	})
}

func TestRecord_refuses(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	want := record(t, l, storetest.Round(s, 2, all(yes)))
	for _, tt := range []struct {
		name string
		bend func(*deadyet.Round)
		says string
	}{
		{"a round without a number", func(r *deadyet.Round) { r.Number = 0 }, "counted from 1"},
		{"a simulated round", func(r *deadyet.Round) { r.Simulated = true }, "never mixed"},
		{"a round that began before the last one", func(r *deadyet.Round) { r.Began = r.Began.Add(-time.Hour) }, "the clock ran backwards"},
		{"another round of a number that is taken", func(r *deadyet.Round) { r.Number = 2 }, "another round of that number"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := storetest.Round(s, 3, all(silent))
			tt.bend(&r)
			if err := l.Record(t.Context(), r); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want that it says %q", err, tt.says)
			}
			if got := l.Edition(want.At); got.ID != want.ID {
				t.Error("the edition is another one")
			}
		})
	}
}

func TestRecord_afterAnErrorNothingHasChanged(t *testing.T) {
	s := storetest.Subject(2)
	st := store(t)
	l := open(t, st, s)
	want := record(t, l, storetest.Round(s, 1, all(yes)))
	r := storetest.Round(s, 2, all(silent))
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Record(cancelled, r); err == nil || !strings.Contains(err.Error(), "record round 2 of home") {
		t.Fatalf("got %v, want that round 2 was not recorded", err)
	}
	if got := l.Edition(want.At); got.ID != want.ID || l.Next(home) != 2 {
		t.Errorf("got next round %d and another edition, want 2 and the same", l.Next(home))
	}
	if e := record(t, l, r); e.Rounds[0].Number != 2 || e.States[0].Pending == nil {
		t.Errorf("offered again: got %+v, want round 2 and what is pending", e.Rounds[0])
	}
}

func TestRecord_confirmsAndDatesBack(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	first := record(t, l, storetest.Round(s, 1, all(yes)))
	for n := 2; n <= 3; n++ {
		e := record(t, l, storetest.Round(s, n, all(silent)))
		if e.States[0].Answer() != deadyet.AnswerYes || e.States[0].Pending == nil || e.Verdict.Word != deadyet.WordNo {
			t.Errorf("round %d: got %+v and %s, want yes with something pending, and no", n, e.States[0], e.Verdict.Word)
		}
	}
	e := record(t, l, storetest.Round(s, 4, all(silent)))
	border := deadyet.Interval{From: storetest.Round(s, 1, all(yes)).Began, To: storetest.Round(s, 2, all(yes)).Began}
	if st := e.States[0]; st.Answer() != deadyet.AnswerSilent || st.Pending != nil || st.Span.Since != border {
		t.Errorf("got %+v, want silent since %v", st, border)
	}
	if e.Verdict.Word != deadyet.WordMostly || e.Verdict.Since != border || !e.Verdict.LastYes.Equal(border.From) {
		t.Errorf("verdict: got %+v, want mostly since %v", e.Verdict, border)
	}
	changes := l.Changes()
	if len(changes) != 4 || changes[0].When != border || !changes[0].News() {
		t.Errorf("changes: got %+v, want one for each check at %v", changes, border)
	}
	if first.States[0].Answer() != deadyet.AnswerYes || first.States[0].Pending != nil {
		t.Error("an edition that was out has changed")
	}
}

func TestRecord_gaps(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	r := storetest.Round(s, 1, all(yes))
	record(t, l, r)
	for _, tt := range []struct {
		name  string
		round deadyet.Round
	}{
		{"a check without a vote", storetest.Round(s, 2, all(unasked))},
		{"a check that was not planned", func() deadyet.Round {
			r := storetest.Round(s, 3, all(yes))
			r.Findings = nil
			return r
		}()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := record(t, l, tt.round)
			if st := e.States[0]; st.Answer() != deadyet.AnswerYes || !st.Asked.Equal(r.Began) || !st.Span.Last.Equal(r.Began) {
				t.Errorf("got %+v, want yes, last asked at %v", st, r.Began)
			}
		})
	}
	t.Run("a check that was never found has none", func(t *testing.T) {
		l := open(t, store(t), s)
		e := record(t, l, storetest.Round(s, 1, all(unasked)))
		if st := e.States[0]; !st.Span.Since.IsZero() || !st.Asked.IsZero() || len(l.Outcomes()) != 0 {
			t.Errorf("got %+v, want that it was never asked", st)
		}
	})
}

func TestEdition_ofAQuestionNoLongerAsked(t *testing.T) {
	s := storetest.Subject(2)
	st := store(t)
	record(t, open(t, st, s), storetest.Round(s, 1, all(yes)))
	left := storetest.Subject(1)
	l := open(t, st, left)
	check := func(e deadyet.Edition) {
		t.Helper()
		gone := e.States[len(e.States)-1]
		if len(e.States) != 8 || gone.Due || gone.Answer() != deadyet.AnswerUnasked || gone.Span.Since.IsZero() {
			t.Errorf("got %d states, the last %+v, want 8 and an unasked one", len(e.States), gone)
		}
	}
	check(l.Edition(storetest.Round(s, 1, all(yes)).Ended.Add(time.Hour)))
	check(record(t, l, storetest.Round(left, 30, all(yes))))
	if changes := l.Changes(); len(changes) != 4 || changes[0].To.Answer != deadyet.AnswerUnasked {
		t.Errorf("changes: got %+v, want one to unasked for each check", changes)
	}
	check(open(t, st, left).Edition(storetest.Round(s, 31, all(yes)).Ended))
}

func TestEdition_ofTheRecord(t *testing.T) {
	s := storetest.Subject(29)
	day, err := deadyet.ParseDay("2017-05-19")
	if err != nil {
		t.Fatal(err)
	}
	s.Networks[0].Closed = day
	for i := range s.Networks[0].Servers {
		s.Networks[0].Servers[i].Listings[0].Since = deadyet.DayOf(day.Start().AddDate(-3, 0, 0))
	}
	s.Record = []deadyet.Fact{{ID: "gone", Answer: deadyet.AnswerSilent, Failure: deadyet.FailureUnreachable, Since: deadyet.OnDay(day)}}
	s.Edits = []deadyet.Edit{
		{ID: "a", Note: true, Item: deadyet.Item{ID: "a", Kind: deadyet.ItemNote, At: day.Start()}},
		{ID: "b", Note: true, Item: deadyet.Item{ID: "b", Kind: deadyet.ItemNote, At: day.End()}},
	}
	e := open(t, store(t), s).Edition(day.Start().AddDate(9, 0, 0))
	if e.Verdict.Word != deadyet.WordYes || e.Verdict.Reason != "All protocol versions up to MSNP21 are gone. None of the 29 servers was ever seen to take any." || !slices.Equal(e.Verdict.Facts, []deadyet.FactID{"gone"}) {
		t.Errorf("verdict: got %+v, want yes since that day", e.Verdict)
	}
	for _, st := range e.States {
		if !st.Span.Recorded() || st.Due || st.Answer() != deadyet.AnswerSilent || !st.Asked.IsZero() {
			t.Fatalf("got %+v, want what the record says", st)
		}
	}
	if !e.Lines[0].Recorded || len(e.Items) != 3 || e.Items[0].ID != "b" || e.Items[2].Kind != deadyet.ItemListed {
		t.Errorf("got line %+v and items %+v, want a recorded one and the latest first", e.Lines[0], e.Items)
	}
}

func TestEdition_measuredOverRecorded(t *testing.T) {
	s := storetest.Subject(1)
	since := storetest.Round(s, 1, all(yes)).Began.AddDate(-1, 0, 0)
	s.Record = []deadyet.Fact{{ID: "gone", Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout, Since: deadyet.At(since)}}
	l := open(t, store(t), s)
	e := record(t, l, storetest.Round(s, 1, func(c deadyet.Check) deadyet.Outcome {
		if c.Version == "MSNP18" {
			return yes
		}
		return unasked
	}))
	for _, st := range e.States {
		if known := st.Check.Version != "MSNP18" && st.Check.Kind != deadyet.KindIdentity; st.Span.Recorded() != known {
			t.Errorf("%s: got recorded %v", st.Check.ID(), st.Span.Recorded())
		}
	}
	if e.Verdict.Word != deadyet.WordNo || len(e.Verdict.Facts) != 0 {
		t.Errorf("verdict: got %+v, want no, measured", e.Verdict)
	}
}

func TestEdition_whileTheLineIsDown(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	record(t, l, storetest.Round(s, 1, all(silent)))
	bad := storetest.Round(s, 2, all(unasked))
	bad.Canary.Good = false
	want := bad.Began
	e := record(t, l, bad)
	if !e.Down.Equal(want) || e.Verdict.Word != deadyet.WordUnknown || e.States[0].Answer() != deadyet.AnswerSilent {
		t.Errorf("got down %v, %s, %s, want %v, can't tell, silent", e.Down, e.Verdict.Word, e.States[0].Answer(), want)
	}
	bad = storetest.Round(s, 3, all(unasked))
	bad.Canary.Good = false
	if e := record(t, l, bad); !e.Down.Equal(want) {
		t.Errorf("a round later: got down since %v, want %v", e.Down, want)
	}
	if e := record(t, l, storetest.Round(s, 4, all(silent))); !e.Down.IsZero() || e.Verdict.Word != deadyet.WordYes {
		t.Errorf("when it is good again: got down %v, %s, want yes", e.Down, e.Verdict.Word)
	}
	t.Run("no round for long counts as down", func(t *testing.T) {
		if e := l.Edition(want.Add(time.Hour)); e.Verdict.Word != deadyet.WordUnknown {
			t.Errorf("got %s, want can't tell", e.Verdict.Word)
		}
	})
}

func TestEdition_idIsTheContent(t *testing.T) {
	s := storetest.Subject(2)
	a, b := open(t, store(t), s), open(t, store(t), s)
	for n := 1; n <= 6; n++ {
		outcome := all([]deadyet.Outcome{yes, silent}[n%2])
		x, y := record(t, a, storetest.Round(s, n, outcome)), record(t, b, storetest.Round(s, n, outcome))
		if x.ID != y.ID {
			t.Fatalf("round %d: the same rounds gave two editions", n)
		}
		if z := a.Edition(x.At.Add(time.Second)); z.ID == x.ID {
			t.Error("another moment gave the same id")
		}
	}
}

func TestOpen_neverMixes(t *testing.T) {
	s := storetest.Subject(1)
	st := store(t)
	record(t, open(t, st, s), storetest.Round(s, 1, all(yes)))
	simulated, other := s, s
	simulated.Simulated, other.ID = true, "icq"
	for _, s := range []deadyet.Subject{simulated, other} {
		_, err := ledger.Open(t.Context(), st, s, ledger.Options{})
		var mixed *ledger.OtherSubjectError
		if !errors.As(err, &mixed) || !strings.Contains(err.Error(), `the store holds subject "msn" (real)`) {
			t.Errorf("%s, simulated %v: got %v, want that the store holds msn", s.ID, s.Simulated, err)
		}
	}
}

func TestLedger_tellsTheScanWhatItNeeds(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	if l.Next(home) != 1 || !l.LastRound("escargot").IsZero() {
		t.Errorf("a new ledger: got next %d, last round %v, want 1 and never", l.Next(home), l.LastRound("escargot"))
	}
	r := storetest.Round(s, 1, all(yes))
	r.Spent = []deadyet.Spent{{Host: "192.0.2.0", Day: deadyet.DayOf(r.Began), Connections: 4}}
	record(t, l, r)
	if !l.LastRound("escargot").Equal(r.Began) || l.Next(home) != 2 || l.Next("elsewhere") != 1 {
		t.Errorf("got last round %v, next %d, elsewhere %d", l.LastRound("escargot"), l.Next(home), l.Next("elsewhere"))
	}
	if got := l.Spent(deadyet.DayOf(r.Began)); !slices.Equal(got, r.Spent) {
		t.Errorf("spent: got %v, want %v", got, r.Spent)
	}
	id := r.Findings[0].Check.ID()
	o, asked := l.Last(id)
	if o != yes || !asked.Equal(r.Began) || l.Outcomes()[id] != yes {
		t.Errorf("last: got %v at %v, want yes at %v", o, asked, r.Began)
	}
	if o, asked := l.Last("no check"); o != (deadyet.Outcome{}) || !asked.IsZero() {
		t.Errorf("a check that is none: got %v at %v, want nothing", o, asked)
	}
}

func TestEdition_showsTheLastRoundsOfEachNetwork(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	r := storetest.Round(s, 1, all(yes))
	r.Networks = []deadyet.NetworkID{"rare"}
	record(t, l, r)
	var e deadyet.Edition
	for n := 2; n <= 30; n++ {
		e = record(t, l, storetest.Round(s, n, all(yes)))
	}
	if len(e.Rounds) != 21 || e.Rounds[0].Number != 30 || e.Rounds[20].Number != 1 {
		t.Errorf("got %d rounds, want the last 20 and the one of the rare network", len(e.Rounds))
	}
}
