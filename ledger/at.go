package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"deadyet"
	"deadyet/clients"
	"deadyet/history"
	"deadyet/news"
	"deadyet/verdict"
)

// At returns the edition of a moment of the past as it is known now: changes
// count from their beginnings on, however late they were confirmed, and nothing
// that came later is told. It is [Ledger.Edition] for whoever knows that the
// moment has passed; a ledger without a clock, and without a round after it,
// can't know.
func (l *Ledger) At(at time.Time) deadyet.Edition {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.at(at.UTC().Round(0))
}

func (l *Ledger) at(at time.Time) deadyet.Edition {
	h := l.hindsight()
	subject := asOf(l.subject, at)
	// Somebody waits for a day that nobody has asked for before: what is told of
	// it is worked out beside how things stood.
	var t telling
	words := beside(func() { t = l.words(telling{spans: h.spans, changes: h.until(at)}, at, true) })
	states, spans := l.statesOf(subject, at), history.Until(h.spans, at)
	declines, lives := h.declinesAt(subject, at), history.Lives(subject, spans)
	words()
	e := deadyet.Edition{
		At: at, Subject: subject, Vantage: l.options.Vantage,
		Live:    l.options.Live && !h.first.IsZero() && !at.Before(h.first),
		Verdict: t.now[subject.Network], Verdicts: t.verdicts[subject.Network],
		States: states, Items: t.items, Spans: spans, Declines: declines, Lives: lives,
		Rounds:   slices.DeleteFunc(slices.Clone(l.held.rounds), func(r deadyet.RoundSummary) bool { return r.Began.After(at) }),
		Evidence: l.evidence(states),
	}
	e.Lines = asked(verdict.Lines(subject, states, t.now, e.Rounds, at), states)
	gain(&e, h.course)
	e.Situation = news.Situation(subject, e.Verdict, e.Lines, e.Items, at)
	e.ID = h.identify(at)
	return e
}

// beside runs f beside the caller, who gets its panic when he waits for it: nobody
// else would catch one, and a day that can't be told must not end the program.
func beside(f func()) (wait func()) {
	once := sync.OnceFunc(f)
	go func() {
		defer func() { _ = recover() }() // once says it again to who waits
		once()
	}()
	return once
}

// asOf leaves out what belongs to later times and would be told on the page
// without a date: networks that had not begun, and the words of a person about
// how things stand, which are about the present.
func asOf(s deadyet.Subject, at time.Time) deadyet.Subject {
	day := deadyet.DayOf(at)
	s.Networks = slices.DeleteFunc(slices.Clone(s.Networks), func(n deadyet.Network) bool {
		return n.ID != s.Network && day.Before(began(n))
	})
	s.Texts = slices.DeleteFunc(slices.Clone(s.Texts), func(t deadyet.Text) bool { return t.Name == "situation" })
	return s
}

// began is the first day on which a network is known to have been there, zero
// if no day is known.
func began(n deadyet.Network) (day deadyet.Day) {
	day = n.Since
	if !day.IsZero() {
		return day
	}
	for _, sv := range n.Servers {
		for _, li := range sv.Listings {
			if day.IsZero() || li.Since.Before(day) {
				day = li.Since
			}
		}
	}
	return day
}

// statesOf returns the checks as they stood: those of the subject first and in
// its order, then the others that had been found.
func (l *Ledger) statesOf(s deadyet.Subject, at time.Time) []deadyet.State {
	day := deadyet.DayOf(at)
	kept := make(map[deadyet.NetworkID]bool)
	for _, n := range s.Networks {
		kept[n.ID] = true
	}
	states := make([]deadyet.State, len(l.index.courses))
	n := 0
	for i, co := range l.index.courses {
		configured := i < l.index.others && kept[co.check.Server.Network()]
		if !configured && co.at(at, &l.held) == nil {
			continue
		}
		co.fill(&states[n], at, day, &l.held)
		reopen(&states[n].Span, at)
		n++
	}
	return states[:n]
}

// reopen takes an end away that had not come yet.
func reopen(s *deadyet.Span, at time.Time) {
	if end := (deadyet.Span{Since: s.Until, Fact: s.Fact}); !s.Open() && end.Begins().After(at) {
		s.Until, s.Last = deadyet.Interval{}, time.Time{}
	}
}

// asked notes in the lines when a network was last asked, as far as that is
// known: of the rounds only the last ones are kept.
func asked(lines []deadyet.Line, states []deadyet.State) []deadyet.Line {
	last := make(map[deadyet.NetworkID]time.Time)
	for i := range states {
		if st := &states[i]; !st.Asked.IsZero() {
			if n := st.Check.Server.Network(); st.Asked.After(last[n]) {
				last[n] = st.Asked
			}
		}
	}
	for i := range lines {
		if l := &lines[i]; l.LastAsked.Before(last[l.Network]) {
			l.LastAsked, l.LastRound = last[l.Network], 0
		}
	}
	return lines
}

// hindsight is what all moments of the past have in common. It is made when one
// is asked for, and again after something was recorded.
type hindsight struct {
	spans    []deadyet.Span
	changes  []deadyet.Change
	declines []deadyet.Decline
	course   *clients.Course
	first    time.Time // since when something was measured; zero: never
	inputs   []byte    // a hash of everything from which the past is told

	days   []deadyet.Day // see [Ledger.Days]; guarded by looking
	daysOn deadyet.Day   // the day on which they were found
}

// Knowledge names what is known of the past. It changes with everything that is
// recorded, and what was told of a moment may have changed with it.
func (l *Ledger) Knowledge() string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return hex.EncodeToString(l.hindsight().inputs[:8])
}

// hindsight returns what is known of the past. The caller holds l.mu.
func (l *Ledger) hindsight() *hindsight {
	l.looking.Lock()
	defer l.looking.Unlock()
	if l.hind != nil && l.hindOf == l.revision() {
		return l.hind
	}
	h := &hindsight{inputs: l.inputs()}
	if n := len(l.held.rounds); n > 0 {
		h.spans = l.spans(l.held.rounds[0].Ended)
	} else {
		h.spans = l.spans(time.Time{})
	}
	h.changes = history.Changes(h.spans, nil)
	h.declines, h.course = history.Declines(l.subject, h.spans), clients.Follow(l.subject, h.spans)
	for i := range h.spans {
		if s := &h.spans[i]; !s.Recorded() && (h.first.IsZero() || s.Begins().Before(h.first)) {
			h.first = s.Begins()
		}
	}
	l.hind, l.hindOf = h, l.revision()
	return h
}

// revision is the state of a ledger by which hindsight is known to be fresh.
type revision struct {
	round     time.Time // when the last one began
	number    deadyet.RoundNumber
	vantage   deadyet.VantageID
	past      int
	changes   int
	published int
}

func (l *Ledger) revision() revision {
	r := revision{past: len(l.held.past), changes: len(l.held.changes), published: len(l.held.published)}
	if len(l.held.rounds) > 0 {
		last := l.held.rounds[0]
		r.round, r.number, r.vantage = last.Began, last.Number, last.Vantage
	}
	return r
}

// inputs hashes everything from which the past is told. The rounds stand for
// what was found in them.
func (l *Ledger) inputs() []byte {
	h := sha256.New()
	in := struct {
		Subject   deadyet.Subject
		Options   Options
		Rounds    []deadyet.RoundSummary
		Changes   []deadyet.Change
		Published []deadyet.Published
	}{l.subject, l.options, l.held.rounds, l.held.changes, l.held.published}
	if err := json.NewEncoder(h).Encode(in); err != nil {
		// Nouns hold nothing that can't be written; a test says so.
		panic("identify the past: " + err.Error())
	}
	return h.Sum(nil)
}

// identify names the edition of a moment by what it is made from: hashing all
// that it holds would take longer than making it.
func (h *hindsight) identify(at time.Time) deadyet.EditionID {
	sum := sha256.Sum256(append(slices.Clip(h.inputs), at.Format(time.RFC3339Nano)...))
	return deadyet.EditionID(hex.EncodeToString(sum[:16]))
}

// until returns the changes that had begun.
func (h *hindsight) until(at time.Time) []deadyet.Change {
	n, _ := slices.BinarySearchFunc(h.changes, at, func(c deadyet.Change, t time.Time) int {
		if c.Begins().After(t) {
			return 1
		}
		return -1
	})
	return slices.Clip(h.changes[:n])
}

// declinesAt cuts the curves off at a moment, and leaves out networks that had
// not begun.
func (h *hindsight) declinesAt(s deadyet.Subject, at time.Time) (out []deadyet.Decline) {
	for _, d := range h.declines {
		if _, ok := s.NetworkByID(d.Network); !ok {
			continue
		}
		curves := d.Curves
		d.Curves = nil
		for _, c := range curves {
			n := 0
			for n < len(c.Points) && !c.Points[n].At.After(at) {
				n++
			}
			if c.Points = slices.Clip(c.Points[:n]); n > 0 {
				d.Curves = append(d.Curves, c)
			}
		}
		if len(d.Curves) > 0 {
			out = append(out, d)
		}
	}
	return out
}
