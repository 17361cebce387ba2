package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"deadyet"
)

// Store is one SQLite file. It is safe for concurrent use.
type Store struct {
	writer *sql.DB // one connection; nil in a store that is only read
	reader *sql.DB
	lock   *os.File

	writing  sync.Mutex              // held for a transaction of the writer
	prepared map[string]*sql.Stmt    // of the writer, by their text
	numbers  map[deadyet.Check]int64 // as they were committed, like those of the servers
	servers  map[deadyet.ServerID]int64
}

// Open opens the store at path for writing, and makes it where there is none.
// The schema is brought up to date. The error is a *[LockedError] when another
// process writes to it, [ErrNewer] when a newer program has, and [ErrForeign]
// when the file is something else.
func Open(ctx context.Context, path string) (*Store, error) {
	s, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, explain(err))
	}
	return s, nil
}

func open(ctx context.Context, path string) (*Store, error) {
	if err := placeFor(path); err != nil {
		return nil, err
	}
	l, err := lock(path)
	if err != nil {
		return nil, err
	}
	s := &Store{lock: l, prepared: make(map[string]*sql.Stmt), numbers: make(map[deadyet.Check]int64), servers: make(map[deadyet.ServerID]int64)}
	if err := s.connect(ctx, path); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// connect opens the handles of a writer.
func (s *Store) connect(ctx context.Context, path string) (err error) {
	// Look before the first write: a file that is not ours stays as it is.
	if err := inspect(ctx, path); err != nil {
		return err
	}
	if s.writer, err = sql.Open("sqlite", dsn(path, "mode=rwc",
		"_txlock=immediate", "_pragma=busy_timeout(10000)", "_pragma=journal_mode(WAL)",
		"_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)", "_pragma=cache_size(-8192)")); err != nil {
		return err
	}
	s.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, s.writer); err != nil {
		return err
	}
	s.reader, err = sql.Open("sqlite", readDSN(path))
	return err
}

// inspect refuses a file that must not be written to.
func inspect(ctx context.Context, path string) error {
	if i, err := os.Stat(path); errors.Is(err, os.ErrNotExist) || err == nil && i.Size() == 0 {
		return nil
	}
	db, err := sql.Open("sqlite", readDSN(path))
	if err != nil {
		return err
	}
	return errors.Join(vet(ctx, db, true), db.Close())
}

// placeFor says in words what would be a puzzle in SQLite's.
func placeFor(path string) error {
	if i, err := os.Stat(path); err == nil && i.IsDir() {
		return errors.New("it is a folder; give the name of a file")
	}
	dir := filepath.Dir(path)
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("look for the folder %s: %w", dir, err)
	}
	return nil
}

// OpenReadOnly opens the store at path for reading, beside its writer or
// without one, also on a medium that can't be written to. Commit returns an
// error.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	db, err := openReader(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open store %s for reading: %w", path, explain(err))
	}
	return &Store{reader: db}, nil
}

func openReader(ctx context.Context, path string) (*sql.DB, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	if err := placeFor(path); err != nil {
		return nil, err
	}
	db, err := vetted(ctx, readDSN(path))
	if err == nil || errors.Is(err, ErrNewer) || errors.Is(err, ErrOlder) || errors.Is(err, ErrForeign) {
		return db, err
	}
	// Readers share an index beside the file, which they can't make on a
	// medium that is read-only. Nobody writes there, so none is needed.
	if _, wal := os.Stat(path + "-wal"); !errors.Is(wal, os.ErrNotExist) {
		return nil, err
	}
	still, again := vetted(ctx, readDSN(path)+"&immutable=1")
	if again != nil {
		return nil, err
	}
	return still, nil
}

func vetted(ctx context.Context, dsn string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	if err := vet(ctx, db, false); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func readDSN(path string) string {
	return dsn(path, "mode=ro", "_pragma=busy_timeout(10000)", "_pragma=query_only(1)")
}

// dsn writes path as a URI, since it may hold any character.
func dsn(path string, options ...string) string {
	u := url.URL{Scheme: "file", OmitHost: true, Path: path}
	s := u.String()
	for i, o := range options {
		if i == 0 {
			s += "?" + o
		} else {
			s += "&" + o
		}
	}
	return s
}

// Close ends the use of the store. What was committed is in the file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}
