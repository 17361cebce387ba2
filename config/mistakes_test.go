package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"deadyet"
	"deadyet/probe"
)

// renamed is good with one file under another name.
func renamed(from, to string) map[string]string {
	return map[string]string{from: "", to: good[from]}
}

// po is the beginning of a catalogue.
const po = "msgid \"\"\nmsgstr \"Language: de\\n\"\n"

func TestLoadSubject_NamesMistakesThatOneFileCantShow(t *testing.T) {
	o, r, rec, faq := "networks/official.yaml", "networks/revival.yaml", "record/official.yaml", "texts/faq.md"
	second := good[r] + "  - {name: two, address: NS.example.ORG, since: 2021-01-01}\n"
	reused := good[r] + "  - {name: ns.example.org, address: 192.0.2.9, since: 2021-01-01}\n"
	again := strings.Replace(good[r], "since: 2020-01-01", "since: 2020-01-01\n    until: 2021-01-01", 1) +
		"  - {address: ns.example.org, since: 2022-01-01, note: back again}\n"
	tests := []struct {
		change map[string]string
		want   string
	}{
		{replace("subject.yaml", "name: MSN", "name: MSN\nname: ICQ"), "subject.yaml:3:1: name: the key stands twice"},
		{replace("subject.yaml", "name: MSN", "name: [MSN]"), "subject.yaml:2:7: name: want text"},
		{replace("subject.yaml", "rounds: 3", "rounds: {}"), "subject.yaml:6:19: confirm.rounds: want text"},
		{replace(o, "closed: 2017-05-19", "closed: 2017-05-19\nsince: 2018-01-01"), o + ":2:9: closed: 2017-05-19 is not after since 2018-01-01"},
		{replace(o, ", versions: 18", ""), o + ":5:6: ask[0].versions: missing; want versions like 2-24, or kind: port"},
		{replace(o, "transport: tcp", "kind: port, transport: tcp"), o + ":5:56: ask[0].versions: kind port asks for no version"},
		{replace(o, "versions: 18", "versions: [18, 88]"), o + `:5:49: ask[0].versions[1]: version "88": want a number from 2 to 24, e.g. 2-18, 21 or MSNP18`},
		{replace(o, "192.0.2.2,", "\"fe80::1%eth0\","), o + `:11:16: lists[0].internal[0]: "fe80::1%eth0": want an address like 192.0.2.7 or a host name, without a port`},
		{replace(r, "connections_per_day: 48", "connections_per_day: 3"), r + ":2:22: connections_per_day: 3 are too few: one look at each port every 6h0m0s takes 4; want at least that, or a longer interval"},
		{map[string]string{r: second}, r + `:10:26: servers[1].address: NS.example.ORG is the server "ns.example.org" already; want one server, with as many listings and asks as it needs`},
		{map[string]string{r: reused}, r + ":10:37: servers[1].address: ns.example.org is ns.example.org already; want another name, since a name is never used again for another server"},
		{map[string]string{r: again}, r + ":11:15: servers[1].address: ns.example.org has an entry already; want its host, ask and note there"},
		{renamed(r, "networks/adhoc.yaml"), `networks/adhoc.yaml:1:1: the file name "adhoc": want another one; this is the network of targets on the command line`},
		{renamed(r, "networks/Revival.yaml"), `networks/Revival.yaml:1:1: the file name "Revival": want a lower-case word: letters, digits and -`},
		{renamed(r, "networks/revival.yml"), "networks/revival.yml: the file would be left out; want a name that ends in .yaml"},
		{renamed(faq, "texts/faq.markdown"), "texts/faq.markdown: the file would be left out; want a name that ends in .md"},
		{renamed(faq, "texts/The FAQ.md"), `texts/The FAQ.md:2:1: the file name "The FAQ": want a lower-case word: letters, digits and -`},
		{renamed("news/2017-05-19.md", "news/Gone At Last.md"), `news/Gone At Last.md:2:1: the file name "Gone At Last": want lower-case letters, digits and -`},
		{map[string]string{"words/de.po": po + "msgid \"nobody says this\"\nmsgstr \"niemand\"\n"}, `words/de.po: no file of the subject says "nobody says this" any more`},
		{map[string]string{"words/de.po": po + "msgid oops\n"}, `words/de.po: line 3: want a text in quotes, got "oops"`},
		{map[string]string{"words/fr.po": po}, "words/fr.po: the file is called fr.po, and its header says Language: de"},
		{map[string]string{"news/de/nothing.md": "---\ntitle: Nichts\n---\nNichts.\n"}, "news/de/nothing.md:2:1: there is no news/nothing.md that this could say in another language"},
		{replace(faq, "**Why?** Because.\n", ""), faq + ":2:1: there is no text below the front matter"},
		{map[string]string{faq: "---\ntitle: Questions\n"}, faq + ":1:1: the front matter has no end; want a second line of ---"},
		{map[string]string{faq: "---\n---\nText.\n"}, faq + ": title: missing"},
		{replace(faq, "Because", "Because\x00"), faq + ":5:1: the line is not text; want a file in UTF-8"},
		{replace(faq, "Because", "Be\xffcause"), faq + ":5:1: the line is not text; want a file in UTF-8"},
		{replace(rec, "failure: timeout", "stage: version"), rec + ":5:12: facts[0].stage: only a yes has a stage; want the failure"},
		{replace(rec, "answer: silent", "answer: yes"), rec + ":5:14: facts[0].failure: a yes has no failure; want the stage that it reached"},
		{replace(rec, "answer: silent", "answer: silent\n    count: 90% - 10%"), rec + ":5:12: facts[0].count: \"90% - 10%\": want two shares from 1% to 99%, the smaller one first; leave it out where all are meant"},
		{replace(rec, "answer: silent", "answer: silent\n    corrects: [never-was]"), rec + ":5:16: facts[0].corrects[0]: there is no earlier fact \"never-was\""},
		{replace(rec, "answer: silent", "answer: silent\n    block: {clients: [a], by: b}"), rec + ":4:13: facts[0].answer: a fact with a block says nothing about checks\n" + rec + ":6:14: facts[0].failure: a fact with a block says nothing about checks"},
		{replace(rec, "since: 2017-05-19", "since: 2017-05-19\n    until: 2017-05-01"), rec + ":7:12: facts[0].until: want a time after since"},
	}
	for _, tt := range tests {
		t.Run(tt.want, func(t *testing.T) {
			s, err := LoadSubject(files(tt.change), ".")
			es := Errors(nil)
			if !errors.As(err, &es) {
				t.Fatalf("got %v, want Errors", err)
			}
			if got := es.Error(); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if s.ID != "" {
				t.Error("a value and an error")
			}
		})
	}
}

func TestLoadSubject_ADuplicateKeyHidesNoOtherMistake(t *testing.T) {
	change := replace("subject.yaml", "control: MSNP99", "id: icq\ncontrol: 99")
	_, err := LoadSubject(files(change), ".")
	want := "subject.yaml:5:1: id: the key stands twice\n" + `subject.yaml:6:10: control: "99": want a version like MSNP18`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestLoadSubject_ReadsWhatWindowsWrites(t *testing.T) {
	change := make(map[string]string)
	for name, text := range good {
		change[name] = "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")
	}
	got, err := LoadSubject(files(change), ".")
	if err != nil {
		t.Fatal(err)
	}
	want, err := LoadSubject(files(nil), ".")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestLoadSubject_VersionsMayBeAList(t *testing.T) {
	change := replace("networks/revival.yaml", "versions: 2-24", "versions: [MSNP21, 8-9, MSNP21]")
	s, err := LoadSubject(files(change), ".")
	if err != nil {
		t.Fatal(err)
	}
	n, _ := s.NetworkByID("revival")
	if got := fmt.Sprint(n.Servers[0].Ask[0].Versions); got != "[MSNP8 MSNP9 MSNP21]" {
		t.Errorf("got %s", got)
	}
}

func TestLoadSubject_BoundsWhatItReads(t *testing.T) {
	const size = 1 << 17
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, tt := range map[string]struct{ text, want string }{
		"a file that is too long":      {strings.Repeat("#\n", maxBytes/2+1), "links.yaml: the file is too long; want at most 1048576 bytes"},
		"brackets in brackets":         {fill("["), "links.yaml:1:1: too deep; want at most 16 levels"},
		"maps in lists":                {fill("{a: ["), "links.yaml:1:1: too deep; want at most 16 levels"},
		"lists in lists":               {fill("- "), "links.yaml:1:1: too deep; want at most 16 levels"},
		"lists in lists, line by line": {staircase(60), "links.yaml:32:1: too deep; want at most 16 levels"},
		"a few levels too many":        {strings.Repeat("[", 18) + strings.Repeat("]", 18), "links.yaml:1:1: want keys and values\nlinks.yaml:1:18: too deep; want at most 16 levels"},
		"keys without end":             {fill("a: 1\n"), "links.yaml: too many keys; want at most 10000 in a file"},
		"entries without end":          {"links: [" + strings.Repeat("a,", 100_001) + "]", "links.yaml: too many parts; want at most 100000 in a file"},
		"an alias of an alias":         {"links: &a [*a, *a]\n", "links.yaml:1:8: anchors, aliases, tags and merges are not used here; write it out"},
		"a key without end":            {fill("a") + ": 1\n", "links.yaml:1:1: " + strings.Repeat("a", 60) + "…: unknown key; want one of links"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := LoadSubject(files(map[string]string{"links.yaml": tt.text}), ".")
			if err == nil || err.Error() != tt.want {
				t.Errorf("got\n%.300v\nwant\n%s", err, tt.want)
			}
		})
	}
}

func TestLoadSubject_AFileThatCantBeReadIsOneMistake(t *testing.T) {
	for name := range good {
		if strings.HasSuffix(name, ".yaml") {
			_, err := LoadSubject(files(map[string]string{name: "a: [\n"}), ".")
			if err == nil || !strings.HasPrefix(err.Error(), name+":1:4: not YAML: ") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: got\n%v", name, err)
			}
		}
	}
}

func TestLoadSubject_AnEmptyFileIsNotASubject(t *testing.T) {
	for name, want := range map[string]string{
		"subject.yaml":          "subject.yaml: name: missing",
		"versions.yaml":         "versions.yaml: versions: want at least one version",
		"rule.yaml":             "rule.yaml: half: missing; want a whole number from 1 to 100",
		"networks/revival.yaml": "networks/revival.yaml: connections_per_day: missing; want a whole number from 0 to 1000000",
	} {
		_, err := LoadSubject(files(map[string]string{name: "# nothing\n"}), ".")
		if err == nil || !strings.Contains("\n"+err.Error()+"\n", "\n"+want+"\n") {
			t.Errorf("%s: got\n%v\nwant\n%s", name, err, want)
		}
	}
}

// staircase is a list in a list in a list, each on a line of its own.
func staircase(steps int) string {
	var b strings.Builder
	for i := range steps {
		b.WriteString(strings.Repeat(" ", i) + "-\n")
	}
	return b.String()
}

func TestLoadSubject_TellsAFolderThatCantBeReadFromAMistake(t *testing.T) {
	m := files(nil)
	m["subject.yaml"] = &fstest.MapFile{Mode: 1 << 31} // a folder of that name
	_, err := LoadSubject(m, ".")
	if es := Errors(nil); err == nil || errors.As(err, &es) {
		t.Errorf("got %v, want the error of the file system", err)
	}
}

func TestApply_NamesAllMistakesWithTheirPlaces(t *testing.T) {
	subject, err := LoadSubject(files(nil), ".")
	if err != nil {
		t.Fatal(err)
	}
	site, err := LoadSite("deadyet.yaml", []byte("networks:\n  revivel: {interval: 6h}\n  official: {interval: 6h}\n  revival: {interval: 5m}\n"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.Apply(subject)
	want := `deadyet.yaml:2:13: networks.revivel: the subject msn has no such network; did you mean "revival"?
deadyet.yaml:3:14: networks.official: the network is closed and is never asked
deadyet.yaml:4:13: networks.revival: 48 are too few: one look at each port every 5m0s takes 288; want at least that, or a longer interval`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if s.ID != "" {
		t.Error("a value and an error")
	}
}

func TestApply_OpensANetworkThatItsFileLeavesAlone(t *testing.T) {
	subject, err := LoadSubject(files(replace("networks/revival.yaml", "connections_per_day: 48", "connections_per_day: 0")), ".")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Site{Networks: []Override{{Network: "revival", ConnectionsPerDay: 12}}}.Apply(subject)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := s.NetworkByID("revival"); !n.Dialled() {
		t.Error("the operator's word does not count")
	}
	if s, err = (Site{Networks: []Override{{Network: "official", Disabled: true}}}).Apply(subject); err != nil || s.ID != "msn" {
		t.Errorf("to leave a closed network alone is no mistake; got %v", err)
	}
}

func TestShow_KeepsEverything(t *testing.T) {
	subject, err := LoadSubject(files(nil), ".")
	if err != nil {
		t.Fatal(err)
	}
	pace := probe.DefaultPace()
	pace.All.PerSecond, pace.Address.PerSecond = 0, 7
	want := Site{
		Public: "https://dead.example/", Contact: "mailto:a+b@example.org", Pace: pace,
		Listen: "[::1]:9", Store: "a: b # \"c\" - 'd'.db", Subject: "- x", Live: true, Vantage: "true",
		Canary: []string{"[2001:db8::1]:443"}, Source: "https://example.org/?a=b&c=#d", LossLimit: 31, Own: []string{"192.0.2.7", "::1", "own.example"},
		OwnConnections: 9, Timeouts: Timeouts{Connect: 1500 * time.Millisecond, TLS: time.Second, Answer: time.Minute},
		OptOut:   []deadyet.OptOut{{Host: "192.0.2.0/24", Date: deadyet.DayOf(time.Unix(0, 0)), Reason: "line one\n- line two: x # y"}},
		Networks: []Override{{Network: "revival", Interval: 7 * time.Hour, ConnectionsPerDay: 99, Consent: deadyet.Consent{By: "null", Date: deadyet.DayOf(time.Unix(1e9, 0))}}},
	}
	applied, err := want.Apply(subject)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Show(&b, want, applied); err != nil {
		t.Fatal(err)
	}
	got, err := LoadSite("shown", b.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	for i := range got.Networks {
		got.Networks[i].at = Error{}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v\n%s", got, want, b.String())
	}
}
