package main

import (
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"deadyet"
	"deadyet/sim"
)

// resolver starts the resolver that lets the name lead to the servers, nil where
// there is no name.
func (f *simFlags) resolver(servers []sim.Server) (*sim.Names, error) {
	if f.name == "" {
		return nil, nil
	}
	if err := checkHost(f.name); err != nil {
		return nil, usagef("--name %q: %w", f.name, err)
	}
	var all []string
	for _, s := range servers[:min(len(servers), deadyet.MostTold)] {
		all = append(all, s.Host)
	}
	return sim.StartNames(map[string]sim.Record{f.name: {Addresses: all, TTL: 300}})
}

// dialMap is that of the fleet, with the name at the first server and the
// resolver.
func (f *simFlags) dialMap(fleet *sim.Fleet, servers []sim.Server, names *sim.Names) map[string]string {
	m := fleet.DialMap()
	if names == nil {
		return m
	}
	for _, p := range servers[0].Ports {
		port := strconv.Itoa(int(p.Number))
		m[net.JoinHostPort(f.name, port)] = m[net.JoinHostPort(servers[0].Host, port)]
	}
	m["resolver.example:53"] = names.Address()
	return m
}

// lead lets a name lead elsewhere, where the command is that one.
func lead(words []string, out io.Writer, names *sim.Names) (done bool, err error) {
	if names == nil || len(words) < 3 || words[0] != "lead" {
		return false, nil
	}
	names.Tell(words[1], sim.Record{Addresses: words[2:], TTL: 300})
	_, err = fmt.Fprintf(out, "SIMULATED: %s leads to %s\n", words[1], strings.Join(words[2:], ", "))
	return true, err
}
