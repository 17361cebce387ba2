package probe

import (
	"net"

	"golang.org/x/sys/unix"
)

// segments returns how many segments the connection has sent that ask for an
// acknowledgement, and how many of those it had to send again because they had
// not arrived. The packet that began it is one. What the other side says it got
// twice (RFC 2883) was not lost: one of the two machines was slow, or an
// acknowledgement went missing.
func segments(conn *net.TCPConn) (sent, resent int, ok bool) {
	raw, err := conn.SyscallConn()
	if err != nil {
		return 0, 0, false
	}
	var info *unix.TCPInfo
	if cerr := raw.Control(func(fd uintptr) {
		info, err = unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO)
	}); cerr != nil || err != nil {
		return 0, 0, false
	}
	first := 1 // and what was sent again of it, which is not among the data
	return first + int(info.Data_segs_out), max(0, int(info.Total_retrans)-int(info.Dsack_dups)), true
}
