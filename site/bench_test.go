package site_test

import (
	"testing"

	"deadyet"
	"deadyet/site"
	"deadyet/site/sitetest"
)

// BenchmarkNew makes the front page of 300 servers with three endpoints each, and of
// as many that are asked about every version there ever was.
func BenchmarkNew(b *testing.B) {
	for name, e := range map[string]deadyet.Edition{
		"8-versions": sitetest.FleetOf(300, sitetest.Eight()), "23-versions": sitetest.Fleet(300),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := site.New(e); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
