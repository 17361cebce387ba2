package site_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"deadyet/site/sitetest"
)

func TestFront_DrawsHowItDied(t *testing.T) {
	page := string(mustSite(t, sitetest.Small()).Front())
	inOrder(t, page, "How it died", "<svg", "<title ", "How long Northwind took each version", "<desc ", "The last to go was MSNP18, on 19 May 2017.", `-hatch"`,
		"MSNP10: first taken some time between 1 January 2004 and 31 May 2004, last taken some time between", "(recorded, not measured here)", `class="soft"`, "</svg>",
		"Hatched: recorded", "The same as a table", `<a href="version/MSNP2">MSNP2</a>`, "15 October 2003", "about 4 years", `href="server/northwind/192.0.2.4"`, "† recorded",
		`id="decline"`, "How many servers of Northwind took each version", "MSNP18: 14 † at first, 0 since 19 May 2017", `<path class="bar"`, `<path class="soft"`, "</svg>",
		"Pale, with a broken edge", "drawn in short", `<ol class="marks">`, `href="news/2016-03-01-northwind-port-closed"`, "The same numbers as a table",
		"<th scope=\"col\">MSNP21–22, 24</th>", "19 May 2017", "<td>0</td>", "1 to 7 †", "14 †")
}

func TestNetworkPage_OfAClosedNetworkIsItsMemorial(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	page := string(mustPage(t, s, "/network/northwind"))
	inOrder(t, page, "In memory of Northwind", "First words:</b> MSNP2, first taken on 22 July 1999.", "Longest survivor:</b> MSNP18", "to the very end:",
		"Last words:</b> None of the 14 servers takes any version any more.", "belong to others now", `href="../network/northwind/north"`,
		"The decline", "First and last sighting", "What happened here", `href="../news/2017-05-19-northwind-gone"`, `href="../server/northwind/192.0.2.4`, `href="../api/v1/networks/northwind"`)
	if living := string(mustPage(t, s, "/network/contoso")); strings.Contains(living, "In memory") || !strings.Contains(living, "Run by <em>volunteers</em>.") {
		t.Error("a living network has a memorial, or no note")
	}
	e := sitetest.Small()
	e.Lives, e.Lines = nil, nil
	if bare := string(mustPage(t, mustSite(t, e), "/network/northwind")); !strings.Contains(bare, "Closed on ") || strings.Contains(bare, "First words") {
		t.Error("a memorial without lives tells of them, or is missing")
	}
}

func TestRegionPage_HasItsOwnServersOnly(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	north := string(mustPage(t, s, "/network/northwind/north"))
	inOrder(t, north, "Northwind, north", "How many servers of Northwind, north took each version", `href="../../server/northwind/192.0.2.4`)
	if strings.Contains(north, "192.0.2.201") {
		t.Error("a server of another region stands on the page")
	}
	if south := string(mustPage(t, s, "/network/northwind/south")); !strings.Contains(south, `href="../../server/northwind/192.0.2.201"`) {
		t.Error("a server that was listed once is not on the page of its region")
	}
}

func TestVersionPage_TellsWhoTakesItAndWhoStopped(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	page := string(mustPage(t, s, "/version/MSNP18"))
	inOrder(t, page, "<h1>MSNP18</h1>", "client of MSNP18", `href="../rule"`, "Northwind</a>", "No server is known to take it.", "last taken on 19 May 2017",
		" servers took it until they stopped", "19 May 2017", "† recorded", `href="../server/northwind/192.0.2.1"`, "Contoso</a>", " it:", "ds.contoso.example",
		"still taken by 1 server", "Fabrikam", "MSNP17", "MSNP19")
	if news := string(mustPage(t, s, "/version/MSNP24")); !strings.Contains(news, `href="../news/2017-05-19-northwind-version-rejected"`) {
		t.Error("the news about a version are not on its page")
	}
}

func TestItemPage_HasEverythingUnderAllItsNames(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	page := string(mustPage(t, s, "/news/2017-05-19-northwind-version-rejected"))
	inOrder(t, page, "Northwind</a>", "<h1>Almost all north servers refuse MSNP24</h1>", "19 May 2017", "† recorded", "version rejected", `href="../network/northwind/north"`,
		`href="../version/MSNP24"`, `href="../#2017-05-19-northwind-version-rejected"`, "The servers concerned", "Which ones is not known.", "What the record says",
		"It was a <em>Friday</em>.", "Before it:", "After it:")
	a, b := mustPage(t, s, "/news/2026-11-12-contoso-dependency-down"), mustPage(t, s, "/news/early")
	if string(a) != string(b) || !strings.Contains(string(a), "Once called") {
		t.Error("a former name does not lead to the item")
	}
}

func TestServerPage_DrawsItsHistory(t *testing.T) {
	page := string(mustPage(t, mustSite(t, sitetest.Small()), "/server/northwind/192.0.2.4"))
	inOrder(t, page, "What it answered over time", "<svg", `class="is-yes"`, "✔\u00a0yes (version) †, since 1 November 2014", `class="is-silent"`, "The same as a table", "…\u00a0silent", "recorded, not measured here")
}

func TestMethodPage_TellsTheLimits(t *testing.T) {
	page := string(mustPage(t, mustSite(t, sitetest.Small()), "/method"))
	inOrder(t, page, "Method and manners", "About <strong>manners</strong>", "never: closed on 19 May 2017", "every 6 hours", "120", "tcp:1863", "3 rounds in a row and at least 2 hours", "MSNP99", "30", `id="demo"`, "deadyet demo")
}

// modern are declarations that browsers of the age of the clients don't know.
var modern = regexp.MustCompile(`var\(|calc\(|display:\s*(inline-)?(grid|flex)|inset:|gap:|[a-z-]+-inline-|[a-z-]+-block-`)

// What lays out the page must be known to Internet Explorer 6: floats, margins
// and tables. What it does not know may only add.
func TestStylesheet_StandsWithoutWhatIsNew(t *testing.T) {
	_, css := mustSite(t, sitetest.Small()).Stylesheet()
	if found := modern.FindAllString(string(css), -1); found != nil {
		t.Errorf("the style sheet leans on %v", found)
	}
	plain, _, _ := strings.Cut(string(css), "@media")
	for _, rule := range regexp.MustCompile(`[^{}]+\{[^}]*\}`).FindAllString(plain, -1) {
		if strings.Contains(rule, "gradient") && !strings.Contains(rule, "background:#") && !strings.Contains(rule, "background-image") {
			t.Errorf("a gradient without a plain colour before it: %s", rule)
		}
	}
	if !strings.Contains(plain, ".picture{display:none}") {
		t.Error("browsers that can't draw would show the letters of the pictures")
	}
}

func TestDecline_OfAVeryLongHistoryStaysSmall(t *testing.T) {
	e := sitetest.Small()
	curve := &e.Declines[0].Curves[0]
	curve.Points = curve.Points[:1]
	for i := range 20000 {
		p := curve.Points[0]
		p.At, p.Low, p.High = p.At.Add(time.Duration(i+1)*time.Hour), i%14, 14
		curve.Points = append(curve.Points, p)
	}
	if n := len(mustSite(t, e).Front()); n > 200<<10 {
		t.Errorf("the front page has %d bytes", n)
	}
}
