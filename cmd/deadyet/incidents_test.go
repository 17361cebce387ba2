package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpserver"
	"deadyet/scan"
	"deadyet/sim"

	"github.com/google/go-cmp/cmp"
)

// incident is a story about a small network that was well before.
type incident struct {
	name string
	list func(*deadyet.Subject) // what is listed otherwise; nil: nothing
	acts []act
}

// act is what happens, and how often everybody is asked after that.
type act struct {
	what   string
	do     func(*drama)
	rounds int           // 0: three, so that it is confirmed
	every  time.Duration // between two rounds; 0: an hour
}

func contains(page []byte, s string) bool { return bytes.Contains(page, []byte(s)) }

// all are the hosts of the network to which it happens.
var all = []string{door, inner, third, far, farOne}

// incidents are one for each fault, one for each face, and the stories.
func incidents() (table []incident) {
	faults, what := sim.Faults()
	for _, f := range faults {
		table = append(table, incident{name: "fault-" + f, acts: []act{
			{what: inner + " breaks: " + what[f], do: func(d *drama) { d.breaks(f, inner) }},
			{what: "it is mended", do: func(d *drama) { d.breaks("", inner) }},
		}})
	}
	for _, f := range msnpserver.Faces() {
		if f.Name == usualFace {
			continue
		}
		table = append(table, incident{name: "face-" + f.Name, acts: []act{
			{what: "all servers of db3 become " + f.Name, do: func(d *drama) { d.become(f.Name, far, farOne) }},
			{what: "they are what they were", do: func(d *drama) { d.become(usualFace) }},
		}})
	}
	return slices.Concat(table, stories())
}

const usualFace = "microsoft-2012"

// well is how each incident begins. What is found first must last for a while
// before its end is news, see docs/peace.md.
var well = act{what: "all is well", do: func(*drama) {}, rounds: 2, every: 9 * time.Hour}

// play plays an incident, and returns the front page where it is confirmed, and
// all acts as text.
func (i incident) play(t *testing.T) (html, story []byte) {
	d := stageDrama(t, usualFace, i.list)
	acts := slices.Concat([]act{well}, i.acts)
	for n, a := range acts {
		a.do(d)
		if a.rounds == 0 {
			a.rounds = 3
		}
		if a.every == 0 {
			a.every = time.Hour
		}
		d.rounds(a.rounds, a.every)
		page, plain := d.pages()
		if n == 1 {
			html = page
		}
		if n > 0 {
			story = fmt.Appendf(story, "== Rounds: %d. First, %s.\n\n%s\n", a.rounds, a.what, plain)
		}
	}
	return html, story
}

// The page tells each incident as the golden files say, from sockets to words.
// Look at what is written there as a visitor would.
func TestIncidents_areTold(t *testing.T) {
	var all sync.WaitGroup
	free := make(chan struct{}, 12) // more than t.Parallel allows on a small machine: nearly all of it is waiting
	for _, i := range incidents() {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			t.Run(i.name, func(t *testing.T) {
				html, story := i.play(t)
				isGolden(t, filepath.Join(incidentsGolden, i.name+".html"), html)
				isGolden(t, filepath.Join(incidentsGolden, i.name+".txt"), story)
			})
		})
	}
	all.Wait()
}

const incidentsGolden = "testdata/golden/incidents"

// isGolden compares with a golden file, or writes it. The names of style sheet,
// script and edition are hashes, which are no part of what is told.
func isGolden(t *testing.T, file string, got []byte) {
	t.Helper()
	hash := regexp.MustCompile(`(style|page)-[0-9a-f]+\.(css|js)`)
	got = hash.ReplaceAll(got, []byte("$1.$2"))
	got = regexp.MustCompile(`edition <code>[0-9a-f]{32}`).ReplaceAll(got, []byte("edition <code>…"))
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("there is no golden page: %v; run go test ./cmd/deadyet -run %s -update, and read it", err, t.Name())
	}
	if d := lines(string(want), string(got)); d != "" {
		t.Errorf("%s is told otherwise; look at it, and run go test ./cmd/deadyet -run %s -update\n%s", file, t.Name(), d)
	}
}

// lines returns the lines of one text that the other has not.
func lines(want, got string) (d string) {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, l := range w {
		if !slices.Contains(g, l) {
			d += "-" + l + "\n"
		}
	}
	for _, l := range g {
		if !slices.Contains(w, l) {
			d += "+" + l + "\n"
		}
	}
	if d == "" && want != got {
		d = "the same lines in another order"
	}
	return d
}

// Each fault, each face and each story has its pages, and no page is left over.
func TestIncidents_haveGoldenPages(t *testing.T) {
	var want, got []string
	for _, i := range incidents() {
		want = append(want, i.name+".html", i.name+".txt")
	}
	files, err := os.ReadDir(incidentsGolden)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		got = append(got, f.Name())
	}
	slices.Sort(want)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("run go test ./cmd/deadyet -run Incidents -update, read what it writes, and remove what is left over (-want +got):\n%s", d)
	}
}

// stories are what lists, lines and whole networks do.
func stories() []incident {
	day, quiet := 24*time.Hour, 12*time.Hour
	left := func(versions ...msnp.Version) func(*drama) {
		return func(d *drama) { d.take(append([]msnp.Version{}, versions...), all...) }
	}
	return []incident{
		{name: "port-closed", acts: []act{
			{what: "port 1863 closes everywhere", do: func(d *drama) { d.breakPorts("refuse", 1863, all...) }},
			{what: "it opens again", do: func(d *drama) { d.breakPorts("", 1863, all...) }},
		}},
		{name: "port-closed-in-a-region", acts: []act{
			{what: "port 80 closes in db3", do: func(d *drama) { d.breakPorts("refuse", 80, far, farOne) }},
		}},
		{name: "version-off", acts: []act{
			{what: "MSNP18 is switched off everywhere", do: left(msnp.MSNP12, msnp.MSNP21)},
			{what: "it is back", do: left(msnp.MSNP12, msnp.MSNP18, msnp.MSNP21)},
		}},
		{name: "version-off-in-a-region", acts: []act{
			{what: "db3 takes MSNP21 alone", do: func(d *drama) { d.take([]msnp.Version{msnp.MSNP21}, far, farOne) }},
		}},
		{name: "versions-all-off", acts: []act{
			{what: "nothing takes any version, all ports are open", do: left()},
			{what: "a day passes", do: func(*drama) {}, rounds: 2, every: quiet},
		}},
		{name: "one-of-many", acts: []act{
			{what: third + " alone takes no MSNP18", do: func(d *drama) { d.take([]msnp.Version{msnp.MSNP21}, third) }},
			{what: "it is as the others", do: func(d *drama) { d.take(nil, third) }},
		}},
		{name: "region-away", acts: []act{
			{what: "nothing of db3 answers", do: func(d *drama) { d.breaks("drop", far, farOne) }},
			{what: "db3 is back", do: func(d *drama) { d.breaks("", far, farOne) }},
		}},
		{name: "all-away", acts: []act{
			{what: "nothing answers", do: func(d *drama) { d.breaks("drop", all...) }},
			{what: "a day passes", do: func(*drama) {}, rounds: 2, every: quiet},
			{what: "all is back after a month", do: func(d *drama) { d.breaks("", all...); d.now = d.now.Add(30 * day) }},
		}},
		{name: "not-confirmed", acts: []act{
			{what: "nothing answers", do: func(d *drama) { d.breaks("drop", all...) }, rounds: 1},
			{what: "all answer", do: func(d *drama) { d.breaks("", all...) }},
		}},
		{name: "dependency-down", acts: []act{
			{what: "the login host is gone", do: func(d *drama) { d.breakPort("drop", login, 443) }},
			{what: "the login host is back", do: func(d *drama) { d.breakPort("", login, 443) }},
		}},
		{name: "our-line-down", acts: []act{
			{what: "our own line is down", do: func(d *drama) { d.line(false); d.breaks("drop", append([]string{other}, all...)...) }},
			{what: "it is up again", do: func(d *drama) { d.line(true); d.breaks("", append([]string{other}, all...)...) }},
		}},
		{name: "flapping", acts: []act{
			{what: inner + " comes and goes", do: func(d *drama) { d.flap(8, inner) }, rounds: 1},
			{what: "it stays", do: func(d *drama) { d.breaks("", inner) }},
		}},
		{name: "flapping-slowly", acts: []act{
			{what: inner + " goes and comes for hours", do: func(d *drama) { d.swing(4, inner) }, rounds: 1},
		}},
		{name: "budget-spent", list: func(s *deadyet.Subject) { s.Networks[0].ConnectionsPerDay = 500 }, acts: []act{
			{what: "the connections of the day are spent", do: (*drama).spend},
			{what: "the next day comes", do: func(*drama) {}, rounds: 1, every: quiet},
		}},
		{name: "moved", list: moves, acts: []act{
			{what: "the lists name bn1 instead of db3", do: func(*drama) {}, rounds: 3, every: quiet},
		}},
		{name: "name-moved", list: named, acts: []act{
			{what: "nothing of db3 answers, and the public name still leads there", do: func(d *drama) { d.breaks("drop", far, farOne) }},
			{what: "the public name leads elsewhere", do: func(d *drama) { d.names.Tell(public, sim.Record{Addresses: []string{"198.18.5.1"}}) }},
			{what: "it leads elsewhere again, each night", do: (*drama).wander, rounds: 1},
		}},
		{name: "retired", list: retires, acts: []act{
			{what: "the lists do not name " + farOne + " any more", do: func(*drama) {}, rounds: 3, every: quiet},
		}},
	}
}

func (d *drama) take(versions []msnp.Version, hosts ...string) {
	d.tb.Helper()
	for _, h := range hosts {
		for _, port := range []uint16{1863, 80, 443} {
			d.must(d.fleet.Take(h, port, versions))
		}
	}
}

func (d *drama) breakPorts(fault string, port uint16, hosts ...string) {
	d.tb.Helper()
	for _, h := range hosts {
		d.breakPort(fault, h, port)
	}
}

// flap lets a host go and come so many times, from one round to the next.
func (d *drama) flap(times int, host string) {
	d.tb.Helper()
	for n := range times {
		d.breaks([]string{"refuse", ""}[n%2], host)
		d.rounds(1, time.Hour)
	}
}

// swing is the same, with each of them confirmed.
func (d *drama) swing(times int, host string) {
	d.tb.Helper()
	for n := range times {
		d.breaks([]string{"refuse", ""}[n%2], host)
		d.rounds(3, time.Hour)
	}
}

// spend spends all connections of the day.
func (d *drama) spend() {
	var spent []deadyet.Spent
	for _, host := range append([]string{login}, all...) {
		spent = append(spent, deadyet.Spent{Host: host, Day: deadyet.DayOf(d.now), Connections: d.subject.Networks[0].ConnectionsPerDay})
	}
	d.budget = scan.NewBudget(d.subject, spent)
	d.runner.Budget = d.budget
}

// moves lets the lists of the second day name other servers.
func moves(s *deadyet.Subject) {
	n, next := &s.Networks[0], deadyet.DayOf(incidentBegins.AddDate(0, 0, 1))
	for i := range n.Servers {
		if n.Servers[i].Listings[0].Region != "db3" {
			continue
		}
		n.Servers[i].Listings[0].Until = next
		address := strings.Replace(n.Servers[i].Address, "198.18.1.", "198.18.2.", 1)
		n.Servers = append(n.Servers, deadyet.Server{
			ID: deadyet.MakeServerID(n.ID, address), Address: address,
			Listings: []deadyet.Listing{{Region: "bn1", Role: n.Servers[i].Listings[0].Role, Since: next}},
		})
	}
	n.Moves = []deadyet.Move{{From: "db3", To: "bn1", On: next}}
}

func retires(s *deadyet.Subject) {
	for i := range s.Networks[0].Servers {
		if sv := &s.Networks[0].Servers[i]; sv.Address == farOne {
			sv.Listings[0].Until = deadyet.DayOf(incidentBegins.AddDate(0, 0, 1))
		}
	}
}

// named lists the name that leads to the main servers.
func named(s *deadyet.Subject) {
	n := &s.Networks[0]
	n.Servers = append(n.Servers, deadyet.Server{
		ID: deadyet.MakeServerID(n.ID, public), Address: public,
		Listings: []deadyet.Listing{{Role: deadyet.RoleEntry, Since: n.Servers[0].Listings[0].Since}},
		Ask:      []deadyet.Ask{{Kind: deadyet.KindPort, Transport: deadyet.TransportTCP, Port: 1863}},
	})
}

// wander lets the public name lead to another address each night.
func (d *drama) wander() {
	d.tb.Helper()
	for night := range 3 {
		d.names.Tell(public, sim.Record{Addresses: []string{fmt.Sprintf("198.18.6.%d", night)}})
		d.rounds(4, 6*time.Hour)
	}
}
