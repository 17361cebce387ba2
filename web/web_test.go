package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"
	"deadyet/web"
)

func serving(t testing.TB, e deadyet.Edition) *web.Server {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
	s := web.New(web.Options{Now: now, Today: today})
	if err := s.Publish(e); err != nil {
		t.Fatal(err)
	}
	return s
}

// today is the last day of two servers.
func today() (out []deadyet.Rollup, err error) {
	for _, id := range []deadyet.ServerID{"contoso/a", "contoso/b"} {
		r := deadyet.Rollup{Server: id, Vantage: "home", Rounds: 1}
		for n := range 3 {
			r.Latency.Add(time.Duration(len(out)*30+n*5+50) * time.Millisecond)
		}
		out = append(out, r)
	}
	return append(out, deadyet.Rollup{Server: "fabrikam/c", Vantage: "\x1b[home"}), nil
}

// ask sends a request with headers given as name, value, name, value.
func ask(h http.Handler, method, path string, headers ...string) *http.Response {
	req := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	return w.Result()
}

func bodyOf(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestServer_AnswersEveryPathOfTheSite(t *testing.T) {
	e := sitetest.Small()
	pages, err := site.New(e)
	if err != nil {
		t.Fatal(err)
	}
	s := serving(t, e)
	for _, path := range pages.Paths() {
		if path == "/robots.txt" { // which also names the sitemap
			continue
		}
		want, err := pages.Page(path)
		if err != nil {
			t.Fatal(err)
		}
		r := ask(s, "GET", path)
		if got := bodyOf(t, r); r.StatusCode != 200 || got != string(want.Body) || r.Header.Get("Content-Type") != want.Type {
			t.Errorf("%s: got status %d, %d bytes of %s", path, r.StatusCode, len(got), r.Header.Get("Content-Type"))
		}
	}
}

func TestServer_Headers(t *testing.T) {
	r := ask(serving(t, sitetest.Small()), "GET", "/")
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":  "nosniff",
		"Referrer-Policy":         "no-referrer",
		"Vary":                    "Accept-Encoding, Accept-Language, Accept, User-Agent",
		"Cache-Control":           "no-cache",
		"Set-Cookie":              "",
		"Deadyet-Simulated":       "",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestServer_FixedFilesAreKeptForEver(t *testing.T) {
	pages, err := site.New(sitetest.Small())
	if err != nil {
		t.Fatal(err)
	}
	path, _ := pages.Stylesheet()
	r := ask(serving(t, sitetest.Small()), "GET", path)
	if got, want := r.Header.Get("Cache-Control"), "public, max-age=31536000, immutable"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestServer_CompressesForThoseWhoTakeIt(t *testing.T) {
	s := serving(t, sitetest.Small())
	plain := bodyOf(t, ask(s, "GET", "/"))
	for accept, want := range map[string]string{
		"": "", "gzip": "gzip", "br, gzip;q=0.5": "gzip", "gzip;q=0": "", "GZIP": "gzip", "*": "gzip", "*;q=0": "", "gzip;q=x": "", "deflate, br": "", "gzip;q=0, *": "",
	} {
		r := ask(s, "GET", "/", "Accept-Encoding", accept)
		if got := r.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%q: got encoding %q, want %q", accept, got, want)
			continue
		}
		got := bodyOf(t, r)
		if want == "gzip" {
			z, err := gzip.NewReader(strings.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			unpacked, err := io.ReadAll(z)
			if err != nil {
				t.Fatal(err)
			}
			got = string(unpacked)
		}
		if got != plain {
			t.Errorf("%q: another page", accept)
		}
	}
}

func TestServer_ETags(t *testing.T) {
	s := serving(t, sitetest.Small())
	plain := ask(s, "GET", "/").Header.Get("ETag")
	packed := ask(s, "GET", "/", "Accept-Encoding", "gzip").Header.Get("ETag")
	if plain == packed || strings.HasPrefix(plain, "W/") || len(plain) < 10 {
		t.Fatalf("got %s and %s, want two strong ones", plain, packed)
	}
	for _, c := range []struct {
		name, none, accept string
		want               int
	}{
		{"the same", plain, "", 304},
		{"one of several", `"x", W/` + plain, "", 304},
		{"any", "*", "", 304},
		{"that of the other encoding", packed, "", 200},
		{"the compressed one", packed, "gzip", 304},
		{"another", `"x"`, "", 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := ask(s, "GET", "/", "If-None-Match", c.none, "Accept-Encoding", c.accept)
			if r.StatusCode != c.want {
				t.Fatalf("got %d, want %d", r.StatusCode, c.want)
			}
			if c.want == 304 && (bodyOf(t, r) != "" || r.Header.Get("ETag") == "" || r.Header.Get("Content-Type") != "") {
				t.Errorf("a 304 with a body or without an ETag: %v", r.Header)
			}
		})
	}
	e := sitetest.Small()
	e.Verdict.Reason = "Another one."
	if err := s.Publish(e); err != nil {
		t.Fatal(err)
	}
	if got := ask(s, "GET", "/").Header.Get("ETag"); got == plain {
		t.Error("another edition has the same ETag")
	}
}

func TestServer_HeadHasNoBody(t *testing.T) {
	s := serving(t, sitetest.Small())
	for _, path := range []string{"/", "/api/v1/checks", "/healthz", "/nothing"} {
		get, head := ask(s, "GET", path), ask(s, "HEAD", path)
		if head.StatusCode != get.StatusCode || head.Header.Get("Content-Length") != get.Header.Get("Content-Length") {
			t.Errorf("%s: HEAD says %d, %s bytes; GET %d, %s", path, head.StatusCode, head.Header.Get("Content-Length"), get.StatusCode, get.Header.Get("Content-Length"))
		}
		if got := bodyOf(t, head); got != "" {
			t.Errorf("%s: HEAD with %d bytes", path, len(got))
		}
	}
}

func TestServer_Problems(t *testing.T) {
	s := serving(t, sitetest.Small())
	for _, c := range []struct {
		name, method, path, accept string
		status                     int
		kind, has                  string
	}{
		{"a page that is not there, for a browser", "GET", "/nothing/<script>", "text/html,*/*", 404, "text/html; charset=utf-8", "<h1>There is no such page</h1>"},
		{"a page that is not there, for others", "GET", "/nothing", "*/*", 404, "text/plain; charset=utf-8", "There is no such page. "},
		{"a document that is not there", "GET", "/api/v1/nothing", "text/html", 404, "application/json", `"status":404`},
		{"a server that is not there", "GET", "/server/contoso/nobody", "text/html", 404, "text/html; charset=utf-8", "Back to the question"},
		{"a method that writes", "POST", "/", "text/html", 405, "text/html; charset=utf-8", "This page can only be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			req := httptest.NewRequest(c.method, "/", nil)
			req.URL.Path = c.path
			req.Header.Set("Accept", c.accept)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, req)
			if w.Code != c.status || w.Header().Get("Content-Type") != c.kind || !strings.Contains(w.Body.String(), c.has) {
				t.Errorf("got %d %s\n%s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			if strings.Contains(w.Body.String(), "<script>") {
				t.Error("the path came back as HTML")
			}
			if c.status == 405 && w.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("Allow: %q", w.Header().Get("Allow"))
			}
		})
	}
}

func TestServer_Moved(t *testing.T) {
	s := serving(t, sitetest.Small())
	for path, want := range map[string]string{"/favicon.ico": "/favicon.svg", "/api": "/api/v1/", "/api/v1": "/api/v1/"} {
		r := ask(s, "GET", path)
		if got := r.Header.Get("Location"); r.StatusCode != 301 || got != want {
			t.Errorf("%s: got %d to %q, want 301 to %q", path, r.StatusCode, got, want)
		}
	}
}

func TestServer_BeforeTheFirstEdition(t *testing.T) {
	s := web.New(web.Options{Simulated: true})
	for _, path := range []string{"/", "/healthz", "/api/v1/verdict"} {
		r := ask(s, "GET", path, "Accept", "text/html")
		if r.StatusCode != 503 || r.Header.Get("Deadyet-Simulated") != "true" {
			t.Errorf("%s: got %d, simulated %q", path, r.StatusCode, r.Header.Get("Deadyet-Simulated"))
		}
	}
	if got := bodyOf(t, ask(s, "GET", "/")); !strings.HasPrefix(got, "SIMULATED. ") {
		t.Errorf("got %q", got)
	}
	if r := ask(s, "GET", "/metrics"); r.StatusCode != 200 {
		t.Errorf("metrics: got %d", r.StatusCode)
	}
}

func TestServer_SimulatedIsMarkedEverywhere(t *testing.T) {
	e := sitetest.Small()
	e.Subject.Simulated = true
	s := serving(t, e)
	for path, want := range map[string]string{
		"/": "SIMULATED", "/server/contoso/ds.contoso.example": "SIMULATED", "/api/v1/checks": `"simulated":true`, "/healthz": `"simulated":true`,
		"/metrics": "deadyet_simulated 1", "/robots.txt": "SIMULATED", "/nothing": "SIMULATED",
	} {
		r := ask(s, "GET", path)
		if got := bodyOf(t, r); !strings.Contains(got, want) || r.Header.Get("Deadyet-Simulated") != "true" {
			t.Errorf("%s does not say so", path)
		}
	}
}

func TestPublish_KeepsTheLastGoodPage(t *testing.T) {
	s := serving(t, sitetest.Small())
	before := bodyOf(t, ask(s, "GET", "/"))
	if err := s.Publish(deadyet.Edition{ID: "bad"}); err == nil || !strings.Contains(err.Error(), "publish edition bad") {
		t.Errorf("got %v, want an error that names the edition", err)
	}
	if got := bodyOf(t, ask(s, "GET", "/")); got != before {
		t.Error("the last good page is gone")
	}
}

func TestServer_Health(t *testing.T) {
	var got map[string]any
	if err := json.Unmarshal([]byte(bodyOf(t, ask(serving(t, sitetest.Small()), "GET", "/healthz"))), &got); err != nil {
		t.Fatal(err)
	}
	if got["ok"] != true || got["edition"] != "0f1e2d3c4b5a69788796a5b4c3d2e1f0" || got["age_seconds"] != 3540.0 || got["line_good"] != true {
		t.Errorf("got %v", got)
	}
}

func TestServer_Metrics(t *testing.T) {
	s := serving(t, sitetest.Small())
	ask(s, "GET", "/")
	ask(s, "GET", "/nothing")
	got := bodyOf(t, ask(s, "GET", "/metrics"))
	for _, want := range []string{
		`deadyet_answers{answer="silent",network="northwind"} 105`, `deadyet_answers{answer="yes",network="fabrikam"} 0`,
		`deadyet_round{network="contoso"} 7`, `deadyet_last_round_timestamp_seconds{network="contoso"}`, "deadyet_line_good 1",
		"deadyet_simulated 0", `deadyet_http_requests_total{status="200"} 1`, `deadyet_http_requests_total{status="404"} 1`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

func TestServer_SwapsEditionsWhole(t *testing.T) {
	s := serving(t, sitetest.Small())
	a, b := sitetest.Small(), sitetest.Small()
	a.ID, b.ID = "aaaa", "bbbb"
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				for _, path := range []string{"/", "/api/v1/checks", "/server/contoso/ds.contoso.example"} {
					if r := ask(s, "GET", path, "Accept-Encoding", "gzip"); r.StatusCode != 200 {
						t.Errorf("%s: got %d", path, r.StatusCode)
					}
				}
			}
		})
	}
	for range 5 {
		for _, e := range []deadyet.Edition{a, b} {
			if err := s.Publish(e); err != nil {
				t.Error(err)
			}
		}
	}
	wg.Wait()
	if got := bodyOf(t, ask(s, "GET", "/api/v1/edition")); !strings.Contains(got, `"id":"bbbb"`) {
		t.Errorf("got %s, want the last edition", got)
	}
}

func TestHTTPServer_HasLimits(t *testing.T) {
	s := web.HTTPServer("127.0.0.1:0", http.NotFoundHandler())
	if s.ReadHeaderTimeout <= 0 || s.ReadTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 {
		t.Errorf("no limit somewhere: %+v", s)
	}
	if !bytes.Equal([]byte(s.Addr), []byte("127.0.0.1:0")) {
		t.Errorf("got address %s", s.Addr)
	}
}

func TestHealth_TellsWhatIsWrongBehindThePage(t *testing.T) {
	s := web.New(web.Options{Trouble: func() string { return "the disk is full" }})
	if err := s.Publish(sitetest.Small()); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/healthz", nil))
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, `"ok":false`) || !strings.Contains(body, `"trouble":"the disk is full"`) {
		t.Errorf("got %d %s; the page is up, and something is wrong behind it", w.Code, body)
	}
}
