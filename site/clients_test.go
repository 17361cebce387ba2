package site_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"
)

// client returns the page of a client and the same as text.
func client(t *testing.T, s *site.Site, id string) (page, text string) {
	t.Helper()
	return string(mustPage(t, s, "/client/"+id)), string(mustPage(t, s, "/client/"+id+".txt"))
}

func TestClients_StandTogether(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	inOrder(t, string(mustPage(t, s, "/clients")), `<form class="which" action="./clients">`, `<option value="old-1.0">Old Messenger 1.0</option>`,
		"Official clients", `<a href="client/old-1.0">Old Messenger 1.0</a>`, "<td>MSNP2</td>", `<td class="no">does not work</td>`, `<td class="yes">works<i>MSNP2</i></td>`,
		`class="yes version">works after patching`, `<td class="unasked">can’t tell</td>`, "Clients by others", "Bird &lt;b&gt;2.10&lt;/b&gt;", "taken, but can’t sign in", "Libraries", "not known", "Apart:")
	inOrder(t, string(mustPage(t, s, "/clients.txt")), "OFFICIAL CLIENTS", "Old Messenger 1.0", "Northwind: does not work, Contoso: works, Fabrikam: can’t tell")
}

// A registry file holds what the registry editor takes, the address of today,
// and its undo.
func TestClient_HearsWhatToSetInTheRegistry(t *testing.T) {
	page, text := client(t, mustSite(t, sitetest.Small()), "old-1.0")
	inOrder(t, page, "<h1>Old Messenger 1.0</h1>", "Yes, it works.", "Contoso</a>: works", "It takes MSNP2 over tcp:1863.", "How to get in", `<a href="https://contoso.example/">Contoso</a>`,
		"<pre>REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\Old]\n&#34;Server&#34;=&#34;ds.contoso.example&#34;\n</pre>", "How to take it back",
		"<pre>REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\Old]\n&#34;Server&#34;=-\n</pre>", "port 1863 (tcp)", "is it me, or is it them?",
		"ds.contoso.example was last seen to take MSNP2 on 24 November 2026, 11:00 UTC, from 1 place.", `href="../server/contoso/ds.contoso.example"`,
		"Fabrikam</a>: can’t tell", "It says of itself: “1.0 to 2009, complete”", "Northwind</a>: does not work", "The network takes nothing any more.", "It worked until 19 May 2017, with MSNP2 over tcp:1863.", "not measured here",
		"Use a password that you use nowhere else. It sends a digest", "1.0.0863", `href="../version/MSNP2"`, "The <em>first</em> one.", "a wiki")
	inOrder(t, text, "Yes, it works.", "    REGEDIT4\n    \n    [HKEY_CURRENT_USER\\Software\\Old]\n    \"Server\"=\"ds.contoso.example\"\n", `"Server"=-`)
}

func TestClient_HearsWhichFieldsAndCommands(t *testing.T) {
	e := sitetest.Small()
	page, _ := client(t, mustSite(t, e), "bird")
	inOrder(t, page, "Set this, in the account:", `<th scope="row">Server</th><td><code>ds.contoso.example</code>`, `<th scope="row">Port</th><td><code>1863</code>`)
	if strings.Contains(page, "HTTP Server</th>") {
		t.Error("fields for HTTP are told of where TCP is taken")
	}
	for i := range e.Access {
		if e.Access[i].Client == "bee" && e.Access[i].Network == "contoso" {
			e.Access[i].Fit = deadyet.FitWorks
		}
	}
	page, _ = client(t, mustSite(t, e), "bee")
	inOrder(t, page, "Type this command:", "<pre>account set server ds.contoso.example</pre>")
}

// Who can't be set hears that first, and is told nothing that would not help.
func TestClient_ThatNeedsAPatchHearsThatFirst(t *testing.T) {
	page, text := client(t, mustSite(t, sitetest.Small()), "old-7.5")
	inOrder(t, page, "Yes, once the program is changed.", "Contoso</a>: works after patching", "How to get in",
		"It can’t be set up without help. What it needs: a changed file.", "We host no changed programs", `<a href="https://contoso.example/">`, "Your firewall", "TLS 1.0, which is broken by now")
	for _, bad := range []string{"REGEDIT4", "Set this"} {
		if strings.Contains(page, bad) || strings.Contains(text, bad) {
			t.Errorf("the page says %q", bad)
		}
	}
}

func TestClient_ThatDoesNotGetInHearsWhy(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	page, _ := client(t, s, "bee")
	inOrder(t, page, "Nearly:", "What it needs to sign in is down: login.contoso.example.", "It was turned away: a &lt;b&gt;block&lt;/b&gt;.")
	if strings.Contains(page, "How to get in") {
		t.Error("a client that can't sign in is told how to get in")
	}
	page, _ = client(t, s, "later")
	inOrder(t, page, "is shown apart", "The network takes none of the versions that it speaks.")
}

// An instruction rests on data of today: what was last seen long ago gives none,
// nor does the past, nor a file of which nobody knows how old it is getting.
func TestClient_GetsNoInstructionFromOldData(t *testing.T) {
	e := sitetest.Small()
	e.At = e.At.Add(60 * time.Hour)
	page, _ := client(t, mustSite(t, e), "old-1.0")
	inOrder(t, page, "was last seen to take MSNP2 on 24 November 2026", "too long ago to tell anybody")
	if strings.Contains(page, "REGEDIT4") {
		t.Error("the page tells what to do by data that are old")
	}
	s, err := site.NewAt(sitetest.Small(), site.Moment{Name: "2026-11-24"})
	if err != nil {
		t.Fatal(err)
	}
	page, _ = client(t, s, "old-1.0")
	inOrder(t, page, "Contoso</a>: works", `This is about that day. What works now, and how: <a href="../../../client/old-1.0">`)
	if strings.Contains(page, "REGEDIT4") || strings.Contains(page, "How to get in") {
		t.Error("a page of the past tells what to do")
	}
}

// The addresses of the network that the question means are history, also where
// it lives and takes everything.
func TestClient_IsNeverLedToTheOfficialNetwork(t *testing.T) {
	e := sitetest.Small()
	n := &e.Subject.Networks[0]
	n.Closed = deadyet.Day{}
	for i := range e.States {
		if st := &e.States[i]; st.Check.Server.Network() == n.ID && st.Check.Version != "" {
			st.Span.Outcome, st.Span.Fact = deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}, ""
		}
	}
	for i := range e.Access {
		if a := &e.Access[i]; a.Network == n.ID {
			a.Fit, a.Version, a.Way, a.Point = deadyet.FitWorks, "MSNP18", deadyet.Way{Transport: deadyet.TransportTCP, Port: 1863}, true
		}
	}
	s := mustSite(t, e)
	for _, path := range s.Paths() {
		if !strings.HasPrefix(path, "/client") && !strings.HasPrefix(path, "/api/v1/clients") {
			continue
		}
		for _, sv := range n.Servers {
			if strings.Contains(string(mustPage(t, s, path)), sv.Address) {
				t.Errorf("%s holds the address %s of %s", path, sv.Address, n.ID)
			}
		}
	}
}

func TestClients_AreNamedByThePagesOfVersionsAndNetworks(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	inOrder(t, string(mustPage(t, s, "/version/MSNP18")), "Clients", `href="../client/bird"`)
	inOrder(t, string(mustPage(t, s, "/network/contoso")), "Which clients work", "works:", `href="../client/old-1.0"`, "works after patching:", `href="../client/old-7.5"`, "3 others do not get in", `href="../clients"`)
	inOrder(t, string(mustPage(t, s, "/network/northwind")), "None of them is known to get in.")
	listed, err := s.Sitemap("https://dead.example")
	if err != nil || !strings.Contains(string(listed), "https://dead.example/client/old-7.5<") || strings.Contains(string(listed), ".txt") {
		t.Errorf("the sitemap lacks clients, or holds texts: %v", err)
	}
}

func TestClients_WithoutACatalogueHaveNoPage(t *testing.T) {
	e := sitetest.Small()
	e.Subject.Clients, e.Access = nil, nil
	s := mustSite(t, e)
	if slices.Contains(s.Paths(), "/clients") || strings.Contains(string(s.Front()), `class="which"`) {
		t.Error("there is a page of clients, or a question for one, without any")
	}
}

func TestWhich(t *testing.T) {
	s := mustSite(t, sitetest.Small())
	for _, tt := range []struct {
		name, moment, path string
		found              bool
		page               []string
	}{
		{"7.5.0200", "", "/client/old-7.5", true, nil},
		{"old-1.0", "2014-12-06", "/at/2014-12-06/client/old-1.0", true, nil},
		{"old messenger", "", "", true, []string{"Which one is it?", "<b>old messenger</b>", `<a href="/de/client/old-1.0">`, `<a href="/de/client/old-7.5">`}},
		{"Old Mesenger", "", "", false, []string{"No client of that name", `<a href="/de/client/old-1.0">`, `<a href="/de/clients">`}},
		{sitetest.Poison, "", "", false, []string{"No client of that name", "&lt;script&gt;"}},
	} {
		path, page, found, err := s.Which(tt.name, tt.moment, "/de")
		if err != nil || path != tt.path || found != tt.found {
			t.Errorf("%q: got %q, %v, %v", tt.name, path, found, err)
		}
		if tt.page != nil {
			inOrder(t, string(page.Body), tt.page...)
		}
	}
	if _, err := s.Page("/client/none"); !errors.Is(err, site.ErrNoPage) {
		t.Errorf("got %v", err)
	}
}
