package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

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
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		return s.problem(w, req, e, http.StatusMethodNotAllowed)
	}
	v, err := s.visit(req, e)
	if err != nil {
		return s.problem(w, req, e, http.StatusInternalServerError)
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
		return s.problem(w, req, e, http.StatusServiceUnavailable)
	}
	if status, ok := s.indexing(w, req, e); ok {
		return status
	}
	if status, ok := s.travel(w, v); ok {
		return status
	}
	r, err := e.response(wanted(req))
	switch {
	case errors.Is(err, site.ErrNoPage):
		return s.problem(w, req, e, http.StatusNotFound)
	case err != nil:
		return s.problem(w, req, e, http.StatusInternalServerError)
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

// problems says in plain words what can't be done.
var problems = map[int][2]string{
	http.StatusNotFound:            {"There is no such page", "It is not even dead: it was never here. Or its server left the configuration."},
	http.StatusMethodNotAllowed:    {"This page can only be read", "Nothing here can be posted, put or deleted. Ask with GET."},
	http.StatusInternalServerError: {"This page could not be made", "That is our fault, and says nothing about any server."},
	http.StatusServiceUnavailable:  {"Nothing is known yet", "The first edition is being made. Come back in a minute."},
}

// problem answers with a status other than 200: as JSON below the API, as a
// page for browsers, else as text.
func (s *Server) problem(w http.ResponseWriter, req *http.Request, e *edition, status int) int {
	words := problems[status]
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Accept, Accept-Language")
	if status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "30")
	}
	kind, body := s.problemBody(req, e, status, words)
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if req.Method != http.MethodHead {
		w.Write(body) // the visitor may be gone: nobody is left to be told
	}
	return status
}

func (s *Server) problemBody(req *http.Request, e *edition, status int, words [2]string) (kind string, body []byte) {
	if strings.HasPrefix(req.URL.Path, apiPrefix) {
		return jsonType, writeJSON(apiProblem{words[0] + ". " + words[1], status, s.simulated(e)})
	}
	if e != nil && wantsHTML(req.Header.Get("Accept")) {
		if p, err := e.Problem(status, words[0], words[1]); err == nil {
			return p.Type, p.Body
		}
	}
	text := words[0] + ". " + words[1] + "\n"
	if s.simulated(e) {
		text = "SIMULATED. " + text
	}
	return "text/plain; charset=utf-8", []byte(text)
}

type apiProblem struct {
	Error     string `json:"error"`
	Status    int    `json:"status"`
	Simulated bool   `json:"simulated"`
}
