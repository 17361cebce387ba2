package site

import "deadyet"

type apiDiff struct {
	From    apiSide         `json:"from"`
	To      apiSide         `json:"to"`
	Answers []apiVerdict    `json:"answers"`
	Began   []apiItem       `json:"began"`
	Ended   []apiItem       `json:"ended"`
	Lists   []apiListDiff   `json:"lists"`
	Changes []apiServerDiff `json:"changes"`
}

type apiSide struct {
	apiHead
	apiVerdict
}

type apiListDiff struct {
	Network deadyet.NetworkID  `json:"network"`
	Region  deadyet.Region     `json:"region,omitempty"`
	Came    []deadyet.ServerID `json:"came,omitempty"`
	Left    []deadyet.ServerID `json:"left,omitempty"`
}

// apiServerDiff is what happened to some servers alike.
type apiServerDiff struct {
	Network deadyet.NetworkID  `json:"network"`
	Servers []deadyet.ServerID `json:"servers"`
	Turns   []apiTurn          `json:"turns"`
}

type apiTurn struct {
	Transport deadyet.Transport `json:"transport"`
	Port      uint16            `json:"port"`
	Kind      deadyet.Kind      `json:"kind"`
	Versions  []deadyet.Version `json:"versions,omitempty"`
	From      deadyet.Answer    `json:"from"`
	To        deadyet.Answer    `json:"to"`
	Fact      deadyet.FactID    `json:"fact,omitempty"` // of the record, by which it is known
}

func (d difference) document() apiDiff {
	v := apiDiff{
		From: sideOf(d.from), To: sideOf(d.to),
		Answers: []apiVerdict{}, Began: []apiItem{}, Ended: []apiItem{}, Lists: []apiListDiff{}, Changes: []apiServerDiff{},
	}
	for _, a := range d.answers {
		v.Answers = append(v.Answers, verdictOf(a))
	}
	for _, i := range d.began {
		v.Began = append(v.Began, itemDoc(i))
	}
	for _, i := range d.ended {
		v.Ended = append(v.Ended, itemDoc(i))
	}
	for _, l := range d.lists {
		v.Lists = append(v.Lists, apiListDiff{l.network, l.region, l.came, l.left})
	}
	for _, c := range d.changes {
		x := apiServerDiff{Network: c.network, Servers: c.servers}
		for _, t := range c.turns {
			x.Turns = append(x.Turns, apiTurn{t.transport, t.port, t.kind, t.versions, t.from, t.to, t.fact})
		}
		v.Changes = append(v.Changes, x)
	}
	return v
}

func sideOf(s Side) apiSide {
	e := s.Edition
	return apiSide{apiHead{e.ID, apiTime(e.At), e.Subject.Simulated}, verdictOf(e.Verdict)}
}
