package main

import (
	"fmt"
	"net/netip"
	"strings"

	"deadyet"
	"deadyet/config"
	"deadyet/probe"
)

// names asks where names lead.
func (a app) names() probe.Names {
	return &probe.Resolvers{Servers: resolvers(a.site, a.dialMap), Own: len(a.site.Resolvers) == 0, Subnets: a.site.Subnets, Timeout: a.site.Timeouts.Connect}
}

// resolvers are those of the configuration, or of this machine. Behind a dial map
// nothing public is asked.
func resolvers(site config.Site, dialMap map[string]string) []netip.AddrPort {
	switch {
	case dialMap != nil:
		return mappedResolvers(dialMap)
	case len(site.Resolvers) > 0:
		return site.Resolvers
	}
	return probe.SystemResolvers()
}

// resolversOf names them for people.
func resolversOf(site config.Site, dialMap map[string]string) string {
	var out []string
	for _, r := range resolvers(site, dialMap) {
		out = append(out, r.String())
	}
	switch {
	case len(out) == 0:
		return "nobody: no resolver is known"
	case len(site.Subnets) > 0:
		return fmt.Sprintf("%s, for people here and in %d subnets", strings.Join(out, ", "), len(site.Subnets))
	}
	return strings.Join(out, ", ")
}

// lookedUp counts the names of servers that are asked.
func lookedUp(s deadyet.Subject) (n int) {
	for _, network := range s.Networks {
		for _, sv := range network.Servers {
			for _, c := range network.Checks(sv) {
				if c.Kind == deadyet.KindName {
					n++
				}
			}
		}
	}
	return n
}
