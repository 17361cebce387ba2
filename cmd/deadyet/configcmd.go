package main

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/probe"

	"github.com/spf13/cobra"
)

func configCommand(std stdio) *cobra.Command {
	path := ""
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Check or show the configuration",
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&path, "config", "deadyet.yaml", "configuration `FILE`")
	check := &cobra.Command{
		Use:   "check",
		Short: "Read the configuration and the subject, and name every mistake",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			site, subject, err := load(path, cmd.Flags().Changed("config"))
			if err != nil {
				return err
			}
			return checked(std.out, site, subject)
		},
	}
	show := &cobra.Command{
		Use:   "show",
		Short: "Print the configuration in force, defaults included",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			site, subject, err := load(path, cmd.Flags().Changed("config"))
			if err != nil {
				return err
			}
			return config.Show(std.out, site, subject)
		},
	}
	cmd.AddCommand(check, show)
	return cmd
}

// checked says that the configuration is good, and what it means for those who
// are asked.
func checked(w io.Writer, site config.Site, s deadyet.Subject) error {
	var b bytes.Buffer
	servers, asked := 0, 0
	for _, n := range s.Networks {
		servers += len(n.Servers)
		if n.Dialled() {
			asked++
		}
	}
	fmt.Fprintf(&b, "The configuration is good: subject %s, %d networks (%d that may be asked), %d servers, %d facts of the record.\n",
		s.ID, len(s.Networks), asked, servers, len(s.Record))
	if asked > 0 {
		fmt.Fprintln(&b, "\nWhat each host gets a day at most, once --live (or live: true) allows it:")
		for _, h := range loads(site, s, deadyet.DayOf(time.Now())) {
			fmt.Fprintf(&b, "  %s\n", h)
		}
		for _, o := range s.OptOut {
			fmt.Fprintf(&b, "  %-32s nothing: opted out on %s, %s\n", o.Host, o.Date, o.Reason)
		}
		if names := lookedUp(s); names > 0 {
			fmt.Fprintf(&b, "Names: %d, looked up in each round by %s; the servers get nothing of that.\n", names, resolversOf(site, nil))
		}
		fmt.Fprintf(&b, "All together at most %s connections a second, %s to one address, %s to a /24 (IPv6: /48).\n",
			bound(site.Pace.All), bound(site.Pace.Address), bound(site.Pace.Neighbours))
	}
	if s.Contact == "" && asked > 0 {
		fmt.Fprintln(&b, "\ncontact: is not set, so nobody who is asked knows whom to tell; a mail address is enough.")
	}
	_, err := w.Write(b.Bytes())
	return err
}

func bound(l probe.Limit) string {
	if l.PerSecond == 0 {
		return "any number of"
	}
	return strconv.FormatFloat(l.PerSecond, 'f', -1, 64)
}

// hostsShown is how many hosts of a network are named; the others get the same.
const hostsShown = 12

// loads says of each host that is listed on a day what it gets: one line each, in
// the order of the configuration.
func loads(site config.Site, s deadyet.Subject, day deadyet.Day) (out []string) {
	a := app{site: site, subject: s}
	seen := make(map[string]bool)
	for _, n := range s.Networks {
		more := 0
		for _, sv := range n.Servers {
			if _, listed := sv.ListingOn(day); !listed || !n.Dialled() || seen[sv.Address] {
				continue
			}
			seen[sv.Address] = true
			if more++; more > hostsShown {
				continue
			}
			rounds := max(1, int(24*time.Hour/n.Interval))
			out = append(out, fmt.Sprintf("%-32s %d connections in %d rounds, %d at a time (%s)",
				sv.Address, n.ConnectionsPerDay, rounds, a.perHost(sv.Address), n.ID))
		}
		if more > hostsShown {
			out = append(out, fmt.Sprintf("… and %d more of %s, each the same", more-hostsShown, n.ID))
		}
	}
	return out
}
