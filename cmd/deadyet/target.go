package main

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"deadyet"
)

// usual are the endpoints that are asked when a target names no port.
func usual() []deadyet.Ask {
	return []deadyet.Ask{
		{Transport: deadyet.TransportTCP, Port: 1863},
		{Transport: deadyet.TransportHTTP, Port: 80},
		{Transport: deadyet.TransportHTTPS, Port: 443},
	}
}

// target is one thing to scan, as typed.
type target struct {
	host string
	asks []deadyet.Ask
}

// parseTarget reads host, host:port, tcp://host:port, http://host[:port] or
// https://host[:port].
func parseTarget(s string) (target, error) {
	if scheme, _, ok := strings.Cut(s, "://"); ok {
		return parseURL(s, scheme)
	}
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(s, "["), "]")
		if err := checkHost(host); err != nil {
			return target{}, usagef("target %q: %w", s, err)
		}
		return target{host, usual()}, nil
	}
	n, err := parsePort(port)
	if err == nil {
		err = checkHost(host)
	}
	if err != nil {
		return target{}, usagef("target %q: %w", s, err)
	}
	return target{host, []deadyet.Ask{{Transport: transportOf(n), Port: n}}}, nil
}

// transportOf guesses by the port what speaks there: the gateways have theirs,
// all else is the protocol itself.
func transportOf(port uint16) deadyet.Transport {
	switch port {
	case 80:
		return deadyet.TransportHTTP
	case 443:
		return deadyet.TransportHTTPS
	}
	return deadyet.TransportTCP
}

func parseURL(s, scheme string) (target, error) {
	transport, err := deadyet.ParseTransport(scheme)
	if err != nil {
		return target{}, usagef("target %q: want tcp://, http:// or https://", s)
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.RawQuery != "" || (u.Path != "" && u.Path != "/") {
		return target{}, usagef("target %q: want %s://host[:port] and nothing more", s, scheme)
	}
	if err := checkHost(u.Hostname()); err != nil {
		return target{}, usagef("target %q: %w", s, err)
	}
	var port uint16
	for _, a := range usual() {
		if a.Transport == transport {
			port = a.Port
		}
	}
	if p := u.Port(); p != "" {
		if port, err = parsePort(p); err != nil {
			return target{}, usagef("target %q: %w", s, err)
		}
	}
	return target{u.Hostname(), []deadyet.Ask{{Transport: transport, Port: port}}}, nil
}

func parsePort(s string) (uint16, error) {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("port %q: want a number from 1 to 65535", s)
	}
	return uint16(n), nil
}

var hostName = regexp.MustCompile(`^(?i)[a-z0-9_]([a-z0-9_-]{0,62}\.)*[a-z0-9_-]{1,63}\.?$|^(?i)[a-z0-9]$`)

func checkHost(s string) error {
	if _, err := netip.ParseAddr(s); err == nil {
		return nil
	}
	if len(s) > 253 || !hostName.MatchString(s) {
		return fmt.Errorf("%q is neither an address nor a host name", s)
	}
	return nil
}

// adhoc makes a network of the targets. A host that is named twice is one
// server with the endpoints of both.
func adhoc(targets []target, versions []deadyet.Version, perHost int, consent deadyet.Consent) deadyet.Network {
	n := deadyet.Network{
		ID: deadyet.NetworkAdhoc, Name: "from the command line", PerHost: perHost,
		ConnectionsPerDay: 1 << 20, Consent: consent,
	}
	at := make(map[string]int)
	for _, t := range targets {
		i, ok := at[t.host]
		if !ok {
			i = len(n.Servers)
			at[t.host] = i
			n.Servers = append(n.Servers, deadyet.Server{
				ID: deadyet.MakeServerID(n.ID, t.host), Address: t.host,
				Listings: []deadyet.Listing{{Role: deadyet.RoleMain, Since: deadyet.DayOf(time.Unix(0, 0))}},
			})
		}
		n.Servers[i].Ask = addAsks(n.Servers[i].Ask, t.asks, versions)
	}
	return n
}

func addAsks(have, more []deadyet.Ask, versions []deadyet.Version) []deadyet.Ask {
	for _, a := range more {
		a.Kind, a.Versions = deadyet.KindMSNP, versions
		twice := false
		for _, h := range have {
			twice = twice || (h.Transport == a.Transport && h.Port == a.Port)
		}
		if !twice {
			have = append(have, a)
		}
	}
	return have
}
