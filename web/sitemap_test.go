package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"deadyet/site/sitetest"
)

func askAs(h http.Handler, host, path string, headers ...string) *http.Response {
	req := httptest.NewRequest("GET", path, nil)
	req.Host = host
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w.Result()
}

// Search engines get whole addresses: those of the operator, or those that
// were asked for.
func TestSitemap_HasWholeAddresses(t *testing.T) {
	e := sitetest.Small()
	e.Subject.Public = "https://dead.example/msn/"
	public, s := serving(t, e), serving(t, sitetest.Small())
	for _, c := range []struct {
		h                 http.Handler
		host, proto, want string
	}{
		{s, "here.example:8080", "", "http://here.example:8080"},
		{s, "here.example", "https", "https://here.example"},
		{s, "[2001:db8::1]:80", "", "http://[2001:db8::1]:80"},
		{s, `evil"><script>`, "", "http://localhost"},
		{s, "", "javascript", "http://localhost"},
		{public, "here.example", "", "https://dead.example/msn"},
	} {
		r := askAs(c.h, c.host, "/sitemap.xml", "X-Forwarded-Proto", c.proto)
		got := bodyOf(t, r)
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != "application/xml" || !strings.Contains(got, "<loc>"+c.want+"/server/contoso/2001:db8::1</loc>") || strings.Contains(got, "script") {
			t.Errorf("%s: got %d %s", c.host, r.StatusCode, got)
		}
		if got := bodyOf(t, askAs(c.h, c.host, "/robots.txt", "X-Forwarded-Proto", c.proto)); !strings.Contains(got, "Sitemap: "+c.want+"/sitemap.xml\n") {
			t.Errorf("%s: got %s", c.host, got)
		}
	}
}
