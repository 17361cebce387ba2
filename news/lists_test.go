package news_test

import (
	"slices"
	"strings"
	"testing"

	"deadyet"
	"deadyet/news"
)

func TestWrite_lists(t *testing.T) {
	s := fleet(1, "bay", "bn1")
	n := &s.Networks[0]
	for i := range n.Servers {
		switch l := &n.Servers[i].Listings[0]; l.Region {
		case "bay":
			l.Until = day("2026-11-03")
		case "bn1":
			l.Since = day("2026-11-03")
		}
	}
	told := func() (lines []string) {
		for _, i := range news.Write(record(s).input(200)) {
			lines = append(lines, strings.TrimSpace(string(i.ID)+": "+i.Title+". "+i.Body))
		}
		return lines
	}
	want := []string{
		"2026-11-03-net-listed: Two bn1 servers came onto the list. One of them is a main server.",
		"2026-11-03-net-retired: Two bay servers were taken off the list. One of them is a main server.",
		"2026-01-01-net-listed: Two bay servers came onto the list. One of them is a main server.",
	}
	if got := told(); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	n.Moves = []deadyet.Move{{From: "bay", To: "bn1", On: day("2026-11-03"), Inferred: true}}
	want = []string{
		"2026-11-03-net-moved: The bay servers moved to bn1. Two servers took the place of two. That the ones replaced the others is inferred: the lists changed on the same day.",
		want[2],
	}
	if got := told(); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// The same addresses moved: they stand in both lists.
func TestWrite_serversThatMoveWithTheirAddresses(t *testing.T) {
	s := fleet(1, "bay")
	n := &s.Networks[0]
	for i := range n.Servers[:2] {
		l := &n.Servers[i].Listings
		(*l)[0].Until = day("2026-11-03")
		*l = append(*l, deadyet.Listing{Region: "bn1", Role: (*l)[0].Role, Since: day("2026-11-03")})
	}
	n.Moves = []deadyet.Move{{From: "bay", To: "bn1", On: day("2026-11-03")}}
	items := news.Write(record(s).input(200))
	if got, want := items[0].Title+". "+items[0].Body, "The bay servers moved to bn1. Two servers took the place of two."; got != want || len(items) != 2 {
		t.Errorf("got %d items and %q, want 2 and %q", len(items), got, want)
	}
}

// That a block will end is not told before it has.
func TestWrite_blocks(t *testing.T) {
	s := fleet(1, "bay")
	s.Record = []deadyet.Fact{{
		ID: "block", Select: deadyet.Selector{Network: "net"}, Since: deadyet.At(hour(5)), Until: deadyet.At(hour(50)),
		Block: deadyet.Block{Clients: []string{"Client"}, By: "name"},
	}}
	tape := record(s)
	for h, until := range map[float64]deadyet.Interval{20: {}, 60: deadyet.At(hour(50))} {
		updated := hour(5)
		if !until.IsZero() {
			updated = until.From
		}
		got := tape.items(deadyet.ItemClientBlock, h)
		if len(got) != 1 || got[0].Until != until || !got[0].Updated.Equal(updated) {
			t.Errorf("at hour %v: got %+v, want it over %v and updated at %v", h, got, until, updated)
		}
	}
}
