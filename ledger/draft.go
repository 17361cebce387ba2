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
	round    *deadyet.Round
	day      deadyet.Day
	confirm  deadyet.Confirmation
	held     *held // only read
	entry    Entry
	turns    []turn
	met      []bool                 // the tracks that have a finding, by their place
	new      map[deadyet.Check]bool // checks that were never found before
	evidence *pool
}

// turn is what becomes of one check.
type turn struct {
	was *tracked // nil for a check that was never found before
	is  tracked
}

// spentDays is for how many days the book knows what was spent.
const spentDays = 7

// draft works out what r changes. It changes nothing itself. Nearly all
// findings of nearly all rounds are those of the round before; they cost a
// comparison and nothing else.
func (l *Ledger) draft(r *deadyet.Round) *draft {
	d := &draft{
		round: r, day: deadyet.DayOf(r.Began), confirm: l.subject.Confirm, held: &l.held,
		met: make([]bool, len(l.held.tracks)), new: make(map[deadyet.Check]bool), evidence: newPool(),
		entry: Entry{
			Subject: l.subject.ID, Simulated: l.subject.Simulated, Round: r.Summary(),
			Spent: r.Spent, SpentSince: deadyet.DayOf(r.Began.AddDate(0, 0, -spentDays)),
			Latest: make(map[deadyet.Check]Latest),
		},
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if t := l.lane.next(i, f.Check, l.held.checks); t == nil {
			d.begin(f)
		} else {
			d.meet(t, f)
		}
	}
	d.rest(&l.index)
	slices.SortStableFunc(d.entry.Changes, func(a, b deadyet.Change) int { return compareChecks(a.Check, b.Check) })
	d.entry.Evidence = d.evidence.kept
	d.rollUp(l.spare)
	return d
}

func compareChecks(a, b deadyet.Check) int { return cmp.Compare(a.ID(), b.ID()) }

// begin takes the first finding ever of a check. One that does not vote begins
// nothing.
func (d *draft) begin(f *deadyet.Finding) {
	if !f.Voted() || d.new[f.Check] {
		return
	}
	d.new[f.Check] = true
	d.find(nil, tracked{}, time.Time{}, f)
}

// meet takes the first finding of a check that is known.
func (d *draft) meet(t *tracked, f *deadyet.Finding) {
	if d.met[t.place] {
		return
	}
	d.met[t.place] = true
	switch {
	case !f.Voted():
		d.gap(t, f.Outcome)
	case d.equal(t, f):
	default:
		if asked := d.held.asked(t); d.round.Began.After(asked) {
			is := *t
			is.kept = d.held.state(t)
			d.find(t, is, asked, f)
		}
	}
}

// equal reports whether f is what was found before and nothing has to be
// written: the row of the round says so.
func (d *draft) equal(t *tracked, f *deadyet.Finding) bool {
	return f.Outcome == t.kept.Open.Outcome && t.kept.Pending == nil && t.exception == nil &&
		(len(f.Evidence) == 0 || t.latest.Day == d.day)
}

// find extends a check by a finding. was is the check as it is held, is the
// same with all that follows from the rounds.
func (d *draft) find(was *tracked, is tracked, asked time.Time, f *deadyet.Finding) {
	old := is
	extends := *f
	extends.At = d.round.Began
	next, ended, change := history.Extend(is.kept, extends, asked, d.confirm)
	is.kept = next
	is = d.closeGap(is)
	is = d.attach(is, old, f, ended)
	is = d.flap(is, old, asked)
	d.turn(was, is, old, ended, change)
}

// attach gives the evidence of f to what begins with it, and keeps it as the
// latest once a day.
func (d *draft) attach(t, old tracked, f *deadyet.Finding, ended *deadyet.Span) tracked {
	began := !old.kept.Started() || ended != nil
	if began && t.kept.Open.Since.To.Equal(d.round.Began) {
		t.kept.Open.Evidence = d.evidence.keep(f.Evidence)
	}
	if p := t.kept.Pending; p != nil && p != old.kept.Pending && p.Rounds == 1 {
		named := *p
		named.Evidence = d.evidence.keep(f.Evidence)
		t.kept.Pending = &named
	}
	if len(f.Evidence) > 0 && (began || t.latest.Day != d.day) {
		t.latest = Latest{d.day, d.evidence.keep(f.Evidence)}
		d.entry.Latest[f.Check] = t.latest
	}
	return t
}

// turn writes what has become of a check: the span that ended, with the last
// evidence of it, the one that began, and what is pending, where that is
// something else than before.
func (d *draft) turn(was *tracked, t, old tracked, ended *deadyet.Span, change *deadyet.Change) {
	if old.kept.Pending != t.kept.Pending {
		d.entry.Pending = append(d.entry.Pending, Dissent{t.check(), t.kept.Pending})
	}
	if ended != nil {
		ended.Evidence = union(ended.Evidence, old.latest.Evidence)
		d.entry.Ended = append(d.entry.Ended, *ended)
	}
	if change != nil {
		d.entry.Changes = append(d.entry.Changes, *change)
	}
	if t.kept.Started() && (ended != nil || !old.kept.Started()) {
		d.entry.Begun = append(d.entry.Begun, t.kept.Open)
	}
	d.turns = append(d.turns, turn{was, t})
}

// rest goes over the checks without a finding: a gap where one was due, the
// end of the span where the question is no longer asked.
func (d *draft) rest(x *index) {
	var missing []*tracked
	for place, met := range d.met {
		if t := d.held.tracks[place]; !met && t.kept.Open.Outcome.Answer != deadyet.AnswerUnasked {
			missing = append(missing, t)
		}
	}
	slices.SortFunc(missing, func(a, b *tracked) int { return compareChecks(a.check(), b.check()) })
	for _, t := range missing {
		switch c := t.check(); {
		case !x.due(c, d.day):
			d.end(t)
		case slices.Contains(d.round.Networks, c.Server.Network()):
			d.gap(t, deadyet.Outcome{})
		}
	}
}

// end ends the open span of a check that is no longer asked.
func (d *draft) end(t *tracked) {
	old := *t
	old.kept = d.held.state(t)
	next, ended, change := history.End(old.kept, d.round.Began)
	if ended == nil {
		return
	}
	is := old
	is.kept = next
	is = d.closeGap(is)
	is = d.flap(is, old, d.held.asked(t))
	d.turn(t, is, old, ended, change)
}
