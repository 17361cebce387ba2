package config

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"deadyet"

	"github.com/goccy/go-yaml/ast"
)

const (
	prefix       = "MSNP"
	firstVersion = 2
	lastVersion  = 24
)

// ParseVersions reads versions of MSNP as people write them: "2-24", "8, 12,
// 18", "MSNP18" or "MSNP2-MSNP18, MSNP21". The result is in ascending order,
// each version once.
func ParseVersions(s string) ([]deadyet.Version, error) {
	var vs []deadyet.Version
	for part := range strings.SplitSeq(s, ",") {
		from, to, err := parseRange(part)
		if err != nil {
			return nil, err
		}
		for n := from; n <= to; n++ {
			vs = append(vs, deadyet.Version(prefix+strconv.Itoa(n)))
		}
	}
	return ordered(vs), nil
}

func parseRange(s string) (from, to int, err error) {
	first, last, isRange := strings.Cut(s, "-")
	if from, err = parseVersion(first); err != nil {
		return 0, 0, err
	}
	if to = from; isRange {
		if to, err = parseVersion(last); err != nil {
			return 0, 0, err
		}
	}
	if to < from {
		return 0, 0, fmt.Errorf("versions %q: the range runs backwards", strings.TrimSpace(s))
	}
	return from, to, nil
}

func parseVersion(s string) (int, error) {
	s = strings.TrimSpace(s)
	n, err := strconv.Atoi(strings.TrimPrefix(s, prefix))
	if err != nil || n < firstVersion || n > lastVersion {
		return 0, fmt.Errorf("version %q: want a number from %d to %d, e.g. 2-18, 21 or %s%d", s, firstVersion, lastVersion, prefix, 18)
	}
	return n, nil
}

// versions reads them from a file: a text like "2-18, 21", or a list of such.
func (v value) versions() []deadyet.Version {
	if v.missing() {
		return nil
	}
	texts := []value{v}
	if _, ok := v.node.(*ast.SequenceNode); ok {
		texts = v.list()
	}
	var vs []deadyet.Version
	for _, t := range texts {
		more, err := ParseVersions(t.text())
		if err != nil {
			t.wrong("%v", err)
		}
		vs = append(vs, more...)
	}
	return ordered(vs)
}

// ordered sorts versions by their number and drops what stands twice.
func ordered(vs []deadyet.Version) []deadyet.Version {
	slices.SortFunc(vs, func(a, b deadyet.Version) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return slices.Compact(vs)
}

// version reads one token, such as MSNP18.
func (v value) version() deadyet.Version {
	s := v.need()
	if n, err := strconv.Atoi(strings.TrimPrefix(s, prefix)); s != "" && (err != nil || !strings.HasPrefix(s, prefix) || n < 1 || n > 999) {
		v.wrong("%q: want a version like %s18", s, prefix)
	}
	return deadyet.Version(s)
}
