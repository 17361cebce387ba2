package main

import (
	"strings"
	"testing"
	"time"
)

func TestDemoSubject_NoTextSaysThatARealNetworkIsAsked(t *testing.T) {
	s, err := demoSubject(5 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"situation": "demo", "manners": "your own machine"} {
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
