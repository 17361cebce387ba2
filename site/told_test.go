package site_test

import (
	"strings"
	"testing"

	"deadyet/site/sitetest"
)

// The page of a server that has a name says where that leads, who said so, and
// since when.
func TestServer_saysWhereItsNameLeads(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	inOrder(t, string(mustPage(t, s, "/server/contoso/ds.contoso.example")),
		`id="name"`, "ds.contoso.example</td>", "✔", "yes", ": 192.0.2.77, 192.0.2.78", "it led to 192.0.2.78</i>",
		"Since", "Once led to", "192.0.2.98",
		"192.0.2.53:53</th><td>192.0.2.77</td><td>geo.contoso.example</td><td>300 s</td>",
		"192.0.2.53:53, for people in 198.51.100.0/24</th><td>192.0.2.78</td>",
		"our own</th><td>our own name resolver did not answer at resolve: it said SERVFAIL</td>")
	inOrder(t, string(mustPage(t, s, "/server/contoso/ds.contoso.example")),
		`id="sends"`, "tcp:1863</th><td>inner.contoso.example:1863</td>", "192.0.2.99:1863</td>")
	inOrder(t, string(mustPage(t, s, "/server/contoso/login.contoso.example")), "192.0.2.90, 192.0.2.91, 192.0.2.92, in turns")
	if page := string(mustPage(t, s, "/server/contoso/2001:db8::1")); strings.Contains(page, `id="name"`) {
		t.Error("an address has no name")
	}
	if front := string(mustPage(t, s, "/")); strings.Contains(front, "dns:53") {
		t.Error("a name is no door")
	}
}
