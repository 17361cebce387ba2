package site

import "deadyet"

type apiRecord struct {
	apiHead
	Revisions []deadyet.Revision `json:"revisions"`
	Facts     []apiFact          `json:"facts"`
}

type apiFact struct {
	ID       deadyet.FactID      `json:"id"`
	Select   apiSelector         `json:"select"`
	Count    *apiCount           `json:"count,omitempty"`
	Answer   *deadyet.Answer     `json:"answer,omitempty"`
	Stage    deadyet.Stage       `json:"stage,omitzero"`
	Failure  deadyet.FailureKind `json:"failure,omitempty"`
	Block    *apiBlock           `json:"block,omitempty"`
	Since    apiInterval         `json:"since,omitzero"`
	Until    apiInterval         `json:"until,omitzero"`
	Inferred bool                `json:"inferred,omitempty"`
	Text     string              `json:"text"`
	Aside    string              `json:"aside,omitempty"` // Markdown
	Source   deadyet.Source      `json:"source,omitzero"`
}

type apiSelector struct {
	Network    deadyet.NetworkID   `json:"network,omitempty"`
	Regions    []deadyet.Region    `json:"regions,omitempty"`
	Roles      []deadyet.Role      `json:"roles,omitempty"`
	Servers    []deadyet.ServerID  `json:"servers,omitempty"`
	Kinds      []deadyet.Kind      `json:"kinds,omitempty"`
	Transports []deadyet.Transport `json:"transports,omitempty"`
	Ports      []uint16            `json:"ports,omitempty"`
	Versions   []deadyet.Version   `json:"versions,omitempty"`
}

type apiCount struct {
	Number       int `json:"number,omitempty"`
	LeastPercent int `json:"least_percent,omitempty"`
	MostPercent  int `json:"most_percent,omitempty"`
}

type apiBlock struct {
	Clients []string `json:"clients"`
	By      string   `json:"by,omitempty"`
}

func (s *Site) apiRecord() any {
	v := apiRecord{apiHead: s.apiHead(), Revisions: []deadyet.Revision{}, Facts: []apiFact{}}
	v.Revisions = append(v.Revisions, s.edition.Subject.Revisions...)
	for _, f := range s.edition.Subject.Record {
		v.Facts = append(v.Facts, factDoc(f))
	}
	return v
}

func factDoc(f deadyet.Fact) apiFact {
	a := apiFact{
		ID: f.ID, Select: apiSelector(f.Select), Stage: f.Stage, Failure: f.Failure,
		Since: intervalOf(f.Since), Until: intervalOf(f.Until), Inferred: f.Inferred,
		Text: f.Text, Aside: f.Aside, Source: f.Source,
	}
	if f.Vague() {
		a.Count = &apiCount{f.Count.Number, f.Count.Least, f.Count.Most}
	}
	if len(f.Block.Clients) > 0 {
		a.Block = &apiBlock{f.Block.Clients, f.Block.By}
	} else {
		a.Answer = &f.Answer
	}
	return a
}
