package probe

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"deadyet"
)

// Names asks what people are told of a name. [Resolvers] does.
type Names interface {
	// Ask returns one answer for each resolver, in an order that stays. It ends
	// with ctx at the latest.
	Ask(ctx context.Context, name string) []deadyet.NameAnswer
}

// askName answers where the target's name leads, by what all resolvers tell
// together. What is known already, and not contradicted, stays: see
// [deadyet.Told.With].
func askName(ctx context.Context, v *visit, checks []deadyet.Check) {
	r := deadyet.Reading{Began: time.Now().UTC(), Controls: noControls(), Told: v.target.Told}
	if err := v.mayLookUp(); err != nil {
		r.Answer, r.Failure = classify(&stageError{deadyet.StageResolve, err})
	} else {
		ctx, cancel := v.answer(ctx)
		defer cancel()
		r.Names = v.prober.Names.Ask(ctx, v.target.LookedUp())
		r.Took = time.Since(r.Began)
		v.hear(&r)
	}
	for _, c := range checks {
		r.Check = c
		v.add(r)
	}
}

// mayLookUp says why the name may not be looked up.
func (v *visit) mayLookUp() error {
	if err := v.prober.Dialer.may(v.target.Address); err != nil {
		return err
	}
	if o, out := v.prober.Dialer.optedOut(v.target.LookedUp()); out {
		return notAsked(deadyet.FailureOptedOut, "%s has opted out on %s", o.Host, o.Date)
	}
	if v.prober.Names == nil {
		return notAsked(deadyet.FailureResolver, "no resolver is known")
	}
	return nil
}

// hear concludes from what the resolvers told. One that could not answer says
// nothing about the name, as long as another one could.
func (v *visit) hear(r *deadyet.Reading) {
	var heard, special []string
	var worst deadyet.Failure // of those that answered
	answered := false
	for _, a := range r.Names {
		switch a.Failure.Kind {
		case deadyet.FailureResolver:
			continue
		case "":
			public, other := v.sort(a.Addresses)
			heard, special = append(heard, public...), append(special, other...)
		}
		if !answered || graver(a.Failure, worst) {
			worst = a.Failure
		}
		answered = true
	}
	heard = slices.Compact(slices.Sorted(slices.Values(heard)))
	r.Failure = deadyet.Failure{Stage: deadyet.StageResolve}
	switch {
	case !answered:
		r.Answer, r.Failure.Kind, r.Failure.Detail = deadyet.AnswerUnasked, deadyet.FailureResolver, why(r.Names)
	case len(heard) > deadyet.MostTold:
		r.Answer, r.Failure.Kind, r.Failure.Detail = deadyet.AnswerUnclear, deadyet.FailureTooLong, fmt.Sprintf("it leads to %d addresses", len(heard))
	case len(heard) > 0:
		r.Answer, r.Stage, r.Failure = deadyet.AnswerYes, deadyet.StageResolve, deadyet.Failure{}
		r.Told = r.Told.With(heard)
	case len(special) > 0:
		r.Answer, r.Failure.Kind, r.Failure.Detail = deadyet.AnswerUnclear, deadyet.FailureSpecialAddress, "it leads to "+special[0]
	case worst.Kind == deadyet.FailureNameNotFound:
		r.Answer, r.Failure = deadyet.AnswerSilent, worst
	default:
		r.Answer, r.Failure = deadyet.AnswerUnclear, worst
	}
}

// graver reports whether a failure is worse than another one: that a name is
// gone is the least of them.
func graver(f, than deadyet.Failure) bool {
	return than.Kind == deadyet.FailureNameNotFound && f.Kind != deadyet.FailureNameNotFound && f.Kind != ""
}

func why(answers []deadyet.NameAnswer) string {
	if len(answers) == 0 {
		return "no resolver is known"
	}
	return answers[0].Failure.Detail
}

// sort tells public addresses from those that lead nowhere, or to whoever
// looks: loopback, private, the metadata of a cloud.
func (v *visit) sort(addresses []string) (public, other []string) {
	private := v.prober.Dialer.Private
	for _, s := range addresses {
		a, err := netip.ParseAddr(s)
		switch {
		case err != nil:
		case special(a) && (private == nil || !private(v.target.LookedUp())):
			other = append(other, s)
		default:
			public = append(public, s)
		}
	}
	return public, other
}
