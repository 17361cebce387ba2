package deadyet

import (
	"reflect"
	"strings"
	"testing"
)

// wordy is a subject that says something wherever it can.
func wordy() Subject {
	fact := Fact{Text: "it closed", Aside: "an aside", Later: Later{Text: "known later"}, Block: Block{Clients: []string{"some programs"}, By: "their names"}}
	return Subject{
		Name: "MSN", Question: "Is it dead?", Rule: Rule{Says: map[Word]string{WordNo: "NO", WordYes: "YES"}},
		Versions:    []VersionInfo{{Version: "MSNP8", First: "a client", Used: "many", Note: "a note"}},
		Ports:       []PortInfo{{Port: 80, Name: "HTTP", Used: "an old client"}},
		Networks:    []Network{{ID: "net", Name: "Net", Says: Claim{Text: "we live"}, Note: "a network", Servers: []Server{{ID: "net/one", Note: "a server"}}}},
		Record:      []Fact{fact},
		Corrections: []Correction{{Was: Fact{Text: "it was open"}, Now: fact}},
		Links:       []Link{{Text: "A page", URL: "https://example.org/", Note: "a link"}},
		Edits:       []Edit{{ID: "one", Item: Item{Title: "A title", By: "us"}}},
		OptOut:      []OptOut{{Host: "192.0.2.1", Reason: "asked to"}},
	}
}

func TestSubject_InSaysEverySentence(t *testing.T) {
	s := wordy()
	said := make(map[string]string)
	for _, english := range s.Prose() {
		if said[english] != "" {
			t.Errorf("%q twice", english)
		}
		said[english] = "<" + english + ">"
	}
	s.Words = map[Language]map[string]string{"x": said}
	got := s.In("x")
	if prose := got.Prose(); len(prose) != len(said) {
		t.Errorf("got %d sentences, want %d", len(prose), len(said))
	}
	for _, p := range got.Prose() {
		if !strings.HasPrefix(p, "<") {
			t.Errorf("%q stayed English", p)
		}
	}
	if got.Networks[0].Name != "Net" || got.Links[0].Text != "A page" || got.Edits[0].Item.Title != "A title" {
		t.Error("names and titles are no sentences")
	}
	want := wordy()
	want.Words = s.Words
	if !reflect.DeepEqual(s, want) {
		t.Errorf("the subject itself was changed: %+v", s)
	}
}

func TestSubject_StaysEnglishWhereNothingElseIsKnown(t *testing.T) {
	s := wordy()
	if got := s.In("x"); !reflect.DeepEqual(got, s) || s.Speaks("x") || !s.Speaks("") || !s.Speaks(English) {
		t.Errorf("got %+v", got)
	}
	s.Words = map[Language]map[string]string{"x": {"NO": "no!"}}
	if got := s.In("x"); got.Rule.Says[WordNo] != "no!" || got.Rule.Says[WordYes] != "YES" || !s.Speaks("x") {
		t.Errorf("got %+v", got.Rule.Says)
	}
}
