package deadyet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"deadyet"
)

// What is heard in visit after visit, and what is told after the last one.
func TestTold_With(t *testing.T) {
	for _, tt := range []struct {
		name  string
		heard []string // visits; addresses between spaces
		want  deadyet.Told
		moved bool // in the last visit
	}{
		{"nothing", []string{""}, "", false},
		{"once", []string{"b a"}, "now=a, b", false},
		{"in another order", []string{"a b", "b a"}, "now=a, b", false},
		{"twice in one answer", []string{"a b", "b a b a"}, "now=a, b", false},
		{"then nothing: what one visit does not show it does not take back", []string{"a b", ""}, "now=a, b", false},
		{"one more", []string{"a", "a b"}, "now=a, b", false},
		{"one less", []string{"a b", "b"}, "now=b; before=a", false},
		{"the one that was less is back: they take turns", []string{"a b", "b", "a"}, "turns=a, b", false},
		{"turns, a part", []string{"a b", "b", "a", "b"}, "turns=a, b", false},
		{"turns, and one more of them", []string{"a b", "b", "a", "a c"}, "turns=a, b, c", false},
		{"turns, and then others", []string{"a b", "b", "a", "x y"}, "now=x, y; before=a, b", true},
		{"others", []string{"a b", "x"}, "now=x; before=a, b", true},
		{"others and others", []string{"a", "b", "c"}, "now=c; before=b, a", true},
		{"others and back: it led to both", []string{"a", "b", "a"}, "turns=a, b", false},
		{"a ring of three", []string{"a", "b", "c", "a", "b"}, "turns=a, b, c", false},
		{"one comes, one goes", []string{"a b", "b c"}, "now=b, c; before=a", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var told, last deadyet.Told
			for _, heard := range tt.heard {
				last, told = told, told.With(strings.Fields(heard))
			}
			if told != tt.want || last.Moved(told) != tt.moved {
				t.Errorf("got %q, moved %v; want %q, %v", told, last.Moved(told), tt.want, tt.moved)
			}
		})
	}
}

// However much is told, what is kept of it is bounded, and hearing the same
// again changes nothing.
func TestTold_isBoundedAndSettles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var told deadyet.Told
		host := rapid.Custom(func(t *rapid.T) string { return fmt.Sprintf("192.0.2.%d", rapid.IntRange(0, 255).Draw(t, "host")) })
		for _, heard := range rapid.SliceOfN(rapid.SliceOfN(host, 0, 100), 1, 30).Draw(t, "visits") {
			before := told
			told = told.With(heard)
			if again := told.With(heard); again != told {
				t.Fatalf("%q after %q, and %q when it is heard again", told, heard, again)
			}
			if n := len(told.Now()); n > deadyet.MostTold || len(told) > 4096 {
				t.Fatalf("%d are kept, in %d bytes", n, len(told))
			}
			if len(heard) > 0 && told.Moved(deadyet.MakeTold(heard)) {
				t.Fatalf("heard %q, and told is %q", heard, told)
			}
			if before.Moved(told) && slices.ContainsFunc(before.Now(), func(s string) bool { return slices.Contains(heard, s) }) {
				t.Fatalf("%q did not move to %q", before, told)
			}
		}
	})
}
