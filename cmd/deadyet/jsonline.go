package main

import (
	"encoding/json"
	"io"
	"time"

	"deadyet"
)

// checkLine is one line of `scan --json`: the observation of one check. Fields
// that don't apply are left out.
type checkLine struct {
	Subject   deadyet.SubjectID `json:"subject"`
	Simulated bool              `json:"simulated,omitempty"`
	Network   deadyet.NetworkID `json:"network"`
	Region    deadyet.Region    `json:"region,omitempty"`
	Server    deadyet.ServerID  `json:"server"`
	Role      deadyet.Role      `json:"role,omitempty"`
	Address   string            `json:"address"`
	Port      uint16            `json:"port"`
	Check     deadyet.CheckID   `json:"check"`
	Kind      deadyet.Kind      `json:"kind"`
	Transport deadyet.Transport `json:"transport"`
	Version   deadyet.Version   `json:"version,omitempty"`
	Answer    deadyet.Answer    `json:"answer"`
	Stage     deadyet.Stage     `json:"stage,omitzero"`
	Failure   *deadyet.Failure  `json:"failure,omitempty"`
	Derived   bool              `json:"derived"`
	Ignores   bool              `json:"ignores_offer,omitempty"`
	Redirects []deadyet.Hop     `json:"redirects,omitempty"`
	// Fingerprint is what an identity check saw.
	Fingerprint deadyet.Fingerprint `json:"fingerprint,omitempty"`
	Tries       int                 `json:"tries"`
	TookMS      float64             `json:"took_ms"`
	Began       string              `json:"began"`
	Controls    *deadyet.Controls   `json:"controls,omitempty"`
	TLS         *deadyet.TLS        `json:"tls,omitempty"`
	Evidence    []exchangeLine      `json:"evidence,omitempty"`
}

// exchangeLine is one run of bytes; encoding/json writes bytes in base64.
type exchangeLine struct {
	Dir   deadyet.Direction `json:"dir"`
	Bytes []byte            `json:"bytes"`
	AtMS  float64           `json:"at_ms"`
}

// roundLine is the last line.
type roundLine struct {
	Kind        string                      `json:"kind"` // "round"
	Subject     deadyet.SubjectID           `json:"subject"`
	Simulated   bool                        `json:"simulated,omitempty"`
	Round       deadyet.RoundNumber         `json:"round"`
	Vantage     deadyet.VantageID           `json:"vantage"`
	Began       string                      `json:"began"`
	Ended       string                      `json:"ended"`
	TookMS      float64                     `json:"took_ms"`
	Checks      int                         `json:"checks"`
	Connections int                         `json:"connections"`
	Answers     map[string]int              `json:"answers"`
	Unasked     map[deadyet.FailureKind]int `json:"unasked,omitempty"`
	Canary      canaryLine                  `json:"canary"`
	Loss        *lossLine                   `json:"loss,omitempty"`
}

// lossLine is left out where nothing is known.
type lossLine struct {
	Packets int  `json:"packets"`
	Resent  int  `json:"resent"`
	Voted   bool `json:"voted"`
}

type canaryLine struct {
	Good  bool             `json:"good"`
	Hosts []canaryHostLine `json:"hosts"`
}

type canaryHostLine struct {
	Host    string           `json:"host"`
	Good    bool             `json:"good"`
	TookMS  float64          `json:"took_ms"`
	Failure *deadyet.Failure `json:"failure,omitempty"`
}

// milliseconds is the format of all times: RFC 3339, UTC.
const milliseconds = "2006-01-02T15:04:05.000Z"

func stamp(t time.Time) string { return t.UTC().Format(milliseconds) }

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// jsonPrinter writes one object a line.
type jsonPrinter struct {
	subject deadyet.Subject
	server  func(deadyet.ServerID) deadyet.Server
	enc     *json.Encoder
	err     error // the first one
}

func newJSONPrinter(w io.Writer, s deadyet.Subject) *jsonPrinter {
	return &jsonPrinter{subject: s, enc: json.NewEncoder(w), server: func(id deadyet.ServerID) deadyet.Server {
		_, sv, _ := s.Server(id)
		return sv
	}}
}

func (p *jsonPrinter) print(v any) {
	if err := p.enc.Encode(v); p.err == nil {
		p.err = err
	}
}

// observation prints the line of one check.
func (p *jsonPrinter) observation(o deadyet.Observation) {
	sv := p.server(o.Check.Server)
	at := sv.LastListing()
	last := o.Last()
	l := checkLine{
		Subject: p.subject.ID, Simulated: p.subject.Simulated,
		Network: o.Check.Server.Network(), Region: at.Region, Server: o.Check.Server, Role: at.Role,
		Address: sv.Address, Port: o.Check.Port, Check: o.Check.ID(), Kind: o.Check.Kind,
		Transport: o.Check.Transport, Version: o.Check.Version,
		Answer: o.Answer, Stage: o.Stage, Derived: o.Derived,
		Ignores: last.IgnoresOffer, Redirects: last.Redirects,
		Tries: o.Tries(), Began: stamp(last.Began),
	}
	if len(o.Readings) > 0 {
		l.Began = stamp(o.Readings[0].Began)
	}
	for _, r := range o.Readings {
		l.TookMS += ms(r.Took)
	}
	if !o.Failure.IsZero() {
		l.Failure = &o.Failure
	}
	switch {
	case o.Check.Version != "":
		l.Controls = &last.Controls
	case o.Check.Kind == deadyet.KindIdentity:
		l.Fingerprint = last.Fingerprint
	}
	if t := last.Transcript; t != nil {
		l.TLS = t.TLS
	}
	for _, e := range last.During() {
		l.Evidence = append(l.Evidence, exchangeLine{e.Dir, e.Bytes, ms(e.At)})
	}
	p.print(l)
}

// round prints the last line.
func (p *jsonPrinter) round(r deadyet.RoundSummary) {
	l := roundLine{
		Kind: "round", Subject: p.subject.ID, Simulated: p.subject.Simulated, Round: r.Number, Vantage: r.Vantage,
		Began: stamp(r.Began), Ended: stamp(r.Ended), TookMS: ms(r.Ended.Sub(r.Began)),
		Checks: r.Planned, Connections: r.Connections, Answers: make(map[string]int), Unasked: r.Unasked,
		Canary: canaryLine{Good: r.Canary.Good},
	}
	if r.Loss.Sent > 0 {
		l.Loss = &lossLine{r.Loss.Sent, r.Loss.Resent, !r.Loss.Bad}
	}
	for _, a := range deadyet.Answers() {
		l.Answers[a.String()] = r.Counts[a]
	}
	for _, h := range r.Canary.Hosts {
		line := canaryHostLine{Host: h.Host, Good: h.Good, TookMS: ms(h.Took)}
		if !h.Failure.IsZero() {
			line.Failure = &h.Failure
		}
		l.Canary.Hosts = append(l.Canary.Hosts, line)
	}
	p.print(l)
}
