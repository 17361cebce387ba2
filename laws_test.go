package deadyet_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// law says what the packages below a folder may import of this module, and of
// the standard library may not.
type law struct {
	folder string
	may    []string // of this module; "x/..." is x and what is below it
	not    []string // of the standard library
	why    string
}

var laws = []law{
	{".", nil, []string{"context", "net/http", "database/sql", "log/slog"}, "nouns do nothing"},
	{"msnp", []string{"msnp/..."}, nil, "the protocol could leave the repository tomorrow"},
	{"history", []string{"."}, []string{"os", "context", "log", "log/slog"}, "pure: the past must replay"},
	{"verdict", []string{"."}, []string{"os", "context", "log", "log/slog"}, "pure: the past must replay"},
	{"news", []string{"."}, []string{"os", "context", "log", "log/slog"}, "pure: the past must replay"},
	{"clients", []string{"."}, []string{"os", "context", "log", "log/slog"}, "pure: the past must replay"},
	{"ledger", []string{".", "history", "verdict", "news", "clients"}, nil, "the one place where pure code meets a store"},
	{"words", []string{"."}, []string{"os", "context", "log", "log/slog"}, "pure: sentences and catalogues, no page and no file"},
	{"scan", []string{"."}, nil, "the engine knows no protocol and no store"},
	{"probe", []string{".", "msnp/..."}, nil, "a prober asks; it plans and keeps nothing"},
	{"site", []string{".", "words"}, []string{"os", "net/http", "context"}, "a page is a function of an edition"},
	{"web", []string{".", "site"}, nil, "the adapter to HTTP decides nothing"},
	{"config", []string{".", "probe", "words"}, nil, "files become nouns; settings of a kind belong to its prober, sentences to their catalogue"},
	{"store", []string{".", "store/...", "ledger"}, nil, "stores keep nouns and decide nothing"},
	{"sim", []string{".", "msnp/..."}, nil, "the simulated servers speak the real protocol"},
	{"subjects", nil, nil, "a subject is data"},
	{"cmd", []string{"..."}, nil, "wiring"},
}

// libraries are the third-party modules that the packages below a folder may
// import. What is not listed may import none.
var libraries = map[string][]string{
	"config":       {"github.com/goccy/go-yaml"},
	"store/sqlite": {"modernc.org/sqlite", "github.com/pressly/goose/v3"},
	"site":         {"github.com/yuin/goldmark", "golang.org/x/image"},
	"words":        {"golang.org/x/text"},
	"probe":        {"golang.org/x/sys", "golang.org/x/time", "github.com/miekg/dns"},
	"sim":          {"github.com/miekg/dns"},
	"web":          {"github.com/prometheus/client_golang"},
	"cmd":          {"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/jedib0t/go-pretty/v6", "github.com/lmittmann/tint", "golang.org/x/term", "golang.org/x/sync"},
}

// testLibraries may be imported by any test.
var testLibraries = []string{
	"go.uber.org/goleak", "pgregory.net/rapid", "github.com/google/go-cmp",
	"github.com/rogpeppe/go-internal", "golang.org/x/net",
}

// source is one parsed file.
type source struct {
	path string // slashes, from the root of the module
	file *ast.File
	fset *token.FileSet
	test bool
}

func (s source) folder() string { return path.Dir(s.path) }

func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || (strings.HasPrefix(d.Name(), ".") && p != ".")) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, p, nil, parser.ParseComments)
		out = append(out, source{filepath.ToSlash(p), f, fset, strings.HasSuffix(p, "_test.go")})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func below(folder, parent string) bool {
	return folder == parent || strings.HasPrefix(folder, parent+"/")
}

func lawFor(t *testing.T, folder string) law {
	t.Helper()
	for _, l := range laws {
		if folder == l.folder || (l.folder != "." && below(folder, l.folder)) {
			return l
		}
	}
	t.Errorf("%s: no law for this package; add a row to the table of laws, and say in ARCHITECTURE.md what it is for", folder)
	return law{may: []string{"..."}}
}

func imports(s source) (out []string) {
	for _, i := range s.file.Imports {
		out = append(out, strings.Trim(i.Path.Value, `"`))
	}
	return out
}

func matches(imp string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		parent, tree := strings.CutSuffix(p, "...")
		parent = strings.TrimSuffix(parent, "/")
		return imp == p || (tree && (parent == "" || below(imp, parent)))
	})
}

func TestLaws(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		l := lawFor(t, s.folder())
		for _, imp := range imports(s) {
			own := imp == "deadyet" || strings.HasPrefix(imp, "deadyet/")
			third := !own && strings.Contains(strings.SplitN(imp, "/", 2)[0], ".")
			switch {
			case own && !matches(ownFolder(imp), l.may):
				t.Errorf("%s imports %s; %s may import %q of this module: %s", s.path, imp, l.folder, l.may, l.why)
			case third && !librariesFor(s.folder(), imp):
				t.Errorf("%s imports %s, which is not in the table of libraries for its package", s.path, imp)
			case !own && !third && slices.Contains(l.not, imp):
				t.Errorf("%s imports %s, which %s may not: %s", s.path, imp, l.folder, l.why)
			}
		}
	}
}

func ownFolder(imp string) string {
	if imp == "deadyet" {
		return "."
	}
	return strings.TrimPrefix(imp, "deadyet/")
}

func librariesFor(folder, imp string) bool {
	for parent, libs := range libraries {
		if below(folder, parent) && slices.ContainsFunc(libs, func(l string) bool { return below(imp, l) }) {
			return true
		}
	}
	return false
}

func TestLaws_TestsImportOnlyTheListedLibraries(t *testing.T) {
	for _, s := range sources(t) {
		for _, imp := range imports(s) {
			third := !strings.HasPrefix(imp, "deadyet") && strings.Contains(strings.SplitN(imp, "/", 2)[0], ".")
			listed := slices.ContainsFunc(testLibraries, func(l string) bool { return below(imp, l) })
			if s.test && third && !listed && !librariesFor(s.folder(), imp) {
				t.Errorf("%s imports %s, which no table lists", s.path, imp)
			}
		}
	}
}

// Only tests and the command may know the simulator and the built-in subjects:
// real code must work without them.
func TestLaws_OnlyTheCommandKnowsTheSimulatorAndTheSubjects(t *testing.T) {
	for _, s := range sources(t) {
		for _, imp := range imports(s) {
			f := ownFolder(imp)
			if !s.test && !below(s.folder(), "cmd") && !below(s.folder(), f) && (below(f, "sim") || below(f, "subjects")) {
				t.Errorf("%s imports %s", s.path, imp)
			}
		}
	}
}

func TestLaws_EveryPackageSaysWhatItIs(t *testing.T) {
	said := make(map[string]bool)
	for _, s := range sources(t) {
		if !s.test {
			said[s.folder()] = said[s.folder()] || (s.file.Doc != nil && len(s.file.Doc.Text()) > 80)
		}
	}
	for folder, ok := range said {
		if !ok {
			t.Errorf("%s has no package comment that says what it is, when to use it and how it fits", folder)
		}
	}
}

func TestLaws_FilesAreSmall(t *testing.T) {
	for _, s := range sources(t) {
		if n := s.fset.Position(s.file.End()).Line; n > 400 && !s.test {
			t.Errorf("%s has %d lines; split it by what it is about (at most 400)", s.path, n)
		}
	}
}

// Flags, the environment, signals and the end of the process belong to the
// command; the clock does not belong into pure code.
func TestLaws_Calls(t *testing.T) {
	pure := []string{"history", "verdict", "news", "clients"}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if !ok {
				return true
			}
			call := pkg.Name + "." + sel.Sel.Name
			where := s.fset.Position(n.Pos())
			if slices.Contains([]string{"os.Exit", "os.Getenv", "os.LookupEnv", "os.Args", "signal.Notify", "signal.NotifyContext", "log.Fatal", "log.Fatalf"}, call) && !below(s.folder(), "cmd") {
				t.Errorf("%s: %s is for cmd/deadyet only", where, call)
			}
			if slices.Contains(pure, s.folder()) && (call == "time.Now" || call == "time.Since") {
				t.Errorf("%s: %s in pure code; take the time as an argument", where, call)
			}
			return true
		})
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: no init(); a table that can be seen is better", s.fset.Position(f.Pos()))
			}
		}
	}
}

// What the documents name must exist.
func TestDocuments_NameThePackages(t *testing.T) {
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "\n"); n > 120 {
		t.Errorf("ARCHITECTURE.md has %d lines, want at most 120", n)
	}
	for _, l := range laws {
		if l.folder != "." && !strings.Contains(string(text), "`"+l.folder) {
			t.Errorf("ARCHITECTURE.md does not name `%s`", l.folder)
		}
	}
}
