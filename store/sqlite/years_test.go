package sqlite_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/sqlite"
)

// figures are what a fresh process measures at a store of ten years. Times are
// those of the processor, in ms: where nothing else runs, the clock shows less,
// since the collector has a core of its own; on a busy machine it shows anything.
type figures struct {
	Open        float64 // of the store and the ledger together
	Clock       float64 // the same, by the clock
	Resident    float64 // MB, once the collector has run and given back what it can
	Highest     float64 // MB, at any time
	StatesMax   float64 // of the best of five looks at each moment
	StatesUsual float64 // the median of all looks
	ServerMax   float64 // of the best of five looks at each server
	RollupsMax  float64 // the same, at its roll-ups
	States      int     // of one moment
	Spans       int     // of one server
	Rollups     int     // of one server
}

// measure opens the store at path and prints its figures.
func measure(path string) int {
	f, err := measured(path)
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func measured(path string) (f figures, err error) {
	ctx, s := context.Background(), decadeSubject()
	began, busy := time.Now(), processor()
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		return f, err
	}
	defer st.Close()
	l, err := ledger.Open(ctx, st, s, ledger.Options{Vantage: "home"})
	if err != nil {
		return f, err
	}
	f.Open, f.Clock = milliseconds(processor()-busy), milliseconds(time.Since(began))
	random := rand.New(rand.NewPCG(7, 7))
	last := l.LastRound("microsoft")
	var usual []float64
	moments := make([]time.Time, 200)
	for i := range moments {
		moments[i] = decadeBegan.Add(time.Duration(random.Int64N(int64(last.Sub(decadeBegan)))))
	}
	f.StatesMax, usual = slowest(len(moments), func(i int) { f.States = len(l.StatesAt(moments[i])) })
	f.StatesUsual = usual[len(usual)/2]
	f.ServerMax, _ = slowest(len(s.Networks[0].Servers), func(i int) { f.Spans = len(l.Server(s.Networks[0].Servers[i].ID)) })
	f.RollupsMax, _ = slowest(100, func(i int) {
		var rs []deadyet.Rollup
		if rs, err = st.Rollups(ctx, s.Networks[0].Servers[i*10].ID); err == nil {
			f.Rollups = len(rs)
		}
	})
	if err != nil {
		return f, err
	}
	debug.FreeOSMemory()
	f.Resident, f.Highest = memory("VmRSS"), memory("VmHWM")
	runtime.KeepAlive(l)
	return f, nil
}

// slowest does each of n things in five passes, and returns the longest of
// their best times, and all times in order. The best of five leaves out what
// the collector takes now and then.
func slowest(n int, do func(int)) (worst float64, all []float64) {
	best := make([]float64, n)
	for pass := range 5 {
		for i := range n {
			began := processor()
			do(i)
			took := milliseconds(processor() - began)
			if pass == 0 || took < best[i] {
				best[i] = took
			}
			all = append(all, took)
		}
	}
	slices.Sort(all)
	return slices.Max(best), all
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// memory reads a row of this process's status, in MB.
func memory(row string) float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if kb, ok := strings.CutPrefix(line, row+":"); ok {
			n, _ := strconv.ParseFloat(strings.Fields(kb)[0], 64)
			return n / 1024
		}
	}
	return 0
}

// BenchmarkTenYears records ten years of hourly rounds of a thousand servers
// with six checks each, and holds what they leave behind to its bars:
//
//	go test ./store/sqlite -run '^$' -bench TenYears -benchtime 1x
//
// With -short it is half a year, with as many changes.
func BenchmarkTenYears(b *testing.B) {
	hours := 10 * 365 * 24
	if testing.Short() {
		hours /= 20
	}
	for b.Loop() {
		tenYears(b, hours)
	}
}

func tenYears(b *testing.B, hours int) {
	path := filepath.Join(b.TempDir(), "deadyet.db")
	d := makeDecade(hours)
	st := open(b, path)
	l, err := ledger.Open(b.Context(), st, d.subject, ledger.Options{Vantage: "home"})
	if err != nil {
		b.Fatal(err)
	}
	began, cpu := time.Now(), processor()
	for n := range hours {
		if err := l.Record(b.Context(), d.at(n)); err != nil {
			b.Fatal(err)
		}
	}
	took, busy := time.Since(began), processor()-cpu
	findings := float64(hours * len(d.round.Findings))
	changes := len(l.Changes())
	b.ReportMetric(took.Seconds(), "s-recording")
	b.ReportMetric(findings/took.Seconds()/1e6, "Mfindings/s")
	b.ReportMetric(findings/busy.Seconds()/1e6, "Mfindings/cpu-s")
	b.ReportMetric(float64(changes), "changes")
	if want := decadeServers * decadeChecks * decadeChanges; changes != want {
		b.Errorf("got %d changes, want %d", changes, want)
	}
	for _, table := range []string{"spans", "round_exceptions", "evidence", "rounds", "rollups"} {
		b.Logf("%s: %s rows", table, st.Text(b, "SELECT count(*) FROM "+table))
	}
	closed(b, st)
	report(b, path)
}

func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// report measures the store in three fresh processes, one after the other, and
// compares the best times and the largest sizes with the bars.
func report(b *testing.B, path string) {
	i, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	best := fresh(b, path)
	for range 2 {
		f := fresh(b, path)
		best.Open, best.StatesMax, best.StatesUsual = min(best.Open, f.Open), min(best.StatesMax, f.StatesMax), min(best.StatesUsual, f.StatesUsual)
		best.Clock = min(best.Clock, f.Clock)
		best.ServerMax, best.Resident, best.Highest = min(best.ServerMax, f.ServerMax), max(best.Resident, f.Resident), max(best.Highest, f.Highest)
		best.RollupsMax = min(best.RollupsMax, f.RollupsMax)
	}
	for _, bar := range []struct {
		value, limit float64
		unit         string
	}{
		{float64(i.Size()) / (1 << 20), 100, "MB-store"},
		{best.Open, 1000, "cpu-ms-open"},
		{best.Clock, 0, "ms-open"},
		{best.Resident, 150, "MB-resident"},
		{best.Highest, 0, "MB-highest"},
		{best.StatesMax, 10, "cpu-ms-states-max"},
		{best.StatesUsual, 10, "cpu-ms-states-median"},
		{best.ServerMax, 5, "cpu-ms-server-max"},
		{best.RollupsMax, 5, "cpu-ms-rollups-max"},
	} {
		b.ReportMetric(bar.value, bar.unit)
		if bar.limit > 0 && bar.value > bar.limit {
			b.Errorf("%s: got %.2f, want at most %.0f", bar.unit, bar.value, bar.limit)
		}
	}
}

func fresh(b *testing.B, path string) (f figures) {
	out, err := again(b, "measurer", path).Output()
	if err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal(out, &f); err != nil {
		b.Fatalf("%v in %s", err, out)
	}
	b.Logf("a fresh process: %+v", f)
	return f
}
