package config

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"deadyet"
)

// Proposal is a server that could be listed.
type Proposal struct {
	Address string
	Role    deadyet.Role
	Since   deadyet.Day
	Why     string        // how it was found, to end a comment; one line
	Ask     []deadyet.Ask // nil means the network's
}

// Insertion is lines that are put into a file.
type Insertion struct {
	After int // how many lines of the file stand before them
	Lines []string
}

// Propose says what to put into the file of a network so that it lists more
// servers: at the end of its servers, as they stand there. The rest of the file
// stays as it is, comments and all. A file whose servers are no list of lines is
// an error. What comes of it is for [LoadSubject] to judge.
func Propose(data []byte, servers []Proposal) (Insertion, error) {
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "servers:") })
	if at < 0 {
		in := Insertion{After: len(lines), Lines: []string{"", "servers:"}}
		return in.with(servers, "  "), nil
	}
	if rest, _, _ := strings.Cut(strings.TrimPrefix(lines[at], "servers:"), "#"); strings.TrimSpace(rest) != "" {
		return Insertion{}, fmt.Errorf("line %d: the servers stand on one line; put each on lines of its own", at+1)
	}
	last, indent := at, "  "
	for i, l := range lines[at+1:] {
		text := strings.TrimLeft(l, " ")
		if text == "" || text[0] == '#' {
			continue
		}
		if l[0] != ' ' && l[0] != '-' {
			break // the next key
		}
		if last == at {
			indent = l[:len(l)-len(text)]
		}
		last = at + 1 + i
	}
	return Insertion{After: last + 1}.with(servers, indent), nil
}

// with adds the lines of servers.
func (in Insertion) with(servers []Proposal, indent string) Insertion {
	for _, p := range servers {
		if in.After > 0 && len(in.Lines) == 0 || len(in.Lines) > 2 {
			in.Lines = append(in.Lines, "")
		}
		add := func(format string, args ...any) { in.Lines = append(in.Lines, indent+fmt.Sprintf(format, args...)) }
		add("- address: %s", scalar(p.Address))
		add("  role: %s", p.Role)
		add("  since: %s  # found on this day: %s", p.Since, oneLine(p.Why))
		if len(p.Ask) > 0 {
			add("  ask:")
		}
		for _, a := range p.Ask {
			if a.Kind == deadyet.KindPort || len(a.Versions) == 0 {
				add("    - {kind: port, transport: %s, port: %d}", a.Transport, a.Port)
			} else {
				add("    - {transport: %s, port: %d, versions: %q}", a.Transport, a.Port, versionRanges(a.Versions))
			}
		}
	}
	return in
}

// Apply returns the file with the insertion in it.
func (in Insertion) Apply(data []byte) []byte {
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	return []byte(strings.Join(slices.Insert(lines, min(in.After, len(lines)), in.Lines...), "\n") + "\n")
}

// Diff returns it as a unified diff of the file, as patch and git take it.
func (in Insertion) Diff(file string, data []byte) []byte {
	const context = 3
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	from, to := max(0, in.After-context), min(len(lines), in.After+context)
	var b bytes.Buffer
	fmt.Fprintf(&b, "--- a/%s\n+++ b/%s\n@@ -%d,%d +%d,%d @@\n", file, file, from+1, to-from, from+1, to-from+len(in.Lines))
	for i := from; i <= to; i++ {
		if i == in.After {
			for _, l := range in.Lines {
				b.WriteString("+" + l + "\n")
			}
		}
		if i < to {
			b.WriteString(" " + lines[i] + "\n")
		}
	}
	return b.Bytes()
}

// scalar quotes an address that YAML would read as something else.
func scalar(s string) string {
	if strings.Contains(s, ":") {
		return strconv.Quote(s)
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// versionRanges is the inverse of [ParseVersions]: "2-18,21".
func versionRanges(vs []deadyet.Version) string {
	var parts []string
	for i := 0; i < len(vs); {
		n, _ := strconv.Atoi(strings.TrimPrefix(string(vs[i]), prefix))
		k := i + 1
		for k < len(vs) && string(vs[k]) == prefix+strconv.Itoa(n+k-i) {
			k++
		}
		part := strconv.Itoa(n)
		if k-i > 1 {
			part += "-" + strconv.Itoa(n+k-i-1)
		}
		parts = append(parts, part)
		i = k
	}
	return strings.Join(parts, ",")
}
