package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestScripts runs the program as a person would: one file for each behaviour.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true})
}

// The manual names every command and every flag, and no others.
func TestManual(t *testing.T) {
	text, err := os.ReadFile("../../docs/man/deadyet.1")
	if err != nil {
		t.Fatal(err)
	}
	manual := strings.ReplaceAll(string(text), `\-`, "-")
	synopsis, _, _ := strings.Cut(manual, ".SH DESCRIPTION")
	var known []string
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Name() == "help" || c.Name() == "completion" {
			return
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" {
				known = append(known, "--"+f.Name)
			}
		})
		if !strings.Contains(synopsis, c.Name()) {
			t.Errorf("the manual does not name the command %q", c.Name())
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(rootCommand(stdio{}))
	named := regexp.MustCompile(`--[a-z-]+`).FindAllString(synopsis, -1)
	for _, f := range known {
		if !slices.Contains(named, f) {
			t.Errorf("the manual does not name the flag %s", f)
		}
	}
	for _, f := range named {
		if !slices.Contains(known, f) {
			t.Errorf("the manual names the flag %s, which no command has", f)
		}
	}
}
