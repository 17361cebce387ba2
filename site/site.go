package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"slices"
	"sync"

	"deadyet"
)

// ErrNoPage means that an edition has no page at a path.
var ErrNoPage = errors.New("no such page")

// Page is one document.
type Page struct {
	Path string // from the root of the site, not percent-encoded
	Type string // media type, for the header Content-Type
	Body []byte // never to be changed
	// Language is that of the text; "" where there is none, or none in particular.
	Language deadyet.Language
	// Fixed says that the bytes under this path can never change, because
	// their hash is part of it.
	Fixed bool
}

// Site is everything that can be shown of one edition. It may be used by
// several goroutines at once. Pages are made when they are asked for, but for
// the front page, which [New] makes; the caller keeps them if it wants to.
type Site struct {
	edition deadyet.Edition
	states  map[deadyet.Check]*deadyet.State      // into the edition
	asked   map[deadyet.ServerID][]*deadyet.State // in the edition's order
	facts   map[deadyet.FactID]deadyet.Fact
	vagues  map[deadyet.FactID]*deadyet.Fact // those that are about a number or a share
	places  []place                          // the servers that have pages
	columns []deadyet.Version
	tongue
	look    *template.Template
	style   string // name of the style sheet, with its hash
	script  string // the same of the script
	moment  Moment
	front   []byte
	pages   map[string]maker
	once    sync.Once // of history
	history map[deadyet.ServerID][]deadyet.Span
}

// maker makes the page of one path.
type maker func() (Page, error)

// New prepares the pages of e and makes the front page. An error means that
// the edition can't be shown; the caller keeps the one that it has.
func New(e deadyet.Edition) (*Site, error) { return NewAt(e, Moment{}) }

// NewAt is [New] for an edition that is not shown as the present, or not served.
// The paths are those of the present, without the moment's prefix.
func NewAt(e deadyet.Edition, m Moment) (*Site, error) {
	s, err := prepare(e, m)
	if err != nil {
		return nil, err
	}
	if s.front, err = s.render("front", "/", s.frontView()); err != nil {
		return nil, err
	}
	s.add("/", func() (Page, error) { return Page{Path: "/", Type: typeHTML, Body: s.front}, nil })
	return s, nil
}

// Document makes the one page of e that stands at a path, for whoever wants no
// other; the front page is none of them. The error wraps [ErrNoPage] when there is
// no such page.
func Document(e deadyet.Edition, path string) (Page, error) {
	s, err := prepare(e, Moment{})
	if err != nil {
		return Page{}, err
	}
	return s.Page(path)
}

// prepare makes a site with all pages but the front page.
func prepare(e deadyet.Edition, m Moment) (*Site, error) {
	if e.Subject.Question == "" {
		return nil, fmt.Errorf("make pages of edition %s: its subject asks no question", e.ID)
	}
	t, err := tongueOf(e.Language, e.Told)
	if err != nil {
		return nil, err
	}
	return newIn(e, m, t)
}

// newIn makes the pages in a language.
func newIn(e deadyet.Edition, m Moment, t tongue) (*Site, error) {
	s := index(e, t)
	s.moment = m
	var err error
	if s.look, err = s.templates(); err != nil {
		return nil, err
	}
	if err := s.addAssets(); err != nil {
		return nil, err
	}
	s.style, s.script = m.up()+s.style, m.up()+s.script // a visitor has those of the present
	s.addServers()
	s.addPages()
	s.addAPI()
	s.addMachines()
	s.addProbing()
	return s, nil
}

func index(e deadyet.Edition, t tongue) *Site {
	s := &Site{
		edition: e,
		tongue:  t,
		states:  make(map[deadyet.Check]*deadyet.State, len(e.States)),
		asked:   make(map[deadyet.ServerID][]*deadyet.State),
		facts:   make(map[deadyet.FactID]deadyet.Fact, len(e.Subject.Record)),
		vagues:  make(map[deadyet.FactID]*deadyet.Fact),
		pages:   make(map[string]maker),
		places:  placesOf(e),
	}
	for i := range e.States {
		st := &e.States[i]
		s.states[st.Check] = st
		s.asked[st.Check.Server] = append(s.asked[st.Check.Server], st)
	}
	for i := range e.Subject.Record {
		f := &e.Subject.Record[i]
		s.facts[f.ID] = *f
		if f.Vague() {
			s.vagues[f.ID] = f
		}
	}
	for _, v := range e.Subject.Versions {
		s.columns = append(s.columns, v.Version)
	}
	return s
}

func (s *Site) add(path string, m maker) { s.pages[path] = m }

// Edition returns the edition that is shown.
func (s *Site) Edition() deadyet.Edition { return s.edition }

// Front returns the front page.
func (s *Site) Front() []byte { return s.front }

// Has reports whether there is a page at a path.
func (s *Site) Has(path string) bool {
	_, ok := s.pages[path]
	return ok
}

// Page makes the page of a path as in [Site.Paths]. The error wraps
// [ErrNoPage] when there is none.
func (s *Site) Page(path string) (Page, error) {
	m, ok := s.pages[path]
	if !ok {
		return Page{}, fmt.Errorf("make page %q: %w", path, ErrNoPage)
	}
	p, err := m()
	return s.spoken(p), err
}

// spoken says in which language a page is written.
func (s *Site) spoken(p Page) Page {
	if p.Type == typeHTML {
		p.Language = s.Language
	}
	return p
}

// Server makes the page of a server; ok is false when nothing is known of such a
// server or its page can't be made.
func (s *Site) Server(id deadyet.ServerID) (body []byte, ok bool) {
	p, err := s.Page(serverPath(id))
	return p.Body, err == nil
}

// API makes the JSON document of a path like "/api/v1/verdict".
func (s *Site) API(path string) (body []byte, ok bool) {
	p, err := s.Page(path)
	return p.Body, err == nil && p.Type == typeJSON
}

// Paths lists the paths of all pages, sorted, not percent-encoded.
func (s *Site) Paths() []string { return slices.Sorted(maps.Keys(s.pages)) }

// Stylesheet returns the path and the text of the style sheet. The path
// changes with the text.
func (s *Site) Stylesheet() (path string, css []byte) {
	return "/" + s.style, styleCSS
}

func (s *Site) addServers() {
	for _, p := range s.places {
		path := serverPath(p.server.ID)
		s.add(path, func() (Page, error) {
			v, err := s.serverView(p)
			if err != nil {
				return Page{}, err
			}
			body, err := s.render("server", path, v)
			return Page{Path: path, Type: typeHTML, Body: body}, err
		})
	}
}

// render makes the page that stands at a path; "" where it stands at any.
func (s *Site) render(name, path string, view any) ([]byte, error) {
	if v, ok := view.(interface{ standsAt(string) }); ok {
		v.standsAt(path)
	}
	var b bytes.Buffer
	if err := s.look.ExecuteTemplate(&b, name, view); err != nil {
		return nil, fmt.Errorf("render %s page: %w", name, err)
	}
	return b.Bytes(), nil
}

func serverPath(id deadyet.ServerID) string {
	return "/server/" + string(id.Network()) + "/" + id.Name()
}

// serverLink is the path of a server's page relative to the root of the site.
func serverLink(id deadyet.ServerID) string {
	return "server/" + url.PathEscape(string(id.Network())) + "/" + url.PathEscape(id.Name())
}
