package site

import (
	"encoding"
	"reflect"
	"strings"

	"deadyet"
)

// openAPISchemas are the objects of the API, by name.
type openAPISchemas map[string]object

func reference(name string) object { return object{"$ref": "#/components/schemas/" + name} }

// enums are the closed lists of words.
var enums = map[reflect.Type][]string{
	reflect.TypeFor[deadyet.Answer]():       texts(deadyet.Answers()),
	reflect.TypeFor[deadyet.Stage]():        {"resolve", "connect", "tls", "http", "greet", "version", "login", "message"},
	reflect.TypeFor[deadyet.FailureKind]():  texts(deadyet.FailureKinds()),
	reflect.TypeFor[deadyet.Word]():         texts(deadyet.Words()),
	reflect.TypeFor[deadyet.ItemKind]():     texts(deadyet.ItemKinds()),
	reflect.TypeFor[deadyet.ReasonKind]():   texts([]deadyet.ReasonKind{deadyet.ReasonReference, deadyet.ReasonAccepting, deadyet.ReasonGone, deadyet.ReasonDependency, deadyet.ReasonRisen, deadyet.ReasonClients}),
	reflect.TypeFor[deadyet.Fit]():          texts(deadyet.Fits()),
	reflect.TypeFor[deadyet.ObstacleKind](): texts(deadyet.ObstacleKinds()),
	reflect.TypeFor[deadyet.ClientKind]():   texts(deadyet.ClientKinds()),
	reflect.TypeFor[deadyet.SetHow]():       texts(deadyet.SetHows()),
	reflect.TypeFor[deadyet.SignIn]():       texts(deadyet.SignIns()),
	reflect.TypeFor[deadyet.Confidence]():   texts(deadyet.Confidences()),
	reflect.TypeFor[deadyet.Transport]():    texts([]deadyet.Transport{deadyet.TransportTCP, deadyet.TransportHTTP, deadyet.TransportHTTPS, deadyet.TransportDNS}),
	reflect.TypeFor[deadyet.Role]():         texts([]deadyet.Role{deadyet.RoleMain, deadyet.RoleInternal, deadyet.RoleDependency, deadyet.RoleEntry, roleAny}),
	reflect.TypeFor[deadyet.ControlState](): texts([]deadyet.ControlState{deadyet.ControlUnasked, deadyet.ControlGood, deadyet.ControlFailed}),
	reflect.TypeFor[deadyet.Direction]():    texts([]deadyet.Direction{deadyet.Sent, deadyet.Received}),
}

// texts returns words as they are written.
func texts[T any](words []T) (out []string) {
	for _, w := range words {
		if m, ok := any(w).(encoding.TextMarshaler); ok {
			b, _ := m.MarshalText() // those of the root package never fail
			out = append(out, string(b))
			continue
		}
		out = append(out, reflect.ValueOf(w).String())
	}
	return out
}

// formats are types that are written as a string of some form.
var formats = map[reflect.Type]object{
	reflect.TypeFor[apiTime]():     {"type": "string", "format": "date-time"},
	reflect.TypeFor[deadyet.Day](): {"type": "string", "format": "date"},
	reflect.TypeFor[[]byte]():      {"type": "string", "contentEncoding": "base64"},
}

// of describes a type. Objects are described once, by name.
func (s openAPISchemas) of(t reflect.Type) object {
	if f, ok := formats[t]; ok {
		return f
	}
	if words, ok := enums[t]; ok {
		return object{"type": "string", "enum": words}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "propertyNames": s.of(t.Key()), "additionalProperties": s.of(t.Elem())}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Uint16:
		return object{"type": "integer"}
	case reflect.Struct:
		return s.named(t)
	}
	return object{"type": "string"}
}

func (s openAPISchemas) named(t reflect.Type) object {
	if t.PkgPath() == "time" {
		return object{"type": "string", "format": "date-time"}
	}
	name := schemaName(t)
	if _, ok := s[name]; !ok {
		s[name] = nil // so that a type that holds itself ends
		properties, required := object{}, []string{}
		s.fields(name, t, properties, &required)
		o := object{"type": "object", "properties": properties}
		if len(required) > 0 {
			o["required"] = required
		}
		s[name] = o
	}
	return reference(name)
}

func schemaName(t reflect.Type) string { return strings.TrimPrefix(t.Name(), "api") }

// fields adds the keys of a type, and of those that it embeds.
func (s openAPISchemas) fields(name string, t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			s.fields(schemaName(f.Type), f.Type, properties, required)
			continue
		}
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		p := object{"description": openAPIWord(name, key)}
		for k, v := range s.of(f.Type) {
			p[k] = v
		}
		properties[key] = p
		if !strings.Contains(options, "omit") {
			*required = append(*required, key)
		}
	}
}

// openAPIWord says what a key means: in that object, or else anywhere.
func openAPIWord(object, key string) string {
	if text, ok := openAPIWords[object+"."+key]; ok {
		return text
	}
	return openAPIWords[key]
}
