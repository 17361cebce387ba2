package web_test

import (
	"strings"
	"testing"

	"deadyet/site/sitetest"
)

func TestFront_IsTextForTerminals(t *testing.T) {
	s := serving(t, sitetest.Small())
	const ie6 = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)"
	for _, c := range []struct {
		name, agent, accept string
		text                bool
	}{
		{"nothing said", "", "", false},
		{"curl", "curl/8.5.0", "*/*", true},
		{"wget", "Wget/1.21.4", "*/*", true},
		{"curl that says nothing", "curl/8.5.0", "", true},
		{"curl that asks for HTML", "curl/8.5.0", "text/html", false},
		{"a new browser", "Mozilla/5.0 (X11; Linux x86_64)", "text/html,application/xhtml+xml,*/*;q=0.8", false},
		{"Internet Explorer 6", ie6, "image/gif, image/x-xbitmap, application/x-shockwave-flash, */*", false},
		{"its reload", ie6, "*/*", false},
		{"Lynx", "Lynx/2.9.0", "text/html, text/plain, text/sgml, */*;q=0.01", false},
		{"who takes text alone", "x", "text/plain", true},
		{"who refuses HTML", "x", "text/html;q=0, */*", true},
		{"who takes any text", "x", "text/*", false},
	} {
		headers := []string{"User-Agent", c.agent}
		if c.accept != "" {
			headers = append(headers, "Accept", c.accept)
		}
		r := ask(s, "GET", "/", headers...)
		got := strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain")
		if got != c.text || r.StatusCode != 200 || r.Header.Get("Vary") != "Accept-Encoding, Accept-Language, Accept, User-Agent" {
			t.Errorf("%s: got %s, status %d, vary %s", c.name, r.Header.Get("Content-Type"), r.StatusCode, r.Header.Get("Vary"))
		}
		if body := bodyOf(t, r); c.text && !strings.HasPrefix(body, "Is MSN dead yet?\n\nYES\n") {
			t.Errorf("%s: got %s", c.name, body)
		}
	}
}

func TestMachines_MayReadFromOtherSites(t *testing.T) {
	s := serving(t, sitetest.Small())
	for path, want := range map[string]string{
		"/api/v1/verdict": "*", "/feed.atom": "*", "/network/contoso/feed.atom": "*", "/verdict.txt": "*", "/plain.txt": "*", "/": "",
		"/badge/verdict.svg": "*", "/badge/server/contoso/2001:db8::1.json": "*",
	} {
		r := ask(s, "GET", path)
		if got := r.Header.Get("Access-Control-Allow-Origin"); got != want || r.StatusCode != 200 {
			t.Errorf("%s: got %q, status %d", path, got, r.StatusCode)
		}
	}
}
