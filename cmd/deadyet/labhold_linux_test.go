package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// holdNamespace starts a process in a network namespace of its own.
func holdNamespace(tb testing.TB) (pid int, err error) {
	cmd := exec.CommandContext(tb.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), holdEnv+"=namespace")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if err := stay(tb, cmd); err != nil {
		return 0, fmt.Errorf("make a network namespace: %w", err)
	}
	return cmd.Process.Pid, nil
}
