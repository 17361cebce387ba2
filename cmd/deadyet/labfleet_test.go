package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpserver"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/sim"
)

// labOrder is what the two programs in a lab are told.
type labOrder struct {
	Servers int
	Delay   time.Duration // of a server's answers; 20 ms more or less
	PerHost int
	Known   bool // the past is known: what each server takes
}

// labEnv carries the order.
const labEnv = "DEADYET_LAB"

func (o labOrder) env() string {
	text, _ := json.Marshal(o)
	return labEnv + "=" + string(text)
}

func readOrder() (o labOrder) {
	if err := json.Unmarshal([]byte(os.Getenv(labEnv)), &o); err != nil {
		die(err)
	}
	return o
}

func die(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func (o labOrder) sim() sim.Options {
	return sim.Options{RealPorts: true, Network: netip.MustParsePrefix(labServers)}
}

// labFaces take turns: those of many habits, and one server in eight that has
// closed its port 1863.
func labFaces() []string {
	return []string{"microsoft-2012", "escargot", "microsoft-2007", "r2m", "microsoft-2003", "escargot-2017", "microsoft-2012", "microsoft-2007"}
}

// labShut reports whether server i has closed its port 1863.
func labShut(i int) bool { return i%8 == 7 }

func (o labOrder) servers() []sim.Server {
	var all []sim.Server
	for i := range o.Servers {
		s := sim.Server{Host: o.sim().Address(i).String(), Ports: sim.Everywhere(labFaces()[i%8], nil)}
		for k := range s.Ports {
			s.Ports[k].Closed = s.Ports[k].Number == 1863 && labShut(i)
		}
		all = append(all, s)
	}
	return all
}

// labServe runs the servers until standard input ends.
func labServe() {
	o := readOrder()
	fleet, err := sim.Start(o.servers(), o.sim())
	if err != nil {
		die(err)
	}
	for i, s := range o.servers() {
		for _, p := range s.Ports {
			if pause := o.Delay - 20*time.Millisecond + time.Duration(i*17%41)*time.Millisecond; o.Delay > 0 && !p.Closed {
				if err := fleet.Break(s.Host, p.Number, sim.Fault{Name: "slow", Pause: pause}); err != nil {
					die(err)
				}
			}
		}
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = fleet.Close()
}

// labSaw is what came of a scan in a lab.
type labSaw struct {
	Checks, False, Open int // Open: silent, unclear or unasked
	Connections         int
	Took, CPU           time.Duration
	Loss                deadyet.Loss
	Wrong               []string // some of them
}

func (s labSaw) complaints(o deadyet.Observation) string {
	text := fmt.Sprintf("%s: %s %s", o.Check.ID(), o.Answer, o.Failure.Kind)
	for _, r := range o.Readings {
		text += fmt.Sprintf(" / %s %s %q", r.Answer, r.Failure.Kind, r.Failure.Detail)
		if r.Transcript != nil {
			text += " " + r.Transcript.End
		}
	}
	return text
}

// labScan asks all servers once, compares with the truth, and prints what it saw.
func labScan() {
	o := readOrder()
	var targets []target
	at := make(map[string]int)
	for i, s := range o.servers() {
		at[s.Host] = i
		targets = append(targets, target{s.Host, usual()})
	}
	var versions []deadyet.Version
	for v := msnp.Version(2); v <= 24; v++ {
		versions = append(versions, deadyet.Version(v.String()))
	}
	subject := deadyet.Subject{Networks: []deadyet.Network{adhoc(targets, versions, o.PerHost, deadyet.Consent{})}}
	perHost := func(string) int { return o.PerHost }
	in := scan.Input{Subject: subject, Now: time.Now()}
	if o.Known {
		in.Last = func(id deadyet.CheckID) scan.Last { return labLast(at, id, in.Now) }
	}
	line := &scan.Line{}
	runner := scan.Runner{Line: line, Prober: &probe.Prober{Dialer: &probe.Dialer{
		Listed: probe.Hosts(subject), PerHost: perHost, Private: func(string) bool { return true }, Traffic: line.Add,
	}}}
	round, err := runner.Run(context.Background(), scan.MakePlan(in), 1)
	if err != nil {
		die(err)
	}
	saw := labSaw{Checks: round.Planned, Connections: round.Connections, Took: round.Ended.Sub(round.Began), Loss: round.Loss}
	for _, ob := range round.Observations {
		takes := labTakes(at[ob.Check.Server.Name()], ob.Check)
		switch ob.Answer {
		case deadyet.AnswerYes, deadyet.AnswerNo:
			if takes == (ob.Answer == deadyet.AnswerYes) {
				continue
			}
			saw.False++
		default:
			saw.Open++
		}
		if len(saw.Wrong) < 3 {
			saw.Wrong = append(saw.Wrong, saw.complaints(ob))
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(saw); err != nil {
		die(err)
	}
}

// labTakes is the truth.
func labTakes(i int, c deadyet.Check) bool {
	if c.Port == 1863 && labShut(i) {
		return false
	}
	if c.Kind != deadyet.KindMSNP { // the port is open, and it is always the same who answers
		return true
	}
	face, _ := msnpserver.FaceByName(labFaces()[i%8])
	n, _ := strconv.Atoi(string(c.Version[len("MSNP"):]))
	v := msnp.Version(n)
	return slices.Contains(face.Versions, v) && (c.Transport != deadyet.TransportTCP || !slices.Contains(face.GatewayOnly, v))
}

// labLast is the truth as it was found an hour ago.
func labLast(at map[string]int, id deadyet.CheckID, now time.Time) scan.Last {
	c, err := id.Parse()
	if err != nil {
		die(err)
	}
	o := deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
	switch i := at[c.Server.Name()]; {
	case c.Port == 1863 && labShut(i):
		o = deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureRefused}
	case c.Kind == deadyet.KindPort:
		o.Stage = deadyet.StageConnect
	case !labTakes(i, c):
		o = deadyet.Outcome{Answer: deadyet.AnswerNo, Failure: deadyet.FailureVersionRefused}
	}
	return scan.Last{Outcome: o, Asked: now.Add(-time.Hour)}
}
