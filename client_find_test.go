package deadyet_test

import (
	"slices"
	"strings"
	"testing"

	"deadyet"
	"deadyet/config"
	"deadyet/subjects/msn"
)

func catalogue(tb testing.TB) deadyet.Subject {
	tb.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func idsOf(cs []deadyet.Client) (out []deadyet.ClientID) {
	for _, c := range cs {
		out = append(out, c.ID)
	}
	return out
}

func TestFindClients(t *testing.T) {
	s := catalogue(t)
	for text, want := range map[string][]deadyet.ClientID{
		"msn-7.5":               {"msn-7.5"},
		"MSN-7.5":               {"msn-7.5"},
		"MSN Messenger 7.5":     {"msn-7.5"},
		"7.5.0324":              {"msn-7.5"},
		"8.5.1302.1018":         {"wlm-8.5"},
		"Pidgin 2.10.9":         {"pidgin-2.10.2-2.10.10"},
		"pidgin 2.10.1":         {"pidgin-2.7.6-2.10.1"},
		"gaim 1.5":              {"gaim-0.69-2.4.3"},
		"  trillian  ":          {"trillian-2003", "trillian-2014"},
		"aMSN 0.97.2":           {"amsn-0.97"},
		"msn 12":                nil,
		"icq":                   nil,
		"":                      nil,
		"7.5.99999999999999999": nil,
	} {
		if got := idsOf(s.FindClients(text)); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// Every client is found by its name and by its ID.
func TestFindClients_findsEach(t *testing.T) {
	s := catalogue(t)
	for _, c := range s.Clients {
		for _, text := range []string{string(c.ID), c.Name} {
			if got := idsOf(s.FindClients(text)); len(got) != 1 || got[0] != c.ID {
				t.Errorf("%q: got %v, want %s", text, got, c.ID)
			}
		}
	}
}

func TestNearClients(t *testing.T) {
	s := catalogue(t)
	if got := idsOf(s.NearClients("Trilian", 3)); len(got) == 0 || !strings.HasPrefix(string(got[0]), "trillian") {
		t.Errorf("got %v", got)
	}
	if got := s.NearClients("quite something else", 3); len(got) > 0 {
		t.Errorf("got %v", idsOf(got))
	}
}

func FuzzFindClients(f *testing.F) {
	s := catalogue(f)
	for _, text := range []string{"msn-7.5", "8.5.1302", "a to b", "..x.", "\xff", strings.Repeat("9.", 400)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got := s.NearClients(text, 5); len(got) > 5 {
			t.Errorf("%d near ones", len(got))
		}
		if got := s.FindClients(text); len(got) > len(s.Clients) {
			t.Errorf("%d found", len(got))
		}
	})
}
