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
		v.Versions = append(v.Versions, apiVersion{i.Version, i.Counts, i.First, i.Used, i.Note, s.versionLives(i.Version)})
	}
	return v
}

func (s *Site) versionLives(v deadyet.Version) []apiLife {
	lives := []apiLife{}
	for _, l := range s.edition.Lives {
		if l.Version == v {
			lives = append(lives, apiLife{l.Network, intervalOf(l.First), intervalOf(l.Last), l.Survivor, l.Takers, l.Recorded})
		}
	}
	return lives
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
		f := apiFleet{d.Network, d.Region, []apiCurve{}}
		for _, c := range d.Curves {
			f.Curves = append(f.Curves, apiCurve{c.Version, pointsOf(c.Points)})
		}
		v.Fleets = append(v.Fleets, f)
	}
	return v
}

func pointsOf(points []deadyet.Point) []apiPoint {
	out := slices.Grow([]apiPoint{}, len(points))
	for _, p := range points {
		out = append(out, apiPoint{apiTime(p.At), p.Low, p.High, p.Recorded})
	}
	return out
}
