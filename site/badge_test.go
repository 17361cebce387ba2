package site_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"

	"github.com/google/go-cmp/cmp"
)

type shield struct {
	SchemaVersion         int
	Label, Message, Color string
}

func badgeOf(t *testing.T, s *site.Site, path string) (b shield) {
	t.Helper()
	if err := json.Unmarshal(mustPage(t, s, path+".json"), &b); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBadges_SayTheState(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	for path, want := range map[string]shield{
		"/badge/verdict":                              {1, "Is MSN dead yet?", "YES", "b3261e"},
		"/badge/network/northwind":                    {1, "Northwind", "gone since 19 May 2017", "6b5900"},
		"/badge/network/contoso":                      {1, "Contoso", "rose from the dead on 12 November 2026, takes MSNP2–18, 21", "1a7f37"},
		"/badge/network/fabrikam":                     {1, "Fabrikam", "unasked", "5f6368"},
		"/badge/version/MSNP18":                       {1, "MSNP18", "taken by 2 of 17 servers", "1a7f37"},
		"/badge/version/MSNP24":                       {1, "MSNP24", "taken by 1 of 17 servers", "1a7f37"},
		"/badge/server/contoso/ds.contoso.example":    {1, "ds.contoso.example", "yes, takes MSNP2–18, 21", "1a7f37"},
		"/badge/server/contoso/login.contoso.example": {1, "login.contoso.example", "yes", "1a7f37"},
		"/badge/server/fabrikam/ms.fabrikam.example":  {1, "ms.fabrikam.example", "unasked", "5f6368"},
		"/badge/server/northwind/192.0.2.201":         {1, "192.0.2.201", "no", "b3261e"},
	} {
		if d := cmp.Diff(want, badgeOf(t, s, path)); d != "" {
			t.Errorf("%s (-want +got):\n%s", path, d)
		}
	}
	if got := badgeOf(t, mustSite(t, simulated()), "/badge/verdict"); got.Label != "SIMULATED: Is MSN dead yet?" {
		t.Errorf("got %s", got.Label)
	}
}

func simulated() deadyet.Edition {
	e := sitetest.Small()
	e.Subject.Simulated = true
	return e
}

// A badge is a picture with one title and two texts, whatever a server is
// called.
func TestBadges_AreHarmless(t *testing.T) {
	for name, e := range map[string]deadyet.Edition{"hostile": sitetest.Hostile(), "small": sitetest.Small(), "next to nothing": {Subject: deadyet.Subject{Question: "?"}}} {
		s := mustSite(t, e)
		n := 0
		for _, path := range s.Paths() {
			if !strings.HasPrefix(path, "/badge/") {
				continue
			}
			n++
			if base, ok := strings.CutSuffix(path, ".svg"); ok {
				checkBadge(t, name+" "+path, string(mustPage(t, s, path)), badgeOf(t, s, base))
			}
		}
		if n == 0 {
			t.Errorf("%s: no badge", name)
		}
	}
}

func checkBadge(t *testing.T, name, svg string, b shield) {
	t.Helper()
	var texts []string
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if !slices.Contains([]string{"svg", "title", "rect", "path", "g", "text"}, tok.Name.Local) {
				t.Errorf("%s holds <%s>", name, tok.Name.Local)
			}
			for _, a := range tok.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
					t.Errorf("%s has %s", name, a.Name.Local)
				}
			}
		case xml.CharData:
			if text := strings.TrimSpace(string(tok)); text != "" {
				texts = append(texts, text)
			}
		}
	}
	if b.Message == "" || utf8.RuneCountInString(b.Message) > 60 || utf8.RuneCountInString(b.Label) > 60 || b.Color == "" || b.SchemaVersion != 1 {
		t.Errorf("%s: %+v", name, b)
	}
	if want := []string{b.Label + ": " + b.Message, b.Label, b.Message}; !cmp.Equal(want, texts) {
		t.Errorf("%s: got %q, want %q", name, texts, want)
	}
	if strings.ContainsAny(svg, "\x00\x1b\u202e\u2066") {
		t.Errorf("%s holds what can't be seen", name)
	}
}
