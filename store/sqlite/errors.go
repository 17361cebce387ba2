package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// ErrNewer says that a file was written by a newer program. It was not
// changed.
var ErrNewer = errors.New("the store was written by a newer deadyet: use that one, or another store")

// ErrOlder says that a file was written by an older program and can't be read
// before its schema is brought up to date, which [Open] does.
var ErrOlder = errors.New("the store was written by an older deadyet: open it once for writing")

// ErrForeign says that a file is no store of deadyet's.
var ErrForeign = errors.New("the file is not a store of deadyet")

// LockedError says that another process writes to the store.
type LockedError struct {
	Path string
	PID  int // of the writer; 0 when it is not known
}

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return "the store " + e.Path + " has another writer"
	}
	return fmt.Sprintf("the store %s has another writer, process %d: stop it first, or only read with --read-only", e.Path, e.PID)
}

// explain says in plain words what an operator can do about err.
func explain(err error) error {
	var e *driver.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL:
		return fmt.Errorf("the disk is full; make room: %w", err)
	case lib.SQLITE_READONLY:
		return fmt.Errorf("the store can only be read; look at its permissions and its disk: %w", err)
	case lib.SQLITE_IOERR:
		return fmt.Errorf("the disk does not take it; is it full or broken?: %w", err)
	case lib.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrForeign, err)
	case lib.SQLITE_CORRUPT:
		return fmt.Errorf("the store is damaged; go back to a copy: %w", err)
	}
	return err
}
