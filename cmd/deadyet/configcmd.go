package main

import (
	"fmt"

	"deadyet/config"

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
			_, subject, err := load(path, cmd.Flags().Changed("config"))
			if err != nil {
				return err
			}
			servers, asked := 0, 0
			for _, n := range subject.Networks {
				servers += len(n.Servers)
				if n.Dialled() {
					asked++
				}
			}
			_, err = fmt.Fprintf(std.out, "The configuration is good: subject %s, %d networks (%d that may be asked), %d servers, %d facts of the record.\n",
				subject.ID, len(subject.Networks), asked, servers, len(subject.Record))
			return err
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
