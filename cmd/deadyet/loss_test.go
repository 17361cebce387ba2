package main

import (
	"encoding/json"
	"fmt"
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
	if err != nil {
		t.Skip(err)
	}
	o := labOrder{Servers: 64, PerHost: 4}
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

// BenchmarkLoss asks 1,024 servers over lines of all kinds, and prints the table
// of docs/performance.md.
func BenchmarkLoss(b *testing.B) {
	for _, delay := range []time.Duration{0, 80 * time.Millisecond} {
		l, err := newLab(b)
		if err != nil {
			b.Skip(err)
		}
		o := labOrder{Servers: 1024, Delay: delay}
		l.serve(o)
		for _, o.PerHost = range []int{4, 1} {
			for _, share := range []float64{0, 0.01, 0.05, 0.10} {
				l.lose(share)
				saw := l.scan(o)
				fmt.Printf("delay %s, %d at a time, %.0f %%: %d checks in %s, CPU %s, %d connections, %d false, %d open, %d of %d packets sent again\n", delay, o.PerHost, 100*share, saw.Checks,
					saw.Took.Round(10*time.Millisecond), saw.CPU.Round(10*time.Millisecond), saw.Connections, saw.False, saw.Open, saw.Loss.Resent, saw.Loss.Sent)
				for _, w := range saw.Wrong {
					fmt.Println(w)
				}
			}
		}
	}
}
