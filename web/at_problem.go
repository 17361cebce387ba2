package web

import (
	"net/http"
	"strconv"
	"strings"
)

// apiStray is the problem of a moment of which nothing is known.
type apiStray struct {
	apiProblem
	Nearest string `json:"nearest"` // path of the page
}

// astray answers that nothing is known of a moment, and leads to the nearest
// one of which something is.
func (s *Server) astray(w http.ResponseWriter, req *http.Request, e *edition, lost *stray) int {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	kind, body := jsonType, writeJSON(apiStray{apiProblem{lost.heading + ". " + lost.text, http.StatusNotFound, s.simulated(e)}, lost.to})
	if !forProgram(req) {
		p, err := e.Astray(lost.heading, lost.text, lost.to)
		if err != nil {
			return s.problem(w, req, e, http.StatusInternalServerError)
		}
		kind, body = p.Type, p.Body
	}
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusNotFound)
	if req.Method != http.MethodHead {
		w.Write(body) // the visitor may be gone: nobody is left to be told
	}
	return http.StatusNotFound
}

func forProgram(req *http.Request) bool {
	return strings.HasPrefix(req.URL.Path, apiPrefix)
}
