package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"
)

// scan asks the servers in the lab and returns what came of it.
func (l *lab) scan(o labOrder) (saw labSaw) {
	l.tb.Helper()
	cmd := l.role(l.client, "scan", o.env())
	out, err := cmd.Output()
	if err != nil {
		l.tb.Fatal(err)
	}
	if err := json.Unmarshal(out, &saw); err != nil {
		l.tb.Fatalf("%v in %q", err, out)
	}
	saw.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return saw
}

// serve starts the servers.
func (l *lab) serve(o labOrder) {
	l.tb.Helper()
	if err := stay(l.tb, l.role(l.server, "fleet", o.env())); err != nil {
		l.tb.Fatal(err)
	}
}

// A line that loses every tenth packet in each direction makes no answer wrong,
// and leaves nearly none open.
func TestLoss(t *testing.T) {
	l, err := newLab(t)
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal(err) // there nothing may be left out
	}
	if err != nil {
		t.Skip(err)
	}
	o := labOrder{Servers: 40, PerHost: 4}
	l.serve(o)
	for _, share := range []float64{0, 0.10} {
		l.lose(share)
		saw := l.scan(o)
		t.Logf("%.0f %%: %d checks in %s, %d connections, %d false, %d open", 100*share, saw.Checks, saw.Took.Round(time.Millisecond), saw.Connections, saw.False, saw.Open)
		if saw.False > 0 || saw.Open*1000 > saw.Checks {
			t.Errorf("with %.0f %% of all packets lost in each direction %d of %d checks are false and %d open:", 100*share, saw.False, saw.Checks, saw.Open)
			for _, w := range saw.Wrong {
				t.Log(w)
			}
		}
	}
}

// BenchmarkLoss asks 1,024 servers over lines of all kinds, and has other tools do
// their share of it. It prints the tables of docs/performance.md.
func BenchmarkLoss(b *testing.B) {
	shares := []float64{0, 0.01, 0.05, 0.10}
	for _, delay := range []time.Duration{0, 80 * time.Millisecond} {
		l, err := newLab(b)
		if err != nil {
			b.Skip(err)
		}
		o := labOrder{Servers: 1024, Delay: delay}
		l.serve(o)
		for _, o.PerHost = range []int{4, 1} {
			for _, share := range shares {
				l.lose(share)
				printRow(o, share, l.scan(o))
			}
		}
		if delay == 0 {
			l.compare(o, shares)
		}
	}
}

func printRow(o labOrder, share float64, saw labSaw) {
	fmt.Printf("| deadyet, delay %s, %d at a time | %.0f %% | %d checks, %d false, %d open | %.1f s, CPU %.1f s | %d connections, %.1f %% of packets sent again |\n",
		o.Delay, o.PerHost, 100*share, saw.Checks, saw.False, saw.Open, saw.Took.Seconds(), saw.CPU.Seconds(), saw.Connections, 100*saw.Loss.Share())
	for _, w := range saw.Wrong {
		fmt.Println(w)
	}
}

// compare has the tools that are there do their share. What they saw without
// loss is what there is to see.
func (l *lab) compare(o labOrder, shares []float64) {
	for _, t := range labTools() {
		if _, err := exec.LookPath(t.of); err != nil {
			fmt.Printf("left out: %s: %v\n", t.name, err)
			continue
		}
		all := 0
		for _, share := range shares {
			l.lose(share)
			seen, took, err := l.run(t, o)
			if err != nil {
				l.tb.Fatal(err)
			}
			if share == 0 {
				all = seen
			}
			fmt.Printf("| %s | %.0f %% | %d of %d seen, %.2f %% missed | %.1f s |\n", t.name, 100*share, seen, all, 100*float64(all-seen)/float64(max(1, all)), took.Seconds())
		}
	}
}
