package news_test

import (
	"reflect"
	"regexp"
	"slices"
	"testing"

	"deadyet"
	"deadyet/news"

	"pgregory.net/rapid"
)

// anything is a fleet to which things happen at random.
func anything(t *rapid.T) *tape {
	tape := record(fleet(rapid.IntRange(0, 4).Draw(t, "internal"), "bay", "bn1"))
	servers := []string{"", "bay", "bn1", "bay-0", "bay-1", "bn1-0", "bn1-3", "login"}
	places := []string{"", "http:80", "https:443", "https:443/MSNP18", "https:443/MSNP21"}
	h := 0.0
	for range rapid.IntRange(0, 8).Draw(t, "changes") {
		// What comes sooner is not settled when the first is told: see
		// TestWrite_waitsForWhatIsUnsettled.
		h += float64(rapid.IntRange(3, 40).Draw(t, "hours"))
		server := rapid.SampledFrom(servers).Draw(t, "server")
		switch answer := rapid.IntRange(0, len(deadyet.Answers())+1).Draw(t, "answer"); answer {
		case len(deadyet.Answers()):
			tape.strangers(server, "https:443", h)
		case len(deadyet.Answers()) + 1:
			tape.foreign("bay-0", h)
		default:
			tape.all(server, rapid.SampledFrom(places).Draw(t, "place"), deadyet.Answer(answer), h)
		}
	}
	return tape
}

var unfilled = regexp.MustCompile(`[{}\[\]]|  |^ | $|\.\.`)

func TestWrite_alwaysFindsWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tape := anything(t)
		for _, i := range news.Write(tape.input(float64(rapid.IntRange(0, 400).Draw(t, "at")))) {
			if i.Title == "" || unfilled.MatchString(i.Title) || unfilled.MatchString(i.Body) {
				t.Errorf("%s: title %q, text %q", i.Kind, i.Title, i.Body)
			}
			for _, p := range i.Parts {
				if p.Count < 1 || p.Of < p.Count || p.Listed < p.Of || p.Back > p.Count || len(p.Servers) != p.Count {
					t.Errorf("%s: part %+v does not add up", i.ID, p)
				}
			}
		}
	})
}

func TestWrite_sameFindingsSameNews(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tape := anything(t)
		at := float64(rapid.IntRange(0, 400).Draw(t, "at"))
		want := news.Write(tape.input(at))
		tape.spans = rapid.Permutation(tape.spans).Draw(t, "order")
		slices.SortStableFunc(tape.spans, func(a, b deadyet.Span) int { return a.Since.To.Compare(b.Since.To) })
		if got := news.Write(tape.input(at)); !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	})
}

// What was told stays told: time adds to the news and takes nothing away, but
// for what turns out to have been the end.
func TestWrite_namesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tape := anything(t)
		told := make(map[deadyet.ItemID]deadyet.ItemKind)
		for at := 0.0; at < 400; at += 25 {
			now := make(map[deadyet.ItemID]bool)
			for _, i := range news.Write(tape.input(at)) {
				now[i.ID] = true
				told[i.ID] = i.Kind
			}
			for id, kind := range told {
				if !now[id] {
					t.Fatalf("%s (%s) was told and is not at hour %v", id, kind, at)
				}
			}
		}
	})
}

func TestKinds_haveWords(t *testing.T) {
	for _, k := range deadyet.ItemKinds() {
		if k != deadyet.ItemNote && news.English.Phrases[string(k)] == "" {
			t.Errorf("there is no phrase for %s", k)
		}
	}
}
