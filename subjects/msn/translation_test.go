package msn_test

import (
	"testing"
	"testing/fstest"

	"deadyet/config"
	"deadyet/subjects/msn"
)

// Every text of the page is there in German, and a text that says in another
// language what nobody says is a mistake.
func TestSubject_HasEveryTextInGerman(t *testing.T) {
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range s.Texts {
		if german := s.TextIn(text.Name, "de"); german.Language != "de" || german.Body == "" || german.Title == "" {
			t.Errorf("%s is not there in German", text.Name)
		}
		if other := s.TextIn(text.Name, "fr"); other.Body != text.Body {
			t.Errorf("%s in a language that it does not have is not the English", text.Name)
		}
	}
	for _, e := range s.Edits {
		if german := s.Translation(string(e.ID), "de"); german.Body == "" || german.Title == "" {
			t.Errorf("the news %s is not there in German", e.ID)
		}
	}
	for _, p := range s.Prose() {
		if s.Words["de"][p] == "" {
			t.Errorf("there is no German for %q", p)
		}
	}
	stray := fstest.MapFS{"texts/de/nobody.md": {Data: []byte("---\ntitle: Niemand\n---\nNiemand.\n")}}
	if _, err := config.LoadSubject(stray, "."); err == nil {
		t.Error("a translation of nothing is no mistake")
	}
}
