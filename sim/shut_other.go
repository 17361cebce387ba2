//go:build !linux

package sim

import (
	"errors"
	"fmt"
	"io"
	"net"
)

// keep finds an address that is free. Where two sockets can't share one,
// nothing holds it while the port is closed, and somebody else may take it.
func keep(address string) (k io.Closer, bound string, err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, "", fmt.Errorf("keep %s: %w", address, err)
	}
	return nothing{}, l.Addr().String(), l.Close()
}

type nothing struct{}

func (nothing) Close() error { return nil }

func vanish(address string) (io.Closer, error) {
	return nil, fmt.Errorf("drop at %s: %w", address, errors.New("only Linux can"))
}
