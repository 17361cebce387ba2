package probe

import (
	"fmt"
	"slices"
	"testing"

	"deadyet"

	"pgregory.net/rapid"
)

// habit is how a made-up server answers an offer, given what it takes.
type habit func(takes, offered []deadyet.Version) reply

func none(kind deadyet.FailureKind, a deadyet.Answer) reply {
	return reply{answer: a, failure: deadyet.Failure{Stage: deadyet.StageGreet, Kind: kind}}
}

func pointer(r reply) *reply { return &r }

func common(takes, offered []deadyet.Version) (vs []deadyet.Version) {
	for _, v := range offered {
		if slices.Contains(takes, v) {
			vs = append(vs, v)
		}
	}
	return vs
}

// habits are those of honest servers: whatever they do, what they take is what
// they answer to a version that is asked alone.
var habits = map[string]habit{
	"picks one and refuses in words": func(takes, offered []deadyet.Version) reply {
		if c := common(takes, offered); len(c) > 0 {
			return reply{yes: c[:1]}
		}
		return reply{refused: true}
	},
	"gives the whole common list": func(takes, offered []deadyet.Version) reply {
		if c := common(takes, offered); len(c) > 0 {
			return reply{yes: c}
		}
		return reply{refused: true}
	},
	"picks one and hangs up": func(takes, offered []deadyet.Version) reply {
		if c := common(takes, offered); len(c) > 0 {
			return reply{yes: c[len(c)-1:]}
		}
		return none(deadyet.FailureClosed, deadyet.AnswerUnclear)
	},
	"hangs up on any list, and on what it does not take": func(takes, offered []deadyet.Version) reply {
		if c := common(takes, offered); len(c) > 0 && len(offered) == 1 {
			return reply{yes: c}
		}
		return none(deadyet.FailureClosed, deadyet.AnswerUnclear)
	},
	"answers another version when nothing fits": func(takes, offered []deadyet.Version) reply {
		if c := common(takes, offered); len(c) > 0 {
			return reply{yes: c[:1]}
		}
		if len(takes) == 0 {
			return reply{refused: true}
		}
		return reply{other: takes[:1]}
	},
	"answers CVR0 when nothing fits": func(takes, offered []deadyet.Version) reply {
		if c := common(takes, offered); len(c) > 0 {
			return reply{yes: c}
		}
		return reply{bare: true}
	},
	"calls a long line a syntax error": func(takes, offered []deadyet.Version) reply {
		if len(offered) > 2 {
			return none(deadyet.FailureErrorReply, deadyet.AnswerUnclear)
		}
		if c := common(takes, offered); len(c) > 0 {
			return reply{yes: c[:1]}
		}
		return reply{refused: true}
	},
	"is silent to a list": func(takes, offered []deadyet.Version) reply {
		if len(offered) > 1 {
			return none(deadyet.FailureTimeout, deadyet.AnswerSilent)
		}
		if c := common(takes, offered); len(c) > 0 {
			return reply{yes: c}
		}
		return reply{refused: true}
	},
}

func all() (vs []deadyet.Version) {
	for n := 22; n >= 2; n-- {
		vs = append(vs, deadyet.Version(fmt.Sprintf("MSNP%d", n)))
	}
	return vs
}

func TestNegotiation_FindsTheExactSet(t *testing.T) {
	for name, h := range habits {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				takes := rapid.SliceOfDistinct(rapid.SampledFrom(all()), rapid.ID[deadyet.Version]).Draw(t, "takes")
				known := rapid.SliceOfDistinct(rapid.SampledFrom(all()), rapid.ID[deadyet.Version]).Draw(t, "known")
				slices.SortFunc(known, newestFirst)
				rest := slices.DeleteFunc(all(), func(v deadyet.Version) bool { return slices.Contains(known, v) })
				offers := 0
				n := &negotiation{control: "MSNP99", offer: func(vs []deadyet.Version, _ bool) *reply { offers++; return pointer(h(takes, vs)) }}
				n.run(known, rest)
				for _, v := range all() {
					checkFound(t, n, v, takes, h)
				}
				if most := 2*len(all()) + 6; offers > most {
					t.Errorf("made %d offers, want at most %d", offers, most)
				}
			})
		})
	}
}

func checkFound(t *rapid.T, n *negotiation, v deadyet.Version, takes []deadyet.Version, h habit) {
	got, ok := n.found[v]
	if !ok {
		t.Fatalf("%s: nothing was found out", v)
	}
	want := deadyet.AnswerNo
	if slices.Contains(takes, v) {
		want = deadyet.AnswerYes
	} else if r := h(takes, []deadyet.Version{v}); r.hungUp() && len(takes) == 0 {
		want = deadyet.AnswerUnclear // it hung up on everything: that proves nothing
	}
	if got.answer != want {
		t.Errorf("%s: got %s (%s), want %s", v, got.answer, got.failure, want)
	}
}

func TestNegotiation_EliminationCostsOneOfferForEachAcceptedVersionAndOneMore(t *testing.T) {
	takes := []deadyet.Version{"MSNP18", "MSNP15", "MSNP12"}
	offers := 0
	n := &negotiation{control: "MSNP99", offer: func(vs []deadyet.Version, _ bool) *reply {
		offers++
		return pointer(habits["picks one and refuses in words"](takes, vs))
	}}
	n.run(nil, all())
	if offers != 4 {
		t.Errorf("made %d offers, want 4", offers)
	}
	if c := n.controls("MSNP18"); c.Negative != deadyet.ControlGood || c.Positive != deadyet.ControlGood {
		t.Errorf("controls: got %+v", c)
	}
}

func TestNegotiation_AServerThatTakesTheControlIsNotBelieved(t *testing.T) {
	for _, echo := range []bool{true, false} {
		n := &negotiation{control: "MSNP99", offer: func(vs []deadyet.Version, _ bool) *reply {
			r := reply{echo: echo, control: slices.Contains(vs, "MSNP99")}
			r.yes = slices.DeleteFunc(slices.Clone(vs), func(v deadyet.Version) bool { return v == "MSNP99" })
			return &r
		}}
		n.run([]deadyet.Version{"MSNP18"}, []deadyet.Version{"MSNP8"})
		want := deadyet.FailureControlAccepted
		if echo {
			want = deadyet.FailureEcho
		}
		for _, v := range []deadyet.Version{"MSNP18", "MSNP8"} {
			if got := n.found[v]; got.answer != deadyet.AnswerUnclear || got.failure.Kind != want {
				t.Errorf("%s: got %s (%s), want unclear (%s)", v, got.answer, got.failure, want)
			}
		}
	}
}

func TestNegotiation_AServerThatHasHadEnoughIsNoRefusal(t *testing.T) {
	offers := 0
	n := &negotiation{control: "MSNP99", offer: func(vs []deadyet.Version, _ bool) *reply {
		if offers++; offers > 2 {
			return pointer(none(deadyet.FailureClosed, deadyet.AnswerUnclear))
		}
		return &reply{yes: vs[:1]}
	}}
	n.run(nil, []deadyet.Version{"MSNP18", "MSNP15", "MSNP12", "MSNP8"})
	for _, v := range []deadyet.Version{"MSNP12", "MSNP8"} {
		if got := n.found[v]; got.answer != deadyet.AnswerUnclear || got.failure.Kind != deadyet.FailureClosed {
			t.Errorf("%s: got %s (%s), want unclear (closed)", v, got.answer, got.failure)
		}
	}
}

func TestNegotiation_SilenceIsNotAskedForEachVersion(t *testing.T) {
	offers := 0
	n := &negotiation{control: "MSNP99", offer: func([]deadyet.Version, bool) *reply {
		offers++
		return pointer(none(deadyet.FailureTimeout, deadyet.AnswerSilent))
	}}
	n.run(nil, all())
	if offers != 2 {
		t.Errorf("made %d offers to a silent server, want 2", offers)
	}
	for _, v := range all() {
		if got := n.found[v].answer; got != deadyet.AnswerSilent {
			t.Errorf("%s: got %s, want silent", v, got)
		}
	}
}
