package web

import (
	"encoding/json"
	"net/http"
	"time"

	"deadyet"
)

const jsonType = "application/json"

// health is what /healthz says.
type health struct {
	OK         bool              `json:"ok"`
	Simulated  bool              `json:"simulated"`
	Edition    deadyet.EditionID `json:"edition,omitempty"`
	At         *time.Time        `json:"at,omitempty"`
	LastRound  *time.Time        `json:"last_round,omitempty"`
	AgeSeconds *int64            `json:"age_seconds,omitempty"` // of the last round
	LineGood   bool              `json:"line_good"`
	Trouble    string            `json:"trouble,omitempty"` // what is wrong behind the page
}

// health answers whether the site is up: 200 as soon as there is an edition.
// What is wrong behind it stands in the answer: the page itself is good.
// That our own line is down is no reason to take the page away.
func (s *Server) health(w http.ResponseWriter, req *http.Request, e *edition) int {
	status, v := http.StatusServiceUnavailable, health{Simulated: s.simulated(e)}
	if e != nil {
		status, v = http.StatusOK, s.healthOf(e)
	}
	w.Header().Set("Cache-Control", "no-store")
	return send(w, req, status, jsonType, writeJSON(v))
}

func (s *Server) healthOf(e *edition) health {
	ed := e.Edition()
	at := ed.At.UTC()
	v := health{OK: true, Simulated: s.simulated(e), Edition: ed.ID, At: &at, LineGood: ed.Down.IsZero()}
	if s.options.Trouble != nil {
		v.Trouble = s.options.Trouble()
		v.OK = v.Trouble == ""
	}
	if len(ed.Rounds) > 0 {
		last := ed.Rounds[0].Ended.UTC()
		age := int64(s.options.Now().Sub(last) / time.Second)
		v.LastRound, v.AgeSeconds = &last, &age
	}
	return v
}

// writeJSON writes a value of this package, all of which can be written.
func writeJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return []byte("{}\n")
	}
	return append(b, '\n')
}
