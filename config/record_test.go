package config

import "testing"

// What a correction replaced is kept beside it, and counts no more.
func TestLoad_KeepsWhatWasCorrected(t *testing.T) {
	fixed := "facts:\n  - id: went\n    corrects: [gone]\n    select: {network: official}\n    answer: no\n    failure: refused\n    since: 2017-05-19\n    text: All shut.\n    source: {title: a better page}\n"
	s, err := LoadSubject(files(map[string]string{"record/zz-later.yaml": fixed}), ".")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Record) != 1 || s.Record[0].ID != "went" || len(s.Corrections) != 1 || s.Corrections[0].Was.ID != "gone" || s.Corrections[0].Now.ID != "went" {
		t.Errorf("got record %+v, corrections %+v", s.Record, s.Corrections)
	}
}
