package sqlite

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// lock makes this process the one writer of the store at path, until the file
// that it returns is closed or the process dies. The file stays where it is:
// to remove it would let a third process lock another one of the same name.
func lock(path string) (*os.File, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a store has one lock, whatever link leads to it
	}
	f, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock the store: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		if err = sign(f); err == nil {
			return f, nil
		}
	} else if errors.Is(err, syscall.EWOULDBLOCK) {
		err = &LockedError{Path: path, PID: signedBy(f)}
	}
	return nil, errors.Join(fmt.Errorf("lock the store: %w", err), f.Close())
}

func sign(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// signedBy returns the pid in a lock file, 0 when it can't be read.
func signedBy(f *os.File) int {
	b, err := io.ReadAll(io.LimitReader(f, 32))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return 0
	}
	return pid
}
