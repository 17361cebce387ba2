package site

import (
	"slices"

	"deadyet"
)

type apiNews struct {
	apiHead
	Items []apiItem `json:"items"`
}

type apiItem struct {
	ID        deadyet.ItemID       `json:"id"`
	Aliases   []deadyet.ItemID     `json:"aliases,omitempty"`
	Kind      deadyet.ItemKind     `json:"kind"`
	Network   deadyet.NetworkID    `json:"network,omitempty"`
	At        apiTime              `json:"at"`
	When      apiInterval          `json:"when,omitzero"`
	Published apiTime              `json:"published,omitzero"`
	Updated   apiTime              `json:"updated,omitzero"`
	Until     apiInterval          `json:"until,omitzero"`
	Regions   []deadyet.Region     `json:"regions,omitempty"`
	Role      deadyet.Role         `json:"role,omitempty"`
	Count     int                  `json:"count,omitempty"`
	Of        int                  `json:"of,omitempty"`
	Parts     []apiPart            `json:"parts,omitempty"`
	Ports     []uint16             `json:"ports,omitempty"`
	Versions  []deadyet.Version    `json:"versions,omitempty"`
	Still     *apiStill            `json:"still,omitempty"`
	To        deadyet.Region       `json:"to,omitempty"`
	Arrived   int                  `json:"arrived,omitempty"`
	Inferred  bool                 `json:"inferred,omitempty"`
	Final     bool                 `json:"final,omitempty"`
	Reason    string               `json:"reason,omitempty"`
	Name      string               `json:"name,omitempty"`
	Clients   []string             `json:"clients,omitempty"`
	Facts     []deadyet.FactID     `json:"facts,omitempty"`
	Recorded  bool                 `json:"recorded,omitempty"`
	Evidence  []deadyet.EvidenceID `json:"evidence,omitempty"`
	Changes   []apiChange          `json:"changes,omitempty"`
	Title     string               `json:"title"`
	Text      string               `json:"text,omitempty"` // Markdown
	By        string               `json:"by,omitempty"`
	Pinned    bool                 `json:"pinned,omitempty"`
	Links     []apiLink            `json:"links,omitempty"`
}

type apiPart struct {
	Region   deadyet.Region     `json:"region,omitempty"`
	Role     deadyet.Role       `json:"role"`
	Count    int                `json:"count"`
	Of       int                `json:"of"`
	Listed   int                `json:"listed"`
	Back     int                `json:"back,omitempty"`
	About    bool               `json:"about,omitempty"`
	Ports    []uint16           `json:"ports,omitempty"`
	Versions []deadyet.Version  `json:"versions,omitempty"`
	Servers  []deadyet.ServerID `json:"servers,omitempty"`
}

type apiStill struct {
	Ports    []uint16          `json:"ports,omitempty"`
	Versions []deadyet.Version `json:"versions,omitempty"`
	Others   int               `json:"others,omitempty"`
}

type apiChange struct {
	Check     deadyet.CheckID `json:"check"`
	From      deadyet.Answer  `json:"from"`
	To        deadyet.Answer  `json:"to"`
	When      apiInterval     `json:"when,omitzero"`
	Confirmed apiTime         `json:"confirmed,omitzero"`
	Fact      deadyet.FactID  `json:"fact,omitempty"`
}

type apiLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
	Note string `json:"note,omitempty"`
}

// roleAny is written where main and internal servers are meant alike.
const roleAny deadyet.Role = "any"

func (s *Site) apiNews() any {
	v := apiNews{apiHead: s.apiHead(), Items: []apiItem{}}
	for _, i := range s.edition.Items {
		v.Items = append(v.Items, itemDoc(i))
	}
	return v
}

func itemDoc(i deadyet.Item) apiItem {
	a := apiItem{
		ID: i.ID, Aliases: i.Aliases, Kind: i.Kind, Network: i.Network,
		At: apiTime(i.At), When: intervalOf(i.When), Published: apiTime(i.Published), Updated: apiTime(i.Updated), Until: intervalOf(i.Until),
		Ports: i.Ports, Versions: i.Versions, To: i.To, Arrived: i.Arrived, Inferred: i.Inferred, Final: i.Final,
		Reason: i.Verdict.Reason, Name: i.Name, Clients: i.Clients, Facts: i.Facts, Recorded: i.Recorded(), Evidence: i.Evidence,
		Title: i.Title, Text: i.Body, By: i.By, Pinned: i.Pinned,
	}
	if a.Kind == "" {
		a.Kind = deadyet.ItemNote
	}
	addParts(&a, i.Parts)
	if still := (apiStill{i.Still.Ports, i.Still.Versions, i.Still.Others}); len(still.Ports)+len(still.Versions)+still.Others > 0 {
		a.Still = &still
	}
	for _, c := range i.Changes {
		a.Changes = append(a.Changes, apiChange{c.Check.ID(), c.From.Answer, c.To.Answer, intervalOf(c.When), apiTime(c.Confirmed), c.Fact})
	}
	for _, l := range i.Links {
		a.Links = append(a.Links, apiLink(l))
	}
	return a
}

// addParts adds the parts and what they come to.
func addParts(a *apiItem, parts []deadyet.Part) {
	for n, p := range parts {
		d := apiPart{p.Region, p.Role, p.Count, p.Of, p.Listed, p.Back, p.About, p.Ports, p.Versions, p.Servers}
		if d.Role == "" {
			d.Role = roleAny
		}
		a.Parts = append(a.Parts, d)
		a.Count, a.Of = a.Count+p.Count, a.Of+p.Of
		switch {
		case n == 0:
			a.Role = d.Role
		case a.Role != d.Role:
			a.Role = roleAny
		}
		if p.Region != "" && !slices.Contains(a.Regions, p.Region) {
			a.Regions = append(a.Regions, p.Region)
		}
	}
}
