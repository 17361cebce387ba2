package news_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"deadyet"
	"deadyet/news"
)

// written is the news of a fleet in which two things happened, with the edits.
func written(edits ...deadyet.Edit) []deadyet.Item {
	tape := record(fleet(9, "bay", "bn1")).all("bay-0", "http:80", no, 5).all("bn1-0", "http:80", no, 40)
	tape.subject.Edits = edits
	return slices.DeleteFunc(news.Write(tape.input(100)), func(i deadyet.Item) bool { return i.Kind == deadyet.ItemListed })
}

const (
	first  deadyet.ItemID = "2026-11-02-net-port-closed"
	second deadyet.ItemID = "2026-11-03-net-port-closed"
)

func edit(id deadyet.ItemID, change func(*deadyet.Edit)) deadyet.Edit {
	e := deadyet.Edit{ID: id, Item: deadyet.Item{ID: id, Kind: deadyet.ItemNote, By: "the editors"}}
	change(&e)
	return e
}

func TestEdit_aPersonWins(t *testing.T) {
	items := written(edit(first, func(e *deadyet.Edit) {
		e.Item.Title, e.Item.Body = "A door shuts", "And we know why."
		e.Item.Links = []deadyet.Link{{Text: "where it was said", URL: "https://example.org/"}}
	}))
	i := items[slices.IndexFunc(items, func(i deadyet.Item) bool { return i.ID == first })]
	if i.Title != "A door shuts" || i.Body != "And we know why." || i.By != "the editors" || len(i.Links) != 1 {
		t.Errorf("got %+v", i)
	}
	if i.Kind != deadyet.ItemPortClosed || len(i.Parts) != 1 {
		t.Errorf("the facts stay: got %s and %v", i.Kind, i.Parts)
	}
}

func TestEdit_pinsHidesAndNotes(t *testing.T) {
	note := edit("a-note", func(e *deadyet.Edit) { e.Note, e.Item.At, e.Item.Title = true, hour(1), "A note" })
	later := edit("b-note", func(e *deadyet.Edit) { e.Note, e.Item.At = true, hour(1000) })
	items := written(note, later,
		edit(first, func(e *deadyet.Edit) { e.Pinned = true }),
		edit(second, func(e *deadyet.Edit) { e.Hidden = true }),
		edit("never-was", func(e *deadyet.Edit) { e.Item.Title = "nothing to change" }))
	var ids []deadyet.ItemID
	for _, i := range items {
		ids = append(ids, i.ID)
	}
	if want := []deadyet.ItemID{first, "a-note"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v: the pinned one first, the hidden one and the note of tomorrow not at all", ids, want)
	}
}

func TestEdit_merges(t *testing.T) {
	items := written(edit(second, func(e *deadyet.Edit) { e.Merge = []deadyet.ItemID{first}; e.Item.Title = "Two doors" }))
	if len(items) != 1 || items[0].Title != "Two doors" || len(items[0].Parts) != 2 || !slices.Equal(items[0].Aliases, []deadyet.ItemID{first}) {
		t.Fatalf("got %+v", items)
	}
	if !items[0].At.Equal(hour(5)) {
		t.Errorf("it began at %s, want when the earlier one did", items[0].At)
	}
}

// A person's words stay with an item whose name a correction has changed, and
// a published name stays with what it was published for.
func TestWrite_publishedNamesHold(t *testing.T) {
	tape := record(fleet(9, "bay", "bn1")).all("bay-0", "http:80", no, 5).all("bn1-0", "http:80", no, 40)
	old := deadyet.Published{ID: "2026-10-31-net-port-closed", Kind: deadyet.ItemPortClosed, Network: "net", At: hour(-40), Regions: []deadyet.Region{"bay"}, Ports: []uint16{80}}
	kept := deadyet.Published{ID: "a-name", Kind: deadyet.ItemPortClosed, Network: "net", At: hour(40), Regions: []deadyet.Region{"bn1"}, Ports: []uint16{80}}
	tape.subject.Edits = []deadyet.Edit{edit(old.ID, func(e *deadyet.Edit) { e.Item.Title = "By hand" })}
	in := tape.input(100)
	in.Published = []deadyet.Published{old, kept}
	got := make(map[deadyet.ItemID]string)
	for _, i := range news.Write(in) {
		got[i.ID] = i.Title
	}
	if got[first] != "By hand" || got["a-name"] == "" || got[second] != "" {
		t.Errorf("got %v, want the edit by the old name, and the name that was published", got)
	}
}

// One that turns out to have begun an hour earlier keeps its name, and another
// of that day does not get it.
func TestWrite_aPublishedNameIsNeverGivenToAnother(t *testing.T) {
	tape := record(fleet(9, "bay", "bn1")).all("bay-0", "http:80", no, 5).all("bay-0", "http:80", yes, 8).all("bay-0", "http:80", no, 15)
	in := tape.input(100)
	closed := deadyet.Published{ID: first, Kind: deadyet.ItemPortClosed, Network: "net", At: hour(16), Regions: []deadyet.Region{"bay"}, Ports: []uint16{80}}
	gone := deadyet.Published{ID: first + "-2", Kind: deadyet.ItemPortClosed, Network: "net", At: hour(5), Regions: []deadyet.Region{"bn1"}, Ports: []uint16{80}}
	in.Published = []deadyet.Published{closed, gone}
	got := make(map[deadyet.ItemID]float64)
	for _, i := range news.Write(in) {
		if i.Kind == deadyet.ItemPortClosed {
			got[i.ID] = i.At.Sub(began).Hours()
		}
	}
	if want := map[deadyet.ItemID]float64{first: 15, first + "-3": 5}; !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Books of before hold an empty region for networks that have none.
func TestWrite_publishedNamesHoldWithoutRegions(t *testing.T) {
	in := record(fleet(9, "")).all("-0", "http:80", no, 5).input(100)
	for _, regions := range [][]deadyet.Region{nil, {""}} {
		in.Published = []deadyet.Published{{ID: "a-name", Kind: deadyet.ItemPortClosed, Network: "net", At: hour(5), Regions: regions, Ports: []uint16{80}}}
		if items := news.Write(in); items[0].ID != "a-name" {
			t.Errorf("published with the regions %q: got %s, want its name", regions, items[0].ID)
		}
	}
}

func TestRename_keepsTheNamesOfBeforeACorrection(t *testing.T) {
	items := written()
	old := deadyet.Published{ID: "2026-10-31-net-port-closed", Kind: deadyet.ItemPortClosed, Network: "net", At: hour(-40), Regions: []deadyet.Region{"bay"}, Ports: []uint16{80}}
	far, other := old, old
	far.ID, far.At = "far", hour(-24*100)
	other.ID, other.Regions = "other", []deadyet.Region{"db3"}
	kept := deadyet.Published{ID: second, Kind: deadyet.ItemPortClosed, Network: "net", At: hour(40)}
	for _, i := range news.Rename(items, []deadyet.Published{old, far, other, kept}) {
		want := map[deadyet.ItemID][]deadyet.ItemID{first: {old.ID}}[i.ID]
		if !slices.Equal(i.Aliases, want) {
			t.Errorf("%s: got aliases %v, want %v", i.ID, i.Aliases, want)
		}
	}
}

func TestSituation(t *testing.T) {
	tape := record(fleet(9, "bay", "bn1")).all("bay", "http:80", no, 5).all("bn1", "https:443/MSNP18", no, 40)
	in := tape.input(100)
	items := news.Write(in)
	v := in.Verdicts["net"][len(in.Verdicts["net"])-1]
	s := tape.subject
	s.Networks = append(s.Networks, deadyet.Network{ID: "revived", Name: "Revival"})
	lines := []deadyet.Line{{Network: "net"}, {Network: "revived", Versions: []deadyet.Version{"MSNP18", "MSNP21"}}}
	got := news.Situation(s, v, lines, items, hour(100))
	want := "All 20 servers still take MSNP18. On 2 November 2026, all 10 bay servers closed port 80 (HTTP). Since 3 November 2026, all 10 bn1 servers refuse MSNP18. It lives on: Revival takes MSNP18 and MSNP21."
	if got.Body != want || got.Title == "" {
		t.Errorf("got  %q\nwant %q", got.Body, want)
	}
	s.Texts = []deadyet.Text{{Name: "situation", Title: "By hand", Body: "A person wrote this.", Until: day("2026-11-07")}}
	if got := news.Situation(s, v, lines, items, hour(100)); got.Body != "A person wrote this." {
		t.Errorf("got %q, want what a person wrote", got.Body)
	}
	if got := news.Situation(s, v, lines, items, hour(24*5)); strings.HasPrefix(got.Body, "A person") {
		t.Errorf("got %q after the day until which it holds", got.Body)
	}
}
