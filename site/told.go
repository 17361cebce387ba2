package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"deadyet"
)

// toldView is what people are told who look the name of a server up.
type toldView struct {
	Name    string
	Check   checkView
	Leads   string // to which addresses
	Before  string
	Answers []toldAnswer
}

// toldAnswer is what one resolver told.
type toldAnswer struct {
	Resolver, Leads, Chain, TTL string
}

// toldOf returns what is told of a server's name, nil where it has none that is
// asked for.
func (s *Site) toldOf(sv deadyet.Server, states []*deadyet.State) *toldView {
	i := slices.IndexFunc(states, func(st *deadyet.State) bool { return st.Check.Kind == deadyet.KindName })
	if i < 0 {
		return nil
	}
	st := states[i]
	told := st.Span.Outcome.Told
	v := &toldView{Name: clean(sv.LookedUp()), Check: s.checkView(st), Leads: s.toldText(told), Before: list(told.Before())}
	if p := st.Pending; p != nil && p.Outcome.Told != told {
		v.Check.Now = s.t("{text}; it led to {addresses}", "text", v.Check.Now, "addresses", s.toldText(p.Outcome.Told))
	}
	for _, a := range st.Span.Notes.Names {
		v.Answers = append(v.Answers, s.toldAnswer(a))
	}
	return v
}

// sendView is where an endpoint sends its clients on.
type sendView struct {
	Where, To, Before string
	Since             when
}

// sendsOf tells of each endpoint that sends its clients on.
func (s *Site) sendsOf(states []*deadyet.State) (out []sendView) {
	for _, st := range states {
		told := st.Span.Outcome.Told
		if st.Check.Kind != deadyet.KindIdentity || told == "" {
			continue
		}
		out = append(out, sendView{
			Where: clean(st.Check.Where()), To: s.toldText(told), Before: list(told.Before()), Since: s.inWords(asPlain, s.toldSince(st)),
		})
	}
	return out
}

// toldSince is when a server began to tell what it tells, whatever else has
// changed about it since then.
func (s *Site) toldSince(st *deadyet.State) deadyet.Interval {
	since := st.Span.Since
	for _, sp := range slices.Backward(s.spansOf(st.Check.Server)) {
		switch {
		case sp.Check != st.Check || sp.Since.To.After(since.To):
		case sp.Outcome.Told != st.Span.Outcome.Told:
			return since
		default:
			since = sp.Since
		}
	}
	return since
}

// toldText lists what is told, and says so where it takes turns.
func (t tongue) toldText(told deadyet.Told) string {
	if told.InTurns() {
		return t.t("{addresses}, in turns", "addresses", list(told.Now()))
	}
	return list(told.Now())
}

func list(parts []string) string { return clean(strings.Join(parts, ", ")) }

func (t tongue) toldAnswer(a deadyet.NameAnswer) toldAnswer {
	resolver := clean(a.Resolver)
	if a.Resolver == deadyet.ResolverOwn {
		resolver = t.t("our own")
	}
	v := toldAnswer{Resolver: resolver, Leads: cmp.Or(list(a.Addresses), t.failureText(a.Failure)), Chain: list(a.Chain)}
	if a.Subnet != "" {
		v.Resolver = t.t("{resolver}, for people in {subnet}", "resolver", v.Resolver, "subnet", clean(a.Subnet))
	}
	if a.TTL > 0 {
		v.TTL = t.t("{n} s", "n", strconv.FormatUint(uint64(a.TTL), 10))
	}
	return v
}
