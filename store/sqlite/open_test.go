package sqlite_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/sqlite"
	"deadyet/store/storetest"
)

// filled makes a store with one round in it.
func filled(t *testing.T, path string) {
	t.Helper()
	st := open(t, path)
	s := storetest.Subject(2)
	l, err := ledger.Open(t.Context(), st, s, ledger.Options{Vantage: "home"})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Record(t.Context(), turning(s, 1)); err != nil {
		t.Fatal(err)
	}
	closed(t, st)
}

func TestOpen_refuses(t *testing.T) {
	write := func(content string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	exec := func(statement string) func(*testing.T, string) {
		return func(t *testing.T, path string) {
			filled(t, path)
			st := open(t, path)
			st.Exec(t, statement)
			closed(t, st)
		}
	}
	for _, tt := range []struct {
		name string
		make func(t *testing.T, path string)
		is   error // nil: any
		says string
	}{
		{"a store of a newer program", exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"), sqlite.ErrNewer, "newer deadyet"},
		{"a database of another program", exec("PRAGMA application_id = 7"), sqlite.ErrForeign, "not a store of deadyet"},
		{"a file that is no database", write(strings.Repeat("not a database. ", 300)), sqlite.ErrForeign, "not a store of deadyet"},
		{"a folder", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, nil, "it is a folder"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "deadyet.db")
			tt.make(t, path)
			before, _ := os.ReadFile(path)
			for how, open := range map[string]func() (*sqlite.Store, error){
				"writing": func() (*sqlite.Store, error) { return sqlite.Open(t.Context(), path) },
				"reading": func() (*sqlite.Store, error) { return sqlite.OpenReadOnly(t.Context(), path) },
			} {
				st, err := open()
				if st != nil || err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), path) {
					t.Errorf("%s: got %v, %v, want that it says %q", how, st, err, tt.says)
				}
				if tt.is != nil && !errors.Is(err, tt.is) {
					t.Errorf("%s: got %v, want %v", how, err, tt.is)
				}
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(after, before) {
				t.Error("the file was changed")
			}
		})
	}
	t.Run("a folder that is missing", func(t *testing.T) {
		_, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "missing", "deadyet.db"))
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v, want that the folder is missing", err)
		}
	})
	t.Run("to read a file that is missing", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "deadyet.db")
		if _, err := sqlite.OpenReadOnly(t.Context(), path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v, want that the file is missing", err)
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Error("the file was made")
		}
	})
}

func TestOpen_refusesASecondWriterThroughALink(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "deadyet.db"), filepath.Join(dir, "link.db")
	st := open(t, path)
	defer closed(t, st)
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	var locked *sqlite.LockedError
	if _, err := sqlite.Open(t.Context(), link); !errors.As(err, &locked) || locked.PID != os.Getpid() {
		t.Errorf("got %v, want that this process writes", err)
	}
}

func TestOpen_afterItsMakingWasInterrupted(t *testing.T) {
	for _, tt := range []struct{ name, statements string }{
		{"before anything was written", ""},
		{"when it was marked", "PRAGMA application_id = 0x64796574"},
		{"before the first migration", `PRAGMA application_id = 0x64796574;
			CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
			INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "deadyet.db")
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), tt.statements); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			filled(t, path)
		})
	}
}

func TestOpen_takesAnyName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "100% a?mode=ro&b#c ü.db")
	filled(t, path)
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	r, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, r)
}

func TestOpenReadOnly_keepsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deadyet.db")
	filled(t, path)
	r, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, r)
	if err := r.Commit(t.Context(), ledger.Entry{Subject: "msn", Round: deadyet.RoundSummary{Number: 2}}); err == nil {
		t.Error("a reader took an entry")
	}
	if m, err := r.Load(t.Context(), ""); err != nil || m.Last["home"] != 1 {
		t.Errorf("got %v, %v, want round 1", m.Last, err)
	}
}

func TestStore_thatCanNoLongerBeWritten(t *testing.T) {
	for _, tt := range []struct{ name, statement, mend, says string }{
		{"a full disk", "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "the disk is full"},
		{"a file that became read-only", "PRAGMA query_only = 1", "PRAGMA query_only = 0", "the store can only be read"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st := open(t, filepath.Join(t.TempDir(), "deadyet.db"))
			defer closed(t, st)
			s := storetest.Subject(50)
			l, err := ledger.Open(t.Context(), st, s, ledger.Options{Vantage: "home"})
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Record(t.Context(), turning(s, 1)); err != nil {
				t.Fatal(err)
			}
			st.Exec(t, tt.statement)
			r := turning(s, 3)
			for i := range r.Findings {
				r.Findings[i].Failure.Detail = strings.Repeat("x", 4000) // more than the free pages hold
			}
			want := l.Edition(r.Began).ID
			if err := l.Record(t.Context(), r); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v, want that it says %q", err, tt.says)
			}
			if got := l.Edition(r.Began).ID; got != want || l.Next("home") != 2 {
				t.Errorf("after the error: got edition %s, next round %d, want %s and 2", got, l.Next("home"), want)
			}
			st.Exec(t, tt.mend)
			if err := l.Record(t.Context(), r); err != nil || l.Next("home") != 4 {
				t.Errorf("offered again: got %v and next round %d, want 4", err, l.Next("home"))
			}
		})
	}
}
