package news_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"deadyet"
	"deadyet/news"

	"pgregory.net/rapid"
)

var place = regexp.MustCompile(`\{[^}]*\}`)

// forms a table may have beside a phrase.
var forms = []string{" one", " main", " internal"}

// Every phrase has its German, with no place that nothing fills.
func TestGerman_saysAllThatEnglishSays(t *testing.T) {
	english, german := news.English.Phrases, news.German.Phrases
	for name := range english {
		if _, ok := german[name]; !ok {
			t.Errorf("there is no German for %q", name)
		}
	}
	for name, phrase := range german {
		base := name
		for _, f := range forms {
			if _, ok := english[base]; !ok {
				base = strings.TrimSuffix(base, f)
			}
		}
		fill, ok := english[base]
		if !ok {
			t.Errorf("nothing says %q", name)
		}
		if strings.Contains(fill, "{title}") || strings.Contains(fill, "{Title}") {
			fill += "{headline}{other headline}{lead}"
		}
		have := strings.ToLower(fill)
		for _, p := range place.FindAllString(phrase, -1) {
			if !strings.Contains(have, strings.ToLower(p)) {
				t.Errorf("%q: nothing fills %s", name, p)
			}
		}
	}
}

// edition is what the tape tells at an hour, in English.
func (t *tape) edition(h float64) deadyet.Edition {
	in := t.input(h)
	e := deadyet.Edition{Subject: t.subject, At: hour(h), Items: news.Write(in)}
	e.Verdicts = news.English.ExplainAll(t.subject, in.Verdicts[t.subject.Network])
	if n := len(e.Verdicts); n > 0 {
		e.Verdict = e.Verdicts[n-1]
	}
	e.Situation = news.Situation(t.subject, e.Verdict, nil, e.Items, e.At)
	return e
}

// pseudo speaks German without a catalogue worth its name: what the tables and not the
// files say stays as German as it is.
func pseudo(s deadyet.Subject) deadyet.Subject {
	said := make(map[string]string)
	for _, p := range s.Prose() {
		said[p] = "⟦" + p + "⟧"
	}
	said["⟦⟧"] = "⟦⟧" // there may be no prose at all
	s.Words = map[deadyet.Language]map[string]string{"de": said}
	return s
}

// Nothing of the English shines through, whatever happens.
func TestIn_leavesNoEnglish(t *testing.T) {
	english := regexp.MustCompile(`(?i)\b(servers|the|takes?|answers?|refused?|closed|since|and|is|are|were|still|after|days?|hours?)\b`)
	rapid.Check(t, func(t *rapid.T) {
		tape := anything(t)
		tape.subject = pseudo(tape.subject)
		before := tape.edition(float64(rapid.IntRange(0, 400).Draw(t, "at")))
		e := news.In(before, "de")
		texts := []string{e.Verdict.Reason, e.Situation.Title, e.Situation.Body}
		for _, i := range e.Items {
			texts = append(texts, i.Title, i.Body)
		}
		for _, v := range e.Verdicts {
			texts = append(texts, v.Reason)
		}
		for _, text := range texts {
			if english.MatchString(text) || unfilled.MatchString(strings.NewReplacer("⟦", "", "⟧", "").Replace(text)) {
				t.Errorf("%q", text)
			}
		}
		if before.Language != "" || before.Told != "" || len(e.Items) != len(before.Items) {
			t.Errorf("the edition was changed, or lost something")
		}
	})
}

func TestIn_germanReadsWell(t *testing.T) {
	tape := record(fleet(8, "bay", "bn1"))
	tape.subject = pseudo(tape.subject)
	tape.all("bay", "http:80", no, 26)
	tape.all("bn1", "https:443/MSNP18", no, 50)
	e := news.In(tape.edition(100), "de")
	got := []string{e.Situation.Body}
	for _, i := range e.Items {
		got = append(got, i.Title+" | "+i.Body)
	}
	want := []string{
		"Alle 18 Server nehmen noch MSNP18. Am 3. November 2026: Alle 9 bay-Server haben Port 80 (HTTP) geschlossen. " +
			"Seit dem 4. November 2026: Alle 9 bn1-Server verweigern MSNP18.",
		"Alle 9 bn1-Server verweigern MSNP18 | MSNP21 wird dort weiterhin genommen. Betroffen bei MSNP18: ⟦most people⟧.",
		"Alle 9 bay-Server haben Port 80 (HTTP) geschlossen | HTTPS (Port 443) geht weiterhin.",
		"18 bay- und bn1-Server kamen auf die Liste | Zwei davon sind Hauptserver.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestIn_englishWhereThereIsNoOther(t *testing.T) {
	tape := record(fleet(1, "bay"))
	tape.all("bay", "http:80", no, 26)
	e := tape.edition(100)
	for name, got := range map[string]deadyet.Edition{"no catalogue": news.In(e, "de"), "no table": news.In(e, "fr")} {
		if got.Told != deadyet.English || got.Situation.Body != e.Situation.Body || got.Items[0].Title != e.Items[0].Title {
			t.Errorf("%s: told in %q: %q", name, got.Told, got.Items[0].Title)
		}
	}
}

// What a person wrote is not put into words again: it has its own German or none.
func TestIn_leavesPeopleTheirWords(t *testing.T) {
	tape := record(fleet(1, "bay"))
	tape.subject = pseudo(tape.subject)
	note := func(id deadyet.ItemID) deadyet.Edit {
		return deadyet.Edit{ID: id, Note: true, Item: deadyet.Item{ID: id, Kind: deadyet.ItemNote, At: hour(1), Title: "A word", Body: "Of ours.", By: "us"}}
	}
	tape.subject.Edits = []deadyet.Edit{note("both"), note("english-only")}
	tape.subject.Translations = []deadyet.Text{{Name: "both", Language: "de", Title: "Ein Wort", Body: "Von uns."}}
	got := make(map[deadyet.ItemID]string)
	for _, i := range news.In(tape.edition(100), "de").Items {
		if i.By == "" {
			continue
		}
		got[i.ID] = i.Title + " " + i.Body + " " + string(i.Told)
	}
	if want := map[deadyet.ItemID]string{"both": "Ein Wort Von uns. ", "english-only": "A word Of ours. en"}; !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
