package web

import (
	"net/http"
	"net/url"
	"strings"

	"deadyet/site"
)

// which leads whoever asked the form for a client to its page:
// /clients?client=msn-7.5, or ?name= with what somebody wrote by hand. ok is false
// when nobody asked.
func (s *Server) which(w http.ResponseWriter, v visit) (status int, ok bool) {
	moment, asks := asksWhich(v.URL.Path)
	if !asks || v.URL.RawQuery == "" {
		return 0, false
	}
	q := v.URL.Query()
	name := strings.TrimSpace(q.Get("name"))
	if name == "" {
		name = strings.TrimSpace(q.Get("client"))
	}
	if name == "" {
		return 0, false
	}
	path, page, found, err := v.now.Which(name, moment, v.prefix)
	w.Header().Set("Cache-Control", "no-cache")
	switch {
	case err != nil:
		return s.problem(w, v, http.StatusInternalServerError), true
	case path != "":
		to := url.URL{Path: v.prefix + path}
		http.Redirect(w, v.Request, to.EscapedPath(), http.StatusFound)
		return http.StatusFound, true
	}
	status = http.StatusNotFound
	if found {
		status = http.StatusMultipleChoices
	}
	return s.refuse(w, v, status, page.Type, page.Body), true
}

// asksWhich reports whether a path is that of all clients, and at which moment.
func asksWhich(path string) (moment string, ok bool) {
	if path == site.ClientsPath {
		return "", true
	}
	rest, past := strings.CutPrefix(path, site.AtPrefix)
	moment, below, _ := strings.Cut(rest, "/")
	return moment, past && "/"+below == site.ClientsPath
}
