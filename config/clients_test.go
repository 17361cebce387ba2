package config

import (
	"errors"
	"slices"
	"testing"
	"time"

	"deadyet"
)

const someClients = "clients/some.yaml"

func TestLoadSubject_Clients(t *testing.T) {
	change := replace(someClients, "clients:\n", `clients:
  - {id: later, name: Later, kind: third-party, apart: true, versions: [24], ways: ["https:443"], set: [{how: none}], served: {since: 2014-01-01, until: {from: 2019-01-01, to: 2019-05-10}}, sources: [page], confidence: low}
  - {id: theirs, name: Theirs, kind: official, built_for: revival, versions: [18], ways: ["tcp:1863"], set: [{how: unknown}], sources: [page], confidence: low}
`)
	s, err := LoadSubject(files(change), ".")
	if err != nil {
		t.Fatal(err)
	}
	var ids []deadyet.ClientID
	for _, c := range s.Clients {
		ids = append(ids, c.ID)
	}
	if want := []deadyet.ClientID{"theirs", "some-1.0", "later"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want official ones first and those apart last: %v", ids, want)
	}
	c, ok := s.Client("some-1.0")
	if !ok || c.BuiltFor != "official" || c.Patches[0].Since.String() != "2013-04-23" || c.Barred[0].Network != "official" ||
		c.Sources[0].Date.String() != "2017-05-19" || c.Ways[1] != (deadyet.Way{Transport: deadyet.TransportHTTP, Port: 80}) {
		t.Errorf("got %+v", c)
	}
	month := deadyet.Interval{From: time.Date(2012, 3, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2012, 4, 1, 0, 0, 0, 0, time.UTC)}
	if c.First.Precision != deadyet.PrecisionMonth || c.First.Interval() != month {
		t.Errorf("first: got %+v", c.First)
	}
}

func TestLoadSubject_ABarMayBeAFactOfTheRecord(t *testing.T) {
	change := replace(someClients, "{network: official, by: forced upgrade, since: 2013-04-08, source: page}", "{fact: blocked, by: a block}")
	change["record/official.yaml"] = good["record/official.yaml"] +
		"  - id: blocked\n    select: {network: official}\n    block: {clients: [Some], by: its name}\n    since: 2014-11-13\n    text: It was.\n    source: {title: the old page}\n"
	s, err := LoadSubject(files(change), ".")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := s.Client("some-1.0")
	day, err := deadyet.ParseDay("2014-11-13")
	if err != nil {
		t.Fatal(err)
	}
	if b := c.Barred[0]; b.Network != "official" || b.Fact != "blocked" || b.Since != deadyet.OnDay(day) {
		t.Errorf("got %+v", b)
	}
}

func TestLoadSubject_NamesEachMistakeOfTheCatalogue(t *testing.T) {
	f := someClients
	tests := []struct{ old, new, want string }{
		{"id: some-1.0", "id: Some 1.0", f + `:8:9: clients[0].id: "Some 1.0": want a lower-case word: letters, digits, - and dots`},
		{"clients:\n", "clients:\n  - {id: some-1.0, name: A, kind: library, versions: [18], ways: [\"tcp:1863\"], set: [{how: none}], sources: [page], confidence: low}\n", f + ":9:9: clients[1].id: some-1.0 stands twice"},
		{"name: Some", "nam: Some", f + ":8:5: clients[0].name: missing\n" + f + `:9:5: clients[0].nam: unknown key; want one of id, name, builds, kind, platforms, built_for, apart, versions, ways, sign_in, tls, set, patches, barred, served, first, last, sources, confidence, note; did you mean "name"?`},
		{"kind: third-party", "kind: pirate", f + `:10:11: clients[0].kind: "pirate": want one of official, third-party, library`},
		{"    kind: third-party\n", "", f + ":8:5: clients[0].kind: missing; want one of official, third-party, library"},
		{"platforms: [Linux]", "platforms: [Linux]\n    built_for: nobody", f + `:12:16: clients[0].built_for: there is no network "nobody"`},
		{"versions: [18]", "versions: [19]", f + ":12:16: clients[0].versions[0]: MSNP19 is no version of the subject, see versions.yaml"},
		{"versions: [18]", "versions: [25]", f + `:12:16: clients[0].versions[0]: version "25": want a number from 2 to 24, e.g. 2-18, 21 or MSNP18`},
		{"versions: [18]", "versions: 18", f + ":12:15: clients[0].versions: want a list, in the order in which the client offers them"},
		{"versions: [18]", "versions: [8-18]", f + `:12:16: clients[0].versions[0]: "8-18": a range has no order; want each version, in the order in which the client offers them`},
		{"versions: [18]", "versions: [18, MSNP18]", f + ":12:20: clients[0].versions[1]: MSNP18 stands twice"},
		{"versions: [18]", "versions: [24]", f + ":12:15: clients[0].versions: none of them counts, see versions.yaml; want apart: true"},
		{"versions: [18]", "versions: [18]\n    apart: true", f + ":13:12: clients[0].apart: it offers a version that counts"},
		{"versions: [18]", "versions: [24]\n    apart: true", f + ":8:5: clients[0].served: want since and until for a client apart, and for no other"},
		{"versions: [18]", "versions: [24]\n    apart: true\n    served: {since: 2019-01-01, until: 2014-01-01}", f + ":14:14: clients[0].served: want since and until, in this order"},
		{`"http:80"`, `"http"`, f + `:13:24: clients[0].ways[1]: "http": want a transport and a port like tcp:1863, http:80 or https:443`},
		{`"http:80"`, `"udp:80"`, f + `:13:24: clients[0].ways[1]: "udp:80": want a transport and a port like tcp:1863, http:80 or https:443`},
		{`"http:80"`, `"tcp:1863"`, f + ":13:24: clients[0].ways[1]: tcp:1863 stands twice"},
		{"    ways: [\"tcp:1863\", \"http:80\"]\n", "", f + ":8:5: clients[0].ways: missing; want ways like tcp:1863, in the order in which the client tries them"},
		{"sign_in: [sso]", "sign_in: [magic]", f + `:14:15: clients[0].sign_in[0]: "magic": want one of ctp, md5, nexus, rst, sso, webticket, skype`},
		{"tls: [TLS 1.0]", "tls: [TLS 1]", f + `:15:11: clients[0].tls[0]: "TLS 1": want one of SSL 3.0, TLS 1.0, TLS 1.1, TLS 1.2, TLS 1.3; did you mean "TLS 1.0"?`},
		{"how: settings", "how: telepathy", f + `:17:15: clients[0].set[0].how: "telepathy": want one of registry, settings, hosts, command, argument, none, unknown`},
		{", field: Server", "", f + ":17:10: clients[0].set[0].field: missing; want the real name, as it is spelt there"},
		{"how: settings", "how: hosts", f + ":17:10: clients[0].set[0]: hosts has no where and no field"},
		{"field: Server}", "field: Server}\n      - {how: none}", f + ":17:7: clients[0].set: want the ways to set the server, or one entry with how: none or how: unknown"},
		{"where: the account", `where: "192.0.2.1 in the account"`, f + ":17:32: clients[0].set[0].where: 192.0.2.1 is an address of official; want none in what people may follow"},
		{"confidence: high", "confidence: high\n    note: Try 192.0.2.3.", f + ":24:11: clients[0].note: 192.0.2.3 is an address of official; want none in what people may follow"},
		{"patches: [strings]", "patches: [string]", f + `:18:15: clients[0].patches[0]: there is no patch "string"; did you mean "strings"?`},
		{"barred: [upgrade]", "barred: [downgrade]", f + `:19:14: clients[0].barred[0]: there is no bar "downgrade"`},
		{"first: 2012-03", "first: March", f + `:20:12: clients[0].first: "March": want a day like 2015-02-26, a month like 2015-02 or a year like 2015`},
		{"last: 2016-06-21", "last: 2012-02-28", f + ":21:11: clients[0].last: 2012-02-28 is before first 2012-03-01"},
		{"    sources: [page]\n", "", f + ":8:5: clients[0].sources: missing; what is said of a client has a source"},
		{"confidence: high", "confidence: sure", f + `:23:17: clients[0].confidence: "sure": want one of high, medium, low`},
		{"network: official, by", "by", f + ":6:13: bars.upgrade.network: missing"},
		{", since: 2013-04-08, source", ", source", f + ":6:13: bars.upgrade.since: missing; want a day, a moment, or from and to"},
		{"since: 2013-04-08,", "since: 2013-04-08, until: 2013-01-01,", f + ":6:78: bars.upgrade.until: want a time after since"},
		{"{network: official, by", "{fact: gone, network: official, by", f + `:6:19: bars.upgrade.fact: the record has no fact "gone" with a block` + "\n" + f + ":6:34: bars.upgrade.network: the fact says it\n" + f + ":6:71: bars.upgrade.since: the fact says it\n" + f + ":6:91: bars.upgrade.source: the fact says it"},
		{"since: 2013-04-23, source: page", "source: pages", f + `:4:44: patches.strings.source: there is no source "pages"; did you mean "page"?`},
		{"since: 2013-04-23, source: page", "networks: [nobody], source: page", f + `:4:47: patches.strings.networks[0]: there is no network "nobody"`},
	}
	for _, tt := range tests {
		t.Run(tt.new, func(t *testing.T) {
			s, err := LoadSubject(files(replace(f, tt.old, tt.new)), ".")
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

func TestLoadSubject_ANameOfTheCatalogueStandsOnce(t *testing.T) {
	change := map[string]string{"clients/two.yaml": "sources:\n  page: {title: another}\n"}
	_, err := LoadSubject(files(change), ".")
	if want := `clients/two.yaml:2:10: sources.page: "page" stands in another file already`; err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}
