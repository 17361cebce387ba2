package site

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExampleOf(t *testing.T) {
	long := make([]rune, 300)
	for i := range long {
		long[i] = 'ü'
	}
	for in, want := range map[string]string{
		`{}`: `{}`, `[]`: `[]`, `[[],{}]`: `[[]]`, `null`: `null`, `-1.5e3`: `-1.5e3`, `"a\"]}"`: `"a\"]}"`,
		`[1,2,3]`: `[1]`,
		`{"a":[{"x":1},{"x":1,"y":{"z":2}},{"x":1,"y":2,"w":3}],"b":[],"c":{}}`:           `{"a":[{"x":1,"y":{"z":2}}],"b":[],"c":{}}`,
		`[{"many":[{"a":1,"b":2,"c":3}]},{"a":"}]\\","b":true}]`:                          `[{"a":"}]\\","b":true}]`,
		`{"deep":[[{"a":[1,2]},{"a":[3],"b":"{[\""}],[5]],"text":"` + string(long) + `"}`: `{"deep":[[{"a":[3],"b":"{[\""}]],"text":"` + string(long[:200]) + `…"}`,
	} {
		got, err := exampleOf(json.RawMessage(in))
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, string(b)); d != "" {
			t.Errorf("%s:\n%s", in, d)
		}
	}
}
