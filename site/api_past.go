package site

import (
	"slices"

	"deadyet"
)

type apiVersions struct {
	apiHead
	Versions []apiVersion `json:"versions"`
}

type apiVersion struct {
	Version deadyet.Version `json:"version"`
	Counts  bool            `json:"counts"`
	First   string          `json:"first,omitempty"`
	Used    string          `json:"used,omitempty"`
	Note    string          `json:"note,omitempty"`
	Lives   []apiLife       `json:"lives"`
}

type apiLife struct {
	Network  deadyet.NetworkID `json:"network"`
	Version  deadyet.Version   `json:"version"`
	Since    apiInterval       `json:"since,omitzero"`
	Until    apiInterval       `json:"until,omitzero"`
	Survivor deadyet.ServerID  `json:"survivor,omitempty"`
	Takers   int               `json:"takers"`
	Recorded bool              `json:"recorded,omitempty"`
}

// apiVersions tells of each version, and how long each network took it.
func (s *Site) apiVersions() any {
	v := apiVersions{s.apiHead(), []apiVersion{}}
	for _, i := range s.edition.Subject.Versions {
		v.Versions = append(v.Versions, s.versionDoc(i))
	}
	return v
}

func (s *Site) versionDoc(i deadyet.VersionInfo) apiVersion {
	return apiVersion{i.Version, i.Counts, i.First, i.Used, i.Note, s.versionLives(i.Version)}
}

func (s *Site) versionLives(v deadyet.Version) []apiLife {
	lives := []apiLife{}
	for _, l := range s.edition.Lives {
		if l.Version == v {
			lives = append(lives, lifeDoc(l))
		}
	}
	return lives
}

func lifeDoc(l deadyet.Life) apiLife {
	return apiLife{l.Network, l.Version, intervalOf(l.First), intervalOf(l.Last), l.Survivor, l.Takers, l.Recorded}
}

type apiDecline struct {
	apiHead
	Fleets []apiFleet `json:"fleets"`
}

type apiFleet struct {
	Network deadyet.NetworkID `json:"network"`
	Region  deadyet.Region    `json:"region,omitempty"`
	Curves  []apiCurve        `json:"curves"`
}

type apiCurve struct {
	Version deadyet.Version `json:"version"`
	Points  []apiPoint      `json:"points"`
}

type apiPoint struct {
	At       apiTime `json:"at"`
	Low      int     `json:"low"`
	High     int     `json:"high"`
	Recorded bool    `json:"recorded,omitempty"`
}

// apiDecline is the picture of the decline as numbers.
func (s *Site) apiDecline() any {
	v := apiDecline{s.apiHead(), []apiFleet{}}
	for _, d := range s.edition.Declines {
		v.Fleets = append(v.Fleets, apiFleet{d.Network, d.Region, curvesOf(d.Curves)})
	}
	return v
}

func curvesOf(curves []deadyet.Curve) []apiCurve {
	out := slices.Grow([]apiCurve{}, len(curves))
	for _, c := range curves {
		out = append(out, apiCurve{c.Version, pointsOf(c.Points)})
	}
	return out
}

func pointsOf(points []deadyet.Point) []apiPoint {
	out := slices.Grow([]apiPoint{}, len(points))
	for _, p := range points {
		out = append(out, apiPoint{apiTime(p.At), p.Low, p.High, p.Recorded})
	}
	return out
}
