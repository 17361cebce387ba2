package sim

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"syscall"
)

// socket is a file descriptor that the runtime knows nothing about: nobody
// ever reads from it.
type socket int

func (s socket) Close() error { return syscall.Close(int(s)) }

// keep binds to address without listening, which refuses connections. The
// kernel gives the port to nobody else as long as the socket is there, and
// lets those that ask for it by number, as [port] does, listen beside it.
func keep(address string) (k io.Closer, bound string, err error) {
	s, err := bind(address)
	if err != nil {
		return nil, "", fmt.Errorf("keep %s: %w", address, err)
	}
	bound, err = s.address()
	if err != nil {
		return nil, "", errors.Join(fmt.Errorf("keep %s: %w", address, err), s.Close())
	}
	return s, bound, nil
}

// vanish listens at address and lets the kernel throw away whatever arrives,
// before it is answered: to a client that is an address that nobody has. A
// filter of one instruction costs neither root nor connections, and unlike a
// full queue it never takes one by mistake.
func vanish(address string) (io.Closer, error) {
	s, err := bind(address)
	if err != nil {
		return nil, fmt.Errorf("drop at %s: %w", address, err)
	}
	nothing := []syscall.SockFilter{{Code: syscall.BPF_RET | syscall.BPF_K}} // keep 0 bytes
	//lint:ignore SA1019 what it advises is another library, and this package has none
	if err := syscall.AttachLsf(int(s), nothing); err != nil {
		return nil, errors.Join(fmt.Errorf("drop at %s: filter: %w", address, err), s.Close())
	}
	if err := syscall.Listen(int(s), 1); err != nil {
		return nil, errors.Join(fmt.Errorf("drop at %s: listen: %w", address, err), s.Close())
	}
	return s, nil
}

func bind(address string) (socket, error) {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return 0, err
	}
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("open a socket: %w", err)
	}
	if err := syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1); err != nil {
		return 0, errors.Join(fmt.Errorf("share the address: %w", err), syscall.Close(fd))
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Port: int(ap.Port()), Addr: ap.Addr().As4()}); err != nil {
		return 0, errors.Join(fmt.Errorf("bind: %w", err), syscall.Close(fd))
	}
	return socket(fd), nil
}

func (s socket) address() (string, error) {
	name, err := syscall.Getsockname(int(s))
	if err != nil {
		return "", fmt.Errorf("ask for its own address: %w", err)
	}
	in, ok := name.(*syscall.SockaddrInet4)
	if !ok {
		return "", fmt.Errorf("its own address is a %T", name)
	}
	return netip.AddrPortFrom(netip.AddrFrom4(in.Addr), uint16(in.Port)).String(), nil
}
