package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deadyet/msnp/msnpserver"
)

// everywhere listens on all addresses of this machine, of which there are 16
// million, and returns the port: an inventory of any length leads there.
func everywhere(t testing.TB) (port string) {
	t.Helper()
	l, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	face, _ := msnpserver.FaceByName("microsoft-2012")
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = msnpserver.New(msnpserver.Options{Face: face}).Serve(ctx, l)
	}()
	t.Cleanup(func() { cancel(); <-ended })
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port
}

func loopback(n int) string { return fmt.Sprintf("127.%d.%d.%d", 10+n>>16, n>>8&0xff, n&0xff) }

// scanned runs a scan of standard input, and returns the servers whose version
// was answered, in the order of their lines.
func scanned(ctx context.Context, t *testing.T, in io.Reader, out io.Writer, state string) (string, error) {
	t.Helper()
	var text bytes.Buffer
	cmd := scanCommand(stdio{in: in, out: io.MultiWriter(&text, out), err: io.Discard})
	cmd.SetArgs([]string{"--json", "--allow-private", "--rate", "0", "--versions", "18", "--hosts", "8", "--resume", state, "-"})
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	err := cmd.ExecuteContext(ctx)
	return text.String(), err
}

// answered counts the lines for each address.
func answered(t *testing.T, texts ...string) map[string]int {
	t.Helper()
	seen := make(map[string]int)
	for _, line := range strings.Split(strings.TrimSpace(strings.Join(texts, "")), "\n") {
		var l struct{ Kind, Address, Answer string }
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if l.Kind == "msnp" && l.Answer == "yes" {
			seen[l.Address]++
		}
	}
	return seen
}

// stopAfter ends a scan when so many lines were printed, as an interrupt does.
type stopAfter struct {
	lines  int
	cancel context.CancelFunc
}

func (s *stopAfter) Write(p []byte) (int, error) {
	if s.lines -= bytes.Count(p, []byte("\n")); s.lines <= 0 {
		s.cancel()
	}
	return len(p), nil
}

// A scan that is stopped goes on where it was: each line of the inventory is
// asked, and what was printed before the stop is not asked once more.
func TestScan_GoesOnAfterAStop(t *testing.T) {
	port := everywhere(t)
	var inventory strings.Builder
	const hosts = 120
	for n := range hosts {
		fmt.Fprintf(&inventory, "# host %d\n\n%s:%s\n", n, loopback(n), port)
	}
	state := filepath.Join(t.TempDir(), "state")
	var texts []string
	for _, lines := range []int{60, 100, 0} {
		ctx, cancel := context.WithCancel(t.Context())
		stop := io.Discard
		if lines > 0 {
			stop = &stopAfter{lines, cancel}
		}
		text, err := scanned(ctx, t, strings.NewReader(inventory.String()), stop, state)
		cancel()
		texts = append(texts, text)
		if (err != nil) != (lines > 0) {
			t.Fatalf("after %d lines: got %v", lines, err)
		}
		if _, err := os.Stat(state); (err == nil) != (lines > 0) {
			t.Errorf("after %d lines the state is there: %v", lines, err == nil)
		}
	}
	seen := answered(t, texts...)
	for n := range hosts {
		if got := seen[loopback(n)]; got != 1 {
			t.Errorf("%s was printed %d times, want once", loopback(n), got)
		}
	}
}

// What was done before belongs to one inventory. Another one, a shorter one, and a
// file that is something else are refused, before anybody is asked.
func TestScan_RefusesToGoOnWithAnotherInventory(t *testing.T) {
	port := everywhere(t)
	list := func(from, to int) string {
		var b strings.Builder
		for n := from; n < to; n++ {
			fmt.Fprintf(&b, "%s:%s\n", loopback(n), port)
		}
		return b.String()
	}
	state := filepath.Join(t.TempDir(), "state")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if _, err := scanned(ctx, t, strings.NewReader(list(0, 100)), &stopAfter{40, cancel}, state); err == nil {
		t.Fatal("the scan was not stopped")
	}
	other := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(other, []byte("hosts\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, in, state, want string }{
		{"another one", list(1, 101), state, "standard input is not the one of the earlier scan: its first"},
		{"a shorter one", list(0, 3), state, "it has 3 lines, and"},
		{"something else", list(0, 3), other, "this is no file of an earlier scan"},
	} {
		text, err := scanned(t.Context(), t, strings.NewReader(c.in), io.Discard, c.state)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
		if got := answered(t, text+`{}`); len(got) > 0 {
			t.Errorf("%s: %d hosts were asked", c.name, len(got))
		}
	}
	before, _ := os.ReadFile(state)
	if text, err := scanned(t.Context(), t, strings.NewReader(list(0, 100)), io.Discard, state); err != nil || len(answered(t, text)) > 100 {
		t.Errorf("after the refusals, from %s: got %v", before, err)
	}
}

// A mistake in the middle ends the scan with its line; what stands before it is
// done, and the rest is asked once it is mended.
func TestScan_EndsAtAMistake(t *testing.T) {
	port := everywhere(t)
	state := filepath.Join(t.TempDir(), "state")
	in := "127.0.0.1:" + port + "\nftp://127.0.0.2\n127.0.0.3:" + port + "\n"
	first, err := scanned(t.Context(), t, strings.NewReader(in), io.Discard, state)
	if err == nil || !strings.Contains(err.Error(), "standard input, line 2") {
		t.Errorf("got %v, want the line", err)
	}
	second, err := scanned(t.Context(), t, strings.NewReader(strings.Replace(in, "ftp://127.0.0.2", "127.0.0.2:"+port, 1)), io.Discard, state)
	if err != nil {
		t.Error(err)
	}
	if got := answered(t, first, second); got["127.0.0.1"] != 1 || got["127.0.0.2"] != 1 || got["127.0.0.3"] != 1 {
		t.Errorf("got %v, want each once", got)
	}
}
