package web

import "net/http"

// apiStray is the problem of a moment of which nothing is known.
type apiStray struct {
	apiProblem
	Nearest string `json:"nearest"` // path of the page
}

// astray answers that nothing is known of a moment, and leads to the nearest
// one of which something is.
func (s *Server) astray(w http.ResponseWriter, v visit, lost *stray) int {
	const status = http.StatusNotFound
	w.Header().Set("Cache-Control", "no-cache")
	if v.forProgram() {
		return s.refuse(w, v, status, jsonType, writeJSON(apiStray{apiProblem{lost.String(), status, s.simulated(v.now)}, lost.to}))
	}
	p, err := v.now.Astray(lost.Trouble, lost.to, v.prefix)
	if err != nil {
		return s.problem(w, v, http.StatusInternalServerError)
	}
	return s.refuse(w, v, status, p.Type, p.Body)
}
