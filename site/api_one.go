package site

import (
	"slices"

	"deadyet"
)

// apiOneNetwork is the page of a network as data.
type apiOneNetwork struct {
	apiHead
	apiNetwork
	Note    string           `json:"note,omitempty"` // Markdown
	Regions []deadyet.Region `json:"regions,omitempty"`
	Lives   []apiLife        `json:"lives"`
	apiPlace
}

// apiPlace is what the documents of a network and of a region share.
type apiPlace struct {
	Curves []apiCurve       `json:"curves"`
	Fleet  []apiServer      `json:"fleet"`
	News   []deadyet.ItemID `json:"news"`
}

// apiOneRegion is the page of a region as data.
type apiOneRegion struct {
	apiHead
	Network deadyet.NetworkID `json:"network"`
	Region  deadyet.Region    `json:"region"`
	apiPlace
}

// addOnes adds the documents of single networks, regions, servers, versions
// and items of news: those that have pages.
func (s *Site) addOnes() {
	for _, n := range append(slices.Clone(s.edition.Subject.Networks), s.strayNetworks()...) {
		s.addDocument(apiRoot+"networks/"+string(n.ID), func() any { return s.apiNetwork(n) })
		for _, r := range s.regionsOf(n) {
			s.addDocument(apiRoot+"networks/"+string(n.ID)+"/"+string(r), func() any { return s.apiRegion(n, r) })
		}
	}
	for _, p := range s.places {
		path := apiRoot + "servers/" + string(p.network.ID) + "/" + p.server.ID.Name()
		s.add(path, func() (Page, error) {
			v, err := s.apiServer(p)
			if err != nil {
				return Page{}, err
			}
			return document(path, v)
		})
	}
	for _, v := range s.edition.Subject.Versions {
		s.addDocument(apiRoot+"versions/"+string(v.Version), func() any { return s.apiVersion(v) })
	}
	for n := range s.edition.Items {
		s.addDocument(apiRoot+"news/"+string(s.edition.Items[n].ID), func() any { return s.apiItem(n) })
	}
	for n, i := range s.edition.Items {
		for _, id := range i.Aliases {
			if path := apiRoot + "news/" + string(id); !s.Has(path) {
				s.addDocument(path, func() any { return s.apiItem(n) })
			}
		}
	}
}

func (s *Site) apiNetwork(n deadyet.Network) apiOneNetwork {
	v := apiOneNetwork{
		apiHead: s.apiHead(), apiNetwork: networkOf(s.asOfNow(n), s.lineOf(n.ID)), Note: n.Note,
		Regions: s.regionsOf(n), Lives: []apiLife{}, apiPlace: s.apiPlace(n, ""),
	}
	for _, l := range s.livesOf(n.ID) {
		v.Lives = append(v.Lives, lifeDoc(l))
	}
	return v
}

func (s *Site) apiRegion(n deadyet.Network, r deadyet.Region) apiOneRegion {
	return apiOneRegion{apiHead: s.apiHead(), Network: n.ID, Region: r, apiPlace: s.apiPlace(n, r)}
}

func (s *Site) apiPlace(n deadyet.Network, r deadyet.Region) apiPlace {
	v := apiPlace{Curves: []apiCurve{}, Fleet: []apiServer{}, News: []deadyet.ItemID{}}
	for _, d := range s.edition.Declines {
		if d.Network == n.ID && d.Region == r {
			v.Curves = append(v.Curves, curvesOf(d.Curves)...)
		}
	}
	on := s.listedNow(n)
	for _, p := range s.places {
		if p.network.ID == n.ID && (r == "" || s.stoodIn(p.server, r)) {
			v.Fleet = append(v.Fleet, s.serverOf(p, on[p.server.ID]))
		}
	}
	for _, i := range s.itemsOf(n.ID, r) {
		v.News = append(v.News, i.ID)
	}
	return v
}

// stoodIn reports whether a server was ever listed in a region until the moment of
// the edition.
func (s *Site) stoodIn(sv deadyet.Server, r deadyet.Region) bool {
	return slices.ContainsFunc(s.stays(sv), func(l stay) bool { return l.Region == r })
}

// itemsOf returns the news of a network, or of a region of it.
func (s *Site) itemsOf(n deadyet.NetworkID, r deadyet.Region) (out []deadyet.Item) {
	for _, i := range s.edition.Items {
		if i.Network == n && (r == "" || slices.ContainsFunc(i.Parts, func(p deadyet.Part) bool { return p.Region == r })) {
			out = append(out, i)
		}
	}
	return out
}

// apiOneVersion is the page of a version as data.
type apiOneVersion struct {
	apiHead
	apiVersion
	Networks []apiTakers      `json:"networks"`
	News     []deadyet.ItemID `json:"news"`
}

// apiTakers is who of a network takes a version, and who did.
type apiTakers struct {
	Network deadyet.NetworkID  `json:"network"`
	Servers []deadyet.ServerID `json:"servers"`
	Stopped []apiStopped       `json:"stopped"`
}

type apiStopped struct {
	Server   deadyet.ServerID `json:"server"`
	Until    apiInterval      `json:"until,omitzero"`
	Recorded bool             `json:"recorded,omitempty"`
}

func (s *Site) apiVersion(i deadyet.VersionInfo) apiOneVersion {
	v := apiOneVersion{apiHead: s.apiHead(), apiVersion: s.versionDoc(i), Networks: []apiTakers{}, News: []deadyet.ItemID{}}
	for _, n := range s.edition.Subject.Networks {
		takers, stops := s.fates(n.ID, i.Version)
		t := apiTakers{Network: n.ID, Servers: append([]deadyet.ServerID{}, takers...), Stopped: []apiStopped{}}
		for _, f := range stops {
			t.Stopped = append(t.Stopped, apiStopped{f.server, intervalOf(f.until), f.recorded})
		}
		v.Networks = append(v.Networks, t)
	}
	for _, it := range s.edition.Items {
		if s.concerns(it, i.Version) {
			v.News = append(v.News, it.ID)
		}
	}
	return v
}

// apiOneItem is the page of an item of news as data.
type apiOneItem struct {
	apiHead
	Item   apiItem   `json:"item"`
	Record []apiFact `json:"record,omitempty"`
}

func (s *Site) apiItem(n int) apiOneItem {
	i := s.edition.Items[n]
	v := apiOneItem{apiHead: s.apiHead(), Item: itemDoc(i)}
	for _, f := range s.factsOf(i) {
		v.Record = append(v.Record, factDoc(s.thenKnown(f)))
	}
	return v
}
