package site

import (
	"time"

	"deadyet"
)

type apiChecks struct {
	apiHead
	Checks []apiCheck `json:"checks"`
}

type apiCheck struct {
	ID        deadyet.CheckID   `json:"id"`
	Network   deadyet.NetworkID `json:"network"`
	Region    deadyet.Region    `json:"region,omitempty"`
	Server    string            `json:"server"`
	Role      deadyet.Role      `json:"role,omitempty"`
	Kind      deadyet.Kind      `json:"kind"`
	Transport deadyet.Transport `json:"transport"`
	Port      uint16            `json:"port"`
	Version   deadyet.Version   `json:"version,omitempty"`
	Answer    deadyet.Answer    `json:"answer"`
	Stage     deadyet.Stage     `json:"stage,omitzero"`
	Failure   *apiFailure       `json:"failure,omitempty"`
	Since     apiInterval       `json:"since,omitzero"`
	LastAsked apiTime           `json:"last_asked,omitzero"`
	Due       bool              `json:"due"`
	Unasked   *apiFailure       `json:"unasked,omitempty"` // why nobody could ask in the last round
	Recorded  deadyet.FactID    `json:"recorded,omitempty"`
	Vague     bool              `json:"vague,omitempty"` // it is not known whether the fact is about this server
	Flap      *apiFlap          `json:"flap,omitempty"`
	Pending   *apiPending       `json:"pending,omitempty"`
}

type apiFailure struct {
	Stage  deadyet.Stage       `json:"stage,omitzero"`
	Kind   deadyet.FailureKind `json:"kind"`
	Detail string              `json:"detail,omitempty"`
	Text   string              `json:"text"`
}

type apiFlap struct {
	Since apiTime `json:"since"`
	Until apiTime `json:"until"`
	Times int     `json:"times"`
}

type apiPending struct {
	Answer  deadyet.Answer `json:"answer"`
	Stage   deadyet.Stage  `json:"stage,omitzero"`
	Failure *apiFailure    `json:"failure,omitempty"`
	Since   apiInterval    `json:"since,omitzero"`
	Rounds  int            `json:"rounds"`
	Told    *apiTold       `json:"told,omitempty"`
}

func (s *Site) apiChecks() any {
	v := apiChecks{apiHead: s.apiHead(), Checks: []apiCheck{}}
	for _, p := range s.places {
		for _, st := range s.statesOf(p.network, p.server) {
			v.Checks = append(v.Checks, s.checkOf(p.server, st))
		}
	}
	return v
}

func (s *Site) checkOf(sv deadyet.Server, st *deadyet.State) apiCheck {
	l, ok := sv.ListingOn(deadyet.DayOf(s.edition.At))
	if !ok {
		l = sv.LastListing()
	}
	c := st.Check
	a := apiCheck{
		ID: c.ID(), Network: c.Server.Network(), Region: l.Region, Server: c.Server.Name(), Role: l.Role,
		Kind: c.Kind, Transport: c.Transport, Port: c.Port, Version: c.Version,
		Answer: st.Answer(), Stage: st.Span.Outcome.Stage, Failure: failureDoc(failureOf(st.Span)), Unasked: failureDoc(st.Unasked),
		Since: intervalOf(st.Span.Since), LastAsked: apiTime(st.Asked), Due: st.Due, Recorded: st.Span.Fact,
	}
	_, a.Vague = s.vague(st.Span)
	if f := st.Flap; f.Runs > 0 {
		a.Flap = &apiFlap{apiTime(f.Since), apiTime(f.Until), f.Runs}
	}
	if p := st.Pending; p != nil {
		f := p.Failure
		if f.Kind == "" {
			f.Kind = p.Outcome.Failure
		}
		a.Pending = &apiPending{p.Outcome.Answer, p.Outcome.Stage, failureDoc(f), intervalOf(p.Since), p.Rounds, toldDoc(p.Outcome.Told, nil)}
	}
	return a
}

func failureDoc(f deadyet.Failure) *apiFailure {
	if f.Kind == "" {
		return nil
	}
	return &apiFailure{f.Stage, f.Kind, f.Detail, apiSentence(f.Kind)}
}

// apiSentence is the sentence of a kind in English: data have no language.
func apiSentence(k deadyet.FailureKind) string {
	if s, ok := failureSentences[k]; ok {
		return string(s)
	}
	return clean(string(k))
}

type apiOneServer struct {
	apiHead
	apiServer
	Checks      []apiServerCheck `json:"checks"`
	Facts       []apiFact        `json:"facts,omitempty"`
	Transcripts []apiTranscript  `json:"transcripts"`
	Rollups     []apiRollup      `json:"rollups"`
}

type apiServerCheck struct {
	apiCheck
	Votes        *deadyet.Votes       `json:"votes,omitempty"`
	Controls     deadyet.Controls     `json:"controls"`
	IgnoresOffer bool                 `json:"ignores_offer,omitempty"`
	Redirects    []deadyet.Hop        `json:"redirects,omitempty"`
	Fingerprint  string               `json:"fingerprint,omitempty"`
	Identity     string               `json:"identity,omitempty"`
	Told         *apiTold             `json:"told,omitempty"`
	Evidence     []deadyet.EvidenceID `json:"evidence,omitempty"`
}

// apiTold is what people are told, of a check that asks for it.
type apiTold struct {
	Now     []string     `json:"now"`
	InTurns bool         `json:"in_turns,omitempty"`
	Before  []string     `json:"before,omitempty"`
	Answers []apiTelling `json:"answers,omitempty"`
}

// apiTelling is what one resolver told.
type apiTelling struct {
	Resolver  string      `json:"resolver"`
	Subnet    string      `json:"subnet,omitempty"`
	Chain     []string    `json:"chain,omitempty"`
	Addresses []string    `json:"addresses,omitempty"`
	TTL       int         `json:"ttl,omitempty"`
	Failure   *apiFailure `json:"failure,omitempty"`
}

func toldDoc(t deadyet.Told, answers []deadyet.NameAnswer) *apiTold {
	if t == "" && len(answers) == 0 {
		return nil
	}
	v := &apiTold{Now: t.Now(), InTurns: t.InTurns(), Before: t.Before()}
	if v.Now == nil {
		v.Now = []string{}
	}
	for _, a := range answers {
		v.Answers = append(v.Answers, apiTelling{a.Resolver, a.Subnet, a.Chain, a.Addresses, int(a.TTL), failureDoc(a.Failure)})
	}
	return v
}

type apiTranscript struct {
	Evidence  deadyet.EvidenceID `json:"evidence"`
	Transport deadyet.Transport  `json:"transport"`
	Port      uint16             `json:"port"`
	Remote    string             `json:"remote"`
	Began     apiTime            `json:"began"`
	TookMS    int64              `json:"took_ms"`
	Exchanges []apiExchange      `json:"exchanges"`
	Dropped   int                `json:"dropped,omitempty"`
	TLS       *deadyet.TLS       `json:"tls,omitempty"`
	End       string             `json:"end"`
}

type apiExchange struct {
	Dir   deadyet.Direction `json:"dir"`
	Bytes []byte            `json:"bytes"` // base64
	AtMS  int64             `json:"at_ms"`
}

func (s *Site) apiServer(p place) (v apiOneServer, err error) {
	n, sv := p.network, p.server
	v = apiOneServer{apiHead: s.apiHead(), apiServer: s.serverOf(p, s.listedNow(n)[sv.ID]), Checks: []apiServerCheck{}, Transcripts: []apiTranscript{}}
	facts, evidence := make(map[deadyet.FactID]bool), make(map[deadyet.EvidenceID]bool)
	for _, st := range s.statesOf(n, sv) {
		v.Checks = append(v.Checks, s.serverCheckOf(sv, st))
		if f, ok := s.facts[st.Span.Fact]; ok && !facts[f.ID] {
			facts[f.ID] = true
			v.Facts = append(v.Facts, factDoc(s.thenKnown(f)))
		}
		for _, id := range evidenceOf(st) {
			if t := s.edition.Evidence[id]; t != nil && !evidence[id] {
				evidence[id] = true
				v.Transcripts = append(v.Transcripts, transcriptDoc(id, t))
			}
		}
	}
	v.Rollups, err = s.rollupDocs(sv.ID)
	return v, err
}

func (s *Site) serverCheckOf(sv deadyet.Server, st *deadyet.State) apiServerCheck {
	n := st.Span.Notes
	a := apiServerCheck{
		apiCheck: s.checkOf(sv, st), Controls: controlsOf(n.Controls), IgnoresOffer: n.IgnoresOffer,
		Redirects: n.Redirects, Fingerprint: string(n.Fingerprint), Identity: string(st.Span.Outcome.Identity), Evidence: evidenceOf(st),
	}
	a.Told = toldDoc(st.Span.Outcome.Told, n.Names)
	if v := st.Span.Votes; v.Of > 0 {
		a.Votes = &v
	}
	return a
}

// controlsOf says of controls that are not known that nobody asked.
func controlsOf(c deadyet.Controls) deadyet.Controls {
	for _, p := range []*deadyet.ControlState{&c.Positive, &c.Negative} {
		if *p == "" {
			*p = deadyet.ControlUnasked
		}
	}
	return c
}

func transcriptDoc(id deadyet.EvidenceID, t *deadyet.Transcript) apiTranscript {
	a := apiTranscript{
		Evidence: id, Transport: t.Endpoint.Transport, Port: t.Endpoint.Port, Remote: t.Remote, Began: apiTime(t.Began),
		TookMS: int64(t.Took / time.Millisecond), Exchanges: []apiExchange{}, Dropped: t.Dropped, TLS: t.TLS, End: t.End,
	}
	for _, x := range t.Exchanges {
		a.Exchanges = append(a.Exchanges, apiExchange{x.Dir, x.Bytes, int64(x.At / time.Millisecond)})
	}
	return a
}
