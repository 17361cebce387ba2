package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/msnp"
	"deadyet/sim"
	"deadyet/subjects/msn"

	"github.com/spf13/cobra"
)

func demoCommand(std stdio) *cobra.Command {
	listen := config.DefaultSite().Listen
	interval := 5 * time.Second
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Show it all with simulated servers: no network, no root, no configuration",
		Long: `Starts simulated servers, scans them again and again, and serves the page.
Some of them die and come back while you watch. Nothing real is dialled, nothing
is kept, and everything is marked as SIMULATED.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return demo(cmd.Context(), listen, interval, std)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", listen, "`address` of the page")
	cmd.Flags().DurationVar(&interval, "interval", interval, "time between two rounds")
	return cmd
}

func demo(ctx context.Context, listen string, interval time.Duration, std stdio) (err error) {
	if interval < time.Second {
		return usagef("--interval %s: want at least a second", interval)
	}
	subject, err := demoSubject(interval)
	if err != nil {
		return err
	}
	fleet, err := sim.Start(demoServers(subject), sim.Options{})
	if err != nil {
		return err
	}
	defer fleet.Close()
	folder, err := os.MkdirTemp("", "deadyet-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer os.RemoveAll(folder)
	site := config.DefaultSite()
	site.Listen, site.Store, site.Vantage = listen, filepath.Join(folder, "demo.db"), "demo"
	// Silence is asked six times in a round, and has to fit into it.
	patience := min(max(interval/12, 100*time.Millisecond), 400*time.Millisecond)
	site.Timeouts = config.Timeouts{Connect: patience, TLS: patience, Answer: patience}
	log := logger(std.err)
	a := app{subject: subject, site: site, live: true, dialMap: fleet.DialMap(), log: log}
	a.before = func(n deadyet.RoundNumber) {
		for _, what := range happen(fleet, n) {
			log.Info("SIMULATED: " + what)
		}
	}
	a.ready = func(url string) {
		fmt.Fprintf(std.err, "SIMULATED: %d servers that do not exist are asked every %s.\nThe page is at %s\n",
			len(fleet.Logical())/3, interval, url)
	}
	return a.run(ctx)
}

// region is a part of the demo's network.
type region struct {
	name    deadyet.Region
	network string // first three numbers of its addresses, from the ranges for documentation
	servers int    // the first is the main one
}

func demoRegions() []region {
	return []region{{"bay", "192.0.2", 10}, {"bn1", "198.51.100", 10}, {"db3", "203.0.113", 10}}
}

func (r region) host(i int) string { return fmt.Sprintf("%s.%d", r.network, 10+i) }

// demoSubject is the built-in subject with made-up networks in place of the
// real ones, and with a patience that suits somebody who watches.
func demoSubject(interval time.Duration) (deadyet.Subject, error) {
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		return deadyet.Subject{}, fmt.Errorf("read the built-in subject: %w", err)
	}
	s.Simulated, s.Record, s.Edits = true, nil, []deadyet.Edit{{ID: "demo", Note: true, Item: demoItem()}}
	s.Texts = demoTexts(s.Texts)
	s.Confirm = deadyet.Confirmation{Rounds: 2}
	s.Rule.After = 6 * interval
	s.Network = "simulated"
	s.Networks = []deadyet.Network{demoNetwork(interval), demoRevival(interval)}
	return s, nil
}

// demoItem is the one piece of news: what there is to see.
func demoItem() deadyet.Item {
	return deadyet.Item{
		ID: "demo", At: time.Now().UTC().Truncate(time.Second), Title: "A demonstration begins", By: "the simulator",
		Body: "Servers that never existed are about to lose their ports, their versions and their lives, in a few minutes instead of three years. Then somebody finds the plug. Reload the page to watch.",
	}
}

// asks returns what is asked at the three usual ports.
func asks(versions ...string) []deadyet.Ask {
	var vs []deadyet.Version
	for _, v := range versions {
		vs = append(vs, deadyet.Version("MSNP"+v))
	}
	out := usual()
	for i := range out {
		out[i].Kind, out[i].Versions = deadyet.KindMSNP, vs
	}
	return out
}

func demoNetwork(interval time.Duration) deadyet.Network {
	n := deadyet.Network{
		ID: "simulated", Name: "Simulated Messenger Service", Project: "nobody",
		Note:     "It does not exist. Its servers live on your own machine and die on a schedule.",
		Interval: interval, ConnectionsPerDay: 1 << 30, PerHost: 3,
		Ask: asks("8", "11", "12", "14", "15", "16", "18", "21", "22"),
	}
	for _, r := range demoRegions() {
		for i := range r.servers {
			role := deadyet.RoleInternal
			if i == 0 {
				role = deadyet.RoleMain
			}
			n.Servers = append(n.Servers, demoServer(n.ID, r.host(i), r.name, role))
		}
	}
	return n
}

func demoRevival(interval time.Duration) deadyet.Network {
	n := deadyet.Network{
		ID: "revived", Name: "Simulated Revival", Project: "nobody either",
		Note:     "What a network run by volunteers looks like on this page.",
		Interval: interval, ConnectionsPerDay: 1 << 30, PerHost: 3,
		Ask: asks("2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22"),
	}
	n.Servers = []deadyet.Server{demoServer(n.ID, "ns.revival.example", "", deadyet.RoleMain)}
	return n
}

func demoServer(n deadyet.NetworkID, host string, r deadyet.Region, role deadyet.Role) deadyet.Server {
	return deadyet.Server{
		ID: deadyet.MakeServerID(n, host), Address: host,
		Listings: []deadyet.Listing{{Region: r, Role: role, Since: deadyet.DayOf(time.Now())}},
	}
}

// demoServers are the simulated servers behind the subject.
func demoServers(s deadyet.Subject) []sim.Server {
	today := deadyet.DayOf(time.Now())
	official, _ := s.NetworkByID("simulated")
	revived, _ := s.NetworkByID("revived")
	return append(sim.Of(official, today, "microsoft-2012", nil), sim.Of(revived, today, "escargot", nil)...)
}

// incident is something that happens in the demo: before a round, to some of
// the servers of a region.
type incident struct {
	round    deadyet.RoundNumber // of the cycle
	what     string
	region   deadyet.Region // "": all
	from, to int            // servers of the region, [from, to)
	ports    []uint16
	do       func(f *sim.Fleet, host string, port uint16) error
}

// cycle is the number of rounds after which everything starts again.
const cycle = 40

func fault(name string) func(*sim.Fleet, string, uint16) error {
	return func(f *sim.Fleet, host string, port uint16) error {
		return f.Break(host, port, sim.Fault{Name: name})
	}
}

func takes(versions ...msnp.Version) func(*sim.Fleet, string, uint16) error {
	return func(f *sim.Fleet, host string, port uint16) error { return f.Take(host, port, versions) }
}

func mend(f *sim.Fleet, host string, port uint16) error {
	if err := f.Mend(host, port); err != nil {
		return err
	}
	return f.Take(host, port, nil)
}

// story is a slow death, a few minutes long, and a resurrection.
func story() []incident {
	everywhere := []uint16{1863, 80, 443}
	return []incident{
		{3, "the main server of bay closes port 1863", "bay", 0, 1, []uint16{1863}, fault("refuse")},
		{5, "two servers of db3 stop answering", "db3", 4, 6, everywhere, fault("tarpit")},
		{8, "one server of bn1 turns into a web server", "bn1", 3, 4, []uint16{1863}, fault("foreign-http")},
		{10, "the two servers of db3 are back", "db3", 4, 6, everywhere, mend},
		{12, "bay stops taking MSNP18 and everything older", "bay", 0, 10, everywhere, takes(msnp.MSNP21, msnp.MSNP22)},
		{15, "bn1 stops taking MSNP18 and everything older", "bn1", 0, 10, everywhere, takes(msnp.MSNP21, msnp.MSNP22)},
		{18, "port 80 closes everywhere", "", 0, 10, []uint16{80}, fault("refuse")},
		{22, "bay vanishes", "bay", 0, 10, everywhere, fault("drop")},
		{24, "bn1 and db3 vanish", "", 0, 10, everywhere, fault("drop")},
		{36, "somebody finds the plug and puts it back in", "", 0, 10, everywhere, mend},
	}
}

// happen lets the incidents of round n happen and returns what they were.
func happen(f *sim.Fleet, n deadyet.RoundNumber) (told []string) {
	for _, i := range story() {
		if n%cycle != i.round {
			continue
		}
		told = append(told, i.what)
		for _, r := range demoRegions() {
			if i.region != "" && i.region != r.name {
				continue
			}
			if err := i.strike(f, r); err != nil {
				told = append(told, err.Error())
			}
		}
	}
	return told
}

func (i incident) strike(f *sim.Fleet, r region) error {
	for s := i.from; s < min(i.to, r.servers); s++ {
		for _, port := range i.ports {
			if err := i.do(f, r.host(s), port); err != nil {
				return err
			}
		}
	}
	return nil
}
