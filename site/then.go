package site

import "deadyet"

// stay is a listing as it was at the moment of the edition.
type stay struct {
	deadyet.Listing
	later deadyet.Day // when it ended, as is known now and was not then; zero if it had ended or lasts
}

// stays returns the listings of a server that had begun by the moment of the
// edition. The end of one that lasted then is not among what was known.
func (s *Site) stays(sv deadyet.Server) (out []stay) {
	day := deadyet.DayOf(s.edition.At)
	for _, l := range sv.Listings {
		st := stay{Listing: l}
		if s.moment.Name != "" && day.Before(l.Since) {
			continue
		}
		if s.moment.Name != "" && day.Before(l.Until) {
			st.Until, st.later = deadyet.Day{}, l.Until
		}
		out = append(out, st)
	}
	return out
}

// endedBy returns the end of something if it had come by the moment of the
// edition, else the zero value.
func (s *Site) endedBy(end deadyet.Interval) deadyet.Interval {
	if s.moment.Name != "" && end.From.After(s.edition.At) {
		return deadyet.Interval{}
	}
	return end
}

// thenKnown is a fact without an end that came later.
func (s *Site) thenKnown(f deadyet.Fact) deadyet.Fact {
	f.Until = s.endedBy(f.Until)
	return f
}
