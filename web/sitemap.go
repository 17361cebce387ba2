package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"deadyet/site"
)

const sitemapPath = "/sitemap.xml"

// hostForm is what a Host header may hold to be repeated.
var hostForm = regexp.MustCompile(`^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$`)

// base is the address of the site without a slash at its end: what the
// operator says, else what the visitor asked for.
func base(req *http.Request, e *edition) string {
	public := e.Edition().Subject.Public
	if u, err := url.Parse(public); err == nil && u.Host != "" {
		return strings.TrimRight(public, "/")
	}
	host := req.Host
	if !hostForm.MatchString(host) {
		host = "localhost"
	}
	scheme := "http://"
	if req.TLS != nil || req.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	return scheme + host
}

// indexing answers what only search engines ask for. It holds the address of
// the site, and so it is made for each visitor; ok is false for other paths.
func (s *Server) indexing(w http.ResponseWriter, v visit) (status int, ok bool) {
	p := site.Page{Path: v.URL.Path}
	switch p.Path {
	case "/robots.txt":
		p.Type, p.Body = "text/plain; charset=utf-8", v.now.Robots(base(v.Request, v.now))
	case sitemapPath:
		body, err := v.now.Sitemap(base(v.Request, v.now))
		if err != nil {
			return s.problem(w, v, http.StatusInternalServerError), true
		}
		p.Type, p.Body = "application/xml", body
	default:
		return 0, false
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "X-Forwarded-Proto")
	return send(w, v.Request, http.StatusOK, p.Type, p.Body), true
}
