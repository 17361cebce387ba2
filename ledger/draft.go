package ledger

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
	"deadyet/history"
)

// draft is what a round changes, before it is kept.
type draft struct {
	round    deadyet.Round
	confirm  deadyet.Confirmation
	before   func(deadyet.NetworkID) time.Time // when the network's round before this one began
	entry    Entry
	tracked  map[deadyet.Check]tracked // those that changed
	evidence *pool
}

// spentDays is for how many days the book knows what was spent.
const spentDays = 7

// draft works out what r changes. It changes nothing itself.
func (l *Ledger) draft(r deadyet.Round) *draft {
	d := &draft{
		round: r, confirm: l.subject.Confirm, before: l.held.lastRound,
		tracked: make(map[deadyet.Check]tracked), evidence: newPool(),
		entry: Entry{
			Subject: l.subject.ID, Simulated: l.subject.Simulated, Round: r.Summary(),
			Spent: r.Spent, SpentSince: deadyet.DayOf(r.Began.AddDate(0, 0, -spentDays)),
			Latest: make(map[deadyet.Check]Latest),
		},
	}
	for _, f := range r.Findings {
		f.At = r.Began
		d.take(l.held.checks[f.Check], f)
	}
	d.rest(l.held.checks, l.due(r.Began))
	slices.SortStableFunc(d.entry.Changes, func(a, b deadyet.Change) int { return compareChecks(a.Check, b.Check) })
	d.entry.Evidence = d.evidence.kept
	return d
}

// rest goes over the checks without a finding: a gap where one was due, the
// end of the span where the question is no longer asked.
func (d *draft) rest(checks map[deadyet.Check]tracked, due map[deadyet.Check]bool) {
	var missing []deadyet.Check
	for c := range checks {
		if _, ok := d.tracked[c]; !ok {
			missing = append(missing, c)
		}
	}
	slices.SortFunc(missing, compareChecks)
	for _, c := range missing {
		switch {
		case !due[c]:
			d.tracked[c] = d.end(checks[c])
		case slices.Contains(d.round.Networks, c.Server.Network()):
			d.tracked[c] = d.gap(checks[c], deadyet.Outcome{})
		}
	}
}

func compareChecks(a, b deadyet.Check) int { return cmp.Compare(a.ID(), b.ID()) }

// take takes the first finding of each check. One that does not vote begins
// nothing.
func (d *draft) take(t tracked, f deadyet.Finding) {
	if _, twice := d.tracked[f.Check]; twice {
		return
	}
	if t = d.find(t, f); t.state.Started() {
		d.tracked[f.Check] = t
	}
}

func (d *draft) find(t tracked, f deadyet.Finding) tracked {
	switch {
	case !f.Voted():
		return d.gap(t, f.Outcome)
	case !f.At.After(t.asked):
		return t
	}
	old := t
	next, ended, change := history.Extend(t.state, f, t.asked, d.confirm)
	t.state = next
	t = d.closeGap(t)
	t.asked = f.At
	t = d.attach(t, old, f, ended)
	d.flap(old, t)
	d.dissent(old, t, f.Check)
	d.turn(old, t, ended, change)
	return t
}

// attach gives the evidence of f to what begins with it, and keeps it as the
// latest once a day.
func (d *draft) attach(t, old tracked, f deadyet.Finding, ended *deadyet.Span) tracked {
	began := !old.state.Started() || ended != nil
	if began && t.state.Open.Since.To.Equal(f.At) {
		t.state.Open.Evidence = d.evidence.keep(f.Evidence)
	}
	if p := t.state.Pending; p != nil && p.Rounds == 1 {
		named := *p
		named.Evidence = d.evidence.keep(f.Evidence)
		t.state.Pending = &named
	}
	if day := deadyet.DayOf(f.At); len(f.Evidence) > 0 && (began || t.latest.Day != day) {
		t.latest = Latest{day, d.evidence.keep(f.Evidence)}
		d.entry.Latest[f.Check] = t.latest
	}
	return t
}

// turn writes the span that ended, with the last evidence of it, and the one
// that began.
func (d *draft) turn(old, t tracked, ended *deadyet.Span, change *deadyet.Change) {
	if ended != nil {
		ended.Evidence = union(ended.Evidence, old.latest.Evidence)
		d.entry.Ended = append(d.entry.Ended, *ended)
	}
	if change != nil {
		d.entry.Changes = append(d.entry.Changes, *change)
	}
	if t.state.Started() && (ended != nil || !old.state.Started()) {
		d.entry.Begun = append(d.entry.Begun, t.state.Open)
	}
}

// dissent writes what is pending, when that is something else than before.
func (d *draft) dissent(old, t tracked, c deadyet.Check) {
	if old.state.Pending != t.state.Pending {
		d.entry.Pending = append(d.entry.Pending, Dissent{c, t.state.Pending})
	}
}

// flap notes a run of findings that differed and was never confirmed.
func (d *draft) flap(old, t tracked) {
	p := old.state.Pending
	if p == nil || t.state.Pending != nil && t.state.Pending.Rounds > 1 || t.state.Open.Since == p.Since {
		return
	}
	d.entry.Exceptions = append(d.entry.Exceptions, Exception{
		Check: t.state.Open.Check, Outcome: p.Outcome, Since: p.Since.To, Until: old.asked, Asked: p.Since.From,
	})
}

// gap notes that nobody asked. A check that was never found has no gaps.
func (d *draft) gap(t tracked, o deadyet.Outcome) tracked {
	if !t.state.Started() || t.exception != nil || t.state.Open.Outcome.Answer == deadyet.AnswerUnasked {
		return t
	}
	t.exception = &Exception{Check: t.state.Open.Check, Outcome: o, Since: d.round.Began, Asked: t.asked}
	d.entry.Exceptions = append(d.entry.Exceptions, *t.exception)
	return t
}

// closeGap ends a gap with the network's last round.
func (d *draft) closeGap(t tracked) tracked {
	if t.exception == nil {
		return t
	}
	closed := *t.exception
	closed.Until = d.before(closed.Check.Server.Network())
	if closed.Until.Before(closed.Since) {
		closed.Until = closed.Since
	}
	d.entry.Exceptions = append(d.entry.Exceptions, closed)
	t.exception = nil
	return t
}

// end ends the open span of a check that is no longer asked.
func (d *draft) end(t tracked) tracked {
	old := t
	next, ended, change := history.End(t.state, d.round.Began)
	if ended == nil {
		return t
	}
	t.state = next
	t.asked = t.state.Open.Since.From // what a later load derives
	t = d.closeGap(t)
	d.flap(old, t)
	d.dissent(old, t, ended.Check)
	d.turn(old, t, ended, change)
	return t
}
