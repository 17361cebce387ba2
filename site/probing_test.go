package site_test

import (
	"errors"
	"strings"
	"testing"

	"deadyet/site"
	"deadyet/site/sitetest"
)

// Whoever is asked finds out by whom (RFC 9511): there is a contact and an end of
// validity, or no file. A simulator asks nobody.
func TestProbing_DescribesWhoAsks(t *testing.T) {
	const path = "/.well-known/probing.txt"
	e := sitetest.Small()
	if _, err := mustSite(t, e).Page(path); !errors.Is(err, site.ErrNoPage) {
		t.Errorf("without a contact: got %v, want no page", err)
	}
	e.Subject.Contact, e.Subject.Public, e.Live = "mailto:us@dead.example", "https://dead.example/msn/", true
	got := string(mustPage(t, mustSite(t, e), path))
	for _, want := range []string{
		"Canonical: https://dead.example/.well-known/probing.txt\n", "Contact: mailto:us@dead.example\n",
		"Expires: 2026-12-24T00:00:00Z\n", "Preferred-Languages: en\n", "Asked: Contoso (every ",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	for range 3 { // as many networks as make a line longer than any other text may be
		e.Subject.Networks = append(e.Subject.Networks, e.Subject.Networks...)
	}
	if got := string(mustPage(t, mustSite(t, e), path)); !strings.HasSuffix(got, "hosts that opted out are never connected to.\n") {
		t.Errorf("it ends in the middle:\n%.1000s", got)
	}
	e.Subject.Simulated = true
	if _, err := mustSite(t, e).Page(path); !errors.Is(err, site.ErrNoPage) {
		t.Errorf("simulated: got %v, want no page", err)
	}
}
