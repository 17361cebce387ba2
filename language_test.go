package deadyet_test

import (
	"testing"

	"deadyet"
)

func TestLanguage_Direction(t *testing.T) {
	for l, want := range map[deadyet.Language]string{
		"": "ltr", "en": "ltr", "de": "ltr", "ar": "rtl", "he-IL": "rtl", "fa": "rtl",
		"az-Arab": "rtl", "ar-Latn": "ltr", "uz-Cyrl-UZ": "ltr", "AR": "rtl", "de-1996": "ltr",
	} {
		if got := l.Direction(); got != want {
			t.Errorf("%q is written %s, want %s", l, got, want)
		}
	}
}
