package site

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"deadyet"
	"deadyet/words"
)

// sayings are the functions whose first argument is a sentence to look up, and
// counts those that have one for one thing and one for several.
var (
	sayings = []string{"t", "h", "Raw", "Say", "Phrase"}
	counts  = []string{"n", "Count"}
)

// keysOf collects all sentences that code and templates look up, with their plural.
func keysOf(t *testing.T) map[words.Key]string {
	t.Helper()
	keys := make(map[words.Key]string)
	for _, pattern := range []string{"*.go", "../words/*.go", "../web/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				keysOfCode(t, keys, name)
			}
		}
	}
	keysOfTemplates(t, keys)
	for _, m := range []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"} {
		keys[words.Key{English: m}], keys[words.Key{Context: "short", English: m[:3]}] = "", ""
	}
	return keys
}

func keysOfCode(t *testing.T, keys map[words.Key]string, name string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch name := called(call); {
		case slices.Contains(sayings, name) && len(call.Args) > 0:
			if s, ok := literal(call.Args[0]); ok {
				keys[words.Key{English: s}] = ""
			}
		case slices.Contains(counts, name) && len(call.Args) > 2:
			if s, ok := literal(call.Args[1]); ok {
				keys[words.Key{English: s}], _ = literal(call.Args[2])
			}
		case name == "SayOf":
			context, _ := literal(call.Args[0])
			if s, ok := literal(call.Args[1]); ok {
				keys[words.Key{Context: context, English: s}] = ""
			}
		}
		return true
	})
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

var inTemplates = regexp.MustCompile(`[{(]\s*[th] ("(?:[^"\\]|\\.)*")`)

func keysOfTemplates(t *testing.T, keys map[words.Key]string) {
	t.Helper()
	files, err := filepath.Glob("templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range inTemplates.FindAllStringSubmatch(string(body), -1) {
			s, err := strconv.Unquote(m[1])
			if err != nil {
				t.Fatalf("%s: %s: %v", name, m[1], err)
			}
			keys[words.Key{English: s}] = ""
		}
	}
}

// German is complete: it has every sentence, and no other. What has other places
// than its English is no catalogue at all.
func TestCatalogue_IsComplete(t *testing.T) {
	all, err := catalogueOf()
	if err != nil {
		t.Fatal(err)
	}
	keys := keysOf(t)
	if len(keys) < 300 {
		t.Fatalf("%d sentences only: the test does not find them", len(keys))
	}
	for l, c := range all {
		if l == deadyet.English {
			continue
		}
		has := maps.Collect(c.All())
		for k, plural := range keys {
			if several, ok := has[k]; !ok || several != plural {
				t.Errorf("%s lacks\nmsgctxt %q\nmsgid %q\nmsgid_plural %q", l, k.Context, k.English, plural)
			}
		}
		for k := range has {
			if _, ok := keys[k]; !ok {
				t.Errorf("%s has %q, which nobody says", l, k.English)
			}
		}
	}
}
