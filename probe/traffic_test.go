package probe

import (
	"context"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"deadyet"
)

func TestDialled(t *testing.T) {
	for _, tt := range []struct {
		took         time.Duration
		err          error
		sent, resent int
		known        bool
	}{
		{time.Millisecond, nil, 1, 0, true},
		{1001 * time.Millisecond, nil, 2, 1, true},
		{3001 * time.Millisecond, nil, 3, 2, true},
		{3 * time.Second, os.ErrDeadlineExceeded, 3, 3, true},
		{2 * time.Second, context.DeadlineExceeded, 2, 2, true},
		{time.Millisecond, syscall.ECONNREFUSED, 1, 1, false},
	} {
		got, known := dialled(tt.took, tt.err)
		if got.Sent != tt.sent || got.Resent != tt.resent || known != tt.known || got.Connected != (tt.err == nil) {
			t.Errorf("%s, %v: got %+v %v", tt.took, tt.err, got, known)
		}
	}
}

// What a connection has sent is told once, when it is closed.
func TestDialer_TellsItsTraffic(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.Copy(conn, conn)
			conn.Close()
		}
	}()
	var mu sync.Mutex
	var told []deadyet.Traffic
	port := uint16(l.Addr().(*net.TCPAddr).Port)
	d := &Dialer{
		Listed: func(string) bool { return true }, Private: func(string) bool { return true },
		Traffic: func(tr deadyet.Traffic) { mu.Lock(); defer mu.Unlock(); told = append(told, tr) },
	}
	conn, err := d.Dial(t.Context(), "127.0.0.1", port, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := io.WriteString(conn, "VER"); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(conn, make([]byte, 3)); err != nil {
			t.Fatal(err)
		}
	}
	conn.Close()
	conn.Close()
	want := deadyet.Traffic{Host: "127.0.0.1", Port: port, Sent: 4, Connected: true}
	if _, _, knows := segments(conn.(*gatedConn).Conn.(*countedConn).TCPConn); knows {
		t.Fatal("a closed connection still tells")
	}
	if len(told) != 1 || told[0].Host != want.Host || told[0].Port != port || !told[0].Connected {
		t.Fatalf("got %+v, want one like %+v", told, want)
	}
	if got := told[0]; got.Sent-got.Resent != want.Sent && got.Sent != 1 { // 1: this system does not tell
		t.Errorf("got %d packets, %d of them again; want the one that connects and three with data", got.Sent, got.Resent)
	}
}

// What was sent again of the first packet was sent: a share of it can't be all.
func TestCountedConn_CountsEachTimeThatItBegan(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	tcp := conn.(*net.TCPConn)
	sent, resent, knows := segments(tcp)
	began, _ := dialled(3*time.Second, nil) // the first packet, and twice more
	want := began
	if knows {
		want.Sent, want.Resent = sent+2, resent
	}
	var told deadyet.Traffic
	(&countedConn{TCPConn: tcp, dialled: began, tell: func(tr deadyet.Traffic) { told = tr }}).Close()
	if told != want {
		t.Errorf("got %+v, want %+v", told, want)
	}
}
