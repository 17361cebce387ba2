package site

import (
	"time"

	"deadyet"
)

// apiMethod is how it is asked, and with what manners.
type apiMethod struct {
	apiHead
	Live     bool              `json:"live"`
	Vantage  deadyet.VantageID `json:"vantage,omitempty"`
	Manners  *apiText          `json:"manners,omitempty"`
	Networks []apiManners      `json:"networks"`
	Control  deadyet.Version   `json:"control"`
	Confirm  apiConfirm        `json:"confirm"`
	Canary   *apiCanary        `json:"canary,omitempty"`
}

type apiText struct {
	Title string `json:"title"`
	Text  string `json:"text"` // Markdown
}

// apiManners is how one network is asked. Numbers are left out where it never is.
type apiManners struct {
	Network         deadyet.NetworkID `json:"network"`
	Asked           bool              `json:"asked"`
	IntervalSeconds int64             `json:"interval_seconds,omitempty"`
	PerDay          int               `json:"connections_per_day,omitempty"`
	PerHost         int               `json:"connections_at_once,omitempty"`
	Consent         *apiConsent       `json:"consent,omitempty"`
	Endpoints       []apiEndpoint     `json:"endpoints,omitempty"`
}

type apiConsent struct {
	By   string      `json:"by"`
	Date deadyet.Day `json:"date"`
}

// apiCanary is the last look at well-known hosts.
type apiCanary struct {
	Good  bool            `json:"good"`
	At    apiTime         `json:"at"`
	Hosts []apiCanaryHost `json:"hosts"`
}

type apiCanaryHost struct {
	Host    string      `json:"host"`
	Good    bool        `json:"good"`
	TookMS  int64       `json:"took_ms"`
	Failure *apiFailure `json:"failure,omitempty"`
}

func (s *Site) apiMethod() any {
	e := s.edition
	v := apiMethod{
		apiHead: s.apiHead(), Live: e.Live, Vantage: e.Vantage, Networks: []apiManners{},
		Control: e.Subject.Control, Confirm: apiConfirm{e.Subject.Confirm.Rounds, int64(e.Subject.Confirm.After / time.Second)},
	}
	if t := e.Subject.Text("manners"); t.Body != "" {
		v.Manners = &apiText{t.Title, t.Body}
	}
	for _, n := range e.Subject.Networks {
		v.Networks = append(v.Networks, mannersDoc(n))
	}
	if len(e.Rounds) > 0 {
		v.Canary = canaryDoc(e.Rounds[0])
	}
	return v
}

func mannersDoc(n deadyet.Network) apiManners {
	m := apiManners{Network: n.ID, Asked: n.Dialled()}
	if n.Consent.Stands() {
		m.Consent = &apiConsent{n.Consent.By, n.Consent.Date}
	}
	if !m.Asked {
		return m
	}
	m.IntervalSeconds, m.PerDay, m.PerHost = int64(n.Interval/time.Second), n.ConnectionsPerDay, max(1, n.PerHost)
	for _, e := range doors(n) {
		m.Endpoints = append(m.Endpoints, apiEndpoint{e.Transport, e.Port})
	}
	return m
}

func canaryDoc(r deadyet.RoundSummary) *apiCanary {
	c := &apiCanary{Good: r.Canary.Good, At: apiTime(r.Began), Hosts: []apiCanaryHost{}}
	for _, h := range r.Canary.Hosts {
		c.Hosts = append(c.Hosts, apiCanaryHost{h.Host, h.Good, int64(h.Took / time.Millisecond), failureDoc(h.Failure)})
	}
	return c
}
