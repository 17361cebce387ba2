package main

import (
	"context"
	"fmt"
	"strings"

	"deadyet"
	"deadyet/config"
	"deadyet/site"

	"github.com/spf13/cobra"
)

// clientCodes are the exit codes of `deadyet client NAME`; see [verdictCodes].
var clientCodes = map[deadyet.Fit]exitCode{
	deadyet.FitWorks: 0, deadyet.FitPatched: 10, deadyet.FitLogin: 11, deadyet.FitNo: 12, deadyet.FitUnknown: 13,
}

// clientFlags are those of `deadyet verdict`.
type clientFlags struct{ verdictFlags }

func clientCommand(std stdio) *cobra.Command {
	f := &clientFlags{}
	cmd := &cobra.Command{
		Use:   "client [NAME]",
		Short: "Print who takes a client, at which address, and why not",
		Long: `Prints how a client fares at each network: whether it gets in, with what, at
which address right now, how it is set up, and why not or until when it did.
NAME is its name, its ID in the catalogue or the number of its version. Without
NAME, all clients are listed. Nobody is asked: what is known is in the store,
which is only read, or in the record as long as there is no store.

The exit code is the answer of the best network: 0 works, 10 works after
patching, 11 would be let in but can't sign in, 12 does not work, 13 can't tell.
1 and 2 mean that there is no answer.`,
		Example: `  deadyet client 7.5.0324
  deadyet client "Pidgin 2.10"
  deadyet client --json msn-7.5`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.flags = cmd.Flags()
			return f.run(cmd.Context(), std, strings.Join(args, " "))
		},
	}
	cmd.Flags().StringVar(&f.config, "config", "deadyet.yaml", "configuration `FILE`")
	cmd.Flags().StringVar(&f.store, "store", config.DefaultSite().Store, "`FILE` in which everything is kept")
	cmd.Flags().BoolVar(&f.json, "json", false, "print it as JSON, as /api/v1/clients does")
	return cmd
}

func (f *clientFlags) run(ctx context.Context, std stdio, name string) error {
	settings, subject, err := load(f.config, f.flags.Changed("config"))
	if err != nil {
		return err
	}
	if f.flags.Changed("store") {
		settings.Store = f.store
	}
	path, document := site.ClientsPath+".txt", "/api/v1/clients"
	var c deadyet.Client
	if name != "" {
		if c, err = meant(subject, name); err != nil {
			return err
		}
		path, document = site.ClientPath(c.ID)+".txt", document+"/"+string(c.ID)
	}
	if f.json {
		path = document
	}
	e, err := f.edition(ctx, settings, subject)
	if err != nil {
		return err
	}
	p, err := site.Document(e, path)
	if err != nil {
		return err
	}
	if _, err := std.out.Write(p.Body); err != nil {
		return fmt.Errorf("print the client: %w", err)
	}
	if code := clientCodes[e.FitOf(c.ID)]; name != "" && code != 0 {
		return code
	}
	return nil
}

// meant returns the one client that goes by a name.
func meant(s deadyet.Subject, name string) (deadyet.Client, error) {
	found := s.FindClients(name)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return deadyet.Client{}, usagef("client %q: which one? %s", name, listing(found))
	}
	if near := s.NearClients(name, 5); len(near) > 0 {
		return deadyet.Client{}, usagef("client %q: no such client; did you mean one of these? %s", name, listing(near))
	}
	return deadyet.Client{}, usagef("client %q: no such client; 'deadyet client' lists all", name)
}

// listing names clients as they can be typed again.
func listing(cs []deadyet.Client) string {
	names := make([]string, len(cs))
	for i, c := range cs {
		names[i] = fmt.Sprintf("%s (%s)", c.ID, c.Name)
	}
	return strings.Join(names, ", ")
}
