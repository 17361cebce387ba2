package deadyet_test

import (
	"testing"

	"deadyet"
)

func TestAnswer_WordsAreTheirOwnInverse(t *testing.T) {
	seen := make(map[string]bool)
	for _, a := range deadyet.Answers() {
		got, err := deadyet.ParseAnswer(a.String())
		if err != nil || got != a {
			t.Errorf("%s: got %s, %v", a, got, err)
		}
		if seen[a.Mark()] {
			t.Errorf("%s shares its mark %s", a, a.Mark())
		}
		seen[a.Mark()] = true
	}
	if _, err := deadyet.ParseAnswer("dead"); err == nil {
		t.Error("parsed a word that is no answer")
	}
	var zero deadyet.Answer
	if zero != deadyet.AnswerUnasked {
		t.Error("the zero value must be unasked, so that what was forgotten never looks dead")
	}
}

func TestStage_OrderAndWords(t *testing.T) {
	for s := deadyet.StageNone; s <= deadyet.StageMessage; s++ {
		if got, err := deadyet.ParseStage(s.String()); err != nil || got != s {
			t.Errorf("%s: got %s, %v", s, got, err)
		}
	}
	if deadyet.StageVersion >= deadyet.StageLogin || deadyet.StageConnect >= deadyet.StageTLS {
		t.Error("stages are out of order")
	}
}

func TestCheckID_IsItsOwnInverse(t *testing.T) {
	for _, id := range []deadyet.CheckID{
		"microsoft/64.4.45.62/msnp/https:443/MSNP21",
		"adhoc/::1/port/tcp:1863",
		"escargot/ds.example/msnp/http:80/MSNP2",
	} {
		c, err := id.Parse()
		if err != nil {
			t.Fatal(err)
		}
		if c.ID() != id {
			t.Errorf("got %s, want %s", c.ID(), id)
		}
	}
	for _, bad := range []deadyet.CheckID{"", "a/b", "a/b/port/tcp", "a/b/port/udp:1", "a/b/port/tcp:0", "a/b/port/tcp:01", "a//port/tcp:1", "a/b/port/tcp:1/", "a/b/c/d/e/f"} {
		if _, err := bad.Parse(); err == nil {
			t.Errorf("%q was parsed", bad)
		}
	}
}

func FuzzCheckID(f *testing.F) {
	f.Add("microsoft/64.4.45.62/msnp/https:443/MSNP21")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := deadyet.CheckID(s).Parse()
		if err != nil {
			if c != (deadyet.Check{}) {
				t.Errorf("%q: a value and an error", s)
			}
			return
		}
		if got := c.ID(); string(got) != s {
			t.Errorf("got %q, want %q", got, s)
		}
	})
}

func TestFailureKinds_AreUnique(t *testing.T) {
	seen := make(map[deadyet.FailureKind]bool)
	for _, k := range deadyet.FailureKinds() {
		if seen[k] || !k.Known() {
			t.Errorf("%s stands twice or is not known", k)
		}
		seen[k] = true
	}
	if deadyet.FailureKind("dead").Known() {
		t.Error("an unknown kind is known")
	}
}

func TestListing_HoldsUntilTheDayBefore(t *testing.T) {
	day := func(s string) deadyet.Day {
		d, err := deadyet.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	l := deadyet.Listing{Since: day("2014-12-05"), Until: day("2016-05-14")}
	for d, want := range map[string]bool{"2014-12-04": false, "2014-12-05": true, "2016-05-13": true, "2016-05-14": false} {
		if got := l.On(day(d)); got != want {
			t.Errorf("on %s: got %v, want %v", d, got, want)
		}
	}
}

func TestNetwork_FirstList(t *testing.T) {
	listed := func(role deadyet.Role, since string) deadyet.Server {
		d, err := deadyet.ParseDay(since)
		if err != nil {
			t.Fatal(err)
		}
		return deadyet.Server{Listings: []deadyet.Listing{{Role: role, Since: d}}}
	}
	n := deadyet.Network{Servers: []deadyet.Server{
		listed(deadyet.RoleDependency, "2014-01-01"), listed(deadyet.RoleInternal, "2014-12-05"), listed(deadyet.RoleMain, "2015-01-01"), listed(deadyet.RoleEntry, "2013-01-01"),
	}}
	n.Servers[2].Listings = append(listed(deadyet.RoleMain, "2014-11-02").Listings, n.Servers[2].Listings...)
	if got := n.FirstList().String(); got != "2014-11-02" {
		t.Errorf("got %s, want the first day of a main or internal server", got)
	}
	if got := (deadyet.Network{}).FirstList(); !got.IsZero() {
		t.Errorf("got %s of no servers", got)
	}
}
