package site

import (
	"deadyet"
)

// apiRollup is what the rounds of a vantage add up to, on a day or in a month.
type apiRollup struct {
	Period      string                 `json:"period"`
	Vantage     deadyet.VantageID      `json:"vantage"`
	Rounds      int                    `json:"rounds"`
	Connections int                    `json:"connections"`
	Answers     map[deadyet.Answer]int `json:"answers"`
	Latency     *apiLatency            `json:"latency,omitempty"`
}

// apiLatency is how long answers took, in microseconds.
type apiLatency struct {
	Count    int   `json:"count"`
	MinUS    int64 `json:"min_us"`
	MedianUS int64 `json:"median_us"`
	MaxUS    int64 `json:"max_us"`
}

func (s *Site) rollupDocs(id deadyet.ServerID) ([]apiRollup, error) {
	rs, err := s.rollupsOf(id)
	docs := make([]apiRollup, 0, len(rs))
	for i := range rs {
		docs = append(docs, rollupDoc(&rs[i]))
	}
	return docs, err
}

func rollupDoc(r *deadyet.Rollup) apiRollup {
	a := apiRollup{
		Period: r.Period(), Vantage: r.Vantage, Rounds: r.Rounds, Connections: r.Connections, Answers: make(map[deadyet.Answer]int),
	}
	for _, answer := range deadyet.Answers() {
		if n := r.Answers[answer]; n > 0 {
			a.Answers[answer] = n
		}
	}
	if l := &r.Latency; l.Count() > 0 {
		a.Latency = &apiLatency{l.Count(), l.Min.Microseconds(), l.Median().Microseconds(), l.Max.Microseconds()}
	}
	return a
}
