package news_test

import (
	"slices"
	"strings"
	"testing"

	"deadyet"
)

// strangers has somebody else answer at an endpoint from hour h on.
func (t *tape) strangers(server, where string, h float64) *tape {
	for _, sv := range t.subject.Networks[0].Servers {
		for _, c := range t.subject.Networks[0].Checks(sv) {
			if !strings.HasPrefix(sv.ID.Name(), server) || c.Where() != where {
				continue
			}
			o := deadyet.Outcome{Answer: unclear, Failure: deadyet.FailureRepurposed}
			if c.Kind == deadyet.KindPort {
				o = deadyet.Outcome{Answer: yes}
			}
			t.spans = append(t.spans, deadyet.Span{Check: c, Outcome: o, Since: deadyet.Interval{From: hour(h - 1), To: hour(h)}})
		}
	}
	return t
}

func TestWrite_somebodyElseAnswers(t *testing.T) {
	const nobody = " Somebody is at home there, but not whom we asked for, so nothing that it says counts."
	for _, tt := range []struct {
		name string
		tape *tape
		want []string
	}{
		{"at a port of a server that lives on", record(fleet(9, "bay")).strangers("bay-1", "https:443", 5),
			[]string{"repurposed: Something else answers at one internal bay server." + nobody}},
		{"at many on one day", record(fleet(9, "bay")).strangers("bay-1", "https:443", 5).strangers("bay-2", "https:443", 8),
			[]string{"repurposed: Something else answers at two internal bay servers." + nobody}},
		{"and then the server itself again", record(fleet(9, "bay")).strangers("bay-1", "https:443", 5).all("bay-1", "https:443", yes, 20),
			[]string{"repurposed: Something else answered at one internal bay server for 15 hours. Back to normal on 2 November 2026, after 15 hours."}},
		{"where there was silence: nobody is back", record(fleet(9, "bay")).all("bay-1", "", silent, 5).strangers("bay-1", "https:443", 80),
			[]string{
				"repurposed: Something else answers at one internal bay server." + nobody,
				"outage: One internal bay server does not answer. Nine others still answer.",
			}},
		{"and then nobody any more, at an open port", record(fleet(9, "bay")).strangers("bay-1", "https:443", 5).
			finds("bay-1/identity/https:443", deadyet.Outcome{Answer: silent}, 50).all("bay-1", "https:443/MSNP", silent, 50),
			[]string{"repurposed: Something else answers at one internal bay server." + nobody}},
		{"and silence, and then the server itself again", record(fleet(9, "bay")).strangers("bay-1", "https:443", 5).
			all("bay-1", "https:443", silent, 30).all("bay-1", "https:443", yes, 53),
			[]string{"repurposed: Something else answered at one internal bay server for two days. Back to normal on 4 November 2026, after two days."}},
		{"and silence, and the same stranger again", record(fleet(9, "bay")).strangers("bay-1", "https:443", 5).
			all("bay-1", "https:443", silent, 30).strangers("bay-1", "https:443", 53),
			[]string{"repurposed: Something else answers at one internal bay server." + nobody}},
		{"until it is taken off the list, and listed again as its own", record(fleet(9, "bay")).strangers("bay-1", "https:443", 5).
			all("bay-1", "", unasked, 30).all("bay-1", "", yes, 53),
			[]string{"repurposed: Something else answered at one internal bay server for two days. Back to normal on 4 November 2026, after two days."}},
		{"at two ports, of which one is the server's own again", record(twoPorts()).strangers("bay-1", "https:443", 5).
			strangers("bay-1", "tcp:1863", 5).all("bay-1", "https:443", yes, 30),
			[]string{"repurposed: Something else answers at one internal bay server." + nobody}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.tape.told(200); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// A server that lost a domain and kept the rest is the same server.
func TestWrite_anotherIdentityOfTheSameIsNoNews(t *testing.T) {
	tape := record(fleet(1, "bay"))
	for _, c := range tape.subject.Networks[0].Checks(tape.subject.Networks[0].Servers[0]) {
		if c.Kind == deadyet.KindIdentity {
			tape.spans = append(tape.spans, deadyet.Span{
				Check: c, Outcome: deadyet.Outcome{Answer: yes, Identity: "service=msnp; product=Caddy"}, Since: deadyet.Interval{From: hour(4), To: hour(5)},
			})
		}
	}
	if got := tape.told(20); len(got) != 0 {
		t.Errorf("got %q, want nothing", got)
	}
}

// Where nobody looks after who answers, the versions alone tell it.
func TestWrite_anotherServiceAnswers(t *testing.T) {
	tape := record(fleet(9, "bay")).foreign("bay-1", 5)
	want := []string{"repurposed: Something else answers at one internal bay server. Somebody is at home there, but not whom we asked for, so nothing that it says counts."}
	if got := tape.told(20); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	tape.all("bay-1", "https:443/MSNP", yes, 10)
	want = []string{"repurposed: Something else answered at one internal bay server for five hours. Back to normal on 2 November 2026, after five hours."}
	if got := tape.told(20); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
