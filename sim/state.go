package sim

import (
	"errors"
	"io"
	"slices"

	"deadyet/msnp"
)

// State is what happens to whoever connects to a port.
type State uint8

const (
	StateClosed State = iota // refused: the machine is there and nothing listens
	StateOpen                // taken
	StateGone                // no answer at all: nobody has the address
)

// take changes the versions; connections that stand keep theirs.
func (p *port) take(versions []msnp.Version) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.accepts(versions)
}

// accepts is take with mu held.
func (p *port) accepts(versions []msnp.Version) error {
	if (versions == nil) == (p.versions == nil) && slices.Equal(versions, p.versions) {
		return nil
	}
	f, err := p.newFace(versions)
	if err != nil {
		return err
	}
	m := *p.manner.Load()
	m.face = f
	p.manner.Store(&m)
	p.versions = slices.Clone(versions)
	return nil
}

// set changes the fault and ends all connections; row nil mends.
func (p *port) set(row *fault, f Fault) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.shut(); err != nil {
		return err
	}
	m := *p.manner.Load()
	m.row, m.fault = row, f
	p.manner.Store(&m)
	return p.settle()
}

// settle makes the sockets do what the look and the fault want. A port that
// can't is closed, and tries again the next time.
func (p *port) settle() error {
	to := p.look
	if row := p.manner.Load().row; row != nil && row.serve == nil {
		to = row.state
	}
	if p.keeper == nil {
		return errors.New("the fleet has ended")
	}
	if to == p.state {
		return nil
	}
	if err := p.shut(); err != nil || to == StateClosed {
		return err
	}
	next, err := p.start(to)
	if err != nil {
		return err
	}
	p.active, p.state = next, to
	return nil
}

// start makes the sockets do what s wants beside keeping the address.
func (p *port) start(s State) (io.Closer, error) {
	if s == StateGone {
		return vanish(p.address)
	}
	a, err := accept(p)
	if err != nil {
		return nil, err
	}
	return a, nil
}

// shut ends what the port does beside keeping its address: it refuses.
func (p *port) shut() error {
	if p.active == nil {
		return nil
	}
	err := p.active.Close()
	p.active, p.state = nil, StateClosed
	return err
}

// close ends the port for good.
func (p *port) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.shut()
	if p.keeper != nil {
		err = errors.Join(err, p.keeper.Close())
		p.keeper = nil
	}
	return err
}
