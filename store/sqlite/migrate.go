package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver
)

//go:embed migrations/*.sql
var migrations embed.FS

// applicationID, "dyet", stands in the head of each store and tells it from any
// other SQLite database.
const applicationID = 0x64796574

// vet refuses a file that is not ours, that a newer program has written, or an
// older one where the schema can't be brought up to date. An empty one passes.
func vet(ctx context.Context, db *sql.DB, migrates bool) error {
	var tables, id int64
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	switch {
	case tables == 0:
		return nil
	case id != applicationID:
		return ErrForeign
	}
	has, err := version(ctx, db)
	if err != nil {
		return err
	}
	known, err := newest()
	if err != nil {
		return err
	}
	switch {
	case has > known:
		return fmt.Errorf("%w (its schema is %d, this program knows %d)", ErrNewer, has, known)
	case has < known && !migrates:
		return fmt.Errorf("%w (its schema is %d, this program knows %d)", ErrOlder, has, known)
	}
	return nil
}

// version returns the version of the schema in a file of ours.
func version(ctx context.Context, db *sql.DB) (v int64, err error) {
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&v)
	if err != nil {
		return 0, fmt.Errorf("read the version of the schema: %w", err)
	}
	return v, nil
}

// newest returns the version of the schema that this program writes.
func newest() (v int64, err error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		n, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		v = max(v, n)
	}
	return v, nil
}

// migrate brings the schema up to date. A new file is marked as ours before
// anything else, so that one whose making was interrupted is not foreign.
func migrate(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return fmt.Errorf("mark the store: %w", err)
	}
	p, err := provider(db)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring the schema up to date: %w", err)
	}
	return nil
}

func provider(db *sql.DB) (*goose.Provider, error) {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, dir, goose.WithDisableGlobalRegistry(true))
}
