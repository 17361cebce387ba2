package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/msnp/msnpserver"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/sim"
	"deadyet/subjects/msn"
)

// BenchmarkOfficialRound scans the whole official list of 5 December 2014: 277
// servers, three ports, MSNP2 to MSNP24 and the control.
func BenchmarkOfficialRound(b *testing.B) {
	servers, err := official("2014-12-05", "microsoft-2012", nil)
	if err != nil {
		b.Fatal(err)
	}
	fleet, err := sim.Start(servers, sim.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer fleet.Close()
	var targets []target
	for _, s := range servers {
		targets = append(targets, target{s.Host, usual()})
	}
	versions, err := config.ParseVersions("2-24")
	if err != nil {
		b.Fatal(err)
	}
	subject := deadyet.Subject{Networks: []deadyet.Network{adhoc(targets, versions, 1, deadyet.Consent{})}}
	runner := scan.Runner{Prober: &probe.Prober{Dialer: &probe.Dialer{Listed: probe.Hosts(subject), Map: fleet.DialMap()}}}
	var round deadyet.Round
	for b.Loop() {
		if round, err = runner.Run(b.Context(), scan.MakePlan(scan.Input{Subject: subject, Now: time.Now()}), 1); err != nil {
			b.Fatal(err)
		}
	}
	counts := round.Counts()
	b.ReportMetric(float64(round.Planned), "checks")
	b.ReportMetric(float64(round.Connections), "connections")
	b.ReportMetric(float64(counts[deadyet.AnswerYes]+counts[deadyet.AnswerNo]), "answered")
}

// holdEnv makes this binary the other side of a benchmark: a server that accepts
// everything and says nothing, or one that answers.
const holdEnv = "DEADYET_BENCH_HOLD"

// holders is how many addresses it listens on, so that no queue of one
// listener overflows.
const holders = 20

func hold() {
	for range holders {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(l.Addr())
		go holdAll(l)
	}
	_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark ends
}

// answer is a server at all addresses of this machine.
func answer() {
	l, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	fmt.Println(port)
	face, _ := msnpserver.FaceByName("microsoft-2012")
	go msnpserver.New(msnpserver.Options{Face: face}).Serve(context.Background(), l)
	_, _ = io.Copy(io.Discard, os.Stdin) // until the benchmark ends
}

// holdAll accepts, and waits in silence until the other side leaves.
func holdAll(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			_, _ = io.Copy(io.Discard, conn)
		}()
	}
}

// BenchmarkInFlight has 10,000 endpoints waiting for an answer at one moment,
// and reports the highest memory that the process ever had.
func BenchmarkInFlight(b *testing.B) {
	const endpoints = 10_000
	addresses := startHolder(b)
	dialMap := make(map[string]string, endpoints)
	var targets []target
	for i := range endpoints {
		host := fmt.Sprintf("198.18.%d.%d", i>>8, i&0xff)
		dialMap[host+":1863"] = addresses[i%holders]
		targets = append(targets, target{host, []deadyet.Ask{{Transport: deadyet.TransportTCP, Port: 1863}}})
	}
	subject, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		b.Fatal(err)
	}
	subject.Networks = []deadyet.Network{adhoc(targets, []deadyet.Version{"MSNP18"}, 1, deadyet.Consent{})}
	prober := &probe.Prober{
		Dialer:   &probe.Dialer{Listed: probe.Hosts(subject), Map: dialMap},
		Timeouts: probe.Timeouts{Connect: time.Minute, Answer: 5 * time.Second},
	}
	plan := scan.MakePlan(scan.Input{Subject: subject, Now: time.Now()})
	lean(plan)
	for b.Loop() {
		round, err := (scan.Runner{Prober: prober, InFlight: endpoints}).Run(b.Context(), plan, 1)
		if err != nil {
			b.Fatal(err)
		}
		if got := round.Counts()[deadyet.AnswerSilent]; got != endpoints {
			b.Fatalf("%d endpoints were silent, want %d: %v", got, endpoints, round.Unasked())
		}
	}
	b.ReportMetric(peakMB(b), "peak-MB")
}

// peakMB is the process's highest resident memory, from the operating system.
func peakMB(b *testing.B) float64 {
	b.Helper()
	f, err := os.Open("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if kb, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(kb, "kB")), 64)
			if err != nil {
				b.Fatal(err)
			}
			return n / 1024
		}
	}
	b.Fatal("the operating system does not tell")
	return 0
}

// inventoryLines writes an inventory as it is read, and notes the memory of this
// process on the way.
type inventoryLines struct {
	n, of int
	port  string
	rest  []byte
	at    func(n int)
}

func (l *inventoryLines) Read(p []byte) (int, error) {
	for len(l.rest) < len(p) && l.n < l.of {
		l.rest = fmt.Appendf(l.rest, "%s:%s\n", loopback(l.n), l.port)
		l.n++
		l.at(l.n)
	}
	if len(l.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, l.rest)
	l.rest = append(l.rest[:0], l.rest[n:]...)
	return n, nil
}

// BenchmarkStream scans an inventory of 200,000 hosts from a pipe, and reports the
// memory of the process after a quarter of them and at the highest. The servers
// are a process of their own.
func BenchmarkStream(b *testing.B) {
	const hosts = 200_000
	port := startAnswering(b)
	for b.Loop() {
		quarter := 0.0
		lines := &inventoryLines{of: hosts, port: port, at: func(n int) {
			if n == hosts/4 {
				quarter = peakMB(b)
			}
		}}
		counted := &countLines{}
		cmd := scanCommand(stdio{in: lines, out: counted, err: io.Discard})
		cmd.SetArgs([]string{"--json", "--allow-private", "--rate", "0", "--versions", "18", "--resume", b.TempDir() + "/state", "-"})
		if err := cmd.ExecuteContext(b.Context()); err != nil {
			b.Fatal(err)
		}
		if counted.yes != hosts*2 {
			b.Fatalf("%d checks said yes, want %d", counted.yes, hosts*2)
		}
		b.ReportMetric(quarter, "MB-after-a-quarter")
	}
	b.ReportMetric(peakMB(b), "MB-highest")
}

// countLines counts the checks that said yes.
type countLines struct{ yes int }

func (c *countLines) Write(p []byte) (int, error) {
	c.yes += strings.Count(string(p), `"answer":"yes"`)
	return len(p), nil
}
