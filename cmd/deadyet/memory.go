package main

import (
	"os"
	"runtime/debug"

	"deadyet/scan"
)

// lean makes the collector work harder for a plan with thousands of endpoints.
// Nearly all of the heap is then connections that wait, which live until they
// are answered: with the default the heap would double before anything is
// collected. Small plans, and whoever has set GOGC, are left alone.
func lean(p scan.Plan) {
	const many, percent = 4000, 10
	endpoints := 0
	for _, j := range p.Jobs {
		endpoints += len(j.Asks)
	}
	if endpoints >= many && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
