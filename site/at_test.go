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

// A page of the past holds nothing that came later, unless it says so.
func TestAt_HidesWhatCameLater(t *testing.T) {
	e := sitetest.Small()
	n := &e.Subject.Networks[0]
	sv := &n.Servers[0]
	at := deadyet.DayOf(e.At)
	tomorrow, later := deadyet.DayOf(at.End()), deadyet.DayOf(at.End().AddDate(1, 0, 0))
	sv.Listings = []deadyet.Listing{
		{Region: "north", Role: deadyet.RoleMain, Since: deadyet.DayOf(at.Start().AddDate(-1, 0, 0)), Until: tomorrow},
		{Region: "beyond", Role: deadyet.RoleMain, Since: tomorrow, Until: later},
	}
	for i := range e.Subject.Record {
		e.Subject.Record[i].Until = deadyet.OnDay(later)
	}
	then, err := site.NewAt(e, site.Moment{Name: at.String()})
	if err != nil {
		t.Fatal(err)
	}
	path := "/server/northwind/" + sv.ID.Name()
	page := string(mustPage(t, then, path))
	inOrder(t, page, "still listed then, and until <time datetime=\""+tomorrow.String()+`">`, "as is known now", "From the record")
	for _, s := range []string{page, string(mustPage(t, then, "/api/v1"+strings.Replace(path, "server", "servers", 1))), string(mustPage(t, then, "/network/northwind"))} {
		if strings.Contains(s, "beyond") || strings.Contains(s, later.String()) {
			t.Errorf("it tells of what came later: %.300s", s)
		}
	}
	if doc := string(mustPage(t, mustSite(t, e), "/api/v1/networks/northwind/beyond")); !strings.Contains(doc, sv.ID.Name()) {
		t.Errorf("the region's document lacks %s once it stands there: %s", sv.ID, doc)
	}
	if p, err := then.Page("/api/v1/networks/northwind/beyond"); err == nil && strings.Contains(string(p.Body), sv.ID.Name()) {
		t.Errorf("the region's document has %s before it came there", sv.ID)
	}
	if rule := string(mustPage(t, then, "/rule")); strings.Contains(rule, "← now") || strings.Contains(rule, "Now:") || !strings.Contains(rule, "← then") {
		t.Error("the rule speaks of the past as if it were now")
	}
	now, err := site.New(e)
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, string(mustPage(t, now, path)), "beyond", tomorrow.String(), later.String())
}
