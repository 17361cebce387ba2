package web

import (
	"errors"
	"net/http"
	"strconv"

	"deadyet/site"
)

const apiPrefix = "/api/v1/"

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	e := s.current.Load()
	s.protect(w.Header(), e)
	s.count(s.answer(w, req, e))
}

// answer writes the answer and returns its status.
func (s *Server) answer(w http.ResponseWriter, req *http.Request, e *edition) int {
	v, err := s.visit(req, e)
	switch {
	case req.Method != http.MethodGet && req.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		return s.problem(w, v, http.StatusMethodNotAllowed)
	case err != nil:
		return s.problem(w, v, http.StatusInternalServerError)
	}
	if to, ok := v.toRoot(); ok {
		return v.moved(w, to)
	}
	req, e = v.Request, v.now
	switch req.URL.Path {
	case "/healthz":
		return s.health(w, req, e)
	case "/metrics":
		w.Header().Set("Cache-Control", "no-store")
		s.metrics.ServeHTTP(w, req)
		return http.StatusOK
	case livePath:
		return s.tell(w, req)
	case "/favicon.ico":
		return moved(w, req, "/favicon.svg")
	case "/api", "/api/", "/api/v1":
		return moved(w, req, apiPrefix)
	}
	if e == nil {
		return s.problem(w, v, http.StatusServiceUnavailable)
	}
	if status, ok := s.indexing(w, v); ok {
		return status
	}
	if status, ok := s.which(w, v); ok {
		return status
	}
	if status, ok := s.travel(w, v); ok {
		return status
	}
	r, err := e.response(wanted(req))
	switch {
	case errors.Is(err, site.ErrNoPage):
		return s.problem(w, v, http.StatusNotFound)
	case err != nil:
		return s.problem(w, v, http.StatusInternalServerError)
	}
	return r.serve(w, v, req.URL.Path == "/")
}

// moved sends the visitor to another path of this site.
func moved(w http.ResponseWriter, req *http.Request, to string) int {
	http.Redirect(w, req, to, http.StatusMovedPermanently)
	return http.StatusMovedPermanently
}

// protect sets the headers that every answer has.
func (s *Server) protect(h http.Header, e *edition) {
	h["Content-Security-Policy"] = policy
	h["X-Content-Type-Options"] = noSniff
	h["Referrer-Policy"] = noReferrer
	if s.simulated(e) {
		h["Deadyet-Simulated"] = isTrue
	}
}

// Header values that are the same in every answer. They are shared, and never
// changed.
var (
	policy = []string{"default-src 'none'; style-src 'self'; img-src 'self'; " +
		"script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}
	noSniff    = []string{"nosniff"}
	noReferrer = []string{"no-referrer"}
	isTrue     = []string{"true"}
)

// troubles says why a request is refused.
var troubles = map[int]func() site.Trouble{
	http.StatusNotFound:            site.NoSuchPage,
	http.StatusMethodNotAllowed:    site.ReadOnly,
	http.StatusInternalServerError: site.Unmade,
	http.StatusServiceUnavailable:  site.NotYet,
}

// problem answers with a status other than 200: as JSON below the API, as a
// page for browsers, else as text.
func (s *Server) problem(w http.ResponseWriter, v visit, status int) int {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	if status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "30")
	}
	kind, body := s.problemBody(v, status)
	return s.refuse(w, v, status, kind, body)
}

// refuse sends what a problem says. It depends on what the visitor takes.
func (s *Server) refuse(w http.ResponseWriter, v visit, status int, kind string, body []byte) int {
	w.Header().Set("Vary", "Accept, Accept-Language")
	return send(w, v.Request, status, kind, body)
}

// send writes an answer that is made for one visitor.
func send(w http.ResponseWriter, req *http.Request, status int, kind string, body []byte) int {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if req.Method != http.MethodHead {
		w.Write(body) // the visitor may be gone: nobody is left to be told
	}
	return status
}

func (s *Server) problemBody(v visit, status int) (kind string, body []byte) {
	trouble := troubles[status]()
	if v.forProgram() {
		return jsonType, writeJSON(apiProblem{trouble.String(), status, s.simulated(v.now)})
	}
	if v.now != nil && wantsHTML(v.Header.Get("Accept")) {
		if p, err := v.now.Problem(trouble, v.prefix); err == nil {
			return p.Type, p.Body
		}
	}
	text := trouble.String() + "\n"
	if s.simulated(v.now) {
		text = "SIMULATED. " + text
	}
	return "text/plain; charset=utf-8", []byte(text)
}

type apiProblem struct {
	Error     string `json:"error"`
	Status    int    `json:"status"`
	Simulated bool   `json:"simulated"`
}
