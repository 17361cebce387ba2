package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/subjects/msn"

	"github.com/lmittmann/tint"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

type serveFlags struct {
	config  string
	live    bool
	listen  string
	store   string
	dialMap string
	reader  bool
	flags   interface{ Changed(string) bool }
}

func serveCommand(std stdio) *cobra.Command {
	f := &serveFlags{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the page, and with --live ask the listed networks",
		Long: `Serves the page with what is known. With --live (or live: true in the
configuration) it also asks the listed networks, and says at start whom, how
often, with how many connections a day at most, and how to stop it.

The configuration is deadyet.yaml in this folder, if there is one. Flags win
over it.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.flags = cmd.Flags()
			return f.run(cmd.Context(), std)
		},
	}
	d := config.DefaultSite()
	cmd.Flags().StringVar(&f.config, "config", "deadyet.yaml", "configuration `FILE`")
	cmd.Flags().BoolVar(&f.live, "live", d.Live, "ask the listed networks")
	cmd.Flags().StringVar(&f.listen, "listen", d.Listen, "`address` of the page")
	cmd.Flags().StringVar(&f.store, "store", d.Store, "`FILE` in which everything is kept")
	cmd.Flags().StringVar(&f.dialMap, "dial-map", "", "dial what `FILE` of 'deadyet sim' says instead of the network")
	cmd.Flags().BoolVar(&f.reader, "read-only", false, "only read the store, beside another program or on a disk that can't be written")
	return cmd
}

func (f *serveFlags) run(ctx context.Context, std stdio) error {
	site, subject, err := load(f.config, f.flags.Changed("config"))
	if err != nil {
		return err
	}
	f.override(&site)
	if _, port, err := net.SplitHostPort(site.Listen); err != nil || (port != "0" && badPort(port)) {
		return usagef("--listen %q: want an address and a port like :8080 or 127.0.0.1:8080", site.Listen)
	}
	if f.reader && site.Live {
		return usagef("--read-only: what is found by --live (or live: true) could not be kept; want one or the other")
	}
	a := app{subject: subject, site: site, live: site.Live, reader: f.reader, log: logger(std.err)}
	if f.dialMap != "" {
		if a.dialMap, err = readDialMap(f.dialMap); err != nil {
			return err
		}
		a.subject.Simulated = true
	}
	announce(std.err, a)
	a.ready = func(url string) { fmt.Fprintf(std.err, "The page is at %s\n", url) }
	return a.run(ctx)
}

func badPort(s string) bool {
	_, err := parsePort(s)
	return err != nil
}

func (f *serveFlags) override(site *config.Site) {
	if f.flags.Changed("live") {
		site.Live = f.live
	}
	if f.flags.Changed("listen") {
		site.Listen = f.listen
	}
	if f.flags.Changed("store") {
		site.Store = f.store
	}
}

// load reads the configuration and the subject it names. A file that was not
// asked for may be missing.
func load(path string, asked bool) (config.Site, deadyet.Subject, error) {
	site := config.DefaultSite()
	data, err := os.ReadFile(path)
	switch {
	case err == nil:
		if site, err = config.LoadSite(path, data); err != nil {
			return config.Site{}, deadyet.Subject{}, &usageError{err}
		}
	case asked || !errors.Is(err, fs.ErrNotExist):
		return config.Site{}, deadyet.Subject{}, usagef("read the configuration: %w", err)
	}
	subject, err := loadSubject(site)
	if err != nil {
		return config.Site{}, deadyet.Subject{}, &usageError{err}
	}
	return site, subject, nil
}

func loadSubject(site config.Site) (deadyet.Subject, error) {
	if site.Subject == "msn" {
		subject, err := config.LoadSubject(msn.FS(), ".")
		if err != nil {
			return deadyet.Subject{}, err
		}
		return site.Apply(subject)
	}
	if info, err := os.Stat(site.Subject); err != nil || !info.IsDir() {
		return deadyet.Subject{}, fmt.Errorf("read the subject: %s is no folder; want \"msn\", the built-in one, or a folder of files like it", site.Subject)
	}
	subject, err := config.LoadSubject(os.DirFS(site.Subject), ".")
	if mistakes := (config.Errors)(nil); errors.As(err, &mistakes) {
		for i := range mistakes { // so that the places can be opened from here
			mistakes[i].File = filepath.Join(site.Subject, mistakes[i].File)
		}
		return deadyet.Subject{}, mistakes
	}
	if err != nil {
		return deadyet.Subject{}, err
	}
	return site.Apply(subject)
}

// logger writes to w: in colours on a terminal.
func logger(w io.Writer) *slog.Logger {
	file, ok := w.(*os.File)
	return slog.New(tint.NewTextHandler(w, &tint.Options{
		TimeFormat: time.TimeOnly, NoColor: !ok || !term.IsTerminal(int(file.Fd())),
	}))
}

// announce says whom the program is going to ask, how often, how much at most,
// and how to stop it.
func announce(w io.Writer, a app) {
	if a.subject.Simulated {
		fmt.Fprintln(w, "SIMULATED: only servers of the dial map are dialled.")
	}
	if !a.live {
		fmt.Fprintln(w, "Nobody is asked: the page shows what is known. --live asks the listed networks.")
		return
	}
	fmt.Fprintln(w, "Asking:")
	for _, n := range a.subject.Networks {
		if !n.Dialled() {
			continue
		}
		var hosts []string
		for _, s := range n.Servers {
			hosts = append(hosts, s.Address)
		}
		fmt.Fprintf(w, "  %-12s %s, every %s, at most %d connections a day to each host\n",
			n.ID, someOf(hosts), human(n.Interval), n.ConnectionsPerDay)
	}
	if names := lookedUp(a.subject); names > 0 {
		fmt.Fprintf(w, "Names: %d, looked up in each round by %s.\n", names, resolversOf(a.site, a.dialMap))
	}
	fmt.Fprintln(w, "Canary: "+strings.Join(a.canaryNames(), ", ")+", one connection each and round.")
	if a.subject.Contact == "" && !a.subject.Simulated {
		fmt.Fprintln(w, "contact: is not set: nobody who is asked knows whom to tell. A mail address in deadyet.yaml is enough.")
	}
	fmt.Fprintln(w, "To stop: interrupt this program (Ctrl-C). To leave a host out for ever: list it under opt_out in deadyet.yaml.")
}

func (a app) canaryNames() []string {
	if hosts := a.canaryHosts(); len(hosts) > 0 {
		return hosts
	}
	return []string{"a listener of our own"}
}

func someOf(hosts []string) string {
	const most = 4
	if len(hosts) <= most {
		return strings.Join(hosts, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(hosts[:most], ", "), len(hosts)-most)
}

// human writes a duration without the zeros: 6h, 30m.
func human(d time.Duration) string {
	s := d.String()
	s = strings.TrimSuffix(s, "0s")
	if s != "" && strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	if s == "" || s[len(s)-1] < 'a' {
		return d.String()
	}
	return s
}
