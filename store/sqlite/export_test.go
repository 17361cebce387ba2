package sqlite

import (
	"database/sql"
	"fmt"
	"testing"
)

// MakeOld makes a store with the schema of an older program, and what the
// statements put into it.
func MakeOld(t testing.TB, path string, version int64, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := provider(db)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), fmt.Sprintf("PRAGMA application_id = %d; %s", applicationID, statements)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// Text returns the first value of a query, asked over the writer's handle.
func (s *Store) Text(t testing.TB, query string) (v string) {
	t.Helper()
	if err := s.writer.QueryRowContext(t.Context(), query).Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// Exec runs a statement over the writer's handle.
func (s *Store) Exec(t testing.TB, statement string) {
	t.Helper()
	if _, err := s.writer.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// Pack and Unpack are how a transcript is kept.
var (
	Pack   = pack
	Unpack = unpack
)

// AppendSums and TakeSums are how the sums of a roll-up are kept.
var (
	AppendSums = appendSums
	TakeSums   = takeSums
)
