package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/site"

	"github.com/spf13/cobra"
)

// verdictCodes are the exit codes of `deadyet verdict`, so that a script can
// branch on the answer. They stay clear of 1 and 2, which mean in every command
// that there is no answer.
var verdictCodes = map[deadyet.Word]exitCode{
	deadyet.WordNo: 0, deadyet.WordMostly: 10, deadyet.WordYes: 11, deadyet.WordYesBut: 12, deadyet.WordUnknown: 13,
}

// exitCode is an error that says nothing and only sets the exit code.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

type verdictFlags struct {
	config string
	store  string
	json   bool
	flags  interface{ Changed(string) bool }
}

func verdictCommand(std stdio) *cobra.Command {
	f := &verdictFlags{}
	cmd := &cobra.Command{
		Use:   "verdict",
		Short: "Print the answer: is it dead yet?",
		Long: `Prints the answer to the question, why, since when, and how each network
stands. Nobody is asked: what is known is in the store, which is only read, or
in the record as long as there is no store.

The exit code is the answer: 0 no, 10 mostly, 11 yes, 12 yes but so is
everything else, 13 can't tell. 1 and 2 mean that there is no answer.`,
		Example: `  deadyet verdict || echo "it is at least mostly dead"
  deadyet verdict --json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.flags = cmd.Flags()
			return f.run(cmd.Context(), std)
		},
	}
	cmd.Flags().StringVar(&f.config, "config", "deadyet.yaml", "configuration `FILE`")
	cmd.Flags().StringVar(&f.store, "store", config.DefaultSite().Store, "`FILE` in which everything is kept")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the verdict as JSON, as /api/v1/verdict does")
	return cmd
}

func (f *verdictFlags) run(ctx context.Context, std stdio) error {
	settings, subject, err := load(f.config, f.flags.Changed("config"))
	if err != nil {
		return err
	}
	if f.flags.Changed("store") {
		settings.Store = f.store
	}
	e, err := f.edition(ctx, settings, subject)
	if err != nil {
		return err
	}
	path := site.VerdictPath
	if f.json {
		path = "/api/v1/verdict"
	}
	p, err := site.Document(e, path)
	if err != nil {
		return err
	}
	if _, err := std.out.Write(p.Body); err != nil {
		return fmt.Errorf("print the verdict: %w", err)
	}
	return verdictExit(e.Verdict.Word)
}

// edition is what is known now.
func (f *verdictFlags) edition(ctx context.Context, settings config.Site, subject deadyet.Subject) (e deadyet.Edition, err error) {
	k, err := openKnown(ctx, settings, subject, f.flags.Changed("store"), false)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, k.Close()) }()
	return k.Edition(time.Now().UTC()), nil
}

// verdictExit turns a word into the exit code; a word without one can't be told.
func verdictExit(w deadyet.Word) error {
	code, ok := verdictCodes[w]
	switch {
	case !ok:
		return verdictCodes[deadyet.WordUnknown]
	case code == 0:
		return nil
	}
	return code
}
