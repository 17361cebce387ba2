package sim

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// shut keeps an address without taking connections. It lets a port refuse or
// drop as the real thing does, without root and without a packet filter: an
// address that is bound but not listening refuses, and one whose queue is full
// drops what comes.
type shut struct {
	fd     int
	filler []net.Conn
}

func shutAt(address string, drop bool) (*shut, error) {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, fmt.Errorf("shut %s: %w", address, err)
	}
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("shut %s: open a socket: %w", address, err)
	}
	s := &shut{fd: fd}
	if err := s.keep(ap, drop); err != nil {
		return nil, errors.Join(fmt.Errorf("shut %s: %w", address, err), s.close())
	}
	return s, nil
}

func (s *shut) keep(ap netip.AddrPort, drop bool) error {
	if err := syscall.SetsockoptInt(s.fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return fmt.Errorf("allow the address to be used again: %w", err)
	}
	if err := syscall.Bind(s.fd, &syscall.SockaddrInet4{Port: int(ap.Port()), Addr: ap.Addr().As4()}); err != nil {
		return fmt.Errorf("bind: %w", err)
	}
	if !drop {
		return nil
	}
	if err := syscall.Listen(s.fd, 0); err != nil {
		return fmt.Errorf("listen without a queue: %w", err)
	}
	return s.fill(ap.String())
}

// fill connects until the queue is full and an attempt gets no answer.
func (s *shut) fill(address string) error {
	for range 8 {
		conn, err := net.DialTimeout("tcp", address, 100*time.Millisecond)
		if err != nil {
			return nil
		}
		s.filler = append(s.filler, conn)
	}
	return errors.New("the queue does not get full")
}

func (s *shut) close() error {
	for _, c := range s.filler {
		c.Close()
	}
	return syscall.Close(s.fd)
}
