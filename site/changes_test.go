package site_test

import (
	"strings"
	"testing"

	"deadyet"
	"deadyet/site/sitetest"
)

func TestChanges_TellWhatIsNewInTheData(t *testing.T) {
	e := sitetest.Small()
	e.Subject.Corrections = []deadyet.Correction{{
		Was: deadyet.Fact{ID: "old", Text: "All <b>doors</b> were open.", Source: deadyet.Source{Title: "a diary"}},
		Now: deadyet.Fact{ID: "new", Text: "One door was shut.", Source: deadyet.Source{Title: "another diary"}},
	}}
	e.Items[0].Aliases = []deadyet.ItemID{"2014-01-01-once"}
	s := mustSite(t, e)
	page := string(mustPage(t, s, "/changes"))
	inOrder(t, page, "<h1>What changed in the data</h1>", "It said</b> All &lt;b&gt;doors", "(a diary)", "It says now</b> One door", "(another diary)",
		"once called <code>2014-01-01-once</code>", "Lists", "came onto the list", `href="./server/northwind/`)
	if body, ok := s.API("/api/v1/changes"); !ok || !strings.Contains(string(body), `"came":["`) || !strings.Contains(string(body), `"left":["`) || !strings.Contains(string(body), `"was":{"id":"old"`) {
		t.Errorf("the document: %.600s", body)
	}
	if wrong := checkHTML([]byte(page)); len(wrong) > 0 {
		t.Error(wrong)
	}
}
