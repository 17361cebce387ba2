package sqlite_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

// TestStore_growsWithChanges records rounds of 900 checks in which nothing
// changes, past midnight: a thousand, over three and a half days, or as many as
// the race detector leaves time for.
func TestStore_growsWithChanges(t *testing.T) {
	const rounds, each = unchanged, 1024
	path := filepath.Join(t.TempDir(), "deadyet.db")
	st := open(t, path)
	s := storetest.Subject(300)
	l, err := ledger.Open(t.Context(), st, s, ledger.Options{Vantage: "home"})
	if err != nil {
		t.Fatal(err)
	}
	var first int
	for n := 1; n <= rounds+1; n++ {
		r := storetest.Round(s, n, func(deadyet.Check) deadyet.Outcome {
			return deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
		})
		for _, sv := range s.Networks[0].Servers[:3] { // a row for each host and day, whatever the rounds
			r.Spent = append(r.Spent, deadyet.Spent{Host: sv.Address, Day: deadyet.DayOf(r.Began), Connections: n})
		}
		if err := l.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			first = pages(t, st)
		}
	}
	if got := (pages(t, st) - first) / rounds; got >= each {
		t.Errorf("a round without a change takes %d bytes, want less than %d", got, each)
	}
	if got := st.Text(t, "SELECT count(*) FROM spans"); got != "1200" {
		t.Errorf("got %s spans, want 1200", got)
	}
	if got := st.Text(t, "SELECT count(*) FROM round_exceptions"); got != "0" {
		t.Errorf("got %s exceptions, want none", got)
	}
	// With which the span began, and the latest: two for each server.
	if got := st.Text(t, "SELECT count(*) FROM evidence"); got != "600" {
		t.Errorf("got %s transcripts, want 600", got)
	}
	closed(t, st)
	if i, err := os.Stat(path); err != nil || i.Size() > int64(first+rounds*each) {
		t.Errorf("the file: got %v, %v", i, err)
	}
}

// pages returns the size of the database in bytes, whatever is still in the
// write-ahead log.
func pages(t *testing.T, st interface {
	Text(t testing.TB, query string) string
}) int {
	t.Helper()
	n, err := strconv.Atoi(st.Text(t, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
