package site

import "deadyet"

// apiChanges is what changed about the data themselves.
type apiChanges struct {
	apiHead
	Lists       []apiListChange    `json:"lists"`
	Revisions   []deadyet.Revision `json:"revisions"`
	Corrections []apiCorrection    `json:"corrections"`
	Renamed     []apiRenamed       `json:"renamed"`
}

type apiListChange struct {
	Day     deadyet.Day        `json:"day"`
	Network deadyet.NetworkID  `json:"network"`
	Region  deadyet.Region     `json:"region,omitempty"`
	Came    []deadyet.ServerID `json:"came,omitempty"`
	Left    []deadyet.ServerID `json:"left,omitempty"`
}

type apiCorrection struct {
	Was apiFact `json:"was"`
	Now apiFact `json:"now"`
}

type apiRenamed struct {
	ID      deadyet.ItemID   `json:"id"`
	Aliases []deadyet.ItemID `json:"aliases"`
}

func (s *Site) apiChanges() any {
	v := apiChanges{
		apiHead: s.apiHead(), Lists: []apiListChange{}, Revisions: append([]deadyet.Revision{}, s.edition.Subject.Revisions...),
		Corrections: []apiCorrection{}, Renamed: []apiRenamed{},
	}
	for _, c := range s.listChanges() {
		v.Lists = append(v.Lists, c.document())
	}
	for _, c := range s.edition.Subject.Corrections {
		v.Corrections = append(v.Corrections, apiCorrection{factDoc(c.Was), factDoc(c.Now)})
	}
	for _, i := range s.edition.Items {
		if len(i.Aliases) > 0 {
			v.Renamed = append(v.Renamed, apiRenamed{i.ID, i.Aliases})
		}
	}
	return v
}

func (c listChange) document() apiListChange {
	return apiListChange{c.day, c.network, c.region, c.came, c.left}
}
