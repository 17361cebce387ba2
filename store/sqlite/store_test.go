package sqlite_test

import (
	"path/filepath"
	"testing"

	"deadyet/store/sqlite"
	"deadyet/store/storetest"
)

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closed(t testing.TB, s *sqlite.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t testing.TB, dir string) storetest.Store {
		return open(t, filepath.Join(dir, "deadyet.db"))
	})
}
