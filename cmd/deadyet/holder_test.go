package main

import (
	"bufio"
	"os"
	"os/exec"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	switch os.Getenv(holdEnv) {
	case "silent":
		hold()
		return
	case "answering":
		answer()
		return
	case "namespace":
		labWait()
		return
	case "fleet":
		labServe()
		return
	case "scan":
		labScan()
		return
	}
	testscript.Main(m, map[string]func(){"deadyet": main})
}

// startHolder starts servers that say nothing.
func startHolder(b *testing.B) (addresses []string) {
	return startOther(b, "silent", holders)
}

// startAnswering starts a server that answers at all addresses of this machine,
// and returns its port.
func startAnswering(b *testing.B) (port string) {
	return startOther(b, "answering", 1)[0]
}

// startOther starts the other side in a process of its own, so that its memory is
// not counted, and returns the lines that it says at first.
func startOther(b *testing.B, kind string, lines int) (said []string) {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdEnv+"="+kind)
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
	text := bufio.NewScanner(out)
	for range lines {
		if !text.Scan() {
			b.Fatal("the other side did not start")
		}
		said = append(said, text.Text())
	}
	return said
}
