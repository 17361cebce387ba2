package config

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"deadyet"

	"github.com/goccy/go-yaml/ast"
)

// text reads a scalar as text; numbers and the like count as what they look
// like in the file.
func (v value) text() string {
	switch n := v.node.(type) {
	case nil, *ast.NullNode:
		return ""
	case *ast.StringNode:
		return strings.TrimSpace(n.Value)
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value
	}
	v.wrong("want text")
	return ""
}

// need is text that must not be empty.
func (v value) need() string {
	s := v.text()
	if s == "" {
		v.wrong("missing")
	}
	return s
}

func (v value) yes() bool {
	if v.missing() {
		return false
	}
	b, ok := v.node.(*ast.BoolNode)
	if !ok {
		v.wrong("want true or false")
		return false
	}
	return b.Value
}

// number reads a whole number between least and most.
func (v value) number(least, most int) int {
	if v.missing() {
		v.wrong("missing; want a whole number from %d to %d", least, most)
		return least
	}
	s := v.text()
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > most {
		v.wrong("%q: want a whole number from %d to %d", s, least, most)
		return least
	}
	return n
}

// numberOr is number with a default for a key that is missing.
func (v value) numberOr(missing, least, most int) int {
	if v.missing() {
		return missing
	}
	return v.number(least, most)
}

// lasting reads a duration between least and most, missing if there is none.
func (v value) lasting(missing, least, most time.Duration) time.Duration {
	if v.missing() {
		return missing
	}
	d, err := time.ParseDuration(v.text())
	if err != nil || d < least || d > most {
		v.wrong("%q: want a duration like 90s, 30m or 6h, from %s to %s", v.text(), least, most)
		return missing
	}
	return d
}

func (v value) day() deadyet.Day {
	if v.missing() {
		return deadyet.Day{}
	}
	d, err := deadyet.ParseDay(v.text())
	if err != nil {
		v.wrong("%q: want a day like 2015-02-26", v.text())
	}
	return d
}

func (v value) needDay() deadyet.Day {
	if v.missing() {
		v.wrong("missing; want a day like 2015-02-26")
	}
	return v.day()
}

// interval reads a moment, a day, or a mapping with from and to.
func (v value) interval() deadyet.Interval {
	if v.missing() {
		return deadyet.Interval{}
	}
	if s, ok := v.node.(*ast.StringNode); ok {
		return v.moment(s.Value)
	}
	if _, ok := v.node.(*ast.MappingNode); !ok {
		v.wrong("want a day like 2015-02-26, a moment like 2017-05-19T17:09:00Z, or from and to")
		return deadyet.Interval{}
	}
	f := v.fields("from", "to")
	i := deadyet.Interval{From: f["from"].interval().From, To: f["to"].interval().To}
	if i.From.IsZero() || i.To.Before(i.From) {
		v.wrong("want from and to, in this order")
	}
	return i
}

func (v value) moment(s string) deadyet.Interval {
	if d, err := deadyet.ParseDay(s); err == nil {
		return deadyet.OnDay(d)
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		v.wrong("%q: want a day like 2015-02-26 or a moment like 2017-05-19T17:09:00Z", s)
		return deadyet.Interval{}
	}
	return deadyet.At(t.UTC())
}

// word reads one of a list of words; "" if there is none.
func word[T ~string](v value, known ...T) T {
	s := T(v.text())
	if v.missing() || slices.Contains(known, s) {
		return s
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	v.wrong("%q: want one of %s%s", string(s), strings.Join(names, ", "), near(string(s), names))
	return ""
}

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,31}$`)

// id reads a lower-case word that names something for ever.
func (v value) id() string {
	s := v.need()
	if s != "" && !idPattern.MatchString(s) {
		v.wrong("%q: want a lower-case word: letters, digits and -", s)
	}
	return s
}

// link reads the address of a page.
func (v value) link() string {
	s := v.text()
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		v.wrong("%q: want a link that begins with https:// or http://", s)
	}
	return s
}

var hostPattern = regexp.MustCompile(`^(?i)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$`)

// host reads an address or a host name, without a port.
func (v value) host() string {
	s := v.need()
	if s == "" {
		return ""
	}
	if a, err := netip.ParseAddr(s); a.Zone() != "" || err != nil && (len(s) > 253 || !hostPattern.MatchString(s) || digits(s)) {
		v.wrong("%q: want an address like 192.0.2.7 or a host name, without a port", s)
	}
	return s
}

// digits reports whether s looks like a mistyped IPv4 address.
func digits(s string) bool { return strings.Trim(s, "0123456789.") == "" }
