package site_test

import (
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"
)

func past(t *testing.T, m site.Moment) *site.Site {
	t.Helper()
	e := sitetest.Small()
	e.At = time.Date(2015, 3, 5, 23, 59, 59, 0, time.UTC)
	e.Live, e.Rounds = false, nil
	s, err := site.NewAt(e, m)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A page of the past says nothing of the end of a network that came later, but
// for the warning that its addresses belong to others now.
func TestNewAt_TellsOfNoLaterEnd(t *testing.T) {
	s := past(t, site.Moment{Name: "2015-03-05"})
	for _, path := range s.Paths() {
		if body := string(mustPage(t, s, path)); strings.Contains(body, "losed on") {
			t.Errorf("%s tells that a network closed", path)
		}
	}
}

// The style sheet is that of the present: a visitor has it already.
func TestNewAt_TakesTheStyleSheetOfThePresent(t *testing.T) {
	s := past(t, site.Moment{Name: "2015-03-05"})
	path, _ := mustSite(t, sitetest.Small()).Stylesheet()
	if !strings.Contains(string(s.Front()), `href="../..`+path+`"`) {
		t.Errorf("no %s in the front page", path)
	}
}

func TestNewAt_LeadsToOtherMoments(t *testing.T) {
	day, err := deadyet.ParseDay("2015-03-12")
	if err != nil {
		t.Fatal(err)
	}
	s := past(t, site.Moment{Name: "2015-03-05", Next: day})
	if !site.TellsMoment() {
		t.Skip("no template of every page includes the line of the moment yet")
	}
	for path, want := range map[string][]string{
		"/": {"as it was on", `href="../../at/2015-03-12/"`, `href="../../"`, `href="../../diff/2015-03-05/today"`, "has closed since"},
	} {
		body := string(mustPage(t, s, path))
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s: %q is missing", path, w)
			}
		}
	}
}
