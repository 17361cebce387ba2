package sim

import (
	"errors"
	"fmt"

	"deadyet/msnp"
)

// Look is how a port looks to clients for a while.
type Look struct {
	State State
	// Versions are those it takes while it is open, over this very port: what a
	// face takes through the gateway only must not be named for a tcp port.
	// nil means those of its [Port]; a list that is empty but not nil means
	// none, which is a server that answers and refuses.
	Versions []msnp.Version
}

// Scene is how all ports of a fleet look at one moment, by logical host:port.
// A port that is not in it is gone.
type Scene map[string]Look

// Play brings each port to its look in s. What looks like that already is not
// touched, so that a scene may be played before each round; where a port stays
// open its connections stand, and go on with the versions they began with.
// Faults are not part of a scene: they stay until they are mended, and those
// of a conversation show where the port is open.
//
// Where s names a port that is not simulated nothing is changed. A port that
// can't be brought to its look refuses connections, the others get theirs, and
// the next Play tries again.
func (f *Fleet) Play(s Scene) error {
	for logical := range s {
		if _, ok := f.ports[logical]; !ok {
			return notSimulated(logical)
		}
	}
	var errs []error
	for logical, p := range f.ports {
		look, ok := s[logical]
		if !ok {
			look.State = StateGone
		}
		if err := p.show(look); err != nil {
			errs = append(errs, fmt.Errorf("change the look of %s: %w", logical, err))
		}
	}
	return errors.Join(errs...)
}

// show gives the port another look. What is the same already is left alone,
// and so are connections as long as the port stays open.
func (p *port) show(l Look) error {
	versions := l.Versions
	if versions == nil {
		versions = p.spec.Versions
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.State == StateOpen {
		if err := p.accepts(versions); err != nil {
			return err
		}
	}
	p.look = l.State
	return p.settle()
}
