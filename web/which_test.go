package web_test

import (
	"net/http"
	"strings"
	"testing"

	"deadyet/site/sitetest"
)

// The form leads to the client that was chosen, or written by hand; the language
// and the moment stay.
func TestWhich_LeadsToTheClient(t *testing.T) {
	s := serving(t, sitetest.Small())
	for path, want := range map[string]string{
		"/clients?client=old-7.5&name=":                  "/client/old-7.5",
		"/clients?client=&name=7.5.0324":                 "/client/old-7.5",
		"/clients?client=old-1.0&name=Old+Messenger+7.5": "/client/old-7.5", // what was written counts
		"/de/clients?client=old-7.5":                     "/de/client/old-7.5",
		"/at/2014-12-06/clients?client=old-1.0":          "/at/2014-12-06/client/old-1.0",
		"/de/at/2014-12-06/clients?name=1.0.0863":        "/de/at/2014-12-06/client/old-1.0",
		"/at/%2f%2fevil.example/clients?client=old-1.0":  "",
	} {
		r := ask(s, http.MethodGet, path)
		if got := r.Header.Get("Location"); want != "" && (r.StatusCode != http.StatusFound || got != want) || strings.HasPrefix(got, "//") {
			t.Errorf("%s: got %d to %q, want %q", path, r.StatusCode, got, want)
		}
	}
}

func TestWhich_AsksBack(t *testing.T) {
	s := serving(t, sitetest.Small())
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/clients?name=Old+Messenger":                 {http.StatusMultipleChoices, "Which one is it?"},
		"/de/clients?name=Old+Messenger":              {http.StatusMultipleChoices, `href="/de/client/old-1.0"`},
		"/clients?name=Mesenger":                      {http.StatusNotFound, "No client of that name is known"},
		"/clients?name=%3Cscript%3E%00%1b":            {http.StatusNotFound, "&lt;script&gt;"},
		"/clients?name=" + strings.Repeat("9.", 4000): {http.StatusNotFound, "No client of that name is known"},
		"/clients?client=&name=":                      {http.StatusOK, "Official clients"},
		"/clients":                                    {http.StatusOK, "Official clients"},
	} {
		r := ask(s, http.MethodGet, path)
		if body := bodyOf(t, r); r.StatusCode != want.status || !strings.Contains(body, want.text) {
			t.Errorf("%s: got %d, and %q in it: %v", path, r.StatusCode, want.text, strings.Contains(body, want.text))
		}
	}
}
