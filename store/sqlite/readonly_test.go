package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"deadyet/store/sqlite"
)

// powerless runs f without the right to write where the permissions of a file
// say no, also when the tests run as root: on a thread of its own, which sees
// files as user nobody and ends with f.
func powerless(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if os.Geteuid() == 0 {
			runtime.LockOSThread() // never unlocked: the thread ends here
			const nobody = 65534
			if err := syscall.Setfsuid(nobody); err != nil {
				panic(err)
			}
		}
		f()
	}()
	<-done
}

// sealed makes a store with one round in a folder where nothing can be written.
func sealed(t *testing.T) string {
	t.Helper()
	base := t.TempDir()
	dir := filepath.Join(base, "sealed")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "deadyet.db")
	filled(t, path)
	for _, p := range []struct {
		path string
		mode os.FileMode
	}{{path, 0o444}, {path + ".lock", 0o444}, {dir, 0o555}, {base, 0o755}, {filepath.Dir(base), 0o755}} {
		if err := os.Chmod(p.path, p.mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Error(err)
		}
	})
	return path
}

func TestStore_onAReadOnlyMedium(t *testing.T) {
	path := sealed(t)
	powerless(func() {
		st, err := sqlite.Open(t.Context(), path)
		if st != nil || !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), path) {
			t.Errorf("to write: got %v, want that it may not", err)
		}
		r, err := sqlite.OpenReadOnly(t.Context(), path)
		if err != nil {
			t.Errorf("to read: %v", err)
			return
		}
		m, err := r.Load(t.Context(), "")
		if err != nil || m.Last["home"] != 1 {
			t.Errorf("to read: got rounds %v, %v, want round 1", m.Last, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
}
