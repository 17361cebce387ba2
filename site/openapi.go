package site

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// openAPIDocument is the description of the API among its documents.
const openAPIDocument = "openapi.json"

// object is a JSON object that no Go type stands for.
type object = map[string]any

// addOpenAPI adds the description of the API in OpenAPI 3.1. It is made of the
// Go types behind the documents and the words in openAPIWords, and its examples
// are cut out of the documents of this very edition: none of them can lag
// behind the others.
func (s *Site) addOpenAPI() {
	path := apiRoot + openAPIDocument
	s.add(path, func() (Page, error) {
		doc, err := s.openAPI()
		if err != nil {
			return Page{}, fmt.Errorf("write %s: %w", path, err)
		}
		body, err := json.Marshal(doc)
		if err != nil {
			return Page{}, fmt.Errorf("write %s: %w", path, err)
		}
		return Page{Path: path, Type: typeJSON, Body: append(body, '\n')}, nil
	})
}

func (s *Site) openAPI() (object, error) {
	schemas := openAPISchemas{"Problem": problemSchema()}
	paths := object{}
	add := func(path, about string, params []object, view any) error {
		example, err := exampleOf(view)
		if err != nil {
			return err
		}
		paths[path] = object{"get": operation(path, about, params, schemas.of(reflect.TypeOf(view)), example)}
		return nil
	}
	if err := add(apiRoot, "the list of documents", nil, s.apiIndex()); err != nil {
		return nil, err
	}
	for _, d := range apiDocuments {
		if err := add(apiRoot+d.name, d.about, nil, d.make(s)); err != nil {
			return nil, err
		}
	}
	for _, k := range apiKinds {
		path, params := templateOf(k.name)
		if err := add(apiRoot+path, k.about, params, k.example(s)); err != nil {
			return nil, err
		}
	}
	return object{
		"openapi": "3.1.0",
		"info": object{
			"title": s.simulatedText() + s.edition.Subject.Question, "version": "1",
			"description": "Everything that the page shows. Read only, without a key; scripts of other sites may read it. " +
				"Within version 1 keys are added and never change their meaning. Strings may hold what a server sent: escape them.",
			"x-simulated": s.edition.Subject.Simulated,
		},
		"paths":      paths,
		"components": object{"schemas": schemas},
	}, nil
}

func operation(path, about string, params []object, schema, example any) object {
	name := strings.Trim(strings.NewReplacer("{", "", "}", "", "/", "_").Replace(strings.TrimPrefix(path, apiRoot)), "_")
	if name == "" {
		name = "index"
	}
	op := object{
		"operationId": name, "summary": about,
		"responses": object{
			"200": object{
				"description": about, "headers": object{"ETag": object{"schema": object{"type": "string"}, "description": "send it as If-None-Match"}},
				"content": object{typeJSON: object{"schema": schema, "example": example}},
			},
			"304":     object{"description": "it did not change since the ETag in If-None-Match"},
			"default": object{"description": "it can't be had", "content": object{typeJSON: object{"schema": reference("Problem")}}},
		},
	}
	if params != nil {
		op["parameters"] = params
	}
	return op
}

// templateOf writes the name of a kind of documents as OpenAPI does, and returns
// the parameters in it.
func templateOf(name string) (path string, params []object) {
	parts := strings.Split(name, "/")
	for n, p := range parts {
		about, ok := parameters[p]
		if !ok {
			continue
		}
		parts[n] = "{" + strings.ToLower(p) + "}"
		params = append(params, object{
			"name": strings.ToLower(p), "in": "path", "required": true, "schema": object{"type": "string"}, "description": about,
		})
	}
	return strings.Join(parts, "/"), params
}

// problemSchema is what package web answers when there is no document.
func problemSchema() object {
	return object{
		"type": "object", "required": []string{"error", "status", "simulated"},
		"properties": object{
			"error":     object{"type": "string", "description": "what is wrong, in a sentence"},
			"status":    object{"type": "integer", "description": "the HTTP status"},
			"simulated": object{"type": "boolean", "description": openAPIWords["simulated"]},
		},
	}
}

// richest returns the server of which most is known, for the example.
func (s *Site) richest() (best place, ok bool) {
	most := -1
	for _, p := range s.places {
		n := 0
		for _, st := range s.statesOf(p.network, p.server) {
			n += len(st.Span.Evidence)
		}
		if n > most {
			best, most, ok = p, n, true
		}
	}
	return best, ok
}
