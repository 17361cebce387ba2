package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// marker says that a folder was written by `deadyet build` and may be replaced.
const marker = ".deadyet-build"

const markerText = "This folder was written by `deadyet build`, which replaces it as a whole.\nDon't keep anything else here.\n"

// buildTarget is a folder that is written beside the old one and then takes its place.
type buildTarget struct {
	final string
	fresh string
	lock  *os.File // held while the new folder is written
}

// newTarget makes the new folder, and refuses to replace what is not a build.
func newTarget(dir string) (*buildTarget, error) {
	final, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the folder: %w", err)
	}
	if err := replaceable(final); err != nil {
		return nil, usagef("-o %s: %w", dir, err)
	}
	parent := filepath.Dir(final)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("make the folder around it: %w", err)
	}
	fresh, err := os.MkdirTemp(parent, freshPrefix(final))
	if err != nil {
		return nil, fmt.Errorf("make the new folder: %w", err)
	}
	t := &buildTarget{final: final, fresh: fresh}
	err = errors.Join(os.Chmod(fresh, 0o755), os.WriteFile(filepath.Join(fresh, marker), []byte(markerText), 0o644))
	if err == nil {
		t.lock, err = lockFolder(fresh)
	}
	if err != nil {
		return nil, errors.Join(err, t.discard())
	}
	return t, nil
}

// replaceable returns why a folder must stay as it is.
func replaceable(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return errors.New("that is no folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return nil
	}
	if _, err := os.Lstat(filepath.Join(dir, marker)); err != nil {
		return fmt.Errorf("there is something in it that 'deadyet build' did not write (no %s): give an empty folder or a new one", marker)
	}
	return nil
}

// swap puts the new folder in the place of the old one, which is then removed.
func (t *buildTarget) swap() error {
	if err := replaceable(t.final); err != nil { // somebody may have put something there meanwhile
		return fmt.Errorf("replace %s: %w", t.final, err)
	}
	old := t.fresh + ".old"
	had := true
	if err := os.Rename(t.final, old); errors.Is(err, fs.ErrNotExist) {
		had = false
	} else if err != nil {
		return fmt.Errorf("put the old folder aside: %w", err)
	}
	if err := os.Rename(t.fresh, t.final); err != nil {
		err = fmt.Errorf("put the new folder in place: %w", err)
		if had {
			err = errors.Join(err, os.Rename(old, t.final))
		}
		return err
	}
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("remove the old folder: %w", err)
	}
	return t.sweep()
}

// sweep removes what builds to the same folder left beside it that were killed: it
// bears the marker, and nobody holds its lock any more.
func (t *buildTarget) sweep() error {
	parent := filepath.Dir(t.final)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return fmt.Errorf("look for what was left behind: %w", err)
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), freshPrefix(t.final)) {
			continue
		}
		dir := filepath.Join(parent, e.Name())
		lock, err := lockFolder(dir)
		if err != nil {
			continue // it is somebody else's, or still being written
		}
		if err := errors.Join(os.RemoveAll(dir), lock.Close()); err != nil {
			return fmt.Errorf("remove what was left behind: %w", err)
		}
	}
	return nil
}

// freshPrefix is how the names of new folders begin.
func freshPrefix(final string) string { return "." + filepath.Base(final) + ".new-" }

// lockFolder holds a folder with a marker until the file that it returns is closed
// or the process dies.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.Open(filepath.Join(dir, marker))
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// discard removes what was not swapped in.
func (t *buildTarget) discard() error {
	err := os.RemoveAll(t.fresh)
	if t.lock != nil {
		err = errors.Join(err, t.lock.Close())
	}
	return err
}
