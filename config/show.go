package config

import (
	"fmt"
	"io"

	"deadyet"
	"deadyet/probe"

	"github.com/goccy/go-yaml"
)

// shown is the form of Site in its file.
type shown struct {
	Listen         string                             `yaml:"listen"`
	Store          string                             `yaml:"store"`
	Subject        string                             `yaml:"subject"`
	Live           bool                               `yaml:"live"`
	Vantage        deadyet.VantageID                  `yaml:"vantage"`
	Canary         []string                           `yaml:"canary"`
	LossLimit      int                                `yaml:"loss_limit"`
	OptOut         []shownOptOut                      `yaml:"opt_out,omitempty"`
	Source         string                             `yaml:"source,omitempty"`
	Public         string                             `yaml:"public,omitempty"`
	Contact        string                             `yaml:"contact,omitempty"`
	Pace           shownPace                          `yaml:"pace"`
	Own            []string                           `yaml:"own,omitempty"`
	OwnConnections int                                `yaml:"own_connections"`
	Timeouts       shownTimeouts                      `yaml:"timeouts"`
	Resolvers      []string                           `yaml:"resolvers,omitempty"`
	Subnets        []string                           `yaml:"subnets,omitempty"`
	Networks       map[deadyet.NetworkID]shownNetwork `yaml:"networks,omitempty"`
}

type shownOptOut struct {
	Host   string `yaml:"host"`
	Date   string `yaml:"date"`
	Reason string `yaml:"reason"`
}

type shownTimeouts struct {
	Connect string `yaml:"connect"`
	TLS     string `yaml:"tls"`
	Answer  string `yaml:"answer"`
}

type shownNetwork struct {
	Interval          string        `yaml:"interval,omitempty"`
	ConnectionsPerDay int           `yaml:"connections_per_day,omitempty"`
	Consent           *shownConsent `yaml:"consent,omitempty"`
	Disabled          bool          `yaml:"disabled,omitempty"`
}

// shownPace is how many connections are made a second.
type shownPace struct {
	All        int `yaml:"all"`
	Address    int `yaml:"address"`
	Neighbours int `yaml:"neighbours"`
}

func paceOf(p probe.Pace) shownPace {
	return shownPace{int(p.All.PerSecond), int(p.Address.PerSecond), int(p.Neighbours.PerSecond)}
}

type shownConsent struct {
	By   string `yaml:"by"`
	Date string `yaml:"date"`
}

// Show writes the configuration in force, defaults included, in the form that
// [LoadSite] reads: for each network that may be asked, what holds for it.
func Show(w io.Writer, site Site, s deadyet.Subject) error {
	out := shown{
		Listen: site.Listen, Store: site.Store, Subject: site.Subject, Live: site.Live, Vantage: site.Vantage,
		Canary: site.Canary, LossLimit: site.LossLimit, Source: s.Source, Public: s.Public, Contact: s.Contact, Pace: paceOf(site.Pace), Own: site.Own, OwnConnections: site.OwnConnections,
		Timeouts: shownTimeouts{site.Timeouts.Connect.String(), site.Timeouts.TLS.String(), site.Timeouts.Answer.String()},
		Networks: make(map[deadyet.NetworkID]shownNetwork),
	}
	for _, r := range site.Resolvers {
		out.Resolvers = append(out.Resolvers, r.String())
	}
	for _, p := range site.Subnets {
		out.Subnets = append(out.Subnets, p.String())
	}
	for _, o := range site.OptOut {
		out.OptOut = append(out.OptOut, shownOptOut{o.Host, o.Date.String(), o.Reason})
	}
	for _, n := range s.Networks {
		if n.Dialled() {
			out.Networks[n.ID] = inForce(n)
		}
	}
	for _, o := range site.Networks {
		if o.Disabled {
			out.Networks[o.Network] = shownNetwork{Disabled: true}
		}
	}
	data, err := yaml.Marshal(out)
	if err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	_, err = w.Write(data)
	return err
}

func inForce(n deadyet.Network) shownNetwork {
	s := shownNetwork{Interval: n.Interval.String(), ConnectionsPerDay: n.ConnectionsPerDay}
	if n.Consent.Stands() {
		s.Consent = &shownConsent{n.Consent.By, n.Consent.Date.String()}
	}
	return s
}
