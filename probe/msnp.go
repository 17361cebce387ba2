package probe

import (
	"context"
	"errors"
	"slices"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
)

// askMSNP finds the exact set of versions of MSNP that an endpoint takes.
func askMSNP(ctx context.Context, v *visit, checks []deadyet.Check) {
	a := newMSNPAsker(v, checks)
	n := &negotiation{control: v.prober.control(), deep: v.target.Consent}
	n.offer = func(vs []deadyet.Version, last bool) *reply { return a.offer(ctx, ask{versions: vs, last: last}) }
	if len(a.known)+len(a.rest) > 0 {
		n.run(a.known, a.rest)
	}
	a.report(n)
	if a.helloAsked {
		a.sayHello(ctx, n.answered)
	}
	a.line.end()
}

// newMSNPAsker sorts the versions by how they are asked, the best first.
func newMSNPAsker(v *visit, checks []deadyet.Check) *msnpAsker {
	a := &msnpAsker{v: v, checks: checks}
	for _, c := range checks {
		switch {
		case v.target.Transport == deadyet.TransportHTTPS && c.Version == helloVersion:
			a.helloAsked = true // it has no VER: it has a hello of its own
		case slices.Contains(v.target.Known, c.Version):
			a.known = append(a.known, c.Version)
		default:
			a.rest = append(a.rest, c.Version)
		}
	}
	slices.SortFunc(a.known, newestFirst)
	slices.SortFunc(a.rest, newestFirst)
	return a
}

// sayHello asks for MSNP24, unless TLS has failed already.
func (a *msnpAsker) sayHello(ctx context.Context, spoke bool) {
	c, _ := a.check(helloVersion)
	if r, failed := a.noTLS(); failed {
		r.Check, r.Derived = c, true
		a.v.add(r)
		return
	}
	if a.v.over(ctx) {
		r := tooLate(&reply{})
		a.v.add(deadyet.Reading{Check: c, Began: time.Now().UTC(), Controls: noControls(), Answer: r.answer, Failure: r.failure})
		return
	}
	a.hello(ctx, c, spoke)
}

// noTLS returns a reading of this visit that failed in the TLS handshake: what
// holds for one version holds for all, and is not worth another connection.
func (a *msnpAsker) noTLS() (deadyet.Reading, bool) {
	for _, r := range a.v.readings {
		if r.Check.Kind == deadyet.KindMSNP && r.Failure.Stage == deadyet.StageTLS {
			return r, true
		}
	}
	return deadyet.Reading{}, false
}

func (p *Prober) control() deadyet.Version {
	if p.Control != "" {
		return p.Control
	}
	return deadyet.Version(msnp.Control.String())
}

// newestFirst orders versions as clients write them: the best first.
func newestFirst(a, b deadyet.Version) int {
	va, _ := msnp.ParseVersion(string(a))
	vb, _ := msnp.ParseVersion(string(b))
	return int(vb) - int(va)
}

// msnpAsker asks one endpoint in MSNP.
type msnpAsker struct {
	v           *visit
	checks      []deadyet.Check
	known, rest []deadyet.Version // by VER: accepted last time, and the others
	helloAsked  bool              // MSNP24 by its hello
	line        line
}

// check returns the check that asks for v.
func (a *msnpAsker) check(v deadyet.Version) (deadyet.Check, bool) {
	i := slices.IndexFunc(a.checks, func(c deadyet.Check) bool { return c.Version == v })
	if i < 0 {
		return deadyet.Check{}, false
	}
	return a.checks[i], true
}

// offer makes one offer in a session of its own. On a gateway connection that
// was used before, a failure may be about the reuse: then it is asked once
// more on a new connection, and reuse is given up.
func (a *msnpAsker) offer(ctx context.Context, o ask) *reply {
	if a.v.over(ctx) {
		return tooLate(&reply{})
	}
	r, reused := a.once(ctx, o)
	if reused && !r.answered() && !a.v.over(ctx) {
		a.line.single = true
		r, _ = a.once(ctx, o)
	}
	if a.v.over(ctx) && !r.answered() {
		return tooLate(r)
	}
	return r
}

// tooLate makes a reply one that nobody asked for: that our time was over is
// not the server's silence.
func tooLate(r *reply) *reply {
	r.answer, r.failure.Kind, r.failure.Detail = deadyet.AnswerUnasked, deadyet.FailureOverBudget, "our time for this endpoint was over"
	return r
}

// ask is one offer: the versions, whether CVR0 is left out, and whether it only
// looks who answers, and so never signs in.
type ask struct {
	versions []deadyet.Version
	last     bool
	look     bool
}

func (a *msnpAsker) send(ctx context.Context, s *msnpclient.Session, o ask) (msnpclient.VersionReply, error) {
	ctx, cancel := a.v.answer(ctx)
	defer cancel()
	if o.last {
		return s.VersionAlone(ctx, msnpVersions(o.versions)...)
	}
	return s.Version(ctx, msnpVersions(o.versions)...)
}

func (a *msnpAsker) once(ctx context.Context, o ask) (r *reply, reused bool) {
	r = &reply{}
	r.reading.Began = time.Now().UTC()
	s, reused, err := a.line.session(ctx, a.v)
	if err != nil {
		if r.answer, r.failure = classify(err); r.answer != deadyet.AnswerUnasked {
			r.reading.Transcript = a.line.lastTranscript(a.v)
		}
		r.reached = before(r.failure.Stage)
		r.reading.Took = time.Since(r.reading.Began)
		return r, false
	}
	r.reading.Transcript = a.line.wire.transcript()
	got, err := a.send(ctx, s, o)
	r.reading.Took = time.Since(r.reading.Began)
	if err == nil && a.line.repeated(a.v) {
		// The gateway gave the session of an earlier offer: no answer to this one.
		err = errSessionRepeated
	}
	if err != nil {
		r.answer, r.failure, r.reached = a.line.failed(a.v, err)
		r.cut = cut(err)
		a.line.broken(err)
		return r, reused
	}
	r.read(got, o.versions, a.v.prober.control())
	switch {
	case r.echo && r.control:
		a.v.show(deadyet.TraitService, "echo")
	case r.answered():
		a.v.speaks()
	}
	if !o.look && len(r.yes) == 1 && len(r.other) == 0 && !r.control && a.v.target.Consent && namesUser(r.yes[0]) {
		r.login = a.login(ctx, s, r.yes[0])
		a.v.sends(r.login.hops)
	}
	a.line.finish(ctx, a.v, got.Refused)
	return r, reused
}

var errSessionRepeated = errors.New("the gateway gave the same session twice")

// read sorts the tokens of an answer.
func (r *reply) read(got msnpclient.VersionReply, offered []deadyet.Version, control deadyet.Version) {
	r.refused = got.Refused
	r.echo = got.Echo
	if got.Refused {
		return // what stands behind the 0 is the server's own list, and no answer
	}
	for _, v := range got.Versions {
		switch token := deadyet.Version(v.String()); {
		case token == control:
			r.control = true
		case slices.Contains(offered, token):
			r.yes = append(r.yes, token)
		default:
			r.other = append(r.other, token)
		}
	}
	r.bare = len(got.Versions) == 0 && got.CVR0
	if len(got.Versions) == 0 && !got.CVR0 {
		r.answer = deadyet.AnswerUnclear
		r.reached = deadyet.StageConnect
		r.failure = deadyet.Failure{Stage: deadyet.StageGreet, Kind: deadyet.FailureMalformed, Detail: clip(got.Line)}
	}
}

func msnpVersions(vs []deadyet.Version) []msnp.Version {
	out := make([]msnp.Version, 0, len(vs))
	for _, v := range vs {
		if mv, err := msnp.ParseVersion(string(v)); err == nil {
			out = append(out, mv)
		}
	}
	return out
}

// report adds a reading for each version that was negotiated.
func (a *msnpAsker) report(n *negotiation) {
	a.v.showShape(n)
	for _, v := range slices.SortedFunc(versions(n.found), newestFirst) {
		c, ok := a.check(v)
		if !ok {
			continue // the control
		}
		res := n.found[v]
		r := res.by.reading
		r.Check, r.Answer, r.Stage, r.Failure = c, res.answer, res.stage, res.failure
		r.IgnoresOffer = n.ignoresOffer
		r.Controls = n.controls(v)
		r.Fingerprint = deadyet.MakeFingerprint(a.v.traits)
		r.Redirects = a.line.hops
		if res.by.login != nil {
			r.Redirects = append(slices.Clone(r.Redirects), res.by.login.hops...)
		}
		a.v.add(r)
	}
}

func versions(found map[deadyet.Version]result) func(func(deadyet.Version) bool) {
	return func(yield func(deadyet.Version) bool) {
		for v := range found {
			if !yield(v) {
				return
			}
		}
	}
}

// controls returns the outcome of both controls for version v.
func (n *negotiation) controls(v deadyet.Version) deadyet.Controls {
	c := noControls()
	for w, r := range n.found {
		if w != v && w != n.control && r.by.answered() {
			c.Positive = deadyet.ControlGood
		}
	}
	switch {
	case n.failed:
		c.Negative = deadyet.ControlFailed
	case n.controlled:
		c.Negative = deadyet.ControlGood
	}
	return c
}
