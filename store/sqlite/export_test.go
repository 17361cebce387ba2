package sqlite

import "testing"

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
