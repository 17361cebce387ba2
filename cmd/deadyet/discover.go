package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/store/sqlite"
	"deadyet/subjects/msn"

	"github.com/spf13/cobra"
)

type discoverFlags struct {
	config  string
	store   string
	live    bool
	dialMap string
	flags   interface{ Changed(string) bool }
}

func discoverCommand(std stdio) *cobra.Command {
	f := &discoverFlags{}
	cmd := &cobra.Command{
		Use:   "discover [SUBJECT…]",
		Short: "Find servers that people are sent to and that no file lists",
		Long: `Looks through what people are told: the addresses to which the names of listed
servers lead, and the hosts to which listed servers send their clients on. Those
that no file lists it prints as a change to the file of their network, which git
and patch take:

  deadyet discover --live | git apply

Without --live (or live: true in the configuration) nobody is asked: what was
told is in the store, which is only read. With it names are looked up now as
well, and each host that was found gets one polite look: one connection, one
question. Those that do not answer it in MSNP are left out, and named on standard
error. Only public addresses are looked at, at ports that are asked in that
network anyway, and none that has opted out.

A SUBJECT is a folder of files, or msn, the built-in one, whose files stand in
subjects/msn of the source; without one, it is that of the configuration.`,
		Example: `  deadyet discover
  deadyet discover --live ./my-subject`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.flags = cmd.Flags()
			return f.run(cmd.Context(), args, std)
		},
	}
	cmd.Flags().StringVar(&f.config, "config", "deadyet.yaml", "configuration `FILE`")
	cmd.Flags().StringVar(&f.store, "store", config.DefaultSite().Store, "`FILE` in which everything is kept")
	cmd.Flags().BoolVar(&f.live, "live", false, "look names up now, and have one look at each host that is found")
	cmd.Flags().StringVar(&f.dialMap, "dial-map", "", "dial what `FILE` of 'deadyet sim' says instead of the network")
	return cmd
}

func (f *discoverFlags) run(ctx context.Context, subjects []string, std stdio) error {
	settings, subject, err := load(f.config, f.flags.Changed("config"))
	if err != nil {
		return err
	}
	if f.flags.Changed("live") {
		settings.Live = f.live
	}
	if f.flags.Changed("store") {
		settings.Store = f.store
	}
	d := &discovery{app: app{site: settings, subject: subject}, std: std, asked: f.flags.Changed("store")}
	if f.dialMap != "" {
		if d.dialMap, err = readDialMap(f.dialMap); err != nil {
			return err
		}
		d.subject.Simulated = true
	}
	if len(subjects) == 0 {
		return d.run(ctx)
	}
	for _, name := range subjects {
		one := *d
		one.site.Subject = name
		if one.subject, err = loadSubject(one.site); err != nil {
			return &usageError{err}
		}
		one.subject.Simulated = d.dialMap != nil
		if err := one.run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// discovery finds what one subject does not list.
type discovery struct {
	app
	std   stdio
	asked bool // for a store, by name
}

func (d *discovery) run(ctx context.Context) error {
	states, err := d.states(ctx)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	if d.site.Live {
		states = append(d.lookUp(ctx, now), states...)
	}
	found := scan.FindBeyond(d.subject, states, deadyet.DayOf(now))
	found = d.allowed(found)
	if d.site.Live {
		found = d.look(ctx, found)
	} else if len(found) > 0 {
		fmt.Fprintln(d.std.err, "Nobody was asked whether anything answers there: --live has one look at each.")
	}
	if len(found) == 0 {
		fmt.Fprintln(d.std.err, "Nothing was found that is not listed.")
		return nil
	}
	return d.propose(found, deadyet.DayOf(now))
}

// states are the checks as they stand in the store. There may be none yet.
func (d *discovery) states(ctx context.Context) (states []deadyet.State, err error) {
	if _, err := os.Stat(d.site.Store); errors.Is(err, fs.ErrNotExist) {
		if d.asked || !d.site.Live {
			return nil, usagef("read what was told: %w; --live looks names up now", err)
		}
		return nil, nil
	}
	store, err := sqlite.OpenReadOnly(ctx, d.site.Store)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	book, err := ledger.Open(ctx, store, d.subject, ledger.Options{Vantage: d.site.Vantage})
	if err != nil {
		return nil, err
	}
	return book.Edition(time.Now().UTC()).States, nil
}

// prober asks under the rules of the dialer: hosts that listed names.
func (d *discovery) prober(listed func(string) bool, ports []uint16) *probe.Prober {
	looks := make(map[string]bool)
	return &probe.Prober{
		Dialer: &probe.Dialer{
			Listed: listed, OptOut: d.subject.OptOut, Map: d.dialMap, Private: d.private(), Pace: d.pace(),
			Ports: func(p uint16) bool { return slices.Contains(ports, p) },
			Permit: func(host string) error { // one look, one connection
				if looks[host] {
					return errors.New("one look was enough")
				}
				looks[host] = true
				return nil
			},
		},
		Timeouts: probe.Timeouts{Connect: d.site.Timeouts.Connect, TLS: d.site.Timeouts.TLS, Answer: d.site.Timeouts.Answer},
		Control:  d.subject.Control, Agent: agent(d.subject.Public, d.subject.Source), Names: d.names(),
	}
}

// lookUp asks now where names lead.
func (d *discovery) lookUp(ctx context.Context, now time.Time) (states []deadyet.State) {
	prober := d.prober(probe.Hosts(d.subject), nil)
	for _, j := range scan.MakePlan(scan.Input{Subject: d.subject, Now: now}).Jobs {
		for _, q := range j.Asks {
			if q.Target.Transport != deadyet.TransportDNS {
				continue
			}
			readings, err := prober.Probe(ctx, q.Target, q.Checks)
			if err != nil {
				continue // nothing could be asked
			}
			for _, r := range readings {
				if r.Answer != deadyet.AnswerYes {
					fmt.Fprintf(d.std.err, "%s: %s (%s)\n", q.Target.LookedUp(), r.Answer, r.Failure)
				}
				states = append(states, deadyet.State{Check: r.Check, Span: deadyet.Span{Outcome: deadyet.MakeOutcome(r.Answer, r.Stage, r.Failure).Of("", r.Told)}})
			}
		}
	}
	return states
}

// allowed leaves those out that may not be dialled, so that nobody lists them.
func (d *discovery) allowed(found []scan.Beyond) []scan.Beyond {
	dialer := d.prober(func(string) bool { return true }, nil).Dialer
	return slices.DeleteFunc(found, func(b scan.Beyond) bool {
		err := dialer.May(b.Address)
		if err != nil {
			fmt.Fprintf(d.std.err, "%s: left out: %v\n", b.Address, err)
		}
		return err != nil
	})
}

// look has one look at each host, and leaves those out that do not answer in
// MSNP.
func (d *discovery) look(ctx context.Context, found []scan.Beyond) []scan.Beyond {
	known := make(map[string]bool)
	for _, b := range found {
		known[b.Address] = true
	}
	return slices.DeleteFunc(found, func(b scan.Beyond) bool {
		n, _ := d.subject.NetworkByID(b.Network)
		a := asksOf(n, b)[0]
		p := d.prober(func(host string) bool { return known[host] }, []uint16{a.Port})
		e := deadyet.Endpoint{Server: deadyet.MakeServerID(b.Network, b.Address), Transport: a.Transport, Port: a.Port}
		t := deadyet.Target{Endpoint: e, Address: b.Address, Host: b.Address, Known: a.Versions[max(0, len(a.Versions)-1):]}
		if b.Name != "" {
			t.Host = b.Name
		}
		readings, err := p.Probe(ctx, t, []deadyet.Check{{Endpoint: e, Kind: deadyet.KindIdentity}})
		switch {
		case err != nil:
			fmt.Fprintf(d.std.err, "%s: left out: %v\n", b.Address, err)
		case readings[0].Fingerprint.Trait(deadyet.TraitService) != "msnp":
			fmt.Fprintf(d.std.err, "%s: left out: at %s it answers %s (%s), which is no MSNP\n", b.Address, e.Where(), readings[0].Answer, readings[0].Failure)
		default:
			return false
		}
		return true
	})
}

// asksOf is what would be asked at a host, the first of it at the look.
func asksOf(n deadyet.Network, b scan.Beyond) []deadyet.Ask {
	if len(b.Ask) > 0 {
		return b.Ask
	}
	return n.Ask
}

// propose prints the change to the file of each network.
func (d *discovery) propose(found []scan.Beyond, today deadyet.Day) error {
	files, folder := fs.FS(msn.FS()), "subjects/msn"
	if d.site.Subject != "msn" {
		files, folder = os.DirFS(d.site.Subject), filepath.ToSlash(filepath.Clean(d.site.Subject))
	}
	for len(found) > 0 {
		id := found[0].Network
		var more []config.Proposal
		for _, b := range found {
			if b.Network == id {
				more = append(more, config.Proposal{Address: b.Address, Role: b.Role, Since: today, Why: d.because(b), Ask: b.Ask})
			}
		}
		found = slices.DeleteFunc(found, func(b scan.Beyond) bool { return b.Network == id })
		name := path.Join("networks", string(id)+".yaml")
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("read the file of %s: %w", id, err)
		}
		in, err := config.Propose(data, more)
		if err != nil {
			return usagef("%s: %w", path.Join(folder, name), err)
		}
		if _, err := d.std.out.Write(in.Diff(strings.TrimPrefix(path.Join(folder, name), "/"), data)); err != nil {
			return fmt.Errorf("print the change: %w", err)
		}
	}
	return nil
}

// because says how a host was found. What is simulated must not look like a
// server wherever the line ends up.
func (d *discovery) because(b scan.Beyond) string {
	why := b.From.Name() + " sends its clients there"
	if b.Name != "" {
		why = b.Name + " leads there"
	}
	if d.subject.Simulated {
		why = "SIMULATED, " + why
	}
	return why
}
