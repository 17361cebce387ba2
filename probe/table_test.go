package probe

import (
	"os"
	"strings"
	"testing"
)

// A prober that is not in the documents does not exist for a reader.
func TestKinds_AreDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/probers.md")
	if err != nil {
		t.Fatal(err)
	}
	names, what := Kinds()
	for _, n := range names {
		if row := "| `" + string(n) + "` | " + what[n] + " |"; !strings.Contains(string(text), row) {
			t.Errorf("docs/probers.md has no row that begins with %q", row)
		}
	}
	if got := strings.Count(string(text), "\n| `"); got != len(names) {
		t.Errorf("docs/probers.md has %d rows, the table of probers has %d", got, len(names))
	}
}
