package ledger_test

import (
	"testing"
	"time"

	"deadyet/config"
	"deadyet/ledger"
	"deadyet/subjects/msn"
)

// official opens a ledger of the built-in subject, of which nothing was
// measured.
func official(tb testing.TB) *ledger.Ledger {
	tb.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		tb.Fatal(err)
	}
	l, err := ledger.Open(tb.Context(), nowhere{}, s, ledger.Options{Vantage: home})
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

// BenchmarkAt makes editions of the real record, another day each time.
func BenchmarkAt(b *testing.B) {
	l := official(b)
	at := time.Date(2014, 12, 6, 0, 0, 0, 0, time.UTC)
	l.At(at)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		l.At(at.AddDate(0, 0, n%900))
	}
}
