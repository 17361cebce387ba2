package msnpserver

import (
	"slices"

	"deadyet/msnp"
)

// Choose answers an offer. accepted is what the server takes here, tokens is
// what stands behind the transaction id. It must not change either.
type Choose func(accepted []msnp.Version, tokens []string) Choice

// Choice is the answer to an offer.
type Choice struct {
	Words   []string // behind "VER n"; none: no answer at all
	Version msnp.Version
	Close   bool // hang up after it
}

func refused() Choice { return Choice{Words: []string{"0"}, Close: true} }

func chosen(v msnp.Version, more ...string) Choice {
	return Choice{Words: append([]string{v.String()}, more...), Version: v}
}

// offered returns the versions among tokens that are accepted, in the client's
// order.
func offered(accepted []msnp.Version, tokens []string) []msnp.Version {
	var vs []msnp.Version
	for _, t := range tokens {
		if v, err := msnp.ParseVersion(t); err == nil && slices.Contains(accepted, v) {
			vs = append(vs, v)
		}
	}
	return vs
}

// chooseCommon answers with all common tokens, CVR0 among them: Microsoft
// until about 2008. With CVR0 alone the client may ask CVQ, and is cut off.
func chooseCommon(accepted []msnp.Version, tokens []string) Choice {
	var c Choice
	for _, t := range tokens {
		v, err := msnp.ParseVersion(t)
		if err == nil && slices.Contains(accepted, v) {
			c.Words = append(c.Words, t)
			c.Version = max(c.Version, v)
		} else if t == msnp.CVR0 {
			c.Words = append(c.Words, t)
		}
	}
	if len(c.Words) == 0 {
		return refused()
	}
	return c
}

// chooseHighest answers with the best common version alone: Microsoft from
// about 2009 on.
func chooseHighest(accepted []msnp.Version, tokens []string) Choice {
	vs := offered(accepted, tokens)
	if len(vs) == 0 {
		return refused()
	}
	return chosen(slices.Max(vs))
}

// choosePreferred has a fixed preference of its own: 18 down to 2, then 19, 20
// and 21, which it takes without having them: Escargot.
func choosePreferred(accepted []msnp.Version, tokens []string) Choice {
	vs := offered(accepted, tokens)
	if len(vs) == 0 {
		return refused()
	}
	return chosen(slices.MinFunc(vs, func(a, b msnp.Version) int { return rank(a) - rank(b) }))
}

func rank(v msnp.Version) int {
	if v <= msnp.MSNP18 {
		return int(msnp.MSNP18 - v)
	}
	return int(v)
}

// chooseDisclosing tells its whole list when nothing fits, and stays open:
// Escargot in 2017, as the draft allows (§7.1).
func chooseDisclosing(accepted []msnp.Version, tokens []string) Choice {
	if vs := offered(accepted, tokens); len(vs) > 0 {
		return chosen(slices.Max(vs))
	}
	list := slices.Clone(accepted)
	slices.Sort(list)
	c := Choice{Words: []string{"0"}}
	for _, v := range slices.Backward(list) {
		c.Words = append(c.Words, v.String())
	}
	return c
}

// chooseFirst follows the client's order: R2M.
func chooseFirst(accepted []msnp.Version, tokens []string) Choice {
	vs := offered(accepted, tokens)
	if len(vs) == 0 {
		return refused()
	}
	return chosen(vs[0])
}

// chooseAlways ignores the offer.
func chooseAlways(accepted []msnp.Version, _ []string) Choice {
	if len(accepted) == 0 {
		return refused()
	}
	return chosen(accepted[0])
}

// chooseByFirst looks at the first token only, and answers even what was not
// offered: MSNP10 to 11 and 12, MSNP2 to anything else that it doesn't have.
func chooseByFirst(accepted []msnp.Version, tokens []string) Choice {
	first := ""
	if len(tokens) > 0 {
		first = tokens[0]
	}
	v, err := msnp.ParseVersion(first)
	switch {
	case err == nil && slices.Contains(accepted, v):
		return chosen(v, msnp.CVR0)
	case v == msnp.MSNP11 || v == msnp.MSNP12:
		return chosen(msnp.MSNP10, msnp.CVR0)
	}
	return chosen(msnp.MSNP2, msnp.CVR0)
}

// chooseFallback answers MSNP8 where nothing fits, offered or not, and stays
// open.
func chooseFallback(accepted []msnp.Version, tokens []string) Choice {
	if vs := offered(accepted, tokens); len(vs) > 0 {
		return chosen(slices.Max(vs))
	}
	return chosen(msnp.MSNP8)
}

// chooseNothing hangs up as soon as it has read VER.
func chooseNothing([]msnp.Version, []string) Choice { return Choice{Close: true} }
