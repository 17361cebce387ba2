package sqlite_test

import (
	"path/filepath"
	"testing"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

// TestStore_forgetsEvidence lets spans end, runs flap and days pass: what
// nobody uses any more must be gone.
func TestStore_forgetsEvidence(t *testing.T) {
	st := open(t, filepath.Join(t.TempDir(), "deadyet.db"))
	defer closed(t, st)
	s := storetest.Subject(2)
	l, err := ledger.Open(t.Context(), st, s, ledger.Options{Vantage: "home"})
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 30; n++ {
		r := storetest.Round(s, n*70, func(c deadyet.Check) deadyet.Outcome { // six hours
			if n%7 == 3 || n%7 == 4 && c.Version == "" {
				return silent
			}
			return taken
		})
		r.Number = deadyet.RoundNumber(n)
		for i := range r.Findings {
			if n%3 == 0 { // two transcripts, and one the next time
				other := *r.Findings[i].Evidence[0]
				other.End = "tried before"
				r.Findings[i].Evidence = append([]*deadyet.Transcript{&other}, r.Findings[i].Evidence...)
			}
		}
		if err := l.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		for what, query := range map[string]string{
			"transcripts that nobody uses": "SELECT count(*) FROM evidence WHERE NOT kept AND id NOT IN (SELECT evidence FROM evidence_uses)",
			"kept for a span that is none": "SELECT count(*) FROM evidence WHERE kept AND NOT EXISTS (SELECT 1 FROM spans WHERE instr(spans.evidence, printf('%016x', evidence.id)))",
			"uses by what is not pending":  "SELECT count(*) FROM evidence_uses u WHERE purpose = 'pending' AND check_key NOT IN (SELECT check_key FROM pending)",
			"uses of older days":           "SELECT count(*) > (SELECT count(*) FROM latest) * 2 FROM evidence_uses WHERE purpose = 'latest'",
			"uses of what is not kept":     "SELECT count(*) FROM evidence_uses WHERE evidence NOT IN (SELECT id FROM evidence)",
		} {
			if got := st.Text(t, query); got != "0" {
				t.Errorf("round %d, %s: got %s, want none", n, what, got)
			}
		}
	}
}
