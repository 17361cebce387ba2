package site

import "deadyet"

// Takers is how many listed servers of a network take a version, at any port.
type Takers struct {
	Network deadyet.NetworkID
	Version deadyet.Version
	Servers int // that take it
	Asked   int // of which it is known whether they do
	Of      int // that are to be asked for it
}

// Takers counts them by network and version, in the order of both. A version
// for which no server of a network is to be asked is left out.
func (s *Site) Takers() (out []Takers) {
	for _, n := range s.edition.Subject.Networks {
		counts := make(map[deadyet.Version]*Takers)
		now, _ := s.listedOn(n)
		for _, sv := range now {
			for v, a := range s.bestAnswers(n, sv.Server) {
				t := counts[v]
				if t == nil {
					t = &Takers{Network: n.ID, Version: v}
					counts[v] = t
				}
				t.add(a)
			}
		}
		for _, v := range s.columns {
			if t := counts[v]; t != nil {
				out = append(out, *t)
			}
		}
	}
	return out
}

func (t *Takers) add(a deadyet.Answer) {
	t.Of++
	switch a {
	case deadyet.AnswerUnasked:
	case deadyet.AnswerYes:
		t.Servers++
		t.Asked++
	default:
		t.Asked++
	}
}

// bestAnswers is the best answer of a server to each version at any port.
func (s *Site) bestAnswers(n deadyet.Network, sv deadyet.Server) map[deadyet.Version]deadyet.Answer {
	best := make(map[deadyet.Version]deadyet.Answer)
	for _, c := range n.Checks(sv) {
		if c.Version != "" {
			best[c.Version] = better(best[c.Version], s.state(c).Answer())
		}
	}
	return best
}
