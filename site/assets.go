package site

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"sync"
)

const (
	typeHTML = "text/html; charset=utf-8"
	typeJSON = "application/json"
	typeCSS  = "text/css; charset=utf-8"
	typeJS   = "text/javascript; charset=utf-8"
	typeSVG  = "image/svg+xml"
	typeText = "text/plain; charset=utf-8"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed assets/style.css
var styleCSS []byte

//go:embed assets/page.js
var pageJS []byte

//go:embed assets/*.svg
var svgs embed.FS

// looks are the templates of each tongue, parsed and escaped when the first page is
// made with them: that takes as long as making one.
var looks sync.Map // of tongue: func() (*template.Template, error)

// templates are those of the tongue. They must not be changed.
func (t tongue) templates() (*template.Template, error) {
	look, _ := looks.LoadOrStore(t, sync.OnceValues(t.parseTemplates))
	return look.(func() (*template.Template, error))()
}

// parseTemplates makes the templates of a language.
func (t tongue) parseTemplates() (*template.Template, error) {
	look, err := template.New("").Funcs(t.functions()).ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	return look, nil
}

func (s *Site) addAssets() error {
	s.style = s.addFixed("style-", ".css", typeCSS, styleCSS)
	s.script = s.addFixed("page-", ".js", typeJS, pageJS)
	s.addFile(Page{Path: "/robots.txt", Type: typeText, Body: s.robots()})
	files, err := svgs.ReadDir("assets")
	if err != nil {
		return fmt.Errorf("list pictures: %w", err)
	}
	for _, f := range files {
		body, err := svgs.ReadFile("assets/" + f.Name())
		if err != nil {
			return fmt.Errorf("read picture: %w", err)
		}
		s.addFile(Page{Path: "/" + f.Name(), Type: typeSVG, Body: body})
	}
	return nil
}

// addFixed adds a file whose name changes with its content, and returns the name.
func (s *Site) addFixed(stem, ending, mediaType string, body []byte) (name string) {
	sum := sha256.Sum256(body)
	name = stem + hex.EncodeToString(sum[:6]) + ending
	s.addFile(Page{Path: "/" + name, Type: mediaType, Body: body, Fixed: true})
	return name
}

func (s *Site) addFile(p Page) {
	s.add(p.Path, func() (Page, error) { return p, nil })
}

// robots lets everybody in, but for simulated pages: nobody should find those
// by searching.
func (s *Site) robots() []byte {
	if s.edition.Subject.Simulated {
		return []byte("# SIMULATED: nothing here is real\nUser-agent: *\nDisallow: /\n")
	}
	return []byte("User-agent: *\nAllow: /\nDisallow: /metrics\n")
}
