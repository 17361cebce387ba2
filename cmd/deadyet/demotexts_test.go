package main

import (
	"strings"
	"testing"

	"deadyet"
)

func TestDemoTexts_NoneSaysThatARealNetworkIsAsked(t *testing.T) {
	line, err := officialTimeline()
	if err != nil {
		t.Fatal(err)
	}
	s := deadyet.Subject{Texts: demoTexts(line.recorded.Texts)}
	for name, want := range map[string]string{"background": "demo", "manners": "your own machine"} {
		got := s.Text(name)
		if got.Title == "" || !strings.Contains(got.Body, want) {
			t.Errorf("%s: got %q, want a text with %q", name, got.Body, want)
		}
		for _, network := range []string{"Escargot", "CrossTalk"} {
			if strings.Contains(got.Body, network) {
				t.Errorf("%s speaks of %s, which the demo never asks", name, network)
			}
		}
	}
}
