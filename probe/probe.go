// Package probe asks the checks of one endpoint.
//
// A [Prober] is given a target and its checks and returns one reading for
// each, with as few connections as the server allows. It dials through a
// [Dialer], which is the one place where it is decided whom this program may
// connect to. What goes wrong at the target is mapped to a
// [deadyet.Failure] by one classifier that looks at errors by number and type
// before it looks at text; a Go error means that nothing could be asked.
//
//	p := probe.Prober{Dialer: &probe.Dialer{Listed: probe.Hosts(subject)}}
//	readings, err := p.Probe(ctx, target, checks)
//
// There is one file for each kind of check, and one line for it in the table
// of [Kinds].
package probe

import (
	"context"
	"fmt"
	"slices"
	"time"

	"deadyet"
)

// Timeouts are the budgets of one connection by stage. A zero field means the
// default.
type Timeouts struct {
	Connect time.Duration // 3 s: enough for one lost packet
	TLS     time.Duration // 5 s
	Answer  time.Duration // 10 s from a question to its answer
	Visit   time.Duration // 3 min for all that is asked at one endpoint
}

func (t Timeouts) withDefaults() Timeouts {
	for _, d := range []struct {
		at   *time.Duration
		then time.Duration
	}{{&t.Connect, 3 * time.Second}, {&t.TLS, 5 * time.Second}, {&t.Answer, 10 * time.Second}, {&t.Visit, 3 * time.Minute}} {
		if *d.at <= 0 {
			*d.at = d.then
		}
	}
	return t
}

// Prober asks the checks of one endpoint at a time. It is safe for concurrent
// use; its fields must not be changed while it is used.
type Prober struct {
	Dialer   *Dialer
	Timeouts Timeouts
	// Control is a version that never existed; "" means MSNP99.
	Control deadyet.Version
	// Login is an address of our own for the sign-in step; "" means
	// probe@example.com. It is sent only where the target has consent.
	Login string
	// Agent is what gateways are told about who asks, in User-Agent; "" means
	// what old clients said of themselves.
	Agent string
	// Follow reports whether a redirect during the sign-in step may be
	// followed to that host and port; nil follows none. See [Consenting].
	Follow func(host string, port uint16) bool
	// Names asks where names lead; nil means that nobody is asked.
	Names Names
}

// kind is one row of the table of probers.
type kind struct {
	name deadyet.Kind
	what string // the question, for people
	ask  func(ctx context.Context, v *visit, checks []deadyet.Check)
}

func table() []kind {
	return []kind{
		{deadyet.KindPort, "Is the port open?", askPort},
		{deadyet.KindMSNP, "Which versions of MSNP does it take?", askMSNP},
		{deadyet.KindIdentity, "Is it still the same that answers?", askIdentity},
		{deadyet.KindName, "Where does its name lead?", askName},
	}
}

// Kinds lists the kinds of checks that can be asked, and the question of each.
func Kinds() (names []deadyet.Kind, what map[deadyet.Kind]string) {
	what = make(map[deadyet.Kind]string)
	for _, k := range table() {
		names = append(names, k.name)
		what[k.name] = k.what
	}
	return names, what
}

// Probe returns one reading for each check, all of which must belong to t's
// endpoint. When the endpoint can't be connected, all of them get that answer
// from one dial: the port check as its own, the others marked as derived.
func (p *Prober) Probe(ctx context.Context, t deadyet.Target, checks []deadyet.Check) ([]deadyet.Reading, error) {
	if err := askable(t.Endpoint, checks); err != nil {
		return nil, err
	}
	v := &visit{prober: p, target: t, limits: p.Timeouts.withDefaults(), left: mostReceived}
	v.until = time.Now().Add(v.limits.Visit)
	defer v.end()
	if t.Transport == deadyet.TransportDNS {
		askName(ctx, v, checks) // nobody is connected to
		return v.readings, nil
	}
	if err := v.open(ctx); err != nil {
		v.derive(checks, err)
		return v.readings, nil
	}
	for _, k := range table() {
		if cs := ofKind(checks, k.name); len(cs) > 0 {
			k.ask(ctx, v, cs)
		}
	}
	v.disown()
	return v.readings, nil
}

// askable refuses checks that can't be asked at the endpoint.
func askable(e deadyet.Endpoint, checks []deadyet.Check) error {
	for _, c := range checks {
		if c.Endpoint != e {
			return fmt.Errorf("ask %s at %s: the check belongs to another endpoint", c.ID(), e)
		}
		if !slices.ContainsFunc(table(), func(k kind) bool { return k.name == c.Kind }) {
			return fmt.Errorf("ask %s: no prober of the kind %q", c.ID(), c.Kind)
		}
		if (c.Kind == deadyet.KindName) != (e.Transport == deadyet.TransportDNS) {
			return fmt.Errorf("ask %s: names are asked by dns, and nothing else is", c.ID())
		}
	}
	return nil
}

func ofKind(checks []deadyet.Check, k deadyet.Kind) (out []deadyet.Check) {
	for _, c := range checks {
		if c.Kind == k {
			out = append(out, c)
		}
	}
	return out
}

// askPort answers whether the port is open: the first connection says so.
func askPort(_ context.Context, v *visit, checks []deadyet.Check) {
	for _, c := range checks {
		v.add(deadyet.Reading{
			Check: c, Answer: deadyet.AnswerYes, Stage: deadyet.StageConnect,
			Began: v.first.tape.began, Took: v.first.connected, Transcript: v.first.tape.transcript(),
			Controls: noControls(),
		})
	}
}

func noControls() deadyet.Controls {
	return deadyet.Controls{Positive: deadyet.ControlUnasked, Negative: deadyet.ControlUnasked}
}
