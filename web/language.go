package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"deadyet"
	"deadyet/site"
)

// visit is a request together with whose language it is answered in. The request's
// path is below the language.
type visit struct {
	*http.Request
	now *edition // in the language; nil while there is none
	// prefix is the language as the visitor wrote it into the path: "/de". It is ""
	// where the language was negotiated.
	prefix string
}

// visit finds the language: that of the path, else the one that suits the
// visitor's Accept-Language best, else English. Only pages are negotiated. What is
// made for programs is in English unless the path says otherwise, so that it does not
// depend on who asks.
func (s *Server) visit(req *http.Request, e *edition) (visit, error) {
	l, path := site.CutLanguage(req.URL.Path)
	v := visit{Request: req, now: e, prefix: site.LanguagePrefix(l)}
	if l == "" {
		if accept := req.Header.Get("Accept-Language"); accept != "" && e != nil && negotiable(path) {
			l = site.Match(accept)
		}
	} else {
		v.Request = below(req, path)
	}
	if strings.HasPrefix(v.URL.Path, apiPrefix) {
		l = deadyet.English // data have no language
	}
	var err error
	if e != nil {
		v.now, err = e.in(l)
	}
	return v, err
}

// below returns the request for a path without its language.
func below(req *http.Request, path string) *http.Request {
	short, u := *req, url.URL{Path: path, RawQuery: req.URL.RawQuery}
	short.URL = &u
	return &short
}

// negotiable reports whether something is a page to read by its path. Which pages
// there are the site knows; this only keeps programs apart.
func negotiable(path string) bool {
	return !strings.HasPrefix(path, apiPrefix) && site.ForPeople(path)
}

// in returns the edition in a language, which is made when the first visitor wants
// it.
func (e *edition) in(l deadyet.Language) (*edition, error) {
	if other, ok := e.others[l]; ok {
		return other()
	}
	return e, nil
}

// tongues prepares an edition in all languages but English.
func (s *Server) tongues(e deadyet.Edition) map[deadyet.Language]func() (*edition, error) {
	others := make(map[deadyet.Language]func() (*edition, error))
	for _, l := range site.Languages() {
		if l != deadyet.English {
			others[l] = sync.OnceValues(func() (*edition, error) { return s.makeEdition(s.options.In(e, l)) })
		}
	}
	return others
}

// vary says on which headers an answer depends: on the language where it is a page
// and the path does not say it.
func (v visit) vary(mediaType string, front bool) []string {
	negotiated := v.prefix == "" && strings.HasPrefix(mediaType, "text/html")
	switch {
	case front && v.prefix == "":
		return varyFront
	case front:
		return varyForm
	case negotiated:
		return varyLanguage
	}
	return varyEncoding
}

// forProgram reports whether the answer is one for programs.
func (v visit) forProgram() bool { return strings.HasPrefix(v.URL.Path, apiPrefix) }

// toRoot leads from a language without a page, "/de", to its root.
func (v visit) toRoot() (to string, ok bool) {
	return v.URL.Path + "/", v.prefix == "" && slices.Contains(site.Languages(), deadyet.Language(strings.TrimPrefix(v.URL.Path, "/")))
}

// moved sends the visitor to another path in the same language.
func (v visit) moved(w http.ResponseWriter, to string) int {
	return moved(w, v.Request, v.prefix+to)
}
