package site_test

import (
	"testing"

	"deadyet/site"
	"deadyet/site/sitetest"
)

// BenchmarkNew makes the front page of 300 servers with three endpoints each.
func BenchmarkNew(b *testing.B) {
	e := sitetest.Fleet(300)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := site.New(e); err != nil {
			b.Fatal(err)
		}
	}
}
