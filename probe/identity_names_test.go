package probe

import (
	"fmt"
	"strings"
	"testing"
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
