package config

import (
	"fmt"
	"strings"
	"testing"

	"deadyet"
)

func proposals() []Proposal {
	versions, _ := ParseVersions("2-18,21")
	today, _ := deadyet.ParseDay("2026-11-25")
	return []Proposal{
		{Address: "20.0.0.1", Role: deadyet.RoleMain, Since: today, Why: "ns.example.org\nleads there",
			Ask: []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: versions}, {Kind: deadyet.KindPort, Transport: deadyet.TransportHTTPS, Port: 443}}},
		{Address: "2a00::1", Role: deadyet.RoleInternal, Since: today, Why: "20.0.0.9 sends its clients there",
			Ask: []deadyet.Ask{{Kind: deadyet.KindMSNP, Transport: deadyet.TransportTCP, Port: 1863, Versions: versions}}},
	}
}

// What is proposed can be read, whatever else stands in the file, and nothing
// else of the file changes.
func TestPropose_canBeRead(t *testing.T) {
	const head = "name: Revival\nconnections_per_day: 48\ninterval: 6h\n"
	for name, file := range map[string]string{
		"at the end":          good["networks/revival.yaml"],
		"before another key":  head + "servers:\n  - address: ns.example.org\n    since: 2020-01-01\n    ask:\n      - {transport: tcp, port: 1863, versions: 2-24}\n\n# What is said.\nnote: a note\n",
		"not indented":        head + "servers:  # all of them\n- address: ns.example.org\n  since: 2020-01-01\n  ask:\n    - {transport: tcp, port: 1863, versions: 2-24}\n# That is all.\n",
		"without a last line": strings.TrimSuffix(good["networks/revival.yaml"], "\n"),
		"lists only":          head + "ask:\n  - {transport: tcp, port: 1863, versions: 18}\nlists:\n  - region: bay\n    since: 2014-12-05\n    main: [ns.example.org]\n",
	} {
		t.Run(name, func(t *testing.T) {
			in, err := Propose([]byte(file), proposals())
			if err != nil {
				t.Fatal(err)
			}
			patched := string(in.Apply([]byte(file)))
			s, err := LoadSubject(files(map[string]string{"networks/revival.yaml": patched}), ".")
			if err != nil {
				t.Fatalf("%v in\n%s", err, patched)
			}
			n, _ := s.NetworkByID("revival")
			if len(n.Servers) != 3 || n.Servers[0].Address != "ns.example.org" {
				t.Fatalf("got %+v from\n%s", n.Servers, patched)
			}
			for i, p := range proposals() {
				sv := n.Servers[i+1]
				if got, want := fmt.Sprint(sv.Address, sv.Ask, sv.LastListing().Role, sv.LastListing().Since), fmt.Sprint(p.Address, p.Ask, p.Role, p.Since); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
			for _, l := range strings.Split(strings.TrimSuffix(file, "\n"), "\n") {
				if !strings.Contains("\n"+patched, "\n"+l+"\n") {
					t.Errorf("the line %q is gone", l)
				}
			}
		})
	}
}

func TestPropose_oneLine(t *testing.T) {
	if _, err := Propose([]byte("name: x\nservers: [{address: a.example}]\n"), proposals()); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v, want an error with the line", err)
	}
}

func TestInsertion_Diff(t *testing.T) {
	data := []byte("name: Revival\nservers:\n  - address: ns.example.org\n    role: main\n\n# That is all.\nnote: a note\nproject: x\n")
	in, err := Propose(data, proposals()[1:])
	if err != nil {
		t.Fatal(err)
	}
	const want = `--- a/networks/revival.yaml
+++ b/networks/revival.yaml
@@ -2,6 +2,12 @@
 servers:
   - address: ns.example.org
     role: main
+
+  - address: "2a00::1"
+    role: internal
+    since: 2026-11-25  # found on this day: 20.0.0.9 sends its clients there
+    ask:
+      - {transport: tcp, port: 1863, versions: "2-18,21"}
 
 # That is all.
 note: a note
`
	if got := string(in.Diff("networks/revival.yaml", data)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
