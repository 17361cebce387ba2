package history_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"deadyet"
	"deadyet/history"
)

// truth is what a server really did: it went from one state to another at a
// moment between two rounds.
type truth struct {
	from, to deadyet.Outcome
	at       time.Time
}

// world draws what is found at a server that changes now and then, while
// rounds are missed, answers are lost and some are wrong.
//
// What it promises is what a history needs to get everything right: a state
// lasts until it is confirmed, what is wrong is never found often enough in a
// row to be, and around a change nobody takes the new state for the old one or
// the old one for the new.
type world struct {
	t     *rapid.T
	c     deadyet.Confirmation
	at    float64
	found []deadyet.Finding
	real  []truth
	state deadyet.Outcome
}

var allOutcomes = []deadyet.Outcome{yes, login, refused, reset, silent, unclear, echo}

func (w *world) find(o deadyet.Outcome) {
	w.at += rapid.SampledFrom([]float64{0.25, 0.5, 1, 1, 1, 5}).Draw(w.t, "hours later")
	w.found = append(w.found, finding(w.at, o))
}

// gap is some rounds in which nobody could ask, or none.
func (w *world) gap() {
	for range rapid.SampledFrom([]int{0, 0, 0, 1, 4}).Draw(w.t, "unasked") {
		w.find(unasked)
	}
}

// right finds what is so. How a server refuses may differ each time.
func (w *world) right() {
	w.gap()
	o := w.state
	if o.Answer == deadyet.AnswerNo && rapid.IntRange(0, 4).Draw(w.t, "kind") == 0 {
		o = reset
	}
	w.find(o)
}

// flap finds what is not so, for too short a time, and then what is. It never
// finds what looks like the state before: that would date the change later,
// and nobody could know better.
func (w *world) flap(before deadyet.Outcome) {
	wrong := slices.DeleteFunc(slices.Clone(allOutcomes), func(o deadyet.Outcome) bool {
		return o.SameNews(w.state) || o.SameNews(before)
	})
	if brief := w.c.After.Hours(); brief > 0 && rapid.Bool().Draw(w.t, "often and brief") {
		for until := w.at + brief; w.at+0.25 < until; {
			w.at += 0.25
			w.found = append(w.found, finding(w.at, rapid.SampledFrom(wrong).Draw(w.t, "wrong")))
		}
	} else {
		for range rapid.IntRange(1, w.c.Rounds-1).Draw(w.t, "wrong in a row") {
			w.gap()
			w.find(rapid.SampledFrom(wrong).Draw(w.t, "wrong"))
		}
	}
	w.right()
}

// flaps are some flaps in what is known. What is unclear and not known yet
// breaks no run, so that two flaps would be one.
func (w *world) flaps(before deadyet.Outcome) {
	most := 3
	if w.state.Answer == deadyet.AnswerUnclear && before != w.state {
		most = 1
	}
	for range rapid.IntRange(0, most).Draw(w.t, "flaps") {
		w.flap(before)
	}
}

// hold finds what is so, often and long enough to be confirmed. What is unclear
// has to outlast the patience of a run that was pending before it as well.
func (w *world) hold() {
	lasting := w.c.After.Hours()
	if w.state.Answer == deadyet.AnswerUnclear {
		for until := w.at + lasting + 24; w.at <= until; {
			w.right()
		}
	}
	w.right()
	for n, until := 1, w.at+lasting; n < w.c.Rounds || w.at < until; n++ {
		w.right()
	}
}

// live draws a life of some states.
func live(t *rapid.T) *world {
	w := &world{t: t, c: deadyet.Confirmation{
		Rounds: rapid.IntRange(2, 4).Draw(t, "rounds to confirm"),
		After:  time.Duration(rapid.IntRange(0, 4).Draw(t, "hours to confirm")) * time.Hour,
	}}
	// The state after the kinds of a no is always one kind of it, so that a
	// flap knows what to avoid.
	states := []deadyet.Outcome{yes, login, refused, silent, echo}
	w.state = rapid.SampledFrom(states).Draw(t, "state")
	w.found = append(w.found, finding(0, w.state))
	w.hold()
	for range rapid.IntRange(0, 4).Draw(t, "changes") {
		w.flaps(w.state)
		old := w.state
		w.state = rapid.SampledFrom(slices.DeleteFunc(slices.Clone(states), old.SameNews)).Draw(t, "state")
		w.gap()
		w.real = append(w.real, truth{old, w.state, hour(w.at + 0.1)})
		w.flaps(old)
		w.hold()
		w.flaps(w.state)
	}
	return w
}

func newsOf(changes []deadyet.Change) []deadyet.Change {
	return slices.DeleteFunc(slices.Clone(changes), func(c deadyet.Change) bool { return !c.News() })
}

func TestHistory_findsEveryRealChangeOnceAndNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := live(t)
		_, _, changes := replay(w.found, w.c)
		news := newsOf(changes)
		if len(news) != len(w.real) {
			t.Fatalf("got %d changes that can be news, want %d: %+v of %+v", len(news), len(w.real), news, w.real)
		}
		for i, r := range w.real {
			n := news[i]
			if !n.From.SameNews(r.from) || !n.To.SameNews(r.to) {
				t.Fatalf("change %d: got %v to %v, want %v to %v", i, n.From, n.To, r.from, r.to)
			}
			if n.When.From.After(r.at) || n.When.To.Before(r.at) {
				t.Fatalf("change %d: got %v, want an interval with %v in it", i, n.When, r.at)
			}
		}
	})
}

// late draws the same findings as they may also arrive: some of them again,
// at once or after others, and some of the past that were never here in time.
func late(t *rapid.T, fs []deadyet.Finding) []deadyet.Finding {
	var out []deadyet.Finding
	for i, f := range fs {
		out = append(out, f)
		for range rapid.SampledFrom([]int{0, 0, 0, 0, 1, 2}).Draw(t, "arrivals") {
			last := slices.IndexFunc(reversed(fs[:i+1]), deadyet.Finding.Voted)
			if last < 0 {
				continue
			}
			again := fs[rapid.IntRange(0, i-last).Draw(t, "of")]
			if rapid.Bool().Draw(t, "that was never here") {
				again.Outcome = rapid.SampledFrom(allOutcomes).Draw(t, "outcome")
			}
			out = append(out, again)
		}
	}
	return out
}

func reversed(fs []deadyet.Finding) []deadyet.Finding {
	fs = slices.Clone(fs)
	slices.Reverse(fs)
	return fs
}

func TestHistory_lateAndRepeatedFindingsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := live(t)
		s, ended, changes := replay(w.found, w.c)
		gotS, gotEnded, gotChanges := replay(late(t, w.found), w.c)
		if !reflect.DeepEqual(gotS, s) || !reflect.DeepEqual(gotEnded, ended) || !reflect.DeepEqual(gotChanges, changes) {
			t.Fatalf("got %+v, %+v, %+v, want %+v, %+v, %+v", gotS, gotEnded, gotChanges, s, ended, changes)
		}
	})
}

// A finding that is delivered to a state again, in the middle of things, leaves
// it exactly as it is: the pending run is the same one, and not a copy.
func TestHistory_theSameFindingTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s history.State
		var asked time.Time
		for _, f := range live(t).found {
			s, _, _ = history.Extend(s, f, asked, confirm)
			if f.Voted() {
				asked = f.At
			}
			again, span, change := history.Extend(s, f, asked, confirm)
			if again.Pending != s.Pending || !reflect.DeepEqual(again, s) || span != nil || change != nil {
				t.Fatalf("got %+v, %v, %v, want %+v and nothing", again, span, change, s)
			}
		}
	})
}
