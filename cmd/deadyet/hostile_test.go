package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"deadyet"
	"deadyet/ledger"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/site"
	"deadyet/store/sqlite"
	"deadyet/web"
)

// obeyed returns what a terminal would obey in a text, or show as what it is
// not.
func obeyed(text []byte) (bad []string) {
	if !utf8.Valid(text) {
		bad = append(bad, "bytes that are no UTF-8")
	}
	for _, r := range string(text) {
		if (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) && r != '\n' && r != '\t' {
			bad = append(bad, fmt.Sprintf("%U", r))
		}
	}
	slices.Sort(bad)
	return slices.Compact(bad)
}

// printed returns what a command line prints.
func printed(t *testing.T, args ...string) (out, errs []byte) {
	t.Helper()
	var o, e bytes.Buffer
	execute(t.Context(), args, stdio{strings.NewReader(""), &o, &e})
	return o.Bytes(), e.Bytes()
}

// What servers say is harmless on a terminal.
func TestHostileServers_onATerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "map")
	var text strings.Builder
	for logical, actual := range poisoned(t) {
		text.WriteString(logical + "\t" + actual + "\n")
	}
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, more := range [][]string{nil, {"--login", "somebody@example.com"}} {
		args := append([]string{"scan", "--dial-map", file, "--versions", "12,18,21", "--timeout", "3s"}, more...)
		out, errs := printed(t, args...)
		if bad := obeyed(append(out, errs...)); len(bad) > 0 || !bytes.Contains(out, []byte("198.18.66.1")) {
			t.Errorf("%v prints %v:\n%q", args, bad, out)
		}
		out, errs = printed(t, append(args, "--json")...)
		if bad := obeyed(append(bytes.Clone(out), errs...)); len(bad) > 0 {
			t.Errorf("%v --json prints %v", args, bad)
		}
		for line := range bytes.Lines(out) {
			if !json.Valid(line) {
				t.Fatalf("no JSON: %q", line)
			}
		}
		if !bytes.Contains(out, []byte("alert(1)")) {
			t.Errorf("%v --json shows nothing of what the servers said", args)
		}
	}
}

// beset asks the hostile servers, keeps what they said in a store, and returns
// the ledger of one that was opened again.
func beset(t *testing.T, login string) (*drama, deadyet.Round) {
	t.Helper()
	d := stageDrama(t, usualFace, func(s *deadyet.Subject) {
		n := &s.Networks[0]
		n.Consent = deadyet.Consent{By: "themselves", Date: deadyet.DayOf(incidentBegins)}
		for i := range 5 {
			n.Servers[i].Address = fmt.Sprintf("198.18.66.%d", i+1)
			n.Servers[i].ID = deadyet.MakeServerID(n.ID, n.Servers[i].Address)
		}
	})
	dialMap := poisoned(t)
	for logical, actual := range d.fleet.DialMap() {
		if _, hostile := dialMap[logical]; !hostile {
			dialMap[logical] = actual
		}
	}
	d.dialer.Map = dialMap
	d.wait(3 * time.Second)
	d.prober.Login, d.prober.Follow = login, probe.Consenting(d.subject)
	path := filepath.Join(t.TempDir(), "hostile.db")
	var last deadyet.Round
	for range 2 { // the second time with what was kept the first time
		store, err := sqlite.Open(t.Context(), path)
		d.must(err)
		d.book, err = ledger.Open(t.Context(), store, d.subject, ledger.Options{Vantage: "here", Live: true})
		d.must(err)
		if last.Number == 0 {
			d.now = d.now.Add(time.Hour)
			plan := scan.MakePlan(scan.Input{Subject: d.subject, Now: d.now, Last: memory{d.book}.Last})
			last, err = d.runner.Run(t.Context(), plan, d.book.Next("here"))
			d.must(err)
			move(&last, d.now)
			d.must(d.book.Record(t.Context(), last))
			d.must(store.Close())
			continue
		}
		t.Cleanup(func() { store.Close() })
	}
	return d, last
}

// What servers said is harmless on every page, in every document and in the
// log, after it went through the store.
func TestHostileServers_onThePage(t *testing.T) {
	d, round := beset(t, "somebody@example.com")
	for _, terminal := range []bool{true, false} {
		var table bytes.Buffer
		d.must(printRound(&table, round, terminal, true))
		if bad := obeyed(table.Bytes()); len(bad) > 0 {
			t.Errorf("the table holds %v:\n%q", bad, table.String())
		}
	}
	e := d.book.Edition(d.now.Add(5 * time.Minute))
	if len(e.Evidence) == 0 {
		t.Fatal("nothing of what was said was kept")
	}
	var log bytes.Buffer
	pages := web.New(web.Options{Now: func() time.Time { return d.now.Add(5 * time.Minute) }})
	d.must(pages.Publish(e))
	pages.Remember(d.book)
	newTeller(slog.New(slog.NewTextHandler(&log, nil))).tell(e)
	if bad := obeyed(log.Bytes()); len(bad) > 0 {
		t.Errorf("the log holds %v", bad)
	}
	s, err := site.New(e)
	d.must(err)
	day := deadyet.DayOf(d.now).String()
	paths := append(s.Paths(), "/metrics", "/healthz", "/sitemap.xml", "/at/"+day, "/diff/2026-03-01/"+day, "/<script>alert(1)</script>\x1b[31m")
	shown := 0
	for _, path := range paths {
		u := url.URL{Path: path}
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/", nil)
		r.URL = &u
		pages.ServeHTTP(w, r)
		body, kind := w.Body.Bytes(), w.Header().Get("Content-Type")
		shown += bytes.Count(body, []byte("onload"))
		for _, bad := range harmful(kind, body) {
			t.Errorf("%q (%s) holds %s", path, kind, bad)
		}
	}
	if shown == 0 {
		t.Error("no page shows what the servers said: the test can't fail")
	}
}

// harmful says what of a document could do harm where it is shown.
func harmful(kind string, body []byte) (bad []string) {
	switch {
	case strings.HasPrefix(kind, "image/png"), strings.HasPrefix(kind, "text/css"), strings.HasPrefix(kind, "text/javascript"):
		return nil
	case strings.HasPrefix(kind, "text/html"), kind == "image/svg+xml":
		body = bytes.Replace(body, []byte(`<script type="module" src="`), nil, 1) // the one of our own
		for _, tag := range []string{"<script", "<img", "<iframe", "<style>", "<!--", `href="javascript:`, `href="data:`} {
			if bytes.Contains(body, []byte(tag)) {
				bad = append(bad, tag)
			}
		}
	case strings.HasPrefix(kind, "application/json") && !json.Valid(body):
		bad = append(bad, "what is no JSON")
	}
	return append(bad, obeyed(body)...)
}
