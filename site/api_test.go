package site_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"deadyet/site"
	"deadyet/site/sitetest"

	"github.com/google/go-cmp/cmp"
)

// What docs/api.md lists is what there is.
func TestAPI_IsDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range regexp.MustCompile("(?m)^## `(.*)`$").FindAllStringSubmatch(string(text), -1) {
		got = append(got, m[1])
	}
	if d := cmp.Diff(site.APIPaths(), got); d != "" {
		t.Errorf("docs/api.md (-code +docs):\n%s", d)
	}
}

func decode(t *testing.T, s *site.Site, path string) map[string]any {
	t.Helper()
	body, ok := s.API(path)
	if !ok {
		t.Fatalf("no %s", path)
	}
	var v map[string]any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAPI_MarksEveryDocument(t *testing.T) {
	e := sitetest.Small()
	e.Subject.Simulated = true
	s := mustSite(t, e)
	n := 0
	for _, path := range s.Paths() {
		if !strings.HasPrefix(path, "/api/") || path == openAPIPath {
			continue
		}
		n++
		v := decode(t, s, path)
		if v["simulated"] != true || v["at"] != "2026-11-24T12:00:00Z" {
			t.Errorf("%s: got simulated %v at %v", path, v["simulated"], v["at"])
		}
	}
	if want := len(site.APIPaths()) - 1; n <= want {
		t.Errorf("got %d documents, want more than %d", n, want)
	}
}

// keys collects all keys of a document.
func keys(v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			into[k] = true
			keys(x, into)
		}
	case []any:
		for _, x := range v {
			keys(x, into)
		}
	}
}

func TestAPI_KeysAreSnakeCaseAndDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	s := mustSite(t, sitetest.Small())
	found := make(map[string]bool)
	for _, path := range s.Paths() {
		if strings.HasPrefix(path, "/api/") && path != openAPIPath {
			keys(decode(t, s, path), found)
		}
	}
	form := regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	for k := range found {
		if !form.MatchString(k) {
			t.Errorf("key %q", k)
		}
		if !strings.Contains(string(text), "`"+k+"`") {
			t.Errorf("docs/api.md does not name the key %q", k)
		}
	}
}

func TestAPI_ChecksSayWhatThePageSays(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	var found, pending map[string]any
	for _, c := range decode(t, s, "/api/v1/checks")["checks"].([]any) {
		c := c.(map[string]any)
		if c["id"] == "contoso/ds.contoso.example/msnp/https:443/MSNP22" {
			found = c
		}
		if c["pending"] != nil {
			pending = c
		}
	}
	want := map[string]any{
		"id": "contoso/ds.contoso.example/msnp/https:443/MSNP22", "network": "contoso", "server": "ds.contoso.example", "role": "main",
		"kind": "msnp", "transport": "https", "port": 443.0, "version": "MSNP22", "answer": "no", "due": true,
		"failure": map[string]any{"stage": "version", "kind": "version_refused", "detail": "VER 1 0", "text": "it refused in words"},
		"since":   map[string]any{"from": "2026-11-11T23:30:00Z", "to": "2026-11-12T00:00:00Z"}, "last_asked": "2026-11-24T11:00:00Z",
	}
	if d := cmp.Diff(want, found); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if pending == nil || pending["pending"].(map[string]any)["answer"] != "silent" {
		t.Errorf("got %v, want a pending silence", pending)
	}
}

func TestAPI_ServerHasItsTranscripts(t *testing.T) {
	v := decode(t, mustSite(t, sitetest.Small()), "/api/v1/servers/contoso/ds.contoso.example")
	transcripts := v["transcripts"].([]any)
	if len(transcripts) != 1 {
		t.Fatalf("got %d transcripts, want 1", len(transcripts))
	}
	got := transcripts[0].(map[string]any)["exchanges"].([]any)[1]
	want := map[string]any{"dir": "received", "bytes": "VkVSIDEgTVNOUDE4DQoA/w==", "at_ms": 61.0}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestPaths_ListEverything(t *testing.T) {
	got := mustSite(t, sitetest.Small()).Paths()
	for _, want := range []string{"/", "/favicon.svg", "/robots.txt", "/api/v1/", "/api/v1/checks", "/server/northwind/192.0.2.201", "/api/v1/servers/contoso/2001:db8::1"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing", want)
		}
	}
}
