package web_test

import (
	"strings"
	"testing"

	"deadyet/site/sitetest"
)

func TestLanguage_IsThatOfThePathOrOfTheReader(t *testing.T) {
	s := serving(t, sitetest.Small())
	for _, c := range []struct{ path, accept, language, vary string }{
		{"/", "", "en", "Accept-Encoding, Accept-Language, Accept, User-Agent"},
		{"/", "de-AT,de;q=0.9,en;q=0.5", "de", "Accept-Encoding, Accept-Language, Accept, User-Agent"},
		{"/", "fr", "en", "Accept-Encoding, Accept-Language, Accept, User-Agent"},
		{"/de/", "en", "de", "Accept-Encoding, Accept, User-Agent"},
		{"/en/", "de", "en", "Accept-Encoding, Accept, User-Agent"},
		{"/rule", "de", "de", "Accept-Encoding, Accept-Language"},
		{"/de/rule", "", "de", "Accept-Encoding"},
		{"/server/northwind/192.0.2.4", "de", "de", "Accept-Encoding, Accept-Language"},
		{"/de/server/northwind/192.0.2.4", "en", "de", "Accept-Encoding"},
		{"/verdict.txt", "de", "", "Accept-Encoding"},
		{"/feed.atom", "de", "", "Accept-Encoding"},
		{"/api/v1/verdict", "de", "", "Accept-Encoding"},
	} {
		r := ask(s, "GET", c.path, "Accept", "text/html", "Accept-Language", c.accept)
		body := bodyOf(t, r)
		if r.StatusCode != 200 || r.Header.Get("Content-Language") != c.language || r.Header.Get("Vary") != c.vary {
			t.Errorf("%s for %q: %d in %q, Vary %q; want %q, %q", c.path, c.accept, r.StatusCode, r.Header.Get("Content-Language"), r.Header.Get("Vary"), c.language, c.vary)
		}
		if c.language != "" && !strings.Contains(body, `<html lang="`+c.language+`"`) {
			t.Errorf("%s for %q is not in %s: %.60s", c.path, c.accept, c.language, body)
		}
	}
}

// With and without the language in the path the bytes are the same, so that they
// are made and kept once.
func TestLanguage_HasOnePageWhateverThePath(t *testing.T) {
	s := serving(t, sitetest.Small())
	for _, path := range []string{"/", "/rule", "/network/contoso"} {
		negotiated, asked := ask(s, "GET", path, "Accept-Language", "de"), ask(s, "GET", "/de"+path)
		if bodyOf(t, negotiated) != bodyOf(t, asked) || negotiated.Header.Get("Etag") != asked.Header.Get("Etag") {
			t.Errorf("%s: the negotiated page is not that of /de", path)
		}
	}
	api, data := ask(s, "GET", "/de/api/v1/verdict"), ask(s, "GET", "/api/v1/verdict")
	if bodyOf(t, api) != bodyOf(t, data) {
		t.Error("the data have a language")
	}
}

func TestLanguage_StaysOnTheWay(t *testing.T) {
	s := travelling(t)
	for path, to := range map[string]string{
		"/de/at": "/de/at/", "/de/at/2015-03-05": "/de/at/2015-03-05/", "/de/diff/2015-02-27/2015-02-25": "/de/diff/2015-02-25/2015-02-27",
		"/de/at/2026-11-24/rule": "/de/rule", "/de": "/de/", "/en": "/en/",
	} {
		if r := ask(s, "GET", path); r.StatusCode/100 != 3 || r.Header.Get("Location") != to {
			t.Errorf("%s: got %d %s, want %s", path, r.StatusCode, r.Header.Get("Location"), to)
		}
	}
	if body := bodyOf(t, ask(s, "GET", "/de/at/1998-01-01/", "Accept", "text/html")); !strings.Contains(body, `href="/de/at/1999-07-22/"`) {
		t.Errorf("the nearest day is in another language: %.600s", body)
	}
	for path, want := range map[string]string{"/de/at/1998-01-01/": "Von diesem Tag ist nichts bekannt", "/de/at/gestern/": "Das ist kein Datum", "/de/nothing": "Diese Seite gibt es nicht"} {
		r := ask(s, "GET", path, "Accept", "text/html")
		body := bodyOf(t, r)
		if r.StatusCode != 404 || !strings.Contains(body, "<h1>"+want+"</h1>") || !strings.Contains(body, `<a href="/de/">`) || r.Header.Get("Vary") != "Accept, Accept-Language" {
			t.Errorf("%s: %d, Vary %q, want %q and a way back in German: %.900s", path, r.StatusCode, r.Header.Get("Vary"), want, body)
		}
	}
	const difference = "/de/diff/2015-02-25/2015-02-27"
	for _, l := range read(t, bodyOf(t, ask(s, "GET", difference, "Accept", "text/html"))).links {
		to := resolve(t, difference, l)
		if to.Host == "" && !strings.HasPrefix(to.Path, "/de/") && !strings.HasPrefix(l, "/en/") {
			t.Errorf("%s: the link %q leaves the language", difference, l)
		}
	}
	for path, language := range map[string]string{"/de/at/2015-03-05/": "de", "/at/2015-03-05/": "en", "/de/diff/2015-02-25/2015-02-27": "de", "/de/at/": "de"} {
		r := ask(s, "GET", path)
		if r.StatusCode != 200 || r.Header.Get("Content-Language") != language {
			t.Errorf("%s: %d in %q, want %q", path, r.StatusCode, r.Header.Get("Content-Language"), language)
		}
	}
}
