package main

import (
	"bufio"
	"os"
	"os/exec"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if os.Getenv(holdEnv) != "" {
		hold()
		return
	}
	testscript.Main(m, map[string]func(){"deadyet": main})
}

// startHolder starts the other side in a process of its own, so that its
// memory is not counted.
func startHolder(b *testing.B) (addresses []string) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdEnv+"=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait() // it ends with its standard input
	})
	lines := bufio.NewScanner(out)
	for range holders {
		if !lines.Scan() {
			b.Fatal("the other side did not start")
		}
		addresses = append(addresses, lines.Text())
	}
	return addresses
}
