package site_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"deadyet"
	"deadyet/site/sitetest"
)

// Where a network is asked is told by what its servers are asked: each door
// once, whether the network's file names it or a server's own line.
func TestMethod_NamesTheDoorsOfEveryServer(t *testing.T) {
	e := sitetest.Small()
	at := slices.IndexFunc(e.Subject.Networks, deadyet.Network.Dialled)
	n := &e.Subject.Networks[at]
	n.Ask = nil
	for i := range n.Servers {
		n.Servers[i].Ask = []deadyet.Ask{
			{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: []deadyet.Version{"MSNP18"}},
			{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: uint16(1864 + i%2), Versions: []deadyet.Version{"MSNP18"}},
		}
	}
	if len(n.Servers) < 2 {
		t.Fatalf("%s has %d servers, want two at least", n.ID, len(n.Servers))
	}
	s := mustSite(t, e)
	if page := string(mustPage(t, s, "/method")); !strings.Contains(page, "<td>tcp:1863, tcp:1864, tcp:1865</td>") {
		t.Errorf("the page does not name the doors of %s", n.ID)
	}
	var doc struct {
		Networks []struct {
			Network   deadyet.NetworkID
			Endpoints []struct{ Port uint16 }
		}
	}
	if err := json.Unmarshal(mustPage(t, s, "/api/v1/method"), &doc); err != nil {
		t.Fatal(err)
	}
	for _, m := range doc.Networks {
		if m.Network == n.ID && len(m.Endpoints) != 3 {
			t.Errorf("the document names %d doors of %s, want 3", len(m.Endpoints), n.ID)
		}
	}
}
