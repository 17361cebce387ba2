package ledger

import (
	"maps"
	"slices"
	"time"

	"deadyet"
	"deadyet/history"
)

// recall turns what a book holds into what the ledger has in memory.
func recall(m Memory) held {
	h := held{
		rounds: remembered(slices.Clone(m.Rounds)), spent: m.Spent, past: m.Past, changes: m.Changes, published: m.Published,
		last: orMade(m.Last), down: orMade(m.Down), evidence: orMade(m.Evidence), uses: make(map[deadyet.EvidenceID]int),
		checks: make(map[deadyet.Check]*tracked, len(m.Checks)), rollups: make(map[deadyet.VantageID][]deadyet.Rollup),
	}
	for _, r := range m.Rollups {
		h.rollups[r.Vantage] = append(h.rollups[r.Vantage], r)
	}
	for _, k := range m.Checks {
		h.track(tracked{
			kept:      history.State{Open: k.Open, Pending: k.Pending},
			exception: k.Exception, flapped: k.Flap, latest: k.Latest,
		})
	}
	for i := range h.past {
		if t := h.checks[h.past[i].Check]; t != nil {
			t.past = append(t.past, endingOf(&h.past[i], i))
		}
	}
	return h
}

func orMade[M ~map[K]V, K comparable, V any](m M) M {
	if m == nil {
		return make(M)
	}
	return maps.Clone(m)
}

// track takes a check that was not known.
func (h *held) track(t tracked) *tracked {
	t.place = len(h.tracks)
	h.tracks = append(h.tracks, &t)
	h.checks[t.check()] = &t
	for _, id := range t.named() {
		h.uses[id]++
	}
	return &t
}

func (t *tracked) check() deadyet.Check { return t.kept.Open.Check }

// flap returns the latest flap, the zero value if there never was one.
func (t *tracked) flap() deadyet.Flap {
	if t.flapped == nil {
		return deadyet.Flap{}
	}
	return deadyet.Flap{Since: t.flapped.Since, Until: t.flapped.Until, Runs: t.flapped.Runs}
}

// asked derives when a check was last found: in the last round of its network,
// but for a gap, or before the question was no longer asked. That it was found
// once more, as most checks are in most rounds, is therefore written nowhere.
func (h *held) asked(t *tracked) time.Time {
	switch {
	case t.kept.Open.Outcome.Answer == deadyet.AnswerUnasked:
		return t.kept.Open.Since.From
	case t.exception != nil:
		return t.exception.Asked
	}
	return h.lastRound(t.check().Server.Network())
}

// state returns the state of a check, with when its open span was last found.
func (h *held) state(t *tracked) history.State {
	s := t.kept
	s.Open.Last = h.lastFound(t)
	return s
}

// lastFound derives when the open span of a check was last found.
func (h *held) lastFound(t *tracked) time.Time {
	switch {
	case t.kept.Open.Outcome.Answer == deadyet.AnswerUnasked:
		return time.Time{}
	case t.kept.Pending != nil:
		return t.kept.Pending.Since.From
	}
	return h.asked(t)
}

func (h *held) lastRound(n deadyet.NetworkID) time.Time {
	for i := range h.rounds {
		if slices.Contains(h.rounds[i].Networks, n) {
			return h.rounds[i].Began
		}
	}
	return time.Time{}
}
