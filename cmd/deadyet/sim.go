package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/msnp"
	"deadyet/msnp/msnpserver"
	"deadyet/sim"
	"deadyet/subjects/msn"

	"github.com/spf13/cobra"
)

type simFlags struct {
	servers   int
	listed    string
	face      string
	fault     string
	versions  string
	realPorts bool
	file      string
	list      bool
	timeline  bool
	at        string
	step      time.Duration
	name      string
	flags     interface{ Changed(string) bool }
}

func simCommand(std stdio) *cobra.Command {
	f := &simFlags{}
	cmd := &cobra.Command{
		Use:   "sim",
		Short: "Start simulated servers, and print where to dial them",
		Long: `Starts servers that speak real MSNP on real sockets of this machine, prints
their dial map (logical host:port, and the loopback address and port behind
it), and runs until it is interrupted. No root and no network are needed.

While it runs it reads commands from standard input:

  break HOST:PORT FAULT    switch a fault on
  mend HOST:PORT           switch it off
  list                     print the faults
  lead NAME ADDRESS…       let a name lead there, with --name

With --name a name leads to all of them: the dial map has it, and a simulated
resolver that says so.

With --timeline it plays the official servers of MSN as the record knows them
from November 2014 to May 2017, and reads two commands more:

  at DAY                   play the end of that day, or a moment like
                           2015-02-26T03:00, and print what is different
  step                     the same for one step of time on

Everything it makes up is marked as SIMULATED.`,
		Example: `  deadyet sim --servers 20 --face escargot --file sim.map
  deadyet sim --fault error-storm --file sim.map
  deadyet sim --listed 2014-12-05 --file official.map
  deadyet sim --timeline --at 2015-02-25 --file sim.map
  deadyet scan --dial-map sim.map`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.flags = cmd.Flags()
			return f.run(cmd.Context(), std)
		},
	}
	cmd.Flags().IntVar(&f.servers, "servers", 3, "number of servers, with addresses from 198.18.0.0/15")
	cmd.Flags().StringVar(&f.listed, "listed", "", "instead: the official servers as they were listed on that `day`, e.g. 2014-12-05")
	cmd.Flags().StringVar(&f.face, "face", "escargot", "how the servers behave; --list shows all faces")
	cmd.Flags().StringVar(&f.fault, "fault", "", "how all of them are broken from the start; --list shows all faults")
	cmd.Flags().StringVar(&f.versions, "versions", "", "versions they take, e.g. 8-18; the face's own if not given")
	cmd.Flags().BoolVar(&f.realPorts, "real-ports", false, "listen on ports 1863, 80 and 443 of addresses in 127.77.0.0/16; needs root")
	cmd.Flags().StringVar(&f.file, "file", "", "write the dial map to `FILE` instead of standard output")
	cmd.Flags().BoolVar(&f.timeline, "timeline", false, "instead: the official servers through the years of the record")
	cmd.Flags().StringVar(&f.at, "at", "2014-12-05", "with --timeline: the `day` on which it begins")
	cmd.Flags().DurationVar(&f.step, "step", 24*time.Hour, "with --timeline: how far the command 'step' goes")
	cmd.Flags().StringVar(&f.name, "name", "", "let that `NAME` lead to the servers, by a resolver of the simulation's own")
	cmd.Flags().BoolVar(&f.list, "list", false, "print the faces and the faults, and end")
	return cmd
}

func (f *simFlags) run(ctx context.Context, std stdio) error {
	if f.list {
		return printLists(std.out)
	}
	past, err := f.past()
	if err != nil {
		return err
	}
	servers, err := f.fleet(past)
	if err != nil {
		return err
	}
	fleet, err := sim.Start(servers, sim.Options{RealPorts: f.realPorts})
	if err != nil {
		return err
	}
	defer fleet.Close()
	if past != nil {
		if err := past.begin(fleet, std.err); err != nil {
			return err
		}
	}
	if err := f.breakAll(fleet); err != nil {
		return err
	}
	names, err := f.resolver(servers)
	if err != nil {
		return err
	}
	if names != nil {
		defer names.Close()
	}
	if err := f.printMap(f.dialMap(fleet, servers, names), std); err != nil {
		return err
	}
	fmt.Fprintf(std.err, "SIMULATED: %d servers are running; interrupt to stop them.\n", len(servers))
	go obey(std, fleet, names, past) // ends with the process: nothing can interrupt a read from a terminal
	<-ctx.Done()
	return nil
}

// breakAll switches the fault on that was asked for.
func (f *simFlags) breakAll(fleet *sim.Fleet) error {
	if f.fault == "" {
		return nil
	}
	if names, _ := sim.Faults(); !slices.Contains(names, f.fault) {
		return usagef("--fault %q: there is none of that name; see 'deadyet sim --list'", f.fault)
	}
	for _, logical := range fleet.Logical() {
		if err := at(logical, func(host string, port uint16) error {
			return fleet.Break(host, port, sim.Fault{Name: f.fault})
		}); err != nil {
			return err
		}
	}
	return nil
}

// past returns the past that is played, nil if none is.
func (f *simFlags) past() (*past, error) {
	if !f.timeline {
		for _, only := range []string{"at", "step"} {
			if f.flags.Changed(only) {
				return nil, usagef("--%s: only --timeline has a clock", only)
			}
		}
		return nil, nil
	}
	for _, other := range []string{"servers", "listed", "face", "versions"} {
		if f.flags.Changed(other) {
			return nil, usagef("--%s: the record says that of --timeline; want one or the other", other)
		}
	}
	at, err := parseMoment(f.at)
	if err != nil {
		return nil, usagef("--at %w", err)
	}
	if f.step <= 0 {
		return nil, usagef("--step %s: want more than nothing, e.g. 1h", f.step)
	}
	line, err := officialTimeline()
	return &past{line, at, f.step}, err
}

// fleet reads the flags into servers.
func (f *simFlags) fleet(p *past) ([]sim.Server, error) {
	if p != nil {
		return p.line.servers(), nil
	}
	if _, ok := msnpserver.FaceByName(f.face); !ok {
		return nil, usagef("--face %q: there is none of that name; see 'deadyet sim --list'", f.face)
	}
	var versions []msnp.Version
	if f.versions != "" {
		vs, err := config.ParseVersions(f.versions)
		if err != nil {
			return nil, usagef("--versions: %w", err)
		}
		if versions, err = msnpVersions(vs); err != nil {
			return nil, usagef("--versions: %w", err)
		}
	}
	if f.listed != "" {
		return official(f.listed, f.face, versions)
	}
	if f.servers < 1 || f.servers > 20000 {
		return nil, usagef("--servers %d: want 1 to 20000", f.servers)
	}
	servers := make([]sim.Server, f.servers)
	for i := range servers {
		n := i + 1
		servers[i] = sim.Server{Host: fmt.Sprintf("198.18.%d.%d", n>>8, n&0xff), Ports: sim.Everywhere(f.face, versions)}
	}
	return servers, nil
}

// official simulates the servers of the network that the question means.
func official(day, face string, versions []msnp.Version) ([]sim.Server, error) {
	d, err := deadyet.ParseDay(day)
	if err != nil {
		return nil, usagef("--listed: %w", err)
	}
	subject, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("read the built-in subject: %w", err)
	}
	n, _ := subject.NetworkByID(subject.Network)
	servers := sim.Of(n, d, face, versions)
	if len(servers) == 0 {
		return nil, usagef("--listed %s: no official server was listed on that day", d)
	}
	return servers, nil
}

func msnpVersions(vs []deadyet.Version) ([]msnp.Version, error) {
	out := make([]msnp.Version, 0, len(vs))
	for _, v := range vs {
		mv, err := msnp.ParseVersion(string(v))
		if err != nil {
			return nil, err
		}
		out = append(out, mv)
	}
	return out, nil
}

func (f *simFlags) printMap(dialMap map[string]string, std stdio) error {
	if f.file == "" {
		return writeDialMap(std.out, dialMap)
	}
	out, err := os.Create(f.file)
	if err != nil {
		return fmt.Errorf("write the dial map: %w", err)
	}
	if err := writeDialMap(out, dialMap); err != nil {
		out.Close()
		return fmt.Errorf("write the dial map to %s: %w", f.file, err)
	}
	return out.Close()
}

func printLists(w io.Writer) error {
	fmt.Fprintln(w, "Faces:")
	for _, f := range msnpserver.Faces() {
		fmt.Fprintf(w, "  %s\n", f.Name)
	}
	fmt.Fprintln(w, "Faults:")
	names, what := sim.Faults()
	for _, n := range names {
		fmt.Fprintf(w, "  %-16s %s\n", n, what[n])
	}
	return nil
}

// obey carries out commands until standard input ends.
func obey(std stdio, fleet *sim.Fleet, names *sim.Names, p *past) {
	lines := bufio.NewScanner(std.in)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		done, err := p.command(words, std.out, fleet)
		if !done {
			done, err = lead(words, std.out, names)
		}
		if !done {
			err = command(words, std.out, fleet)
		}
		if err != nil {
			fmt.Fprintln(std.err, "deadyet:", err)
		}
	}
}

func command(words []string, out io.Writer, fleet *sim.Fleet) error {
	switch {
	case len(words) == 0:
		return nil
	case words[0] == "list" && len(words) == 1:
		return printLists(out)
	case words[0] == "break" && len(words) == 3:
		return at(words[1], func(host string, port uint16) error {
			if err := fleet.Break(host, port, sim.Fault{Name: words[2]}); err != nil {
				return err
			}
			_, err := fmt.Fprintf(out, "SIMULATED: %s is broken: %s\n", words[1], words[2])
			return err
		})
	case words[0] == "mend" && len(words) == 2:
		return at(words[1], func(host string, port uint16) error {
			if err := fleet.Mend(host, port); err != nil {
				return err
			}
			_, err := fmt.Fprintf(out, "SIMULATED: %s is mended\n", words[1])
			return err
		})
	}
	return fmt.Errorf("command %q: want 'break HOST:PORT FAULT', 'mend HOST:PORT' or 'list'", strings.Join(words, " "))
}

func at(where string, do func(host string, port uint16) error) error {
	host, port, err := net.SplitHostPort(where)
	if err != nil {
		return fmt.Errorf("%q: want HOST:PORT", where)
	}
	n, err := parsePort(port)
	if err != nil {
		return err
	}
	return do(host, n)
}
