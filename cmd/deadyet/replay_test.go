package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
)

var update = flag.Bool("update", false, "write golden files anew")

const golden = "testdata/golden/story"

func replay(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{"replay"}, args...)
	if code := execute(t.Context(), args, stdio{strings.NewReader(""), &out, &errs}); code != exitOK {
		t.Fatalf("deadyet %s: exit %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String()
}

func replayed(t *testing.T, args ...string) (lines []replayLine) {
	t.Helper()
	for line := range strings.Lines(replay(t, append(args, "--json")...)) {
		var l replayLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		lines = append(lines, l)
	}
	return lines
}

var decline = []string{"--since", "2014-11-01", "--until", "2017-06-01"}

func TestReplay_verdicts(t *testing.T) {
	var got []string
	for _, l := range replayed(t, decline...) {
		if l.Type == typeVerdict {
			got = append(got, l.At.Format(time.DateOnly)+" "+l.Word)
		}
	}
	want := []string{
		"2014-11-01 no", "2015-02-26 mostly", "2017-03-21 yes, but so is everything else",
		"2017-03-22 mostly", "2017-05-19 yes",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// happened is an event of the decline as it was written down.
type happened struct {
	day      string
	kind     deadyet.ItemKind
	region   string // "*": each that was listed
	role     string
	count    string // all, almost all, most, many, or a number
	ports    []uint16
	versions []deadyet.Version
	to       string
	until    string
}

func decided() []happened {
	const closed, refused, moved = deadyet.ItemPortClosed, deadyet.ItemVersionRejected, deadyet.ItemMoved
	v18 := []deadyet.Version{"MSNP18"}
	return []happened{
		{day: "2014-11-13", kind: deadyet.ItemClientBlock},
		{day: "2014-12-01", kind: closed, region: "bay", role: "main", count: "all", ports: []uint16{1863}},
		{day: "2014-12-04", kind: closed, region: "bn1", role: "main", count: "all", ports: []uint16{1863}},
		{day: "2014-12-09", kind: closed, region: "db3", role: "main", count: "all", ports: []uint16{1863}},
		{day: "2014-12-17", kind: closed, region: "bn1", role: "main", count: "all", ports: []uint16{80}},
		{day: "2015-01-09", kind: closed, region: "db3", role: "main", count: "all", ports: []uint16{80}},
		{day: "2015-01-09", kind: closed, region: "bay", role: "main", count: "1", ports: []uint16{80}},
		{day: "2015-02-26", kind: refused, region: "bay", role: "any", count: "almost all", versions: v18},
		{day: "2015-02-26", kind: refused, region: "bn1", role: "any", count: "almost all", versions: v18},
		{day: "2015-03-05", kind: closed, region: "bn1", role: "internal", count: "most", ports: []uint16{80, 1863}},
		{day: "2015-03-12", kind: refused, region: "*", role: "any", count: "all", versions: v18},
		{day: "2015-03-12", kind: closed, region: "*", role: "any", count: "all", ports: []uint16{80, 1863}},
		{day: "2015-06-18", kind: deadyet.ItemOutage, region: "bay", role: "any", count: "most", until: "2015-06-21"},
		{day: "2016-02-05", kind: moved, region: "bn1", to: "bn2"},
		{day: "2016-04-27", kind: moved, region: "db3", to: "db5"},
		{day: "2017-03-21", kind: deadyet.ItemDependencyDown, until: "2017-03-22"},
		{day: "2017-04-04", kind: moved, region: "bay", to: "co4"},
		{day: "2017-04-04", kind: deadyet.ItemRenumbered, region: "db5"},
		{day: "2017-05-18", kind: deadyet.ItemOutage, region: "*", role: "any", count: "many"},
		{day: "2017-05-19", kind: deadyet.ItemGone, region: "*", role: "any", count: "all"},
	}
}

// tells reports whether the item is about what happened.
func (h happened) tells(l replayLine) bool {
	if l.At.Format(time.DateOnly) != h.day || l.Kind != h.kind || string(l.To) != h.to {
		return false
	}
	if h.until != "" && l.Until.Format(time.DateOnly) != h.until {
		return false
	}
	for _, p := range h.ports {
		if !slices.Contains(l.Ports, p) {
			return false
		}
	}
	for _, v := range h.versions {
		if !slices.Contains(l.Versions, v) {
			return false
		}
	}
	switch h.region {
	case "":
		return true
	case "*":
		return l.Role == h.role && len(l.Regions) == 3 && shareOf(l.Count, l.Of) == h.count
	}
	return slices.ContainsFunc(l.Parts, func(p partLine) bool {
		return string(p.Region) == h.region && (h.count == "" || p.Role == h.role &&
			(shareOf(p.Count, p.Of) == h.count || fmt.Sprint(p.Count) == h.count))
	})
}

func shareOf(n, of int) string {
	switch {
	case n == of:
		return "all"
	case n*10 >= of*9:
		return "almost all"
	case n*2 > of:
		return "most"
	case n*4 >= of:
		return "many"
	}
	return "few"
}

func TestReplay_tellsEachEventOnce(t *testing.T) {
	told := make(map[string]int)
	items := slices.DeleteFunc(replayed(t, decline...), func(l replayLine) bool { return l.Type != typeItem })
	for _, h := range decided() {
		var in []string
		for _, l := range items {
			if h.tells(l) {
				in = append(in, l.ID)
				told[l.ID]++
			}
		}
		if len(in) != 1 {
			t.Errorf("%+v is in the items %q, want exactly one", h, in)
		}
	}
	for _, l := range items {
		beside := l.Kind == deadyet.ItemListed || l.Kind == deadyet.ItemRetired || l.Kind == deadyet.ItemNote
		if told[l.ID] == 0 && !beside {
			t.Errorf("%s tells of nothing that happened: %+v", l.ID, l)
		}
	}
}

func TestReplay_story(t *testing.T) {
	got := replay(t, decline...)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the story is another one; look at it, and run go test ./cmd/deadyet -run Replay_story -update\n%s", got)
	}
	if strings.Contains(got, "[") {
		t.Error("a phrase is missing from the table")
	}
}

func TestReplay_updatesEndInTheLastForms(t *testing.T) {
	last := make(map[string]replayLine)
	forms := 0
	for _, l := range replayed(t, append([]string{"--updates"}, decline...)...) {
		if l.Type == typeItem {
			last[l.ID] = l
			forms++
		}
	}
	for _, l := range replayed(t, decline...) {
		if l.Type != typeItem {
			continue
		}
		if got := last[l.ID]; got.Title != l.Title || got.Text != l.Text {
			t.Errorf("%s: the updates end with %q %q, and it is %q %q", l.ID, got.Title, got.Text, l.Title, l.Text)
		}
	}
	if forms <= len(last) {
		t.Errorf("%d forms of %d items: an outage that ended has two", forms, len(last))
	}
}

// The document that sets the story beside the old page quotes the program.
func TestReplay_isWhatTheDocumentSays(t *testing.T) {
	text, err := os.ReadFile("../../docs/story.md")
	if err != nil {
		t.Fatal(err)
	}
	quoted := make(map[string]bool)
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(strings.TrimSpace(line), " | "); len(cells) == 3 && strings.HasPrefix(cells[0], "| 20") {
			quoted[strings.TrimPrefix(cells[0], "| ")+" "+strings.TrimSuffix(cells[2], " |")] = true
		}
	}
	for _, l := range replayed(t, decline...) {
		said := l.At.Format(time.DateOnly) + " " + l.Title
		if l.Type == typeVerdict {
			said = l.At.Format(time.DateOnly) + " " + strings.ToUpper(l.Word) + ". " + l.Line
		}
		if !quoted[said] && l.Kind != deadyet.ItemListed && l.Kind != deadyet.ItemRetired {
			t.Errorf("docs/story.md does not quote %q", said)
		}
		delete(quoted, said)
	}
	for said := range quoted {
		t.Errorf("docs/story.md quotes %q, which the program does not say", said)
	}
}
