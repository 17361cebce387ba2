package news_test

import (
	"slices"
	"testing"

	"deadyet"
	"deadyet/news"
)

// items returns the items of a kind as they are at hour h, latest first.
func (t *tape) items(kind deadyet.ItemKind, h float64) []deadyet.Item {
	return slices.DeleteFunc(news.Write(t.input(h)), func(i deadyet.Item) bool { return i.Kind != kind })
}

func TestWrite_ends(t *testing.T) {
	for _, tt := range []struct {
		name string
		tape *tape
		at   float64
		want []string
	}{
		{"while a port is open nobody's server is gone",
			record(fleet(1, "bay")).all("bay", "https:443/MSNP", silent, 5).
				finds("bay-0/identity/https:443", deadyet.Outcome{Answer: silent}, 5).finds("bay-1/identity/https:443", deadyet.Outcome{Answer: silent}, 5).
				all("bay", "http:80", silent, 5), 60,
			[]string{
				"gone: Nothing is taken any more. All protocol versions up to MSNP21 are gone. None of the 2 servers has taken any since 2 November 2026.",
				"port-closed: Two bay servers closed port 80 (HTTP). HTTPS (port 443) still works.",
				"version-rejected: Two bay servers do not answer to MSNP18 and MSNP21. They take no other version that counts. MSNP18 was used by most people.",
			}},
		{"what is back never went for good",
			record(fleet(2, "bay")).all("bay", "", silent, 5).all("bay-1", "", yes, 60), 90,
			[]string{
				"resurrected: Back from the dead. It rose from the dead on 4 November 2026. Only 1 of the 3 servers still takes MSNP18, and 1 any version at all.",
				"gone: All servers were gone for two days. All protocol versions up to MSNP21 are gone. None of the 3 servers has taken any since 2 November 2026. It rose from the dead on 4 November 2026, after two days.",
				"outage: All 3 bay servers do not answer. One of them is back to normal.",
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.tape.told(tt.at); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestWrite_theEndIsUpdatedByTheReturn(t *testing.T) {
	tape := record(fleet(9, "bay")).all("bay", "", silent, 5).all("bay", "", yes, 60)
	gone, risen := tape.items(deadyet.ItemGone, 90), tape.items(deadyet.ItemResurrected, 90)
	if len(gone) != 1 || len(risen) != 1 || !gone[0].Updated.Equal(risen[0].Published) || !gone[0].Updated.After(gone[0].Published) {
		t.Errorf("got %+v, want it updated when the return could be told", gone)
	}
}

// What fell before the first end and never came back is no part of the second.
func TestWrite_eachEndTakesInItsOwn(t *testing.T) {
	tape := record(fleet(2, "bay", "bn1")).all("bay", "", silent, 5).all("bn1", "", silent, 10). // held back, and told by the end
													all("bay", "", yes, 60).all("bay", "", silent, 100)
	gone := tape.items(deadyet.ItemGone, 200)
	if len(gone) != 2 {
		t.Fatalf("got %d ends, want 2", len(gone))
	}
	of := func(i deadyet.Item) (n int) {
		for _, c := range i.Changes {
			if c.When.To.Equal(hour(10)) {
				n++
			}
		}
		return n
	}
	if first, second := of(gone[1]), of(gone[0]); first == 0 || second != 0 {
		t.Errorf("the first end has %d of its changes and the second %d, want all in the first", first, second)
	}
}
