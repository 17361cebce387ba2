package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/history"
	"deadyet/ledger"
	"deadyet/subjects/msn"
)

// The record of the decline, measured: what the record says at the hour of each
// round is what the round finds. News and verdicts must be those of the record
// itself.

var (
	storyBegins = time.Date(2014, 11, 1, 0, 0, 0, 0, time.UTC)
	storyEnds   = time.Date(2017, 6, 1, 0, 0, 0, 0, time.UTC)
)

// memoryBook keeps what a ledger needs to go on and nothing else.
type memoryBook struct{}

func (memoryBook) Load(context.Context, deadyet.VantageID) (ledger.Memory, error) {
	return ledger.Memory{}, nil
}
func (memoryBook) Commit(context.Context, ledger.Entry) error        { return nil }
func (memoryBook) Reserve(context.Context, []deadyet.Spent) error    { return nil }
func (memoryBook) Publish(context.Context, ledger.Publication) error { return nil }

// story returns the built-in subject with its own network alone, as the record
// knows it and as it would be measured: three ports, three versions.
func story(tb testing.TB) (recorded, measured deadyet.Subject) {
	tb.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		tb.Fatal(err)
	}
	s.Edits = nil
	n, _ := s.NetworkByID(s.Network)
	n.Ask = []deadyet.Ask{
		{Kind: deadyet.KindPort, Transport: deadyet.TransportTCP, Port: 1863},
		{Kind: deadyet.KindPort, Transport: deadyet.TransportHTTP, Port: 80},
		{Kind: deadyet.KindMSNP, Transport: deadyet.TransportHTTPS, Port: 443, Versions: []deadyet.Version{"MSNP18", "MSNP21", "MSNP22"}},
	}
	n.Servers = slices.DeleteFunc(slices.Clone(n.Servers), func(sv deadyet.Server) bool {
		return sv.LastListing().Role == deadyet.RoleEntry
	})
	recorded = s
	recorded.Networks = []deadyet.Network{n}
	measured = recorded
	measured.Record = slices.DeleteFunc(slices.Clone(s.Record), func(f deadyet.Fact) bool { return len(f.Block.Clients) == 0 })
	n.Closed, n.Interval, n.ConnectionsPerDay = deadyet.Day{}, time.Hour, 1<<30
	n.Servers = slices.Clone(n.Servers)
	for i := range n.Servers { // whoever was there when the story begins was listed then
		if l := n.Servers[i].Listings; l[0].Since.Start().Before(storyBegins.AddDate(0, 2, 0)) {
			l = slices.Clone(l)
			l[0].Since = deadyet.DayOf(storyBegins)
			n.Servers[i].Listings = l
		}
	}
	measured.Networks = []deadyet.Network{n}
	return recorded, measured
}

// truth tells what each check answers at a moment that never runs backwards.
type truth struct {
	changes  []deadyet.Change
	now      map[deadyet.Check]deadyet.Outcome
	day      deadyet.Day
	findings []deadyet.Finding // of the day's checks; made anew when something changes
}

func truthOf(recorded deadyet.Subject) *truth {
	return &truth{changes: history.Changes(history.Recorded(recorded), nil), now: make(map[deadyet.Check]deadyet.Outcome)}
}

func (w *truth) round(s deadyet.Subject, number int, at time.Time) deadyet.Round {
	same := w.day == deadyet.DayOf(at)
	for len(w.changes) > 0 && !w.changes[0].Begins().Add(30*time.Minute).After(at) {
		if c := w.changes[0]; c.To.Answer != deadyet.AnswerUnasked {
			w.now[c.Check] = c.To
			same = false
		}
		w.changes = w.changes[1:]
	}
	n := s.Networks[0]
	if !same {
		w.day = deadyet.DayOf(at)
		w.find(n)
	}
	for i := range w.findings {
		w.findings[i].Round, w.findings[i].At = deadyet.RoundNumber(number), at
	}
	return deadyet.Round{
		Number: deadyet.RoundNumber(number), Vantage: "home", Networks: []deadyet.NetworkID{n.ID},
		Began: at, Ended: at.Add(time.Minute), Canary: deadyet.Canary{Good: true},
		Findings: w.findings, Planned: len(w.findings),
	}
}

// find makes the findings of the day.
func (w *truth) find(n deadyet.Network) {
	w.findings = w.findings[:0]
	for _, sv := range n.Servers {
		if _, listed := sv.ListingOn(w.day); !listed {
			continue
		}
		for _, c := range n.Checks(sv) {
			if o, known := w.now[c]; known {
				w.findings = append(w.findings, deadyet.Finding{Check: c, Outcome: o, Votes: deadyet.Votes{For: 1, Of: 1}})
			}
		}
	}
}

// near reports whether something happens within a day of t.
func near(changes []deadyet.Change, n deadyet.Network, t time.Time) bool {
	for _, c := range changes {
		if d := t.Sub(c.Begins()); c.News() && d > -6*time.Hour && d < 30*time.Hour {
			return true
		}
	}
	for _, m := range n.Moves {
		if d := t.Sub(m.On.Start()); d > -6*time.Hour && d < 30*time.Hour {
			return true
		}
	}
	return false
}

// borders keeps one change of each moment: enough to know when something
// happens.
func borders(s deadyet.Subject) []deadyet.Change {
	return slices.CompactFunc(slices.DeleteFunc(history.Changes(history.Recorded(s), nil), func(c deadyet.Change) bool { return !c.News() }),
		func(a, b deadyet.Change) bool { return a.Begins().Equal(b.Begins()) })
}

func measure(tb testing.TB, recorded, measured deadyet.Subject, hourly bool) (*ledger.Ledger, int) {
	tb.Helper()
	l, err := ledger.Open(tb.Context(), memoryBook{}, measured, ledger.Options{Vantage: "home", Live: true})
	if err != nil {
		tb.Fatal(err)
	}
	w, when := truthOf(recorded), borders(recorded)
	number, findings := 0, 0
	for at := storyBegins.Add(time.Hour); at.Before(storyEnds); at = at.Add(time.Hour) {
		if !hourly && at.Hour() != 12 && !near(when, recorded.Networks[0], at) {
			continue
		}
		number++
		r := w.round(measured, number, at)
		findings += len(r.Findings)
		if err := l.Record(tb.Context(), r); err != nil {
			tb.Fatal(err)
		}
	}
	return l, findings
}

// retell returns the story in short lines: verdicts, and what each item is
// about.
func retell(tb testing.TB, l *ledger.Ledger, id deadyet.NetworkID) (lines []string) {
	tb.Helper()
	r, err := l.Replay(tb.Context(), storyEnds, false)
	if err != nil {
		tb.Fatal(err)
	}
	for _, v := range r.Verdicts[id] {
		if v.Since.To.After(storyBegins.AddDate(0, 0, 1)) {
			lines = append(lines, fmt.Sprintf("%s %s", v.Since.From.Format(time.DateOnly), v.Word))
		}
	}
	for _, f := range r.Items {
		i := f.Item
		if i.At.Before(storyBegins) || i.Kind == deadyet.ItemListed || i.Kind == deadyet.ItemRetired {
			continue
		}
		var parts []string
		for _, p := range i.Parts {
			// Of a share of servers the record does not know the roles.
			parts = append(parts, fmt.Sprintf("%s %d/%d", p.Region, p.Count, p.Of))
		}
		lines = append(lines, fmt.Sprint(i.At.Format(time.DateOnly), " ", i.Kind, " ", strings.Join(parts, ", "), " ", i.Ports, i.Versions, i.To, i.Name, " back ", i.Until.To.Format("2006-01")))
	}
	slices.Sort(lines)
	return lines
}

func TestStory_measuredIsRecorded(t *testing.T) {
	recorded, measured := story(t)
	book, err := ledger.Open(t.Context(), memoryBook{}, recorded, ledger.Options{Vantage: "home"})
	if err != nil {
		t.Fatal(err)
	}
	l, _ := measure(t, recorded, measured, false)
	got, want := retell(t, l, measured.Network), retell(t, book, recorded.Network)
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("measured, this is missing: %s", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("measured, this is too much: %s", line)
		}
	}
}

// BenchmarkStory_hourly replays the record, expanded to hourly rounds of six
// checks, through the ledger.
func BenchmarkStory_hourly(b *testing.B) {
	for b.Loop() {
		recorded, measured := story(b)
		began := time.Now()
		l, findings := measure(b, recorded, measured, true)
		lines := retell(b, l, measured.Network)
		took := time.Since(began)
		b.ReportMetric(took.Seconds(), "s/story")
		b.ReportMetric(float64(findings)/took.Seconds(), "findings/s")
		if took > 30*time.Second {
			b.Errorf("took %s, want less than 30 s", took)
		}
		if len(lines) < 20 {
			b.Errorf("got only %d lines of the story", len(lines))
		}
	}
}
