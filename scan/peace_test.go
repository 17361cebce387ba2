package scan

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"deadyet"
)

// loss is how many of all readings are wrong.
const loss = 0.02

const tenYears = 10 * 365 * 24

// peaceful fails unless all that happened was found and nothing else, and the
// noise was as loud as it was meant to be.
func peaceful(tb testing.TB, seed uint64, hours int, t tally) {
	tb.Helper()
	if t.false != 0 || t.found != t.injected || len(t.wrongs) > 0 {
		tb.Fatalf("seed %d: got %d false changes and %d of %d real ones:\n%s", seed, t.false, t.found, t.injected, strings.Join(t.wrongs, "\n"))
	}
	near := func(what string, got int, want float64) {
		if math.Abs(float64(got)-want) > 6*math.Sqrt(want)+3 {
			tb.Fatalf("seed %d: got %d %s, want about %.0f", seed, got, what, want)
		}
	}
	doubts := fleetChecks * float64(hours) * loss
	near("wrong first readings", t.doubts, doubts)
	near("wrong findings", t.findings, doubts*loss*loss)
	if t.misled == 0 || t.corrected != t.misled {
		tb.Fatalf("seed %d: %d first looks were wrong, and %d were put right in time", seed, t.misled, t.corrected)
	}
}

func TestPeace_thirtyDays(t *testing.T) {
	const seed, hours = 20161114, 30 * 24
	peaceful(t, seed, hours, watch(seed, loss, hours, 60))
}

// Where the noise is so loud that it wins, the simulation must hear it.
func TestPeace_endsWhereNoiseIsLoud(t *testing.T) {
	const seed = 1
	if got := watch(seed, 0.5, 10*24, 0); got.false == 0 {
		t.Errorf("seed %d: half of all readings were wrong, and no change was false", seed)
	}
}

// BenchmarkPeace_tenYears is ten years of hourly rounds over the fleet, with a
// thousand real changes among ten million wrong readings.
func BenchmarkPeace_tenYears(b *testing.B) {
	for i := range b.N {
		seed := uint64(20070829 + i)
		t := watch(seed, loss, tenYears, 1000)
		b.ReportMetric(float64(t.doubts), "wrong-first-readings")
		b.ReportMetric(float64(t.findings), "wrong-findings")
		b.ReportMetric(float64(t.misled), "wrong-first-looks")
		b.ReportMetric(float64(t.false), "false-changes")
		b.ReportMetric(float64(t.manner), "changes-of-kind")
		b.ReportMetric(float64(t.injected), "injected")
		b.ReportMetric(float64(t.found), "found")
		b.ReportMetric(float64(t.wide), "found-wide")
		peaceful(b, seed, tenYears, t)
	}
}

// wrongFindings counts what three wrong tries make of a check that is known to
// say yes, over all the ways in which they can be wrong.
func wrongFindings() map[deadyet.Answer]int {
	last := outcome(&states[0])
	counts := make(map[deadyet.Answer]int)
	for _, a := range wrong {
		for _, b := range wrong {
			for _, c := range wrong {
				var o deadyet.Observation
				for _, r := range []deadyet.Reading{a, b, c} {
					o.Readings = append(o.Readings, r)
					conclude(&o, &last)
				}
				counts[o.Answer]++
			}
		}
	}
	return counts
}

// What docs/peace.md claims must be what the code does.
func TestPeace_arithmetic(t *testing.T) {
	text, err := os.ReadFile("../docs/peace.md")
	if err != nil {
		t.Fatal(err)
	}
	finding := math.Pow(loss, Tries)
	change := math.Pow(finding, float64(hourly.Rounds))
	expected := change * fleetChecks * tenYears
	if expected >= 0.001 {
		t.Errorf("got %g false changes in ten years, want less than 0.001", expected)
	}
	n := wrongFindings()
	ways, agree := 0, 0.0
	for _, k := range n {
		ways += k
	}
	for _, k := range n {
		agree += math.Pow(float64(k)/float64(ways), float64(hourly.Rounds))
	}
	for _, claim := range []string{
		fmt.Sprintf("%.1e", finding), fmt.Sprintf("%.1e", change), fmt.Sprintf("**%.1e**", expected),
		fmt.Sprintf("%d of %d are a no", n[deadyet.AnswerNo], ways),
		fmt.Sprintf("%d are a yes at another stage", n[deadyet.AnswerYes]),
		fmt.Sprintf("%d is silent", n[deadyet.AnswerSilent]),
		fmt.Sprintf("%d are unclear", n[deadyet.AnswerUnclear]),
		fmt.Sprintf("%.2f", agree), fmt.Sprintf("%.1e", agree*expected),
	} {
		if !strings.Contains(string(text), claim) {
			t.Errorf("docs/peace.md does not say %q", claim)
		}
	}
}
