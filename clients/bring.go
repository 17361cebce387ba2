package clients

import (
	"deadyet"
)

// reach is how a client can be brought to a server that its built-in address
// does not lead to.
type reach int

const (
	reachNone    reach = iota
	reachUnknown       // nobody found out
	reachServer        // it can be given a server, but no host for the sign-in
	reachAll
)

func (p *pair) reach() (r reach) {
	for _, s := range p.client.Set {
		switch {
		case s.How == deadyet.SetNone:
		case s.How == deadyet.SetUnknown:
			r = max(r, reachUnknown)
		case s.Login:
			r = max(r, reachAll)
		default:
			r = max(r, reachServer)
		}
	}
	return r
}

// patched returns the patch that was there for the network, nil if there was
// none.
func (p *pair) patched(t int64) *deadyet.Patch {
	for i := range p.client.Patches {
		if x := &p.client.Patches[i]; x.For(p.ground.network.ID, p.client.BuiltFor) && (x.Since.IsZero() || nano(x.Since.Start()) <= t) {
			return x
		}
	}
	return nil
}

// barred returns what turns the client away, nil if nothing does.
func (p *pair) barred(t int64) *deadyet.Barred {
	for i := range p.client.Barred {
		b := &p.client.Barred[i]
		if b.Network == p.ground.network.ID && nano(b.Since.From) <= t && (b.Until.IsZero() || t < nano(b.Until.From)) {
			return b
		}
	}
	return nil
}

// bring tells whether the client can be brought to what is taken, and signs in
// there. outer says that its server is a front door.
func (p *pair) bring(f finding, outer bool, t int64, hosts bool) finding {
	home := p.ground.network.ID == p.client.BuiltFor
	f.point = !home || !outer
	missing := deadyet.FitWorks // what a patch has to mend
	if f.point {
		var why deadyet.ObstacleKind
		switch r := p.reach(); {
		case r == reachNone:
			missing, why = deadyet.FitNo, deadyet.ObstacleAddress
		case r == reachUnknown:
			missing, why = deadyet.FitUnknown, deadyet.ObstacleSetting
		case r == reachServer && !home && p.login:
			missing, why = deadyet.FitLogin, deadyet.ObstacleSignIn
		}
		f = f.because(why)
	}
	if b := p.barred(t); b != nil {
		f.barred = b
		if f = f.because(deadyet.ObstacleBarred); b.SignIn {
			f.fit = deadyet.FitLogin // which no patch mends: it is of the program's age
		} else {
			missing = deadyet.FitNo
		}
	}
	if missing != deadyet.FitWorks {
		x := p.patched(t)
		if x == nil {
			return f.is(missing)
		}
		f.patch, missing = x.Name, deadyet.FitPatched
	}
	switch {
	case f.fit == deadyet.FitLogin:
		return f
	case hosts && p.login && p.down(t):
		f.down = true
		return f.is(deadyet.FitLogin, deadyet.ObstacleDown)
	}
	return f.is(missing)
}

// down reports whether a host that every sign-in needs is shut.
func (p *pair) down(t int64) bool {
	for _, h := range p.ground.hosts {
		if h.down(t) {
			return true
		}
	}
	return false
}

func (h *host) down(t int64) bool { return h.shut.holds(t) && !h.open.holds(t) }
