package ledger_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"deadyet"
	"deadyet/store/storetest"
)

var echo = deadyet.Outcome{Answer: deadyet.AnswerUnclear, Failure: deadyet.FailureEcho}

// What follows from the rounds is not kept; each of these rounds is the last
// one that there is.
func TestEdition_tellsWhenEachCheckWasFound(t *testing.T) {
	s := storetest.Subject(1)
	st := store(t)
	l := open(t, st, s)
	for _, tt := range []struct {
		name        string
		found       deadyet.Outcome
		asked, last int // the rounds
	}{
		{"first", yes, 1, 1},
		{"equal", yes, 2, 2},
		{"a gap", unasked, 2, 2},
		{"a gap that goes on", unasked, 2, 2},
		{"equal again", yes, 5, 5},
		{"different", silent, 6, 5},
		{"a gap while something is pending", unasked, 6, 5},
		{"different again", silent, 8, 5},
		{"equal after all", yes, 9, 9},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := int(l.Next(home))
			e := record(t, l, storetest.Round(s, n, all(tt.found)))
			for _, state := range append(e.States, open(t, st, s).Edition(e.At).States...) {
				if !state.Asked.Equal(moment(tt.asked)) || !state.Span.Last.Equal(moment(tt.last)) {
					t.Errorf("got asked %v, last equal %v, want rounds %d and %d", state.Asked, state.Span.Last, tt.asked, tt.last)
				}
				if gap := tt.found == unasked; (state.Unasked.Kind != "") != gap {
					t.Errorf("got %+v for why nobody asked, want a reason: %v", state.Unasked, gap)
				}
			}
		})
	}
}

func TestEdition_showsTheEvidenceOfWhatIsPending(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	record(t, l, storetest.Round(s, 1, all(yes)))
	first := record(t, l, storetest.Round(s, 2, all(silent))).States[0].Pending.Evidence
	for i, o := range []deadyet.Outcome{echo, silent} {
		n := 3 + i
		e := record(t, l, storetest.Round(s, n, all(o)))
		if got := e.States[0].Pending; got == nil || len(first) != 1 || !cmp.Equal(got.Evidence, first) {
			t.Errorf("round %d: got %+v, want the evidence %v of the first", n, got, first)
		}
	}
}

func TestLedger_holdsTheEvidenceThatTheBookNames(t *testing.T) {
	s := storetest.Subject(3)
	st := store(t)
	l := open(t, st, s)
	for _, r := range life(s) {
		record(t, l, r)
		m, err := st.Load(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		want := make(map[deadyet.EvidenceID]bool)
		for id := range m.Evidence {
			want[id] = true
		}
		if d := cmp.Diff(want, l.EvidenceHeld()); d != "" {
			t.Fatalf("round %d: %s", r.Number, d)
		}
	}
}

// A round of another vantage may come late; it is shown where it belongs.
func TestEdition_ordersTheRoundsOfVantages(t *testing.T) {
	s := storetest.Subject(1)
	st := store(t)
	l := open(t, st, s)
	record(t, l, storetest.Round(s, 5, all(yes)))
	late := storetest.Round(s, 3, all(silent))
	late.Vantage, late.Number = "elsewhere", 1
	e := record(t, l, late)
	at := moment(5).Add(time.Minute)
	got, want := l.Edition(at).Rounds, open(t, st, s).Edition(at).Rounds
	if len(got) != 2 || got[0].Vantage != home || !cmp.Equal(got, want) {
		t.Errorf("got %+v, want the later one first, as in a ledger that is opened anew", got)
	}
	if e.States[0].Pending != nil {
		t.Errorf("got %+v, want nothing: a finding of the past changes nothing", e.States[0].Pending)
	}
}
