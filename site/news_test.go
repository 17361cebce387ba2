package site_test

import (
	"fmt"
	"strings"
	"testing"

	"deadyet"
	"deadyet/site/sitetest"
)

// inOrder fails where a page does not hold the texts one after the other.
func inOrder(t *testing.T, page string, texts ...string) {
	t.Helper()
	at := 0
	for _, want := range texts {
		i := strings.Index(page[at:], want)
		if i < 0 {
			t.Fatalf("%q does not stand after %q", want, page[max(0, at-80):at])
		}
		at += i + len(want)
	}
}

// section is the part of the front page from an id to the next section.
func section(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `id="`+id+`"`)
	if !ok {
		t.Fatalf("there is no section %s", id)
	}
	s, _, _ := strings.Cut(rest, `<div class="section`)
	return s
}

func TestNews_SaysWhatHowWhenAndWhere(t *testing.T) {
	news := section(t, string(mustSite(t, sitetest.Small()).Front()), "news")
	inOrder(t, news,
		"The page is back", "22 November 2026, 12:00 UTC", "pinned", "by the editors", "After <em>years</em>.", "what it says",
		`id="2026-11-23-contoso-outage"`, "All three servers do not answer", "23 November 2026</time>, before 06:00 UTC",
		"last changed on ", "15:00 UTC", "One of them is back", "measured here", "The 3 servers concerned", "internal: 2 of 2, 1 back to normal; port 1863",
		`href="server/contoso/2001:db8::1"`, `href="server/contoso/old.contoso.example"`,
		"was down for one day", "over since ", "13 November 2026", "in the words of the editors", "<strong>tripped over</strong>", "The server concerned",
		"All servers are gone", "† recorded, not measured here; nobody wrote it down", "before.example", "north: 14 of 14", `href="server/northwind/192.0.2.14"`,
		"refuse MSNP24", "† recorded, not measured here: ", "The servers concerned, ≈\u00a013", "port 443, MSNP24",
		"north: ≈\u00a013 of 14 (recorded: 90\u00a0% to 99\u00a0%)", "Which ones is not known.",
		"closed port 1863", "Between ", "1 March 2016", "9 March 2016", "before.example", "a letter", "ports 80 and 1863",
		"north, main: 1 of 1; port 1863", "south, internal: 1 of 2, 3 listed", "Which one is not known.",
		"moved to north", "† from the lists of addresses, not measured here", "192.0.2.241", "are turned away",
		"4 older items, 2009 to 2014", "<h3>2014</h3>", "<h4>", "<h3>2012</h3>", "<h3>2009</h3>",
	)
	for _, bad := range []string{"tailspin", "server/northwind/192.0.2.241", "grew until"} {
		if strings.Contains(news, bad) {
			t.Errorf("the news hold %q", bad)
		}
	}
}

func TestNews_GrewUntil(t *testing.T) {
	e := sitetest.Small()
	e.Items[1].Parts[1].Back = 0
	if page := string(mustSite(t, e).Front()); !strings.Contains(page, "grew until <time") {
		t.Error("the page does not say until when the item grew")
	}
}

// Every name that an item ever had leads to it, and no name stands twice.
func TestNews_OldLinksStillLand(t *testing.T) {
	e := sitetest.Small()
	e.Items[2].Aliases = append(e.Items[2].Aliases, e.Items[3].ID, "2001-02-03-x", "2001-02-03-x", "rule")
	e.Items = append(e.Items, e.Items[3])
	page := string(mustSite(t, e).Front())
	for _, id := range []string{
		"2026-11-12-contoso-dependency-down", "2026-11-11-contoso-dependency-down", "news-early", "2001-02-03-x", "news-rule", "rule",
		string(e.Items[3].ID), string(e.Items[3].ID) + "_2",
	} {
		if n := strings.Count(page, `id="`+id+`"`); n != 1 {
			t.Errorf("the anchor %s stands %d times, want once", id, n)
		}
	}
}

func TestNews_OlderItemsAreFoldedAndStillThere(t *testing.T) {
	e := sitetest.Yearbook(8, 60)
	page := string(mustSite(t, e).Front())
	open, older, ok := strings.Cut(section(t, page, "news"), `<details class="older">`)
	if !ok || !strings.Contains(older, "<summary>52 older items, 2015 to 2025</summary>") {
		t.Errorf("want a fold for 52 older items, got %.80q", older)
	}
	if n := strings.Count(open, "<h3>"); n != 8 {
		t.Errorf("%d items are not folded, want 8", n)
	}
	if years := strings.Count(older, "<h3>"); years != 11 {
		t.Errorf("got %d years, want 11", years)
	}
	for _, i := range e.Items {
		if !strings.Contains(page, i.Title) {
			t.Errorf("%q is not on the page", i.Title)
		}
	}
	few := string(mustSite(t, sitetest.Yearbook(8, 10)).Front())
	if strings.Contains(few, `<details class="older">`) {
		t.Error("two items more are folded away")
	}
}

func TestNews_LinksSoManyServersAndNoMore(t *testing.T) {
	e := sitetest.Small()
	var part deadyet.Part
	for i := range 450 {
		part.Servers = append(part.Servers, deadyet.ServerID(fmt.Sprintf("contoso/s%d", i)))
	}
	part.Count, part.Of = 450, 450
	e.Items = []deadyet.Item{{ID: "2026-01-01-x", Kind: deadyet.ItemOutage, At: e.At, Title: "All", Parts: []deadyet.Part{part, {Count: 1, Of: 1, Servers: part.Servers[:1]}}}}
	page := string(mustSite(t, e).Front())
	inOrder(t, page, "The 451 servers concerned", "main and internal: 450 of 450", "s399", "and 50 more.", "1 of 1", "and 1 more.")
	if strings.Contains(page, "s400") {
		t.Error("more than 400 servers are named")
	}
}

func TestNews_WithoutAnyIsNoSection(t *testing.T) {
	e := sitetest.Small()
	e.Items = nil
	if page := string(mustSite(t, e).Front()); strings.Contains(page, `id="news"`) || strings.Contains(page, "#news") {
		t.Error("there is a section without news")
	}
}

func TestServerPage_NamesTheNewsAboutIt(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	main := string(mustPage(t, s, "/server/northwind/192.0.2.4"))
	inOrder(t, main, "In the news", "19 May 2017</time>: ", `href="../../news/2017-05-19-northwind-gone"`, "All servers are gone</a> †", "Between ", `news/2016-03-01-northwind-port-closed`)
	if strings.Contains(main, "refuse MSNP24") {
		t.Error("the page says that the item is about this server, which is not known")
	}
	if page := string(mustPage(t, s, "/server/northwind/192.0.2.201")); strings.Contains(page, "In the news") {
		t.Error("one of two servers is named, and which one is not known")
	}
}

func TestSituation_IsTheEditions(t *testing.T) {
	e := sitetest.Small()
	own := section(t, string(mustSite(t, e).Front()), "situation")
	if !strings.Contains(own, "takes <em>any</em> version") || strings.Contains(own, "Edit this text") {
		t.Errorf("got %q, want the program's text, which nobody can edit", own)
	}
	e.Situation = deadyet.Text{Name: "situation", Title: "Just now", Body: "By hand.", File: "subjects/msn/texts/situation.md"}
	person := section(t, string(mustSite(t, e).Front()), "situation")
	inOrder(t, person, "Just now", "By hand.", `href="https://code.example/deadyet/blob/HEAD/subjects/msn/texts/situation.md"`, "Edit this text")
}

func TestAnswers_AreTheWholeHistory(t *testing.T) {
	e := sitetest.Small()
	rule := string(mustPage(t, mustSite(t, e), "/rule"))
	inOrder(t, rule, "What the answer was", "YES †", "from ", "19 May 2017", "None of the 14", "MOSTLY †", "for about 15 months", "Only about 5",
		"NO †", "22 July 1999", "for about 17 years", "The only server still takes MSNP2.")
	for len(e.Verdicts) < 40 {
		e.Verdicts = append(e.Verdicts, e.Verdicts[0])
	}
	e.Lines = nil
	rule = string(mustPage(t, mustSite(t, e), "/rule"))
	inOrder(t, rule, "What the answer was", "<dt>NO <", "<summary>28 earlier answers</summary>", "MOSTLY †")
	e.Verdicts = nil
	if page := string(mustPage(t, mustSite(t, e), "/rule")); strings.Contains(page, "What the answer was") {
		t.Error("there is a history without an answer")
	}
}
