package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"deadyet"

	"github.com/goccy/go-yaml/ast"
)

// tlsVersions are the names that a handshake's are written with.
var tlsVersions = []string{"SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"}

// needWord is word for a key that must be there.
func needWord[T ~string](v value, known ...T) T {
	if v.missing() {
		names := make([]string, len(known))
		for i, k := range known {
			names[i] = string(k)
		}
		v.wrong("missing; want one of %s", strings.Join(names, ", "))
	}
	return word(v, known...)
}

// versions reads them in the order in which the client offers them, so no
// ranges.
func (c *catalogue) versions(v value) (out []deadyet.Version) {
	if _, ok := v.node.(*ast.SequenceNode); !ok && !v.missing() {
		v.wrong("want a list, in the order in which the client offers them")
		return nil
	}
	for _, item := range v.list() {
		n, err := parseVersion(item.text())
		known := deadyet.Version(prefix + strconv.Itoa(n))
		switch {
		case strings.ContainsAny(item.text(), "-,"):
			item.wrong("%q: a range has no order; want each version, in the order in which the client offers them", item.text())
			continue
		case err != nil:
			item.wrong("%v", err)
			continue
		case len(c.subject.Versions) > 0 && !slices.ContainsFunc(c.subject.Versions, func(i deadyet.VersionInfo) bool { return i.Version == known }):
			item.wrong("%s is no version of the subject, see versions.yaml", known)
			continue
		case slices.Contains(out, known):
			item.wrong("%s stands twice", known)
		}
		out = append(out, known)
	}
	return out
}

// clientWays reads ways like tcp:1863.
func clientWays(v value) (out []deadyet.Way) {
	for _, item := range v.list() {
		text := item.need()
		transport, port, _ := strings.Cut(text, ":")
		t, err := deadyet.ParseTransport(transport)
		n, bad := strconv.ParseUint(port, 10, 16)
		w := deadyet.Way{Transport: t, Port: uint16(n)}
		switch {
		case text == "":
		case err != nil || bad != nil || n == 0:
			item.wrong("%q: want a transport and a port like tcp:1863, http:80 or https:443", text)
		case slices.Contains(out, w):
			item.wrong("%s stands twice", w)
		default:
			out = append(out, w)
		}
	}
	return out
}

// settings reads how the server can be set without a patch.
func settings(v value) (out []deadyet.Setting) {
	for _, item := range v.list() {
		f := item.fields("how", "where", "field", "login")
		s := deadyet.Setting{How: needWord(f["how"], deadyet.SetHows()...), Where: f["where"].text(), Field: f["field"].text(), Login: f["login"].yes()}
		switch s.How {
		case deadyet.SetRegistry, deadyet.SetSettings, deadyet.SetCommand, deadyet.SetArgument:
			for _, key := range []string{"where", "field"} {
				if f[key].missing() {
					f[key].wrong("missing; want the real name, as it is spelt there")
				}
			}
		case deadyet.SetHosts, deadyet.SetNone, deadyet.SetUnknown:
			if s.Where != "" || s.Field != "" {
				item.wrong("%s has no where and no field", s.How)
			}
		}
		out = append(out, s)
	}
	alone := slices.ContainsFunc(out, func(s deadyet.Setting) bool { return s.How == deadyet.SetNone || s.How == deadyet.SetUnknown })
	if len(out) == 0 || alone && len(out) > 1 {
		v.wrong("want the ways to set the server, or one entry with how: none or how: unknown")
	}
	return out
}

// date reads a day, a month or a year.
func (v value) date() deadyet.Date {
	if v.missing() {
		return deadyet.Date{}
	}
	for _, p := range []struct {
		layout string
		is     deadyet.Precision
	}{{time.DateOnly, deadyet.PrecisionDay}, {"2006-01", deadyet.PrecisionMonth}, {"2006", deadyet.PrecisionYear}} {
		if t, err := time.Parse(p.layout, v.text()); err == nil {
			return deadyet.Date{Day: deadyet.DayOf(t), Precision: p.is}
		}
	}
	v.wrong("%q: want a day like 2015-02-26, a month like 2015-02 or a year like 2015", v.text())
	return deadyet.Date{}
}
