package history_test

import (
	"reflect"
	"testing"
	"time"

	"deadyet"
	"deadyet/history"
)

var (
	check = deadyet.Check{
		Endpoint: deadyet.Endpoint{Server: "microsoft/64.4.45.62", Transport: deadyet.TransportHTTPS, Port: 443},
		Kind:     deadyet.KindMSNP, Version: "MSNP21",
	}
	confirm = deadyet.Confirmation{Rounds: 3, After: 2 * time.Hour}

	yes     = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	login   = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageLogin}
	refused = deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused}
	reset   = deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureReset}
	silent  = deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}
	unclear = deadyet.Outcome{Answer: deadyet.AnswerUnclear, Failure: deadyet.FailureDisagree}
	echo    = deadyet.Outcome{Answer: deadyet.AnswerUnclear, Failure: deadyet.FailureEcho}
	unasked = deadyet.Outcome{Failure: deadyet.FailureOverBudget}
)

// hour is the moment of the round that began h hours after the first.
func hour(h float64) time.Time {
	return time.Date(2016, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(h * float64(time.Hour)))
}

func finding(h float64, o deadyet.Outcome) deadyet.Finding {
	return deadyet.Finding{Check: check, At: hour(h), Outcome: o, Failure: deadyet.Failure{Kind: o.Failure}}
}

// replay feeds findings one after the other.
func replay(fs []deadyet.Finding, c deadyet.Confirmation) (s history.State, ended []deadyet.Span, changes []deadyet.Change) {
	var asked time.Time
	for _, f := range fs {
		next, span, change := history.Extend(s, f, asked, c)
		s = next
		if span != nil {
			ended = append(ended, *span)
		}
		if change != nil {
			changes = append(changes, *change)
		}
		if f.Voted() && f.At.After(asked) {
			asked = f.At
		}
	}
	return s, ended, changes
}

type row struct {
	at float64
	o  deadyet.Outcome
}

func TestExtend(t *testing.T) {
	between := func(a, b float64) deadyet.Interval { return deadyet.Interval{From: hour(a), To: hour(b)} }
	for _, tt := range []struct {
		name    string
		rows    []row
		open    deadyet.Outcome
		since   deadyet.Interval
		pending *deadyet.Outcome
		changes []deadyet.Interval
	}{
		{"nothing was ever found", nil, deadyet.Outcome{}, deadyet.Interval{}, nil, nil},
		{"unasked opens nothing", []row{{0, unasked}}, deadyet.Outcome{}, deadyet.Interval{}, nil, nil},
		{"the first finding opens a span at once", []row{{0, yes}}, yes, between(0, 0), nil, nil},
		{"an equal finding goes on", []row{{0, yes}, {1, yes}}, yes, between(0, 0), nil, nil},
		{"a gap changes nothing", []row{{0, yes}, {1, unasked}, {2, yes}}, yes, between(0, 0), nil, nil},
		{"a difference is pending", []row{{0, yes}, {1, refused}}, yes, between(0, 0), &refused, nil},
		{"three rounds are not enough before two hours", []row{{0, yes}, {1, refused}, {2, refused}, {2.99, refused}}, yes, between(0, 0), &refused, nil},
		{"two hours are not enough with two rounds", []row{{0, yes}, {1, refused}, {9, refused}}, yes, between(0, 0), &refused, nil},
		{"three rounds and two hours confirm", []row{{0, yes}, {1, refused}, {2, refused}, {3, refused}}, refused, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"the border begins at the last equal finding", []row{{0, yes}, {5, yes}, {6, refused}, {7, refused}, {8, refused}}, refused, between(5, 6), nil, []deadyet.Interval{between(5, 6)}},
		{"a gap widens the border", []row{{0, yes}, {1, unasked}, {6, refused}, {7, refused}, {8, refused}}, refused, between(0, 6), nil, []deadyet.Interval{between(0, 6)}},
		{"a gap does not break a run", []row{{0, yes}, {1, refused}, {2, unasked}, {3, refused}, {4, refused}}, refused, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"an equal finding drops a flap", []row{{0, yes}, {1, refused}, {2, refused}, {3, yes}, {4, refused}}, yes, between(0, 0), &refused, nil},
		{"a third outcome begins anew", []row{{0, yes}, {1, refused}, {2, refused}, {3, silent}, {4, silent}}, yes, between(0, 0), &silent, nil},
		{"a third outcome ends the old span where it was last found", []row{{0, yes}, {1, refused}, {2, silent}, {3, silent}, {4, silent}}, silent, between(0, 2), nil, []deadyet.Interval{between(0, 2)}},
		{"another stage of a yes is a difference", []row{{0, yes}, {1, login}, {2, login}, {3, login}}, login, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"the kind of failure does not break a run", []row{{0, yes}, {1, refused}, {2, reset}, {3, refused}}, refused, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"the outcome of a run is that of its first", []row{{0, yes}, {1, reset}, {2, refused}, {3, refused}}, reset, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"a kind of failure that differs from the open span is a difference", []row{{0, refused}, {1, reset}, {2, reset}, {3, reset}}, reset, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"the kind of the open span drops it", []row{{0, refused}, {1, reset}, {2, refused}, {3, reset}, {4, reset}}, refused, between(0, 0), &reset, nil},
		{"another stage breaks a run", []row{{0, silent}, {1, yes}, {2, login}, {3, login}}, silent, between(0, 0), &login, nil},
		{"unclear does not break a run", []row{{0, yes}, {1, refused}, {2, unclear}, {3, refused}, {4, refused}}, refused, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"unclear does not count for a run", []row{{0, yes}, {1, refused}, {2, unclear}, {3, unclear}, {4, unclear}}, yes, between(0, 0), &refused, nil},
		{"unclear does not confirm a run that waits for time only", []row{{0, yes}, {1, refused}, {1.5, refused}, {2, refused}, {3, unclear}}, yes, between(0, 0), &refused, nil},
		{"unclear by itself is a run", []row{{0, yes}, {1, unclear}, {2, echo}, {3, unclear}}, unclear, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"an equal finding drops an unclear run", []row{{0, yes}, {1, unclear}, {2, yes}}, yes, between(0, 0), nil, nil},
		{"what goes on from unclear keeps its border", []row{{0, yes}, {1, unclear}, {2, refused}, {3, refused}, {4, refused}}, refused, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"and counts anew", []row{{0, yes}, {1, unclear}, {2, unclear}, {3, refused}, {4, refused}}, yes, between(0, 0), &refused, nil},
		{"a third outcome after that loses the second end of the border", []row{{0, yes}, {1, unclear}, {2, refused}, {3, silent}, {4, silent}, {5, silent}}, silent, between(0, 3), nil, []deadyet.Interval{between(0, 3)}},
		{"a run outwaits unclear for a day", []row{{0, yes}, {1, refused}, {9, unclear}, {20, unclear}, {27, unclear}, {28, refused}, {29, refused}}, refused, between(0, 1), nil, []deadyet.Interval{between(0, 1)}},
		{"and not for ever", []row{{0, yes}, {1, refused}, {9, unclear}, {28, unclear}, {29, unclear}, {30, unclear}}, unclear, between(0, 28), nil, []deadyet.Interval{between(0, 28)}},
		{"a finding of the past changes nothing", []row{{5, yes}, {4, refused}, {5, refused}}, yes, between(5, 5), nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var fs []deadyet.Finding
			for _, r := range tt.rows {
				fs = append(fs, finding(r.at, r.o))
			}
			s, ended, changes := replay(fs, confirm)
			if s.Open.Outcome != tt.open || s.Open.Since != tt.since {
				t.Errorf("open span: got %v since %v, want %v since %v", s.Open.Outcome, s.Open.Since, tt.open, tt.since)
			}
			if (s.Pending != nil) != (tt.pending != nil) || s.Pending != nil && s.Pending.Outcome != *tt.pending {
				t.Errorf("pending: got %+v, want %v", s.Pending, tt.pending)
			}
			var when []deadyet.Interval
			for _, c := range changes {
				when = append(when, c.When)
			}
			if !reflect.DeepEqual(when, tt.changes) || len(ended) != len(changes) {
				t.Errorf("changes: got %v with %d spans ended, want %v", when, len(ended), tt.changes)
			}
		})
	}
}

func TestExtend_keepsWhatTheFirstDifferentFindingSaid(t *testing.T) {
	first := finding(1, silent)
	first.Failure.Detail = "no answer within 10 s"
	first.Votes = deadyet.Votes{For: 3, Of: 4}
	first.Notes.Fingerprint = "BN1MSG1"
	s, ended, changes := replay([]deadyet.Finding{finding(0, yes), first, finding(2, silent), finding(3, silent)}, confirm)
	if s.Open.Failure != first.Failure || s.Open.Votes != first.Votes || s.Open.Notes.Fingerprint != "BN1MSG1" {
		t.Errorf("open span: got %+v, want what the first finding said", s.Open)
	}
	if want := hour(0); !ended[0].Last.Equal(want) || ended[0].Until != s.Open.Since {
		t.Errorf("ended span: got last %v until %v, want %v and %v", ended[0].Last, ended[0].Until, want, s.Open.Since)
	}
	want := deadyet.Change{Check: check, From: yes, To: silent, Failure: first.Failure, When: s.Open.Since, Confirmed: hour(3)}
	if !reflect.DeepEqual(changes[0], want) {
		t.Errorf("change: got %+v, want %+v", changes[0], want)
	}
}

func TestExtend_doesNotChangeThePendingItWasGiven(t *testing.T) {
	s, _, _ := replay([]deadyet.Finding{finding(0, yes), finding(1, refused)}, confirm)
	before := *s.Pending
	if _, _, _ = history.Extend(s, finding(2, refused), hour(1), confirm); !reflect.DeepEqual(*s.Pending, before) {
		t.Errorf("pending: got %+v, want %+v", *s.Pending, before)
	}
}

// Only the evidence, the notes and the text of its first finding stay with a
// run, and none of an unclear one that it went on from.
func TestExtend_aRunThatWentOnFromUnclearHasItsOwnWords(t *testing.T) {
	first, second := finding(1, unclear), finding(2, silent)
	first.Failure.Detail, second.Failure.Detail = "no, silent, yes", "no answer within 10 s"
	s, _, _ := replay([]deadyet.Finding{finding(0, yes), first, second}, confirm)
	p := s.Pending
	if p.Rounds != 1 || p.Failure != second.Failure || p.Since != (deadyet.Interval{From: hour(0), To: hour(1)}) {
		t.Errorf("got %+v, want the first round of what the second finding said, since the first", p)
	}
}

func TestExtend_oneRoundThatWentOnFromUnclearHasLastedNoTime(t *testing.T) {
	c := deadyet.Confirmation{Rounds: 1, After: time.Hour}
	if s, _, changes := replay([]deadyet.Finding{finding(0, yes), finding(1, unclear), finding(9, silent)}, c); len(changes) != 0 || s.Pending == nil {
		t.Errorf("got %+v and %d changes, want silent pending", s, len(changes))
	}
}

func TestExtend_unclearLeavesTheStateAsItIs(t *testing.T) {
	s, _, _ := replay([]deadyet.Finding{finding(0, yes), finding(1, refused)}, confirm)
	got, span, change := history.Extend(s, finding(2, unclear), hour(1), confirm)
	if got.Pending != s.Pending || !reflect.DeepEqual(got, s) || span != nil || change != nil {
		t.Errorf("got %+v, %v, %v, want %+v and nothing", got, span, change, s)
	}
}

func TestExtend_aBorderBetweenKindsOfFailureIsNoNews(t *testing.T) {
	_, _, changes := replay([]deadyet.Finding{finding(0, refused), finding(1, reset), finding(2, reset), finding(3, reset)}, confirm)
	if len(changes) != 1 || changes[0].News() {
		t.Errorf("got %+v, want one change that is no news", changes)
	}
}

func TestExtend_withoutConfirmationChangesAtOnce(t *testing.T) {
	s, ended, changes := replay([]deadyet.Finding{finding(0, yes), finding(1, refused)}, deadyet.Confirmation{})
	if s.Open.Outcome != refused || s.Pending != nil || len(ended) != 1 || len(changes) != 1 {
		t.Errorf("got %+v, %d spans ended, %d changes, want refused with one of each", s, len(ended), len(changes))
	}
}

func TestEnd(t *testing.T) {
	t.Run("a check that was never found has nothing to end", func(t *testing.T) {
		if s, span, change := history.End(history.State{}, hour(1)); s.Started() || span != nil || change != nil {
			t.Errorf("got %+v, %v, %v, want nothing", s, span, change)
		}
	})
	s, _, _ := replay([]deadyet.Finding{finding(0, yes), finding(1, yes), finding(2, refused)}, confirm)
	ended, span, change := history.End(s, hour(9))
	t.Run("the span ends as unasked after its last finding", func(t *testing.T) {
		want := deadyet.Interval{From: hour(1), To: hour(9)}
		if span == nil || span.Until != want || ended.Open.Outcome != (deadyet.Outcome{}) || ended.Open.Since != want || ended.Pending != nil {
			t.Errorf("got %+v, ended %+v, want unasked since %v", ended, span, want)
		}
		if change == nil || change.From != yes || change.To.Answer != deadyet.AnswerUnasked {
			t.Errorf("change: got %+v, want yes to unasked", change)
		}
	})
	t.Run("it ends once", func(t *testing.T) {
		if _, span, _ := history.End(ended, hour(10)); span != nil {
			t.Errorf("got %+v, want nothing", span)
		}
	})
	t.Run("a question that is asked again begins at once and is no news", func(t *testing.T) {
		s, span, change := history.Extend(ended, finding(12, silent), hour(2), confirm)
		if s.Open.Outcome != silent || s.Open.Since != deadyet.At(hour(12)) || span == nil || change == nil || change.News() {
			t.Errorf("got %+v, %+v, %+v, want silent since then and no news", s, span, change)
		}
	})
}
