package site_test

import (
	"strings"
	"testing"
	"unicode"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"

	"github.com/google/go-cmp/cmp"
)

func TestVerdictText_SaysTheAnswerFirst(t *testing.T) {
	got := string(mustPage(t, mustSite(t, sitetest.Small()), site.VerdictPath))
	want := `YES
None of the 14 servers takes any version any more.
Since 19 May 2017.
From the record of before.example, not measured here.

Northwind: … silent †, gone since 19 May 2017. Takes no version any more. Closed on 19 May 2017 and not asked any more.
Contoso: ✔ yes, rose from the dead on 12 November 2026. 1 of 2 servers takes MSNP2–18, 21. Way in: ds.contoso.example port 1863, 443 (https). Last asked 24 November 2026, 11:00 UTC, asked every 6 hours.
Fabrikam: – unasked. It says of itself: 1.0 to 2009, complete. Not asked yet, asked every hour.
`
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestPlain_HoldsWhatThePageHolds(t *testing.T) {
	got := string(mustPage(t, mustSite(t, sitetest.Small()), site.PlainPath))
	for _, want := range []string{
		"Is MSN dead yet?\n\nYES\n", "NETWORKS\n", "HOW THINGS STAND\n", "NEWS\n", "2017-05-19  All servers are gone\n",
		"SERVERS: NORTHWIND\n", "please don’t connect to them", "north: 0 of 14 servers take something\n",
		"  192.0.2.4 (main)  tcp:1863     … silent † | … silent † MSNP18, 21 | – unasked MSNP22, 24\n",
		"ds.contoso.example (main)", "✔ yes (login) MSNP2–12 | ✔ yes (version) MSNP13–18",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

func TestPlain_MarksWhatIsSimulatedAndOurOwnTrouble(t *testing.T) {
	e := sitetest.Small()
	e.Subject.Simulated, e.Down = true, e.At
	s := mustSite(t, e)
	for path, want := range map[string]string{site.PlainPath: "SIMULATED: Is MSN dead yet?\n", site.VerdictPath: "SIMULATED: YES\n"} {
		got := string(mustPage(t, s, path))
		if !strings.HasPrefix(got, want) || !strings.Contains(got, "It is us, not them") {
			t.Errorf("%s: got %s", path, got)
		}
	}
}

// A terminal must obey nothing that a server said: no control byte but the
// line feed, no change of direction, nothing that can't be seen.
func TestPlain_IsHarmlessOnATerminal(t *testing.T) {
	for name, e := range map[string]deadyet.Edition{"hostile": sitetest.Hostile(), "next to nothing": {Subject: deadyet.Subject{Question: "?"}}} {
		s := mustSite(t, e)
		for _, path := range []string{site.PlainPath, site.VerdictPath} {
			for _, r := range string(mustPage(t, s, path)) {
				if r != '\n' && !unicode.IsPrint(r) {
					t.Fatalf("%s: %s holds %U", name, path, r)
				}
			}
		}
	}
}
