package ledger_test

import (
	"context"
	"testing"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

// nowhere is a book that keeps nothing.
type nowhere struct{}

func (nowhere) Load(context.Context, deadyet.VantageID) (ledger.Memory, error) {
	return ledger.Memory{}, nil
}
func (nowhere) Commit(context.Context, ledger.Entry) error        { return nil }
func (nowhere) Reserve(context.Context, []deadyet.Spent) error    { return nil }
func (nowhere) Publish(context.Context, ledger.Publication) error { return nil }

// BenchmarkRecord is a round of six thousand checks in which nothing has
// changed, without what the book takes.
func BenchmarkRecord(b *testing.B) {
	s := storetest.Subject(2000)
	l, err := ledger.Open(b.Context(), nowhere{}, s, ledger.Options{Vantage: home})
	if err != nil {
		b.Fatal(err)
	}
	r, n := storetest.Round(s, 1, all(yes)), 0
	for b.Loop() {
		n++
		r.Number, r.Began = deadyet.RoundNumber(n), moment(n)
		if n == 2 { // the evidence of the first is kept, and not measured
			for i := range r.Findings {
				r.Findings[i].Evidence = nil
			}
		}
		if err := l.Record(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(r.Findings))/b.Elapsed().Seconds()/1e6, "Mfindings/s")
}
