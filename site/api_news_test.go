package site_test

import (
	"testing"

	"deadyet/site/sitetest"

	"github.com/google/go-cmp/cmp"
)

type object = map[string]any

func list(xs ...any) []any { return xs }

func TestAPI_NewsHoldsEverything(t *testing.T) {
	items := decode(t, mustSite(t, sitetest.Small()), "/api/v1/news")["items"].([]any)
	byID := make(map[string]object)
	for _, x := range items {
		byID[x.(object)["id"].(string)] = x.(object)
	}
	for id, want := range map[string]object{
		"welcome": {
			"id": "welcome", "kind": "note", "at": "2026-11-22T12:00:00Z", "title": "The page is back", "text": "After *years*.", "by": "the editors",
			"pinned": true, "links": list(object{"text": "what it says", "url": "https://contoso.example/news"}),
		},
		"2026-11-23-contoso-outage": {
			"id": "2026-11-23-contoso-outage", "kind": "outage", "network": "contoso", "at": "2026-11-23T06:00:00Z",
			"when":      object{"from": "2026-11-23T00:00:00Z", "to": "2026-11-23T06:00:00Z"},
			"published": "2026-11-23T08:00:00Z", "updated": "2026-11-23T15:00:00Z", "role": "any", "count": 3.0, "of": 3.0,
			"parts": list(
				object{"role": "main", "count": 1.0, "of": 1.0, "listed": 1.0, "ports": list(443.0, 1863.0), "servers": list("contoso/ds.contoso.example")},
				object{"role": "internal", "count": 2.0, "of": 2.0, "listed": 2.0, "back": 1.0, "ports": list(1863.0), "servers": list("contoso/2001:db8::1", "contoso/old.contoso.example")},
			),
			"evidence": list(2.0),
			"changes": list(object{
				"check": "contoso/2001:db8::1/port/tcp:1863", "from": "yes", "to": "silent",
				"when": object{"from": "2026-11-23T00:00:00Z", "to": "2026-11-23T06:00:00Z"}, "confirmed": "2026-11-23T08:00:00Z",
			}),
			"title": "Contoso: All three servers do not answer", "text": "One of them is back to normal.",
		},
		"2017-05-19-northwind-version-rejected": {
			"id": "2017-05-19-northwind-version-rejected", "kind": "version-rejected", "network": "northwind", "at": "2017-05-19T00:00:00Z",
			"when":      object{"from": "2017-05-19T00:00:00Z", "to": "2017-05-20T00:00:00Z"},
			"published": "2017-05-19T00:00:00Z", "updated": "2017-05-19T00:00:00Z", "regions": list("north"), "role": "any", "count": 13.0, "of": 14.0,
			"ports": list(443.0), "versions": list("MSNP24"), "still": object{"versions": list("MSNP18", "MSNP21", "MSNP22")},
			"facts": list("refused"), "recorded": true, "title": "Almost all north servers refuse MSNP24", "text": "MSNP18, MSNP21 and MSNP22 are still taken there.",
		},
		"2014-12-05-northwind-moved": {
			"id": "2014-12-05-northwind-moved", "kind": "moved", "network": "northwind", "at": "2014-12-05T00:00:00Z",
			"when":    object{"from": "2014-12-05T00:00:00Z", "to": "2014-12-06T00:00:00Z"},
			"regions": list("west"), "role": "any", "count": 1.0, "of": 1.0, "to": "north", "arrived": 14.0, "inferred": true,
			"parts": list(object{"region": "west", "role": "any", "count": 1.0, "of": 1.0, "listed": 1.0, "servers": list("northwind/192.0.2.241")}),
			"title": "The west servers moved to north", "text": "14 servers came in place of one.",
		},
		"2014-11-13-northwind-client-block": {
			"id": "2014-11-13-northwind-client-block", "kind": "client-block", "network": "northwind", "at": "2014-11-13T00:00:00Z",
			"when": object{"from": "2014-11-13T00:00:00Z", "to": "2014-11-14T00:00:00Z"},
			"name": "application ID", "clients": list("Messenger 2008", "Messenger 2009"), "facts": list("block"), "recorded": true,
			"title": "Messenger 2008 and Messenger 2009 are turned away", "text": "They are told apart by application ID.",
		},
	} {
		got := byID[id]
		if id == "2017-05-19-northwind-version-rejected" {
			part := got["parts"].([]any)[0].(object)
			if part["about"] != true || part["region"] != "north" || len(part["servers"].([]any)) != 13 {
				t.Errorf("%s: got the part %v", id, part)
			}
			delete(got, "parts")
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", id, d)
		}
	}
	over := byID["2026-11-12-contoso-dependency-down"]
	if d := cmp.Diff(list("2026-11-11-contoso-dependency-down", "early"), over["aliases"]); d != "" || over["until"] == nil || over["role"] != "dependency" {
		t.Errorf("got aliases, until and role %v, %v, %v", over["aliases"], over["until"], over["role"])
	}
}

func TestAPI_VerdictsAreTheHistory(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	var words []any
	for _, v := range decode(t, s, "/api/v1/verdicts")["verdicts"].([]any) {
		words = append(words, v.(object)["word"])
	}
	if d := cmp.Diff(list("yes", "mostly", "no"), words); d != "" {
		t.Errorf("words (-want +got):\n%s", d)
	}
	want := list(
		object{"kind": "accepting", "servers": 0.0, "of": 14.0},
		object{"kind": "gone", "servers": 0.0, "of": 14.0, "versions": list("MSNP18", "MSNP21", "MSNP22"), "clients": list("most third-party clients")},
	)
	now := decode(t, s, "/api/v1/verdict")
	if d := cmp.Diff(want, now["reasons"]); d != "" || now["published"] != "2017-05-19T00:00:00Z" {
		t.Errorf("published %v, reasons (-want +got):\n%s", now["published"], d)
	}
	for _, n := range decode(t, s, "/api/v1/networks")["networks"].([]any) {
		n := n.(object)
		if w := map[any]string{"northwind": "yes", "contoso": "no", "fabrikam": "cant_tell"}[n["network"]]; n["verdict"].(object)["word"] != w {
			t.Errorf("%v: got %v, want the word %s", n["network"], n["verdict"], w)
		}
	}
}

func TestAPI_SituationAndRecord(t *testing.T) {
	e := sitetest.Small()
	s := mustSite(t, e)
	if v := decode(t, s, "/api/v1/situation"); v["title"] != e.Situation.Title || v["text"] != e.Situation.Body || v["file"] != nil {
		t.Errorf("got %v", v)
	}
	v := decode(t, s, "/api/v1/record")
	if d := cmp.Diff(list(object{"file": "northwind", "revision": 3.0}, object{"file": "other", "revision": 1.0}), v["revisions"]); d != "" {
		t.Errorf("revisions (-want +got):\n%s", d)
	}
	facts := v["facts"].([]any)
	want := object{
		"id": "refused", "select": object{"network": "northwind", "regions": list("north"), "transports": list("https"), "versions": list("MSNP24")},
		"count": object{"least_percent": 90.0, "most_percent": 99.0}, "answer": "no", "failure": "version_refused",
		"since": object{"from": "2017-05-19T00:00:00Z", "to": "2017-05-20T00:00:00Z"}, "text": "Almost all servers refused MSNP24.", "aside": "It was a *Friday*.",
		"source": object{"title": "before.example", "url": "https://before.example/", "date": "2016-03-02"},
	}
	if d := cmp.Diff(want, facts[1]); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	block := facts[4].(object)
	if d := cmp.Diff(object{"clients": list("Messenger 2008", "Messenger 2009"), "by": "application ID"}, block["block"]); d != "" || block["answer"] != nil {
		t.Errorf("answer %v, block (-want +got):\n%s", block["answer"], d)
	}
	if n := facts[3].(object)["count"]; cmp.Diff(object{"number": 1.0}, n) != "" {
		t.Errorf("got the count %v, want 1", n)
	}
	mine := decode(t, s, "/api/v1/servers/northwind/192.0.2.1")["facts"].([]any)
	if d := cmp.Diff(want, mine[len(mine)-1]); d != "" {
		t.Errorf("the server's facts (-want +got):\n%s", d)
	}
}

func TestAPI_ChecksSayWhatIsVagueAndWhatFlapped(t *testing.T) {
	vague, flaps := 0, list()
	for _, c := range decode(t, mustSite(t, sitetest.Small()), "/api/v1/checks")["checks"].([]any) {
		c := c.(object)
		if c["vague"] == true {
			vague++
		}
		if c["flap"] != nil {
			flaps = append(flaps, c["flap"])
		}
	}
	want := list(object{"since": "2026-11-22T10:00:00Z", "until": "2026-11-23T16:00:00Z", "times": 3.0})
	if d := cmp.Diff(want, flaps); d != "" || vague != 15 {
		t.Errorf("got %d vague checks, want 15; flaps (-want +got):\n%s", vague, d)
	}
}
