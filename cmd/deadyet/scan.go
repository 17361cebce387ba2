package main

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/subjects/msn"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// scanFlags are the flags of `deadyet scan`.
type scanFlags struct {
	versions string
	timeout  time.Duration
	json     bool
	dialMap  string
	canary   []string
	perHost  int
	login    string
	private  bool
	rate     int
	about    string
	resume   string
	hosts    int
}

func scanCommand(std stdio) *cobra.Command {
	f := &scanFlags{}
	cmd := &cobra.Command{
		Use:   "scan TARGET…",
		Short: "Ask servers now, and print what they answer",
		Long: `Asks each target which versions of MSNP it takes, and prints what it answers.
Nothing is kept and no configuration is read.

A target is a host or address (ports 1863, 80 and 443 are asked), host:port
(80 is the HTTP gateway, 443 the HTTPS gateway, any other port MSNP itself),
tcp://host:port, http://host[:port] or https://host[:port].

With - targets are read from standard input, one a line, as fast as they are
asked, and each is printed as soon as it is done, in any order: an inventory may
be of any length. With --resume a scan that was stopped is gone on with.

On a terminal it shows progress, and then a table; otherwise the table is plain.
With --json it prints one object a line and check as soon as it is known, and a
last one of kind "round".

The exit code is 0 when the scan was made, whatever it found; 2 for bad usage;
1 for anything else.`,
		Example: `  deadyet scan messenger.example.org
  deadyet scan --versions 8-18 tcp://192.0.2.7:1863
  deadyet scan --json --resume hosts.state - < hosts.txt
  deadyet scan --dial-map sim.map`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), args, std) },
	}
	cmd.Flags().StringVar(&f.versions, "versions", "2-24", "versions to ask for, e.g. 2-24 or 8,12,18")
	cmd.Flags().DurationVar(&f.timeout, "timeout", 10*time.Second, "how long an answer may take; connecting gets a third of it")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	cmd.Flags().StringVar(&f.dialMap, "dial-map", "", "dial what `FILE` of 'deadyet sim' says instead; without a target all of it is scanned")
	cmd.Flags().StringSliceVar(&f.canary, "canary", nil, "`host:port` that tells whether our own line is good (default "+fmt.Sprint(config.DefaultSite().Canary)+")")
	cmd.Flags().IntVar(&f.perHost, "per-host", 1, "connections at one time to a host; more than one only for hosts of your own")
	cmd.Flags().StringVar(&f.login, "login", "", "also send the first step of a sign-in with this `address` of your own; only where the operator has agreed")
	cmd.Flags().BoolVar(&f.private, "allow-private", false, "also ask private and other special addresses that were not typed as such: names that lead there, and lines of standard input")
	cmd.Flags().IntVar(&f.rate, "rate", int(probe.DefaultPace().All.PerSecond), "connections a second to all together; a fiftieth of it to one address, a fifth to its neighbours. 0: as fast as they come, for a network of your own")
	cmd.Flags().IntVar(&f.hosts, "hosts", 512, "hosts asked at one time")
	cmd.Flags().StringVar(&f.resume, "resume", "", "keep in `FILE` how far a scan of standard input came, and go on from there after a stop")
	cmd.Flags().StringVar(&f.about, "about", "", "`URL` at which those who are asked can read about it; gateways are told")
	return cmd
}

func (f *scanFlags) run(ctx context.Context, args []string, std stdio) error {
	if f.hosts < 1 || f.hosts > 65536 {
		return usagef("--hosts %d: want 1 to 65536", f.hosts)
	}
	if slices.Contains(args, "-") {
		return f.pipe(ctx, args, std)
	}
	if f.resume != "" {
		return usagef("--resume: only a scan of standard input (-) can be gone on with")
	}
	dialMap, targets, err := f.targets(args)
	if err != nil {
		return err
	}
	subject, err := f.subject(targets, dialMap != nil)
	if err != nil {
		return err
	}
	canary, end, err := canaryFor(subject, f.canary, f.timeout, f.here(dialMap))
	if err != nil {
		return err
	}
	defer end()
	runner := f.runner(subject, dialMap, probe.Hosts(subject), typed(args))
	runner.Canary = canary
	return report(ctx, runner, scan.MakePlan(scan.Input{Subject: subject, Now: time.Now()}), subject, f.json, std)
}

// targets returns what to scan: the arguments, or all of the dial map.
func (f *scanFlags) targets(args []string) (dialMap map[string]string, targets []target, err error) {
	if f.dialMap != "" {
		if dialMap, err = readDialMap(f.dialMap); err != nil {
			return nil, nil, err
		}
		if len(args) == 0 {
			args = slices.DeleteFunc(slices.Sorted(maps.Keys(dialMap)), isResolver)
		}
	}
	if len(args) == 0 {
		return nil, nil, usagef("name at least one target, or - to read them from standard input; see 'deadyet scan --help'")
	}
	for _, a := range args {
		t, err := parseTarget(a)
		if err != nil {
			return nil, nil, err
		}
		targets = append(targets, t)
	}
	return dialMap, targets, nil
}

// subject is the built-in one with the targets as its only network.
func (f *scanFlags) subject(targets []target, simulated bool) (deadyet.Subject, error) {
	versions, err := config.ParseVersions(f.versions)
	if err != nil {
		return deadyet.Subject{}, usagef("--versions: %w", err)
	}
	if f.timeout <= 0 || f.timeout > time.Hour {
		return deadyet.Subject{}, usagef("--timeout %s: want more than 0 and at most an hour", f.timeout)
	}
	if f.rate < 0 {
		return deadyet.Subject{}, usagef("--rate %d: want 0 or more", f.rate)
	}
	if f.about != "" && !strings.HasPrefix(f.about, "https://") && !strings.HasPrefix(f.about, "http://") {
		return deadyet.Subject{}, usagef("--about %q: want a link that begins with https://", f.about)
	}
	if f.perHost < 1 || f.perHost > 64 {
		return deadyet.Subject{}, usagef("--per-host %d: want 1 to 64", f.perHost)
	}
	builtin, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		return deadyet.Subject{}, fmt.Errorf("read the built-in subject: %w", err)
	}
	consent := deadyet.Consent{}
	if f.login != "" && !strings.Contains(f.login, "@") {
		return deadyet.Subject{}, usagef("--login %q: want an address of your own, like probe@example.com", f.login)
	}
	if f.login != "" {
		consent = deadyet.Consent{By: "command line", Date: deadyet.DayOf(time.Now())}
	}
	return deadyet.Subject{
		ID: builtin.ID, Name: builtin.Name, Control: builtin.Control, OptOut: builtin.OptOut, Simulated: simulated,
		Network: deadyet.NetworkAdhoc, Networks: []deadyet.Network{adhoc(targets, versions, f.perHost, consent)},
	}, nil
}

// here reports about which hosts a canary on the public net says nothing.
func (f *scanFlags) here(dialMap map[string]string) func(host string) bool {
	return func(host string) bool { return dialMap != nil || scan.Local(host) }
}

// runner builds the engine, but for its canary.
func (f *scanFlags) runner(s deadyet.Subject, dialMap map[string]string, listed func(string) bool, typed map[string]bool) scan.Runner {
	perHost, line := f.perHost, &scan.Line{}
	prober := &probe.Prober{
		Dialer: &probe.Dialer{
			Listed: listed, OptOut: s.OptOut, Map: dialMap,
			Private: func(host string) bool { return f.private || typed[host] },
			PerHost: func(string) int { return perHost }, Pace: f.pace(), Traffic: line.Add,
		},
		Timeouts: probe.Timeouts{Connect: max(f.timeout/3, time.Millisecond), TLS: f.timeout, Answer: f.timeout},
		Control:  s.Control, Login: f.login, Follow: probe.Consenting(s),
		Agent: agent(f.about),
	}
	local := f.here(dialMap)
	if len(f.canary) > 0 { // who names a canary means it for all targets
		local = nil
	}
	return scan.Runner{Prober: prober, Vantage: "here", Local: local, InFlight: f.hosts, Line: line}
}

// typed returns the hosts among the arguments that are private or other special
// addresses: who types one means it.
func typed(args []string) map[string]bool {
	hosts := make(map[string]bool)
	for _, a := range args {
		t, err := parseTarget(a)
		if err != nil {
			continue // standard input
		}
		if _, err := netip.ParseAddr(t.host); err == nil || t.host == "localhost" {
			hosts[t.host] = true
		}
	}
	return hosts
}

// pace spreads connections as the default does, as fast as was asked for.
func (f *scanFlags) pace() probe.Pace {
	p := probe.DefaultPace()
	factor := float64(f.rate) / p.All.PerSecond
	for _, l := range []*probe.Limit{&p.All, &p.Address, &p.Neighbours} {
		l.PerSecond *= factor
	}
	if f.rate == 0 {
		p.Neighbours.Connections = 0
	}
	return p
}

// canaryFor returns the canary for the hosts of s: well-known hosts, or one of
// our own when all of them are on this machine or in a private network.
func canaryFor(s deadyet.Subject, hosts []string, timeout time.Duration, local func(string) bool) (scan.Canary, func(), error) {
	public := false
	for _, n := range s.Networks {
		for _, sv := range n.Servers {
			public = public || (n.Dialled() && !local(sv.Address))
		}
	}
	return canaryOf(public, hosts, timeout)
}

func canaryOf(public bool, hosts []string, timeout time.Duration) (scan.Canary, func(), error) {
	if len(hosts) == 0 && !public {
		own, end, err := scan.OwnCanary()
		return scan.Canary{Hosts: []string{own}, Timeout: timeout, Explain: probe.Explain}, end, err
	}
	if len(hosts) == 0 {
		hosts = config.DefaultSite().Canary
	}
	for _, h := range hosts {
		if t, err := parseTarget(h); err != nil || len(t.asks) != 1 {
			return scan.Canary{}, nil, usagef("canary %q: want host:port", h)
		}
	}
	return scan.Canary{Hosts: hosts, Timeout: timeout, Explain: probe.Explain}, func() {}, nil
}

// report runs the plan and prints what it finds.
func report(ctx context.Context, r scan.Runner, p scan.Plan, s deadyet.Subject, asJSON bool, std stdio) error {
	out, isFile := std.out.(*os.File)
	terminal := isFile && term.IsTerminal(int(out.Fd()))
	lean(p)
	lines := newJSONPrinter(std.out, s)
	done := 0
	r.Found = func(o deadyet.Observation) {
		done++
		if asJSON {
			lines.observation(o)
		} else if terminal {
			fmt.Fprintf(std.err, "\r%d of %d checks …", done, p.Checks())
		}
	}
	round, err := r.Run(ctx, p, 1)
	if terminal && !asJSON {
		fmt.Fprint(std.err, "\r\033[K")
	}
	if err != nil {
		return err
	}
	if asJSON {
		lines.round(round.Summary())
		return lines.err
	}
	return printRound(std.out, round, terminal, s.Simulated)
}
