package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// writeDialMap prints a dial map, one "logical actual" a line.
func writeDialMap(w io.Writer, m map[string]string) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "# SIMULATED: what stands on the left is dialled at the address on the right")
	for _, logical := range slices.Sorted(maps.Keys(m)) {
		fmt.Fprintf(b, "%s\t%s\n", logical, m[logical])
	}
	return b.Flush()
}

// readDialMap reads a dial map. What is dialled must be on this machine: a
// dial map is for simulated servers only.
func readDialMap(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, usagef("open the dial map: %w", err)
	}
	defer f.Close()
	m := make(map[string]string)
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(text) == "" {
			continue
		}
		if err := addMapping(m, text); err != nil {
			return nil, usagef("%s:%d: %w", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the dial map %s: %w", path, err)
	}
	if len(m) == 0 {
		return nil, usagef("%s: the dial map is empty; 'deadyet sim' prints one", path)
	}
	return m, nil
}

func addMapping(m map[string]string, line string) error {
	f := strings.Fields(line)
	if len(f) != 2 {
		return fmt.Errorf("want two fields: logical host:port and actual address:port")
	}
	host, port, err := net.SplitHostPort(f[0])
	if err == nil {
		err = checkHost(host)
	}
	if err == nil {
		_, err = parsePort(port)
	}
	if err != nil {
		return fmt.Errorf("logical %q: %w", f[0], err)
	}
	to, err := netip.ParseAddrPort(f[1])
	if err != nil || !to.Addr().IsLoopback() {
		return fmt.Errorf("actual %q: want a loopback address and a port, e.g. 127.0.0.1:18630", f[1])
	}
	if _, twice := m[f[0]]; twice {
		return fmt.Errorf("logical %q stands twice", f[0])
	}
	m[f[0]] = to.String()
	return nil
}

// mappedResolvers returns the resolvers of a dial map: what stands there for
// port 53.
func mappedResolvers(m map[string]string) (out []netip.AddrPort) {
	for _, logical := range slices.Sorted(maps.Keys(m)) {
		if to, err := netip.ParseAddrPort(m[logical]); err == nil && isResolver(logical) {
			out = append(out, to)
		}
	}
	return out
}

// isResolver reports whether a place of a dial map is a resolver's.
func isResolver(logical string) bool { return strings.HasSuffix(logical, ":53") }
