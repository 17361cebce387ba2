package ledger

import (
	"time"

	"deadyet"
	"deadyet/history"
)

// minQuiet is the least time without another run after which a flap has ended.
const minQuiet = 24 * time.Hour

// quiet returns how long a check must have been found as it should be until
// the next run of differing findings is a flap of its own: a day, or as long as
// a confirmation takes, whatever is more. Shorter, a server that fails each
// night would flap every day anew.
func quiet(c deadyet.Confirmation) time.Duration { return max(c.After, minQuiet) }

// flap notes a run of findings that differed and was never confirmed; asked is
// when the last of them was made. Close behind the check's latest flap it makes
// that one longer, unless a change was confirmed in between.
func (d *draft) flap(t, old tracked, asked time.Time) tracked {
	p, now := old.kept.Pending, t.kept.Pending
	if p == nil || now != nil && now.Since.To.Equal(p.Since.To) || t.kept.Open.Since == p.Since {
		return t // nothing was pending, or it still is, or it was confirmed
	}
	x := Exception{Check: t.check(), Outcome: p.Outcome, Since: p.Since.To, Until: asked, Asked: p.Since.From, Runs: 1}
	if f := t.flapped; f != nil && !f.Since.Before(old.kept.Open.Since.To) {
		if merged := history.Flaps([]history.Flap{flapOf(*f), flapOf(x)}, quiet(d.confirm)); len(merged) == 1 {
			x = *f
			x.Until, x.Runs = merged[0].Until, merged[0].Runs
		}
	}
	t.flapped = &x
	d.entry.Exceptions = append(d.entry.Exceptions, x)
	return t
}

func flapOf(x Exception) history.Flap {
	return history.Flap{Check: x.Check, Outcome: x.Outcome, Since: x.Since, Until: x.Until, Runs: x.Runs}
}

// gap notes that nobody asked. A gap that goes on is written once.
func (d *draft) gap(t *tracked, o deadyet.Outcome) {
	if t.exception != nil || t.kept.Open.Outcome.Answer == deadyet.AnswerUnasked {
		return
	}
	is := *t
	is.exception = &Exception{Check: t.check(), Outcome: o, Since: d.round.Began, Asked: d.held.asked(t)}
	d.entry.Exceptions = append(d.entry.Exceptions, *is.exception)
	d.turns = append(d.turns, turn{t, is})
}

// closeGap ends a gap with the network's last round.
func (d *draft) closeGap(t tracked) tracked {
	if t.exception == nil {
		return t
	}
	closed := *t.exception
	closed.Until = d.held.lastRound(closed.Check.Server.Network())
	if closed.Until.Before(closed.Since) {
		closed.Until = closed.Since
	}
	d.entry.Exceptions = append(d.entry.Exceptions, closed)
	t.exception = nil
	return t
}
