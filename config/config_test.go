package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"deadyet"
)

// good is a small subject without mistakes.
var good = map[string]string{
	"subject.yaml":  "id: msn\nname: MSN\nquestion: Is MSN dead yet?\nnetwork: official\ncontrol: MSNP99\nconfirm: {rounds: 3, after: 2h}\n",
	"versions.yaml": "versions:\n  - {version: MSNP18, counts: true, first: \"WLM 2009, 2009\"}\n  - {version: MSNP24, note: not MSN}\n",
	"rule.yaml":     "reference: MSNP18\nhalf: 50\nafter: 24h\nsays: {no: \"NO\", mostly: MOSTLY, yes: \"YES\", yes_but: \"YES, but\", cant_tell: CAN'T TELL}\n",
	"networks/official.yaml": `name: Official
closed: 2017-05-19
connections_per_day: 0
ask:
  - {transport: tcp, port: 1863, versions: 18}
lists:
  - region: bay
    since: 2014-12-05
    until: 2016-05-14
    main: [192.0.2.1]
    internal: [192.0.2.2, 192.0.2.3]
  - region: bay
    since: 2016-05-14
    main: [192.0.2.1]
`,
	"networks/revival.yaml": `name: Revival
connections_per_day: 48
interval: 6h
says: {text: all of it, versions: 2-18}
servers:
  - address: ns.example.org
    since: 2020-01-01
    ask:
      - {transport: tcp, port: 1863, versions: 2-24}
`,
	"record/official.yaml": "facts:\n  - id: gone\n    select: {network: official}\n    answer: silent\n    failure: timeout\n    since: 2017-05-19\n    text: All gone.\n    source: {title: the old page}\n",
	"clients/some.yaml": `sources:
  page: {title: the old page, url: "https://ismsndeadyet.com/", date: 2017-05-19}
patches:
  strings: {name: changed strings, since: 2013-04-23, source: page}
bars:
  upgrade: {network: official, by: forced upgrade, since: 2013-04-08, source: page}
clients:
  - id: some-1.0
    name: Some
    kind: third-party
    platforms: [Linux]
    versions: [18]
    ways: ["tcp:1863", "http:80"]
    sign_in: [sso]
    tls: [TLS 1.0]
    set:
      - {how: settings, where: the account, field: Server}
    patches: [strings]
    barred: [upgrade]
    first: 2012-03
    last: 2016-06-21
    sources: [page]
    confidence: high
`,
	"texts/faq.md":       "---\ntitle: Questions\n---\n\n**Why?** Because.\n",
	"news/2017-05-19.md": "---\nat: 2017-05-19\ntitle: Gone\n---\nAll of it.\n",
	"links.yaml":         "links:\n  - {text: The old page, url: https://ismsndeadyet.com/}\n",
	"opt-out.yaml":       "hosts: []\n",
}

// files is good with some files changed; "" takes a file away.
func files(change map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	all := maps.Clone(good)
	maps.Copy(all, change)
	for name, text := range all {
		if text != "" {
			m[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return m
}

func TestLoadSubject(t *testing.T) {
	s, err := LoadSubject(files(nil), ".")
	if err != nil {
		t.Fatal(err)
	}
	n, sv, ok := s.Server("official/192.0.2.1")
	if !ok || len(n.Servers) != 3 || len(sv.Listings) != 2 || sv.Listings[0].Role != deadyet.RoleMain {
		t.Errorf("the same address in two lists is one server with two listings; got %+v", sv)
	}
	if n.Dialled() {
		t.Error("a closed network may be dialled")
	}
	if r, _ := s.NetworkByID("revival"); len(r.Checks(r.Servers[0])) != 26 || r.Interval != 6*time.Hour || len(r.Says.Versions) != 17 {
		t.Errorf("got %+v", r)
	}
	if len(s.Record) != 1 || s.Record[0].Since != deadyet.OnDay(n.Closed) {
		t.Errorf("record: got %+v", s.Record)
	}
	if s.Text("faq").Body != "**Why?** Because." || s.Edits[0].Item.By == "" || !s.Edits[0].Note {
		t.Errorf("got text %+v and item %+v", s.Text("faq"), s.Edits[0])
	}
	if s.Networks[0].ID != "official" {
		t.Error("the subject's own network does not come first")
	}
}

func replace(file, old, new string) map[string]string {
	text := strings.Replace(good[file], old, new, 1)
	if text == good[file] {
		panic("nothing to replace in " + file)
	}
	return map[string]string{file: text}
}

func TestLoadSubject_NamesEachMistake(t *testing.T) {
	o, r := "networks/official.yaml", "networks/revival.yaml"
	tests := []struct {
		change map[string]string
		want   string
	}{
		{map[string]string{"rule.yaml": ""}, "rule.yaml: the file is missing"},
		{replace("subject.yaml", "name: MSN", "nam: MSN"), "subject.yaml:1:1: name: missing\n" + `subject.yaml:2:1: nam: unknown key; want one of id, name, question, network, source, control, confirm, ports; did you mean "name"?`},
		{replace("subject.yaml", "network: official", "network: nobody"), "subject.yaml:4:10: network: there is no file networks/nobody.yaml"},
		{replace("subject.yaml", "rounds: 3", "rounds: many"), `subject.yaml:6:19: confirm.rounds: "many": want a whole number from 1 to 100`},
		{replace("subject.yaml", "MSNP99", "MSNP18"), "subject.yaml:5:10: control: MSNP18 is a real version; want one that never existed"},
		{replace("subject.yaml", "id: msn", "id: &a msn"), "subject.yaml:1:1: id: missing\nsubject.yaml:1:5: anchors, aliases, tags and merges are not used here; write it out"},
		{replace("rule.yaml", "MSNP18", "MSNP24"), "rule.yaml: reference: MSNP24 is no version that counts, see versions.yaml"},
		{replace("rule.yaml", "after: 24h", "after: soon"), `rule.yaml:3:8: after: "soon": want a duration like 90s, 30m or 6h, from 0s to 8760h0m0s`},
		{replace("versions.yaml", "MSNP24", "MSNP18"), "versions.yaml:3:15: versions[1].version: MSNP18 stands twice"},
		{replace(o, "connections_per_day: 0", "connections_per_day: 9"), o + ":3:22: connections_per_day: the network is closed; want 0, its addresses may belong to others now"},
		{replace(o, "2014-12-05", "5 December"), o + `:8:12: lists[0].since: "5 December": want a day like 2015-02-26`},
		{replace(o, "2016-05-14", "2014-12-05"), o + ":9:12: lists[0].until: 2014-12-05 is not after since 2014-12-05"},
		{replace(o, "192.0.2.2,", "192.0.2.300,"), o + `:11:16: lists[0].internal[0]: "192.0.2.300": want an address like 192.0.2.7 or a host name, without a port`},
		{replace(o, "192.0.2.2,", "192.0.2.1,"), o + ":11:16: lists[0].internal[0]: 192.0.2.1 is listed already from 2014-12-05 to 2016-05-14"},
		{replace(o, "transport: tcp", "transport: udp"), o + `:5:17: ask[0].transport: "udp": want one of tcp, http, https; did you mean "tcp"?`},
		{replace(o, "versions: 18", "versions: 25"), o + `:5:44: ask[0].versions: version "25": want a number from 2 to 24, e.g. 2-18, 21 or MSNP18`},
		{replace(r, "interval: 6h", "interval: 10s"), r + `:3:11: interval: "10s": want a duration like 90s, 30m or 6h, from 5m0s to 720h0m0s`},
		{replace(r, "address: ns.example.org", "address: ns.example.org:1863"), r + `:6:14: servers[0].address: "ns.example.org:1863": want an address like 192.0.2.7 or a host name, without a port`},
		{replace(r, "since: 2020-01-01", "role: boss\n    since: 2020-01-01"), r + `:7:11: servers[0].role: "boss": want one of main, internal, dependency, entry`},
		{replace("record/official.yaml", "network: official", "network: official, regions: [bn1]"), `record/official.yaml:3:43: facts[0].select.regions[0]: no list of official knows the region "bn1"`},
		{replace("record/official.yaml", "answer: silent", "answer: dead"), `record/official.yaml:4:13: facts[0].answer: parse answer "dead": want one of unasked, yes, no, silent, unclear`},
		{replace("record/official.yaml", "failure: timeout", "failure: time-out"), `record/official.yaml:5:14: facts[0].failure: "time-out": want one of ` + kindList() + `; did you mean "timeout"?`},
		{replace("texts/faq.md", "---\ntitle: Questions\n---\n", ""), "texts/faq.md:1:1: want front matter first: a line of ---, keys, and a line of ---"},
		{replace("texts/faq.md", "title: Questions", "titel: Questions"), `texts/faq.md:2:1: titel: unknown key; want one of title, until; did you mean "title"?` + "\ntexts/faq.md:2:1: title: missing"},
		{replace("news/2017-05-19.md", "at: 2017-05-19", "at: May"), `news/2017-05-19.md:2:5: at: "May": want a day like 2015-02-26 or a moment like 2017-05-19T17:09:00Z`},
		{replace("links.yaml", "https://", "ftp://"), `links.yaml:2:31: links[0].url: "ftp://ismsndeadyet.com/": want a link that begins with https:// or http://`},
		{map[string]string{"opt-out.yaml": "hosts:\n  - {host: a b}\n"}, "opt-out.yaml:2:6: hosts[0].date: missing; want a day like 2015-02-26\nopt-out.yaml:2:6: hosts[0].reason: missing\n" + `opt-out.yaml:2:12: hosts[0].host: "a b": want an address like 192.0.2.7 or a host name, without a port`},
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

func kindList() string {
	var ks []string
	for _, k := range deadyet.FailureKinds() {
		ks = append(ks, string(k))
	}
	return strings.Join(ks, ", ")
}

func TestLoadSubject_NamesAllMistakesAtOnce(t *testing.T) {
	change := replace("subject.yaml", "MSNP99", "99")
	maps.Copy(change, replace("networks/revival.yaml", "6h", "6"))
	maps.Copy(change, replace("rule.yaml", "half: 50", "half: 500"))
	_, err := LoadSubject(files(change), ".")
	es := Errors(nil)
	if !errors.As(err, &es) || len(es) != 3 {
		t.Errorf("got %v, want three mistakes", err)
	}
}

func TestLoadSite(t *testing.T) {
	s, err := LoadSite("deadyet.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := DefaultSite(); s.Listen != d.Listen || s.Live || !slices.Equal(s.Canary, d.Canary) {
		t.Errorf("an empty file: got %+v, want the defaults", s)
	}
	s, err = LoadSite("deadyet.yaml", []byte("listen: 127.0.0.1:9\nlive: true\ncanary: [a.example:443]\nnetworks:\n  revival: {interval: 12h, consent: {by: the project, date: 2026-11-01}}\n"))
	if err != nil || !s.Live || s.Networks[0].Interval != 12*time.Hour {
		t.Fatalf("got %+v, %v", s, err)
	}
	subject, err := LoadSubject(files(nil), ".")
	if err != nil {
		t.Fatal(err)
	}
	applied, err := s.Apply(subject)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := applied.NetworkByID("revival"); n.Interval != 12*time.Hour || !n.Consent.Stands() {
		t.Errorf("got %+v", n)
	}
	if n, _ := subject.NetworkByID("revival"); n.Interval != 6*time.Hour {
		t.Error("Apply changed the subject it was given")
	}
}

func TestLoadSite_ResolversAndSubnets(t *testing.T) {
	s, err := LoadSite("deadyet.yaml", []byte("resolvers: [192.0.2.53, \"[2001:db8::53]:5353\"]\nsubnets: [198.51.100.7/24]\n"))
	if got := fmt.Sprint(s.Resolvers, s.Subnets, err); got != "[192.0.2.53:53 [2001:db8::53]:5353] [198.51.100.0/24] <nil>" {
		t.Errorf("got %s", got)
	}
	var shown strings.Builder
	if err := Show(&shown, s, deadyet.Subject{}); err != nil {
		t.Fatal(err)
	}
	again, err := LoadSite("deadyet.yaml", []byte(shown.String()))
	if err != nil || !slices.Equal(again.Resolvers, s.Resolvers) || !slices.Equal(again.Subnets, s.Subnets) {
		t.Errorf("shown as\n%s\nand read as %v and %v, %v", shown.String(), again.Resolvers, again.Subnets, err)
	}
}

func TestLoadSite_NamesEachMistake(t *testing.T) {
	for text, want := range map[string]string{
		"listen: 8080\n":                       `f:1:9: listen: "8080": want an address and a port like :8080 or 127.0.0.1:8080`,
		"live: maybe\n":                        "f:1:7: live: want true or false",
		"canary: [example.com]\n":              `f:1:10: canary[0]: "example.com": want host:port`,
		"stoer: x\n":                           `f:1:1: stoer: unknown key; want one of listen, store, subject, live, vantage, canary, loss_limit, opt_out, source, public, contact, pace, own, own_connections, timeouts, resolvers, subnets, networks; did you mean "store"?`,
		"resolvers: [dns.example]\n":           `f:1:13: resolvers[0]: "dns.example": want the address of a resolver, like 192.0.2.53 or [2001:db8::53]:53`,
		"subnets: [192.0.2.1/33]\n":            `f:1:11: subnets[0]: "192.0.2.1/33": want a subnet like 198.51.100.0/24`,
		"subnets: [a,a,a,a,a,a,a,a,a]\n":       "f:1:10: subnets: 9 of them: want at most 8",
		"timeouts: {connect: 1ms}\n":           `f:1:21: timeouts.connect: "1ms": want a duration like 90s, 30m or 6h, from 100ms to 1m0s`,
		"networks: {a: {interval: 1s}}\n":      `f:1:26: networks.a.interval: "1s": want a duration like 90s, 30m or 6h, from 5m0s to 720h0m0s`,
		"networks: {a: {consent: {by: me}}}\n": "f:1:26: networks.a.consent.date: missing; want a day like 2015-02-26",
		"- a\n":                                "f:1:1: want keys and values",
		"a: 1\n---\nb: 2\n":                    "f:1:1: more than one document; want a single one, without a line of ---",
	} {
		if _, err := LoadSite("f", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: got\n%v\nwant\n%s", text, err, want)
		}
	}
	if _, err := LoadSite("f", []byte("listen: [")); err == nil || !strings.HasPrefix(err.Error(), "f:1:") {
		t.Errorf("a syntax mistake: got %v", err)
	}
}

func TestApply_SaysWhatIsWrong(t *testing.T) {
	subject, err := LoadSubject(files(nil), ".")
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[deadyet.NetworkID]string{
		"revivel":  `has no such network; did you mean "revival"?`,
		"official": "the network is closed and is never asked",
	} {
		_, err := Site{Networks: []Override{{Network: id}}}.Apply(subject)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", id, err, want)
		}
	}
}

func TestShow_CanBeReadBack(t *testing.T) {
	subject, err := LoadSubject(files(nil), ".")
	if err != nil {
		t.Fatal(err)
	}
	site := DefaultSite()
	site.OptOut = []deadyet.OptOut{{Host: "192.0.2.0/24", Date: deadyet.DayOf(time.Unix(0, 0)), Reason: "asked"}}
	var b bytes.Buffer
	if err := Show(&b, site, subject); err != nil {
		t.Fatal(err)
	}
	got, err := LoadSite("shown", b.Bytes())
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if got.Listen != site.Listen || got.Timeouts != site.Timeouts || len(got.OptOut) != 1 || got.Networks[0].Network != "revival" {
		t.Errorf("got %+v", got)
	}
}

func TestParseVersions(t *testing.T) {
	for text, want := range map[string]string{
		"2-4":                     "MSNP2 MSNP3 MSNP4",
		"18, 8,12":                "MSNP8 MSNP12 MSNP18",
		"MSNP18":                  "MSNP18",
		"MSNP20-MSNP21, 21, 2- 3": "MSNP2 MSNP3 MSNP20 MSNP21",
	} {
		vs, err := ParseVersions(text)
		var names []string
		for _, v := range vs {
			names = append(names, string(v))
		}
		if got := strings.Join(names, " "); err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "1", "25", "8-", "9-8", "msnp8", "8..9", "2-99999999999"} {
		if vs, err := ParseVersions(bad); err == nil || vs != nil {
			t.Errorf("%q: got %v, %v", bad, vs, err)
		}
	}
}

func FuzzLoadSite(f *testing.F) {
	f.Add([]byte("listen: :8080\nnetworks: {a: {interval: 6h}}\n"))
	f.Add([]byte("a: &a [*a, *a]\n<<: *a\n"))
	f.Add([]byte("? [a]\n: !!binary x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := LoadSite("f", data)
		if err != nil && s.Listen != "" {
			t.Error("a value and an error")
		}
	})
}

func FuzzLoadSubject(f *testing.F) {
	names := slices.Sorted(maps.Keys(good))
	for i, name := range names {
		f.Add(uint8(i), []byte(good[name]))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		name := names[int(which)%len(names)]
		s, err := LoadSubject(files(map[string]string{name: string(data)}), ".")
		if es := Errors(nil); err != nil && (s.ID != "" || !errors.As(err, &es)) {
			t.Errorf("a value and an error, or not the file's fault: %v", err)
		}
	})
}
