package site

import (
	"reflect"
	"testing"

	"deadyet"
)

// Every key has words, and no words are left over.
func TestOpenAPI_WordsAreThoseOfTheKeys(t *testing.T) {
	s := index(deadyet.Edition{}, english())
	schemas, used := openAPISchemas{}, map[string]bool{"simulated": true}
	var keys func(name string, ty reflect.Type)
	keys = func(name string, ty reflect.Type) {
		for _, f := range reflect.VisibleFields(ty) {
			if f.Anonymous || len(f.Index) > 1 {
				continue
			}
			key := f.Tag.Get("json")
			for i := range key {
				if key[i] == ',' {
					key = key[:i]
					break
				}
			}
			if _, ok := openAPIWords[name+"."+key]; ok {
				key = name + "." + key
			}
			if openAPIWords[key] == "" {
				t.Errorf("no words for %s.%s", name, key)
			}
			used[key] = true
		}
	}
	seen := map[reflect.Type]bool{}
	var walk func(ty reflect.Type)
	walk = func(ty reflect.Type) {
		switch ty.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			walk(ty.Elem())
		case reflect.Struct:
			if _, ok := formats[ty]; ok || seen[ty] || ty.PkgPath() == "time" {
				return
			}
			seen[ty] = true
			keys(schemaName(ty), ty)
			for i := range ty.NumField() {
				walk(ty.Field(i).Type)
			}
		}
	}
	for _, d := range apiDocuments {
		walk(reflect.TypeOf(d.make(s)))
	}
	walk(reflect.TypeFor[apiIndex]())
	for _, k := range apiKinds {
		walk(reflect.TypeOf(k.example(s)))
	}
	for k := range openAPIWords {
		if !used[k] {
			t.Errorf("words for %q, which is no key", k)
		}
	}
	for ty := range seen {
		schemas.of(ty)
	}
	names := make(map[string]reflect.Type)
	for ty := range seen {
		if other, ok := names[schemaName(ty)]; ok && schemaName(ty) != "Interval" {
			t.Errorf("%v and %v have one name", ty, other)
		}
		names[schemaName(ty)] = ty
	}
}
