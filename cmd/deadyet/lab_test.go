package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// A lab is three network namespaces in a row, client, line and server. The line
// loses packets, each by itself, in each direction. Nothing in it can reach
// anything outside. A namespace is held by a process that waits, and goes away
// with it, however that ends.
//
//	10.76.0.2 client – line – server 10.78.0.2, and all of 10.77.0.0/16
type lab struct {
	tb                   testing.TB
	client, line, server string // the paths of the namespaces
}

const (
	labClient  = "10.76.0.2"
	labServers = "10.77.0.0/16"
)

// newLab makes a lab, or says why this machine can't have one.
func newLab(tb testing.TB) (*lab, error) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		return nil, fmt.Errorf("network namespaces need Linux and root")
	}
	for _, tool := range []string{"ip", "iptables", "nsenter"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("there is no %s; try apt-get install iproute2 iptables util-linux", tool)
		}
	}
	l := &lab{tb: tb}
	var pids [3]int
	for i, at := range []*string{&l.client, &l.line, &l.server} {
		pid, err := holdNamespace(tb)
		if err != nil {
			return nil, err
		}
		pids[i], *at = pid, fmt.Sprintf("/proc/%d/ns/net", pid)
	}
	return l, l.wire(pids[0], pids[1], pids[2])
}

// wire lays the cables.
func (l *lab) wire(client, line, server int) error {
	if err := labRun("ip", "link", "add", "toline", "netns", fmt.Sprint(client), "type", "veth", "peer", "name", "toclient", "netns", fmt.Sprint(line)); err != nil {
		return err
	}
	if err := labRun("ip", "link", "add", "toline", "netns", fmt.Sprint(server), "type", "veth", "peer", "name", "toserver", "netns", fmt.Sprint(line)); err != nil {
		return err
	}
	for _, step := range []struct{ at, script string }{
		{l.client, "ip link set lo up; ip addr add " + labClient + "/24 dev toline; ip link set toline up; ip route add default via 10.76.0.1"},
		{l.line, "ip addr add 10.76.0.1/24 dev toclient; ip link set toclient up; ip addr add 10.78.0.1/24 dev toserver; ip link set toserver up; " +
			"ip route add " + labServers + " via 10.78.0.2; echo 1 > /proc/sys/net/ipv4/ip_forward"},
		{l.server, "ip link set lo up; ip addr add 10.78.0.2/24 dev toline; ip link set toline up; ip route add default via 10.78.0.1; ip route add local " + labServers + " dev lo"},
	} {
		if err := labRun("nsenter", "--net="+step.at, "sh", "-ec", step.script); err != nil {
			return err
		}
	}
	return nil
}

// lose makes the line lose that share of all packets in each direction.
func (l *lab) lose(share float64) {
	l.tb.Helper()
	script := "iptables -F FORWARD"
	if share > 0 {
		script += fmt.Sprintf("; iptables -A FORWARD -m statistic --mode random --probability %g -j DROP", share)
	}
	if err := labRun("nsenter", "--net="+l.line, "sh", "-ec", script); err != nil {
		l.tb.Fatal(err)
	}
}

// at returns a command that runs in a namespace until the test ends.
func (l *lab) at(namespace, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(l.tb.Context(), "nsenter", append([]string{"--net=" + namespace, name}, args...)...)
}

// role returns this test program in a namespace, as another of its kinds.
func (l *lab) role(namespace, kind string, args ...string) *exec.Cmd {
	cmd := l.at(namespace, os.Args[0])
	cmd.Env = append(os.Environ(), holdEnv+"="+kind)
	cmd.Env = append(cmd.Env, args...)
	cmd.Stderr = os.Stderr
	return cmd
}

func labRun(name string, args ...string) error {
	var said bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, bytes.TrimSpace(said.Bytes()))
	}
	return nil
}

// stay starts a command, waits for its first line, and ends it with the test by
// closing its standard input.
func stay(tb testing.TB, cmd *exec.Cmd) error {
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	tb.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		return fmt.Errorf("%s said nothing: %w", cmd.Path, err)
	}
	return nil
}

// labWait holds a namespace until standard input ends.
func labWait() {
	fmt.Println("here")
	_, _ = io.Copy(io.Discard, os.Stdin)
}
