package web_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"deadyet/site/sitetest"

	"github.com/google/go-cmp/cmp"
)

func TestMetrics_TellWhatThePageTells(t *testing.T) {
	got := bodyOf(t, ask(serving(t, sitetest.Small()), "GET", "/metrics"))
	for _, want := range []string{
		`deadyet_verdict{word="yes"} 1`, `deadyet_verdict{word="no"} 0`, `deadyet_verdict{word="cant_tell"} 0`,
		`deadyet_verdict_servers{which="listed"} 14`, `deadyet_verdict_since_timestamp_seconds 1.495152e+09`,
		`deadyet_network_verdict{network="contoso",word="no"} 1`, `deadyet_network_verdict{network="northwind",word="yes"} 1`,
		`deadyet_version_servers{network="northwind",version="MSNP18"} 14`, `deadyet_version_servers_accepting{network="northwind",version="MSNP18"} 0`,
		`deadyet_version_servers_accepting{network="contoso",version="MSNP18"} 2`,
		`deadyet_servers_listed{network="northwind"} 14`, `deadyet_servers_answering{network="contoso"} 1`,
		`deadyet_checks_pending{network="northwind"} 0`, `deadyet_news_items{kind="outage"} 1`, `deadyet_news_items{kind="repurposed"} 0`,
		`deadyet_canary_good{vantage="home"} 1`, `deadyet_last_round_checks{vantage="home"} 145`, `deadyet_last_round_connections{vantage="home"} 40`,
		`deadyet_last_round_lost_ratio{vantage="home"} 0.025`, `deadyet_last_round_voted{vantage="home"} 1`,
		`deadyet_last_round_duration_seconds{vantage="home"} 60`, `deadyet_last_round_answers{answer="no",vantage="home"} 10`,
		`deadyet_latency_connections{network="contoso",vantage="home"} 6`, `deadyet_latency_connections{network="fabrikam",vantage="�[home"} 0`,
		`deadyet_latency_seconds{network="contoso",vantage="home",which="least"} 0.05`, `deadyet_latency_seconds{network="contoso",vantage="home",which="median"} 0.059391`,
		`deadyet_latency_seconds{network="contoso",vantage="home",which="most"} 0.09`,
		`deadyet_live 1`, `deadyet_edition_timestamp_seconds 1.795521`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

// Servers and files can put nothing into the figures that a terminal obeys.
func TestMetrics_AreHarmless(t *testing.T) {
	r := ask(serving(t, sitetest.Hostile()), "GET", "/metrics")
	got := bodyOf(t, r)
	if r.StatusCode != 200 || !strings.Contains(got, "deadyet_verdict{") {
		t.Fatalf("got %d %.200s", r.StatusCode, got)
	}
	for _, c := range got {
		if c != '\n' && !unicode.IsPrint(c) {
			t.Fatalf("holds %U", c)
		}
	}
}

// What docs/api.md lists is what there is.
func TestMetrics_AreDocumented(t *testing.T) {
	s := serving(t, sitetest.Small())
	ask(s, "GET", "/")
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (\w+)`).FindAllStringSubmatch(bodyOf(t, ask(s, "GET", "/metrics")), -1) {
		got = append(got, m[1])
	}
	text, err := os.ReadFile("../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"deadyet_verdict_last_yes_timestamp_seconds"} // nothing was ever accepted in that edition
	var named []string
	for _, m := range regexp.MustCompile("`(deadyet_[a-z_]+)`").FindAllStringSubmatch(string(text), -1) {
		named = append(named, m[1])
	}
	got = append(got, want...)
	slices.Sort(got)
	slices.Sort(named)
	if d := cmp.Diff(slices.Compact(got), named); d != "" {
		t.Errorf("docs/api.md (-code +docs):\n%s", d)
	}
}
