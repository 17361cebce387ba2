package history

import (
	"deadyet"
)

// Lives tells of each network how long it took each version, in the subject's
// order. The spans are those of [Overlay]. A question that is no longer asked
// ends a life where the last answer was a yes.
func Lives(s deadyet.Subject, spans []deadyet.Span) (out []deadyet.Life) {
	type key struct {
		n deadyet.NetworkID
		v deadyet.Version
	}
	lives := make(map[key]*deadyet.Life)
	now := make(map[key]map[deadyet.ServerID]bool)
	ends := make(map[key]map[deadyet.ServerID]deadyet.Interval)
	for i := range spans {
		sp := &spans[i]
		k := key{sp.Check.Server.Network(), sp.Check.Version}
		if k.v == "" || sp.Outcome.Answer != deadyet.AnswerYes {
			continue
		}
		l := lives[k]
		if l == nil {
			l = &deadyet.Life{Network: k.n, Version: k.v, First: sp.Since, Recorded: sp.Recorded()}
			lives[k], now[k], ends[k] = l, make(map[deadyet.ServerID]bool), make(map[deadyet.ServerID]deadyet.Interval)
		}
		if compare(sp.Since, l.First) < 0 {
			l.First = sp.Since
		}
		l.Recorded = l.Recorded && sp.Recorded()
		if sp.Open() {
			now[k][sp.Check.Server] = true
			continue
		}
		if e, ok := ends[k][sp.Check.Server]; !ok || compare(sp.Until, e) > 0 {
			ends[k][sp.Check.Server] = sp.Until
		}
	}
	for _, n := range s.Networks {
		for _, v := range s.Versions {
			k := key{n.ID, v.Version}
			if l := lives[k]; l != nil {
				l.Takers = len(now[k])
				if l.Takers == 0 {
					l.Last, l.Survivor = last(ends[k])
				}
				out = append(out, *l)
			}
		}
	}
	return out
}

// last returns the latest end, and whose it was if it was one server's alone.
func last(ends map[deadyet.ServerID]deadyet.Interval) (when deadyet.Interval, who deadyet.ServerID) {
	alone := false
	for id, e := range ends {
		switch c := compare(e, when); {
		case when.IsZero() || c > 0:
			when, who, alone = e, id, true
		case c == 0:
			alone = false
		}
	}
	if !alone {
		who = ""
	}
	return when, who
}
