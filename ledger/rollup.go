package ledger

import (
	"time"

	"deadyet"
)

// rollUp adds the round to the sums of its day. A day is that on which its rounds
// began. What was summed up of the day before is left as it is, and in time packed.
// The new sums stand in room that is used again: those before are held until the book
// has the new ones, and fresh memory for them would take longer than all the rest.
func (d *draft) rollUp(room []deadyet.Rollup) {
	s := &sums{vantage: d.round.Vantage, day: d.day, rollups: room[:0]}
	before := d.held.rollups[s.vantage]
	switch {
	case len(before) > 0 && before[0].Day == s.day:
		s.rollups = append(s.rollups, before...)
	case len(before) > 0 && before[0].Day.Daily() != s.day.Daily():
		d.entry.PackBefore = s.day.Daily()
	}
	s.findings(d.round.Findings)
	s.observations(d.round.Observations, d.round.Loss.Bad)
	d.entry.Rollups = s.rollups
}

// sums are the roll-ups of one vantage and day, while a round is added.
type sums struct {
	vantage deadyet.VantageID
	day     deadyet.Day
	rollups []deadyet.Rollup // in the order in which their servers were found first
	place   int              // of the one that was asked for last
}

// of returns the sums of a server. The servers of a round mostly come in the order
// of the round before, all that is about one of them together.
func (s *sums) of(id deadyet.ServerID) *deadyet.Rollup {
	for range 2 {
		if s.place < len(s.rollups) && s.rollups[s.place].Server == id {
			return &s.rollups[s.place]
		}
		s.place++
	}
	for s.place = range s.rollups {
		if s.rollups[s.place].Server == id {
			return &s.rollups[s.place]
		}
	}
	s.place = len(s.rollups)
	s.rollups = append(s.rollups, deadyet.Rollup{Server: id, Vantage: s.vantage, Day: s.day})
	return &s.rollups[s.place]
}

// findings counts what was found, and one round for each server of which something
// was. What is told of its name is no answer of its own.
func (s *sums) findings(fs []deadyet.Finding) {
	counted := make([]bool, len(s.rollups))
	for i := range fs {
		if fs[i].Check.Kind == deadyet.KindName {
			continue
		}
		r := s.of(fs[i].Check.Server)
		r.Answers[fs[i].Outcome.Answer]++
		if s.place == len(counted) {
			counted = append(counted, false)
		}
		if !counted[s.place] {
			counted[s.place] = true
			r.Rounds++
		}
	}
}

// observations counts the connections, which the checks of an endpoint share, and
// how long it took until something came back, unless so much was lost on the way
// that this tells nothing of the server.
func (s *sums) observations(os []deadyet.Observation, lossy bool) {
	seen := make(map[*deadyet.Transcript]bool)
	for i := range os {
		for j := range os[i].Readings {
			t := os[i].Readings[j].Transcript
			if t == nil || seen[t] {
				continue
			}
			seen[t] = true
			r := s.of(os[i].Check.Server)
			r.Connections++
			if took, ok := answered(t); ok && !lossy {
				r.Latency.Add(took)
			}
		}
	}
}

// answered returns how long the first answer on a connection took; ok is false when
// nothing was asked or nothing came.
func answered(t *deadyet.Transcript) (took time.Duration, ok bool) {
	for i := 1; i < len(t.Exchanges); i++ {
		if asked, got := t.Exchanges[i-1], t.Exchanges[i]; asked.Dir == deadyet.Sent && got.Dir == deadyet.Received {
			return got.At - asked.At, true
		}
	}
	return 0, false
}
