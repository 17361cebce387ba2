// Command deadyet tells which protocol versions a fleet of servers still
// accepts, keeps the history, and serves the page that answers one question:
// is it dead yet?
//
//	deadyet serve --live     ask the listed networks and serve the page
//	deadyet scan HOST        ask one server, now
//	deadyet replay           tell the past once more, as it was published
//	deadyet verdict          print the answer, and exit with it
//	deadyet client NAME      print who takes a client, and how it gets in
//	deadyet build            write the whole site to a folder, for any static host
//	deadyet discover         find servers that no file lists
//	deadyet demo             the same with simulated servers, without a network
//	deadyet sim              only the simulated servers
//	deadyet config check     read the configuration and say what is wrong
//
// This is the only package that reads flags, the environment and signals, and
// the only one that ends the process.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitOK    = 0
	exitError = 1 // something went wrong on our side
	exitUsage = 2 // bad usage or configuration
)

func main() { os.Exit(run()) }

// run is main with an exit code, so that everything deferred is done.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return execute(ctx, os.Args[1:], stdio{os.Stdin, os.Stdout, os.Stderr})
}

// stdio is what a command talks through.
type stdio struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

// usageError is a mistake of the person who typed the command or wrote the
// configuration.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// execute runs one command line and returns the exit code.
func execute(ctx context.Context, args []string, std stdio) int {
	root := rootCommand(std)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if code := exitCode(0); errors.As(err, &code) {
		return int(code)
	}
	fmt.Fprintln(std.err, "deadyet:", err)
	if usage := (*usageError)(nil); errors.As(err, &usage) {
		return exitUsage
	}
	return exitError
}

func rootCommand(std stdio) *cobra.Command {
	root := &cobra.Command{
		Use:   "deadyet",
		Short: "Is it dead yet? Which protocol versions a fleet of servers still accepts.",
		Long: `deadyet tells which protocol versions a fleet of servers still accepts, over
which ports, since when, and who can still connect. It scans, keeps the
history, states a verdict, and serves a page that answers one question:
is it dead yet?`,
		Version:       revision(),
		Args:          noArguments,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w; see '%s --help'", err, cmd.CommandPath())
	})
	root.AddCommand(serveCommand(std), scanCommand(std), replayCommand(std), discoverCommand(std), verdictCommand(std), clientCommand(std), buildCommand(std), demoCommand(std), simCommand(std), configCommand(std), versionCommand(std))
	return root
}

// noArguments refuses arguments: an unknown command among them.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := ""
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf("; did you mean %q?", near[0])
	}
	return usagef("'%s' takes no argument %q%s; see '%s --help'", cmd.CommandPath(), args[0], hint, cmd.CommandPath())
}
