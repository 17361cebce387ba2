package probe

import (
	"crypto/x509"
	"fmt"
	"strings"
	"testing"

	"deadyet"
)

// However many names a certificate has, the one that was asked for is among those
// that are kept, and none is cut in two.
func TestListed_KeepsTheNameThatWasAskedFor(t *testing.T) {
	names := []string{"zchat.example"}
	for n := range 15 {
		names = append(names, fmt.Sprintf("another-name-%02d.example", n))
	}
	got := strings.Split(listed(names, "zchat.example"), ", ")
	if got[0] != "zchat.example" || len(got) < 5 {
		t.Errorf("got %q", got)
	}
	for _, n := range got {
		if !strings.HasSuffix(n, ".example") {
			t.Errorf("%q is half a name", n)
		}
	}
	if got := listed([]string{"b.example", "a.example"}, ""); got != "a.example, b.example" {
		t.Errorf("got %q", got)
	}
}

// It may stand at the end of a long certificate, under more than one name.
func TestShowCertificate_FindsTheNameThatWasAskedFor(t *testing.T) {
	leaf := &x509.Certificate{}
	for n := range 100 {
		leaf.DNSNames = append(leaf.DNSNames, fmt.Sprintf("another-name-%02d.example", n))
	}
	leaf.DNSNames = append(leaf.DNSNames, "a.chat.example", "b.chat.example")
	v := &visit{target: deadyet.Target{Host: "gateway.chat.example"}}
	v.showCertificate(&deadyet.TLS{}, leaf)
	got := v.traits[deadyet.TraitNames]
	if !strings.HasPrefix(got, "chat.example, another") || strings.Count(got, "chat.example") != 1 || strings.Contains(got, "…") {
		t.Errorf("got %q", got)
	}
}
