package deadyet

import (
	"slices"
	"strings"
)

// Told is what people are told, as one line: the addresses to which a name
// leads, or the hosts to which a server sends its clients on.
// "now=192.0.2.1, 192.0.2.7; before=198.51.100.3" is told now, and something
// else was told before; of "turns=192.0.2.1, 192.0.2.7" each visit shows a
// part, or another one. It is comparable. The order in which something is told
// does not count, and neither does for how long it holds.
type Told string

// MostTold is how many addresses of a name, or hosts, are kept.
const MostTold = 64

// mostBefore is how many are kept that are not told any more, the latest first.
const mostBefore = 16

const (
	toldNow    = "now"
	toldTurns  = "turns"
	toldBefore = "before"
)

// MakeTold writes what is told and was never told otherwise. It keeps
// [MostTold] of it, and none that is no address or host.
func MakeTold(now []string) Told {
	return makeTold(toldNow, now, nil)
}

func makeTold(how string, now, before []string) Told {
	now = slices.DeleteFunc(slices.Clone(now), func(s string) bool { return s == "" || strings.ContainsAny(s, ",;= ") })
	now = slices.Compact(slices.Sorted(slices.Values(now)))
	if len(now) == 0 {
		return ""
	}
	t := how + "=" + strings.Join(now[:min(len(now), MostTold)], ", ")
	if len(before) > 0 {
		t += "; " + toldBefore + "=" + strings.Join(before[:min(len(before), mostBefore)], ", ")
	}
	return Told(t)
}

// Now returns what is told, ordered; of what takes turns, all of it.
func (t Told) Now() []string {
	if t.InTurns() {
		return t.mark(toldTurns)
	}
	return t.mark(toldNow)
}

// Before returns what was told once and is not any more, the latest first.
func (t Told) Before() []string { return t.mark(toldBefore) }

// InTurns reports whether what is told takes turns: what was given up was told
// again.
func (t Told) InTurns() bool { return strings.HasPrefix(string(t), toldTurns+"=") }

func (t Told) mark(name string) []string {
	for mark := range strings.SplitSeq(string(t), "; ") {
		if n, list, ok := strings.Cut(mark, "="); ok && n == name && list != "" {
			return strings.Split(list, ", ")
		}
	}
	return nil
}

// With returns what is told after one more visit that heard this. It is t
// itself when nothing is new:
//
//   - the same again, or nothing, which takes nothing back;
//   - a part of what takes turns; something new beside that joins it.
//
// Otherwise what was heard is told from now on, and the rest was before; but if
// any of it was before, it takes turns from now on, all of it.
// docs/decisions/022 has the reasons.
func (t Told) With(heard []string) Told {
	fresh := MakeTold(heard)
	now, known, before := fresh.Now(), t.Now(), t.Before()
	switch {
	case fresh == "" || slices.Equal(now, known):
		return t
	case t.InTurns() && meet(now, known):
		return inTurns(t, known, now)
	case meet(now, before):
		return inTurns(t, known, before, now)
	}
	gone := slices.DeleteFunc(slices.Concat(known, before), func(s string) bool { return slices.Contains(now, s) })
	return makeTold(toldNow, now, gone)
}

// inTurns joins all that takes turns, unless that is more than is kept.
func inTurns(t Told, parts ...[]string) Told {
	all := slices.Compact(slices.Sorted(slices.Values(slices.Concat(parts...))))
	if t.InTurns() && len(all) > MostTold {
		return t
	}
	return makeTold(toldTurns, all, nil)
}

// Moved reports whether nothing of what is told by t is told by u: whoever
// follows goes elsewhere. Where one of them is not known, nothing has moved.
func (t Told) Moved(u Told) bool {
	return t != "" && u != "" && !meet(t.Now(), u.Now())
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// ResolverOwn stands for a resolver whose address says where we are.
const ResolverOwn = "own"

// NameAnswer is what one resolver told about a name.
type NameAnswer struct {
	Resolver  string   `json:"resolver"`            // its address, or ResolverOwn
	Subnet    string   `json:"subnet,omitempty"`    // for whom it was asked, where it minds that
	Chain     []string `json:"chain,omitempty"`     // the other names over which it leads, in their order
	Addresses []string `json:"addresses,omitempty"` // ordered
	TTL       uint32   `json:"ttl,omitempty"`       // seconds for which it may be remembered: the least of all its records
	Failure   Failure  `json:"failure,omitzero"`
}
