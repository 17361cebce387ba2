package verdict

import (
	"slices"
	"time"

	"deadyet"
)

// History follows a network from the first change on and returns its verdicts
// until at, one for each word that became true, earliest first. The changes are
// those of all checks in the order of time, as [history.Changes] makes them;
// what belongs to other networks is left aside.
//
// It visits only moments at which something changes, and those at which the
// rule's waiting time ends.
func History(s deadyet.Subject, n deadyet.Network, changes []deadyet.Change, at time.Time) []deadyet.Verdict {
	_, said := follow(s, n, changes, at, time.Time{})
	return said
}

// moment is when the board may come to another word.
type moment struct {
	at        time.Time
	when      deadyet.Interval
	published time.Time
}

func follow(s deadyet.Subject, n deadyet.Network, changes []deadyet.Change, at, stirs time.Time) (*board, []deadyet.Verdict) {
	f := &follower{board: newBoard(s, n)}
	days := listingDays(n)
	own := ofNetwork(changes, n.ID)
	for len(own) > 0 || len(days) > 0 {
		m := next(own, days)
		if m.at.After(at) {
			break
		}
		f.wait(m.at.Add(-1)) // what happens at the very moment at which a yes would become true comes first
		for len(days) > 0 && !days[0].After(m.at) {
			days = days[1:]
		}
		f.list(m.at)
		for len(own) > 0 && own[0].Begins().Equal(m.at) {
			m = m.with(own[0])
			f.play(own[0])
			own = own[1:]
		}
		f.settle()
		f.look(m)
	}
	if f.dark == nil || stirs.IsZero() || f.ends().Before(stirs) {
		f.wait(at)
	}
	f.list(at)
	return f.board, f.said
}

func ofNetwork(changes []deadyet.Change, id deadyet.NetworkID) (own []*deadyet.Change) {
	for i := range changes {
		if changes[i].Check.Server.Network() == id {
			own = append(own, &changes[i])
		}
	}
	return own
}

// next is the earlier of the next change and the next day on which lists change.
func next(changes []*deadyet.Change, days []time.Time) moment {
	if len(changes) > 0 && (len(days) == 0 || !days[0].Before(changes[0].Begins())) {
		c := changes[0]
		return moment{c.Begins(), c.When, c.Confirmed}
	}
	return moment{days[0], deadyet.At(days[0]), days[0]}
}

// with covers the change as well: nobody knows which of several borders of one
// round came first.
func (m moment) with(c *deadyet.Change) moment {
	if c.When.From.Before(m.when.From) {
		m.when.From = c.When.From
	}
	if c.When.To.After(m.when.To) {
		m.when.To = c.When.To
	}
	if c.Confirmed.After(m.published) {
		m.published = c.Confirmed
	}
	return m
}

// listingDays returns the moments at which the list of the network changes.
func listingDays(n deadyet.Network) (days []time.Time) {
	for _, s := range n.Servers {
		for _, l := range s.Listings {
			days = append(days, l.Since.Start())
			if !l.Until.IsZero() {
				days = append(days, l.Until.Start())
			}
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.CompactFunc(days, time.Time.Equal)
}

// follower keeps what was said while the board moves.
type follower struct {
	*board
	said []deadyet.Verdict
	dark *moment // since nothing is accepted; nil while something is
}

// look says the board's word, if it is another one than before. A yes has to
// wait: until then it is mostly.
func (f *follower) look(m moment) {
	w := f.word()
	switch {
	case w != deadyet.WordYes:
		f.dark = nil
	case f.dark == nil:
		f.dark = &m
	}
	if w == deadyet.WordYes && f.dark != nil && f.ends().After(m.at) {
		w = deadyet.WordMostly
	}
	f.say(w, m)
}

// ends is when the waiting for a yes ends.
func (f *follower) ends() time.Time {
	last := f.lastYes(f.dark.at)
	if last.IsZero() {
		return f.dark.at // nothing was ever accepted
	}
	if from := f.dark.when.From; from.After(last) {
		last = from // the last taker was taken off the list: it took something until then
	}
	return last.Add(f.subject.Rule.After)
}

// wait lets time pass until t: a yes may become true.
func (f *follower) wait(t time.Time) {
	if f.dark == nil || f.now() == deadyet.WordYes {
		return
	}
	end := f.ends()
	if end.After(t) {
		return
	}
	m := *f.dark
	late := end.Sub(m.when.From)
	m.at, m.when = end, deadyet.Interval{From: end, To: m.when.To.Add(late)}
	if m.published.Before(end) {
		m.published = end
	}
	f.say(deadyet.WordYes, m)
}

func (f *follower) now() deadyet.Word {
	if len(f.said) == 0 {
		return deadyet.WordUnknown
	}
	return f.said[len(f.said)-1].Word
}

func (f *follower) say(w deadyet.Word, m moment) {
	if w == f.now() {
		return
	}
	before := f.now()
	v := f.verdict(w, m.at)
	v.Since, v.At, v.Published, v.Facts, v.Reasons = m.when, m.at, m.published, f.facts(), since(v.Reasons, m.when)
	if before == deadyet.WordYes && w != deadyet.WordUnknown {
		v.Reasons = append(v.Reasons, deadyet.Reason{Kind: deadyet.ReasonRisen, Since: m.when})
	}
	f.said = append(f.said, v)
}
