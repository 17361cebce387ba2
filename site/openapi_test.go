package site_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"

	"github.com/google/go-cmp/cmp"
)

const openAPIPath = "/api/v1/openapi.json"

// full is an edition in which every key of the API has a value.
func full() deadyet.Edition {
	e := sitetest.Small()
	e.Down = e.At
	e.Verdict.LastYes, e.Verdict.Published = e.At, e.At
	e.Verdict.Reasons = append(e.Verdict.Reasons, deadyet.Reason{
		Kind: deadyet.ReasonGone, Versions: []deadyet.Version{"MSNP8"}, Ways: []string{"tcp:1863"}, Clients: []string{"6.0"}, Names: []string{"x"}, Since: deadyet.At(e.At),
	})
	e.Situation.File, e.Situation.Until = "news/situation.md", deadyet.DayOf(e.At)
	e.Rounds[0].Canary.Hosts = []deadyet.CanaryHost{{Host: "canary.example:443", Took: time.Second, Failure: deadyet.Failure{Kind: deadyet.FailureTimeout}}}
	n := &e.Subject.Networks[1]
	n.Consent = deadyet.Consent{By: "the project", Date: deadyet.DayOf(e.At)}
	n.Since, n.Says.Versions = deadyet.DayOf(e.At), []deadyet.Version{"MSNP8"}
	n.Servers[0].Host, n.Servers[0].Listings[0].Region = "host.contoso.example", "east"
	n.Servers[0].Listings[0].Until = deadyet.DayOf(e.At.AddDate(1, 0, 0))
	for i := range e.States {
		st := &e.States[i]
		if st.Check.Server == n.Servers[0].ID {
			st.Unasked = deadyet.Failure{Kind: deadyet.FailureOverBudget}
			st.Span.Notes.Redirects, st.Span.Notes.Fingerprint, st.Span.Notes.IgnoresOffer = []deadyet.Hop{{To: "192.0.2.9:1863"}}, "x", true
			st.Flap = deadyet.Flap{Since: e.At, Until: e.At, Runs: 1}
			st.Pending = &deadyet.Pending{Outcome: deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageLogin, Told: "now=192.0.2.78"}, Failure: deadyet.Failure{Kind: deadyet.FailureReset, Stage: deadyet.StageLogin}, Since: deadyet.At(e.At), Rounds: 1}
			st.Span.Failure = deadyet.Failure{Kind: deadyet.FailureReset, Stage: deadyet.StageGreet, Detail: "x"}
		}
	}
	e.States[len(e.States)-1].Span.Fact = "gone"
	for id := range e.Evidence {
		e.Evidence[id].Dropped = 3
	}
	i := &e.Items[1]
	i.Still, i.Until, i.Final, i.Inferred, i.Arrived, i.To = deadyet.Still{Ports: []uint16{80}, Versions: []deadyet.Version{"MSNP8"}, Others: 1}, deadyet.At(e.At), true, true, 1, "east"
	i.Changes[0].Fact, i.Changes[0].Confirmed = "gone", e.At
	i.Parts[0].Back, i.Parts[0].About, i.Parts[0].Region, i.Parts[0].Versions = 1, true, "east", []deadyet.Version{"MSNP8"}
	e.Subject.Corrections = []deadyet.Correction{{Was: e.Subject.Record[0], Now: e.Subject.Record[1]}}
	f := &e.Subject.Record[0]
	f.Select = deadyet.Selector{
		Network: "northwind", Regions: []deadyet.Region{"north"}, Roles: []deadyet.Role{deadyet.RoleMain}, Servers: []deadyet.ServerID{"northwind/x"},
		Kinds: []deadyet.Kind{deadyet.KindPort}, Transports: []deadyet.Transport{deadyet.TransportTCP}, Ports: []uint16{80}, Versions: []deadyet.Version{"MSNP8"},
	}
	e.Items[0].Links[0].Note = "x"
	e.Subject.Versions[0].Note, e.Subject.Versions[0].Used = "x", "used by x"
	e.Rounds[0].Unasked = map[deadyet.FailureKind]int{deadyet.FailureOverBudget: 1}
	return e
}

// schemas validates JSON as far as the description uses JSON Schema.
type schemas struct {
	t    *testing.T
	all  map[string]any
	used map[string]bool // "Schema.key" that a document held
}

func (s schemas) check(where string, schema map[string]any, v any) {
	s.t.Helper()
	name := ""
	if ref, ok := schema["$ref"].(string); ok {
		name = strings.TrimPrefix(ref, "#/components/schemas/")
		schema, ok = s.all[name].(map[string]any)
		if !ok {
			s.t.Fatalf("%s: no schema %s", where, name)
		}
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, v) {
		s.t.Errorf("%s: %v is none of %v", where, v, enum)
	}
	kind := fmt.Sprintf("%T", v)
	want := map[any]string{"string": "string", "boolean": "bool", "integer": "float64", "array": "[]interface {}", "object": "map[string]interface {}"}[schema["type"]]
	if kind != want {
		s.t.Errorf("%s: %v is %s, want %s", where, v, kind, want)
		return
	}
	switch v := v.(type) {
	case string:
		if schema["format"] == "date-time" {
			if _, err := time.Parse(time.RFC3339Nano, v); err != nil {
				s.t.Errorf("%s: %v", where, err)
			}
		}
	case []any:
		for n, x := range v {
			s.check(fmt.Sprintf("%s[%d]", where, n), schema["items"].(map[string]any), x)
		}
	case map[string]any:
		s.object(where, name, schema, v)
	}
}

func (s schemas) object(where, name string, schema, v map[string]any) {
	s.t.Helper()
	properties, _ := schema["properties"].(map[string]any)
	for _, k := range anyList(schema["required"]) {
		if _, ok := v[k.(string)]; !ok {
			s.t.Errorf("%s: no %v", where, k)
		}
	}
	for k, x := range v {
		p, ok := properties[k].(map[string]any)
		if more, free := schema["additionalProperties"].(map[string]any); !ok && free {
			p, ok = more, true
			s.check(where+" key", schema["propertyNames"].(map[string]any), k)
		}
		if !ok {
			s.t.Errorf("%s: %q is not described", where, k)
			continue
		}
		s.used[name+"."+k] = true
		s.check(where+"."+k, p, x)
	}
}

func anyList(v any) []any { l, _ := v.([]any); return l }

func openAPI(t *testing.T, s *site.Site) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal(mustPage(t, s, openAPIPath), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func schemaAndExample(doc map[string]any, path string) (map[string]any, any) {
	get := doc["paths"].(map[string]any)[path].(map[string]any)["get"].(map[string]any)
	media := get["responses"].(map[string]any)["200"].(map[string]any)["content"].(map[string]any)["application/json"].(map[string]any)
	return media["schema"].(map[string]any), media["example"]
}

// formOf is the path under which the description has that of a document.
func formOf(path string) string {
	for _, f := range []struct{ is, form string }{
		{`^/api/v1/servers/[^/]+/.+$`, "/api/v1/servers/{network}/{name}"},
		{`^/api/v1/networks/[^/]+$`, "/api/v1/networks/{network}"},
		{`^/api/v1/networks/[^/]+/[^/]+$`, "/api/v1/networks/{network}/{region}"},
		{`^/api/v1/versions/[^/]+$`, "/api/v1/versions/{version}"},
		{`^/api/v1/clients/[^/]+$`, "/api/v1/clients/{client}"},
		{`^/api/v1/news/[^/]+$`, "/api/v1/news/{id}"},
	} {
		if regexp.MustCompile(f.is).MatchString(path) {
			return f.form
		}
	}
	return path
}

// pastDocuments are those of which the server knows more than an edition.
func pastDocuments(t *testing.T, s *site.Site) map[string]site.Page {
	t.Helper()
	then := s.Edition()
	then.At, then.States, then.Verdict = then.At.AddDate(-15, 0, 0), nil, then.Verdicts[0]
	left := &then.Subject.Networks[0].Servers[0].Listings[0] // which the later edition shares
	left.Since, left.Until = deadyet.DayOf(then.At), deadyet.DayOf(s.Edition().At)
	calendar, err := s.CalendarDocument([]deadyet.Day{deadyet.DayOf(then.Verdicts[0].At), deadyet.DayOf(then.Items[1].At)})
	if err != nil {
		t.Fatal(err)
	}
	difference, err := s.DiffDocument(site.Side{Name: "2011-11-24", Edition: then}, site.Side{Name: "today", Edition: s.Edition()})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]site.Page{"/api/v1/at/": calendar, "/api/v1/diff/{moment}/{later}": difference}
}

// Every document, whole and as an example, is what the description says; every
// key that is described stands in a document.
func TestOpenAPI_DescribesTheDocuments(t *testing.T) {
	s := mustSite(t, full())
	doc := openAPI(t, s)
	check := schemas{t, doc["components"].(map[string]any)["schemas"].(map[string]any), map[string]bool{}}
	described := map[string]bool{}
	for path := range doc["paths"].(map[string]any) {
		described[path] = true
		schema, example := schemaAndExample(doc, path)
		check.check("example of "+path, schema, example)
	}
	for _, path := range s.Paths() {
		if strings.HasPrefix(path, "/api/") && path != openAPIPath {
			schema, _ := schemaAndExample(doc, formOf(path))
			check.check(path, schema, decode(t, s, path))
		}
	}
	for path, page := range pastDocuments(t, s) {
		schema, _ := schemaAndExample(doc, path)
		var v any
		if err := json.Unmarshal(page.Body, &v); err != nil {
			t.Fatal(err)
		}
		check.check(page.Path, schema, v)
	}
	for name, schema := range check.all {
		for key, p := range schema.(map[string]any)["properties"].(map[string]any) {
			if p.(map[string]any)["description"] == "" {
				t.Errorf("%s.%s has no description", name, key)
			}
			if name != "Problem" && !check.used[name+"."+key] {
				t.Errorf("no document holds %s.%s", name, key)
			}
		}
	}
	var want []string
	for _, p := range site.APIPaths() {
		if p != openAPIPath {
			want = append(want, regexp.MustCompile(`[A-Z]+`).ReplaceAllStringFunc(p, func(name string) string { return "{" + strings.ToLower(name) + "}" }))
		}
	}
	slices.Sort(want)
	got := make([]string, 0, len(described))
	for p := range described {
		got = append(got, p)
	}
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("paths (-want +got):\n%s", d)
	}
}

func TestOpenAPI_MarksWhatIsSimulated(t *testing.T) {
	doc := openAPI(t, mustSite(t, simulated()))
	info := doc["info"].(map[string]any)
	if doc["openapi"] != "3.1.0" || info["x-simulated"] != true || !strings.HasPrefix(info["title"].(string), "SIMULATED: ") {
		t.Errorf("got %v %v", doc["openapi"], info)
	}
}
