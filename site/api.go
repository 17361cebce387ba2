package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"deadyet"
)

// apiRoot is where the API begins.
const apiRoot = "/api/v1/"

// apiDocument is one document of the API.
type apiDocument struct {
	name  string
	about string
	make  func(*Site) any
}

// apiDocuments are the documents that every edition has.
var apiDocuments = []apiDocument{
	{"edition", "which edition this is, and of when", (*Site).apiEdition},
	{"verdict", "the answer to the question, with its reasons", (*Site).apiVerdict},
	{"verdicts", "what the answer was, latest first", (*Site).apiVerdicts},
	{"situation", "how things stand, in a few sentences", (*Site).apiSituation},
	{"networks", "the networks, and how each stands", (*Site).apiNetworks},
	{"servers", "the servers, with their listings and endpoints", (*Site).apiServers},
	{"checks", "every check as it stands", (*Site).apiChecks},
	{"versions", "the versions, and how long each network took them", (*Site).apiVersions},
	{"clients", "which client gets into which network, since when, and why not", (*Site).apiClients},
	{"decline", "how many servers took each version over time", (*Site).apiDecline},
	{"news", "the news, latest first", (*Site).apiNews},
	{"rounds", "the last rounds, latest first", (*Site).apiRounds},
	{"record", "the facts of the record, in its order", (*Site).apiRecord},
	{"rule", "how the verdict is reached", (*Site).apiRule},
	{"changes", "what changed about the lists, the record and the names of the news themselves", (*Site).apiChanges},
	{"method", "how is asked, and with what manners", (*Site).apiMethod},
}

// APIPaths lists the paths of the API, with capital letters where a name
// stands: "/api/v1/versions/VERSION".
func APIPaths() []string {
	paths := []string{apiRoot, apiRoot + openAPIDocument}
	for _, d := range apiDocuments {
		paths = append(paths, apiRoot+d.name)
	}
	for _, k := range apiKinds {
		paths = append(paths, apiRoot+k.name)
	}
	return paths
}

func (s *Site) addAPI() {
	s.addDocument(apiRoot, s.apiIndex)
	s.addOpenAPI()
	for _, d := range apiDocuments {
		s.addDocument(apiRoot+d.name, func() any { return d.make(s) })
	}
	s.addOnes()
}

func (s *Site) addDocument(path string, view func() any) {
	s.add(path, func() (Page, error) { return document(path, view()) })
}

// document is a document of the API.
func document(path string, view any) (Page, error) {
	body, err := json.Marshal(view)
	if err != nil {
		return Page{}, fmt.Errorf("write %s: %w", path, err)
	}
	return Page{Path: path, Type: typeJSON, Body: append(body, '\n')}, nil
}

// apiHead stands at the beginning of every document.
type apiHead struct {
	Edition   deadyet.EditionID `json:"edition"`
	At        apiTime           `json:"at"`
	Simulated bool              `json:"simulated"`
}

func (s *Site) apiHead() apiHead {
	return apiHead{s.edition.ID, apiTime(s.edition.At), s.edition.Subject.Simulated}
}

// apiTime is written in RFC 3339, in UTC; nothing for the zero time.
type apiTime time.Time

// IsZero lets omitzero leave it out.
func (t apiTime) IsZero() bool { return time.Time(t).IsZero() }

// MarshalText implements [encoding.TextMarshaler].
func (t apiTime) MarshalText() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, time.RFC3339Nano), nil
}

// apiInterval is when something happened: not before from, not after to.
type apiInterval struct {
	From apiTime `json:"from,omitzero"`
	To   apiTime `json:"to,omitzero"`
}

// IsZero lets omitzero leave it out.
func (i apiInterval) IsZero() bool { return i.From.IsZero() && i.To.IsZero() }

func intervalOf(i deadyet.Interval) apiInterval { return apiInterval{apiTime(i.From), apiTime(i.To)} }

type apiIndex struct {
	apiHead
	Documents []apiEntry `json:"documents"`
}

type apiEntry struct {
	Path  string `json:"path"`
	About string `json:"about"`
}

func (s *Site) apiIndex() any {
	v := apiIndex{apiHead: s.apiHead()}
	for _, d := range apiDocuments {
		v.Documents = append(v.Documents, apiEntry{apiRoot + d.name, d.about})
	}
	for _, k := range apiKinds {
		v.Documents = append(v.Documents, apiEntry{apiRoot + k.name, k.about})
	}
	v.Documents = append(v.Documents, apiEntry{apiRoot + openAPIDocument, "all of them, described in OpenAPI"})
	return v
}

type apiEdition struct {
	ID        deadyet.EditionID `json:"id"`
	At        apiTime           `json:"at"`
	Simulated bool              `json:"simulated"`
	Subject   deadyet.SubjectID `json:"subject"`
	Question  string            `json:"question"`
	Live      bool              `json:"live"`
	Vantage   deadyet.VantageID `json:"vantage,omitempty"`
	Down      apiTime           `json:"down,omitzero"`
}

func (s *Site) apiEdition() any {
	e := s.edition
	return apiEdition{
		ID: e.ID, At: apiTime(e.At), Simulated: e.Subject.Simulated, Subject: e.Subject.ID,
		Question: e.Subject.Question, Live: e.Live, Vantage: e.Vantage, Down: apiTime(e.Down),
	}
}

type apiRule struct {
	apiHead
	Reference    deadyet.Version         `json:"reference"`
	Half         int                     `json:"half"`
	AfterSeconds int64                   `json:"after_seconds"`
	Says         map[deadyet.Word]string `json:"says"`
	Counts       []deadyet.Version       `json:"counts"`
	Control      deadyet.Version         `json:"control"`
	Confirm      apiConfirm              `json:"confirm"`
}

type apiConfirm struct {
	Rounds       int   `json:"rounds"`
	AfterSeconds int64 `json:"after_seconds"`
}

func (s *Site) apiRule() any {
	sub := s.edition.Subject
	counts := slices.DeleteFunc(slices.Clone(s.columns), func(v deadyet.Version) bool { return !sub.Counts(v) })
	return apiRule{
		apiHead: s.apiHead(), Reference: sub.Rule.Reference, Half: sub.Rule.Half,
		AfterSeconds: int64(sub.Rule.After / time.Second), Says: sub.Rule.Says, Counts: counts,
		Control: sub.Control, Confirm: apiConfirm{sub.Confirm.Rounds, int64(sub.Confirm.After / time.Second)},
	}
}
