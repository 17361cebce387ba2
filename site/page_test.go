package site_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

func mustSite(t testing.TB, e deadyet.Edition) *site.Site {
	t.Helper()
	s, err := site.NewAt(e, site.Moment{Rollups: sitetest.Rollups})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustPage(t testing.TB, s *site.Site, path string) []byte {
	t.Helper()
	p, err := s.Page(path)
	if err != nil {
		t.Fatal(err)
	}
	return p.Body
}

func TestPages_AreGolden(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	for name, path := range map[string]string{
		"front.html":   "/",
		"server.html":  "/server/contoso/2001:db8::1",
		"closed.html":  "/server/northwind/192.0.2.4",
		"clients.html": "/clients",
		"client.html":  "/client/old-1.0",
		"client.txt":   "/client/old-7.5.txt",
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, mustPage(t, s, path)) })
	}
}

// hashed are the names of files that change with what is in them.
var hashed = regexp.MustCompile(`(style|page)-[0-9a-f]+\.(css|js)`)

// golden compares a page with a file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(hashed.ReplaceAllString(string(want), "$1.$2"), hashed.ReplaceAllString(string(got), "$1.$2")); d != "" {
		t.Errorf("page changed (-want +got); when it should, run go test ./site -update\n%s", d)
	}
}

func TestPages_OfTheSameEditionAreTheSame(t *testing.T) {
	a, b := mustSite(t, sitetest.Fleet(8)), mustSite(t, sitetest.Fleet(8))
	for _, path := range a.Paths() {
		if !bytes.Equal(mustPage(t, a, path), mustPage(t, b, path)) {
			t.Errorf("%s differs from one time to the next", path)
		}
	}
}

// The bar is for eight versions; more of them weigh more.
func TestFront_OfThreeHundredServersIsSmall(t *testing.T) {
	for _, c := range []struct {
		name string
		most int
		e    deadyet.Edition
	}{
		{"a fleet", 40 << 10, sitetest.FleetOf(300, sitetest.Eight())},
		{"a fleet with all versions", 63 << 10, sitetest.Fleet(300)},
		{"a fleet with all versions and 200 items of news", 67 << 10, sitetest.Yearbook(300, 200)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustSite(t, c.e)
			_, css := s.Stylesheet()
			page, style := weight(t, s.Front()), weight(t, css)
			if page+style > c.most {
				t.Errorf("got %d bytes compressed and %d of style, want at most %d together", page, style, c.most)
			}
			t.Logf("%d bytes compressed, %d before, and %d of style", page, len(s.Front()), style)
		})
	}
}

// weight is the size of bytes on a slow line.
func weight(t *testing.T, body []byte) int {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestNew_RefusesAnEditionWithoutAQuestion(t *testing.T) {
	if s, err := site.New(deadyet.Edition{}); err == nil || s != nil {
		t.Errorf("got %v, %v, want an error", s, err)
	}
}

func TestPage_ThatDoesNotExist(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	for _, path := range []string{"", "/server/contoso/nobody", "/api/v1/nothing", "/server/../etc/passwd"} {
		if _, err := s.Page(path); !errors.Is(err, site.ErrNoPage) {
			t.Errorf("%q: got %v, want ErrNoPage", path, err)
		}
	}
}

func TestFront_SaysThingsInOrder(t *testing.T) {
	e := sitetest.Small()
	e.Down = time.Date(2026, 11, 24, 11, 30, 0, 0, time.UTC)
	e.Subject.Simulated = true
	page := string(mustSite(t, e).Front())
	at := 0
	for _, want := range []string{
		"<title>SIMULATED: Is MSN dead yet? YES</title>", "<strong>SIMULATED.</strong>", "our own line has been down since",
		"<h1>Is MSN dead yet?</h1>", ">YES<", "None of the 14 servers", "Since ", "19 May 2017", "From the record of ", "not measured here.",
		"Network by network", "Northwind</a>", "Contoso</a>", "1 of 2 servers takes MSNP2–18, 21.", "ds.contoso.example port 1863, 443 (https)",
		"24 November 2026, 11:00 UTC", "asked every 6 hours", "Fabrikam</a>", "It says of itself: “1.0 to 2009, complete”", "not measured here",
		`id="clients"`, "How it died", "The same as a table", `id="decline"`, "The same numbers as a table",
		`id="news"`, `id="situation"`, `id="background"`, `id="meant"`, `id="servers"`, "0 of 14 servers take something", `id="rule"`, `id="reference"`,
		`id="links"`, `id="faq"`, `id="why"`, `id="credit"`, `id="source"`, `id="affiliation"`, "SIMULATED. The state of",
	} {
		i := strings.Index(page[at:], want)
		if i < 0 {
			t.Fatalf("%q does not stand after %q", want, page[max(0, at-60):at])
		}
		at += i + len(want)
	}
}

func TestFront_NeverLeadsIntoAClosedNetwork(t *testing.T) {
	e := sitetest.Small()
	for i := range e.States {
		if e.States[i].Check.Server.Network() == "northwind" {
			e.States[i].Span.Outcome = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
		}
	}
	page := string(mustSite(t, e).Front())
	if i := strings.Index(page, "192.0.2.4 port"); i >= 0 {
		t.Errorf("an address of a closed network stands in an instruction: %q", page[i:i+60])
	}
	if !strings.Contains(page, "Its addresses belong to others now") {
		t.Error("the tables of the closed network don't say whose its addresses are")
	}
}

func TestServerPage_OfAClosedNetworkIsHistory(t *testing.T) {
	page := string(mustPage(t, mustSite(t, sitetest.Small()), "/server/northwind/192.0.2.4"))
	for _, want := range []string{"<strong>History.</strong>", "belong to others now", "From the record †", "silent †", "Nobody wrote this down", "never from here"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

func TestServerPage_ShowsItsEvidence(t *testing.T) {
	page := string(mustPage(t, mustSite(t, sitetest.Small()), "/server/contoso/2001:db8::1"))
	for _, want := range []string{
		`VER 1 MSNP18 CVR0\r\n`, `\x00\xff`, "00000000  56 45 52 20", "TLS 1.0", "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "expired",
		"Ignores the offer", "Redirected to 198.51.100.9:1863 (not followed", "not confirmed yet", "server=Contoso/1.0",
		"3 bytes went past the limit", "1 of 1", "positive good, negative good", "some time between",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// Colours are set without variables, and the layout needs neither grid nor
// flex, so that old browsers show the same page.
func TestStylesheet_NeedsNothingNew(t *testing.T) {
	path, css := mustSite(t, sitetest.Small()).Stylesheet()
	for _, bad := range []string{"var(", "display:grid", "display:flex", "@import", "http:", "https:", "//"} {
		if bytes.Contains(css, []byte(bad)) {
			t.Errorf("%s has %q", path, bad)
		}
	}
	for _, a := range deadyet.Answers() {
		if !bytes.Contains(css, []byte("."+a.String()+"{")) {
			t.Errorf("the answer %s has no class", a)
		}
	}
}
