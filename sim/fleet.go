package sim

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"deadyet/msnp"
	"deadyet/msnp/msnpserver"
)

// Options say how a fleet listens.
type Options struct {
	// RealPorts makes each server listen on an address of its own in Network
	// and on its real ports; ports below 1024 need root.
	RealPorts bool
	// Network is where the servers have their addresses, the first behind its
	// own; the zero value is 127.77.0.0/16. Another one must be this machine's.
	Network netip.Prefix

	// Loss is the share of all connections that fail by chance, from 0 for none
	// to 1 for all: a third of them is reset at once, a third hung up on after
	// the first bytes, and a third never answered. The same Seed loses the same
	// connections of each port, by the order in which it takes them.
	Loss float64
	Seed uint64
}

// Address is where server number i listens with RealPorts, counted from 0.
func (o Options) Address(i int) netip.Addr {
	base := netip.AddrFrom4([4]byte{127, 77})
	if o.Network.IsValid() {
		base = o.Network.Masked().Addr()
	}
	four := base.As4()
	binary.BigEndian.PutUint32(four[:], binary.BigEndian.Uint32(four[:])+uint32(i)+1)
	return netip.AddrFrom4(four)
}

// Fleet is a running simulation. It is safe for concurrent use.
type Fleet struct {
	ctx   context.Context
	stop  context.CancelFunc
	tls   *tls.Config
	ports map[string]*port // by logical host:port; not changed after Start
	loss  loss
}

// Start makes all ports listen that are not [Port].Closed. On an error nothing
// is left behind.
func Start(servers []Server, o Options) (*Fleet, error) {
	cert, err := msnpserver.SelfSigned(time.Now(), "simulated.example")
	if err != nil {
		return nil, fmt.Errorf("make the certificate of the simulated gateways: %w", err)
	}
	f := &Fleet{ports: make(map[string]*port), tls: msnpserver.TLSConfig(cert), loss: loss{seed: o.Seed}}
	f.Lose(o.Loss)
	f.ctx, f.stop = context.WithCancel(context.Background())
	for i, s := range servers {
		for _, p := range s.Ports {
			if err := f.add(i, s, p, o); err != nil {
				return nil, errors.Join(err, f.Close())
			}
		}
	}
	return f, nil
}

func (f *Fleet) add(i int, s Server, p Port, o Options) error {
	logical := net.JoinHostPort(s.Host, strconv.Itoa(int(p.Number)))
	if _, twice := f.ports[logical]; twice {
		return fmt.Errorf("simulate %s: it is listed twice", logical)
	}
	address := "127.0.0.1:0"
	if o.RealPorts {
		address = netip.AddrPortFrom(o.Address(i), p.Number).String()
	}
	q, err := newPort(f, s.Host, logical, p, address)
	if err != nil {
		return fmt.Errorf("simulate %s: %w", logical, err)
	}
	f.ports[logical] = q
	return nil
}

// DialMap maps each logical host:port to the address that is listened on.
func (f *Fleet) DialMap() map[string]string {
	m := make(map[string]string, len(f.ports))
	for logical, p := range f.ports {
		m[logical] = p.address
	}
	return m
}

// Logical returns the logical host:port of all ports, sorted.
func (f *Fleet) Logical() []string { return slices.Sorted(maps.Keys(f.ports)) }

// Break switches a fault on, in place of one that was on before. Connections
// that stand are ended. A fault of a conversation is heard where the port is
// open.
func (f *Fleet) Break(host string, port uint16, fault Fault) error {
	row, fault, err := lookup(fault)
	if err != nil {
		return err
	}
	p, err := f.port(host, port)
	if err != nil {
		return err
	}
	return p.set(&row, fault)
}

// Mend switches the fault off. Connections that stand are ended.
func (f *Fleet) Mend(host string, port uint16) error {
	p, err := f.port(host, port)
	if err != nil {
		return err
	}
	return p.set(nil, Fault{})
}

// Take changes the versions that a port takes; nil means those of its face.
func (f *Fleet) Take(host string, port uint16, versions []msnp.Version) error {
	p, err := f.port(host, port)
	if err != nil {
		return err
	}
	return p.take(versions)
}

func (f *Fleet) port(host string, number uint16) (*port, error) {
	logical := net.JoinHostPort(host, strconv.Itoa(int(number)))
	p, ok := f.ports[logical]
	if !ok {
		return nil, notSimulated(logical)
	}
	return p, nil
}

func notSimulated(logical string) error {
	return fmt.Errorf("find %s in the fleet: it is not simulated", logical)
}

// Connections returns how many connections each logical host:port has taken
// since Start, those that were lost included.
func (f *Fleet) Connections() map[string]int {
	m := make(map[string]int, len(f.ports))
	for logical, p := range f.ports {
		m[logical] = int(p.count.Load())
	}
	return m
}

// Close ends all servers and waits for them.
func (f *Fleet) Close() error {
	f.stop()
	var errs []error
	for _, p := range f.ports {
		errs = append(errs, p.close())
	}
	return errors.Join(errs...)
}
