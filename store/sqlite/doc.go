// Package sqlite keeps nouns in one SQLite file, and decides nothing.
//
// [Open] gives the one writer of a file, [OpenReadOnly] any number of readers
// beside it. A [Store] is the book of a ledger:
//
//	store, err := sqlite.Open(ctx, "deadyet.db")
//	if err != nil {
//		return err
//	}
//	defer store.Close()
//	l, err := ledger.Open(ctx, store, subject, ledger.Options{Vantage: "home"})
//
// # What holds
//
// A round is one transaction, written through to the disk before Commit
// returns: neither kill -9 nor a power cut loses a round that was acknowledged
// or corrupts the file. The second writer of a file is refused with the first
// one's pid; the kernel gives the lock back when a writer dies. A file that a
// newer program has written is refused, and never changed.
//
// The file is in write-ahead mode, so that readers never wait for the writer.
// While it is open, files named like it with -wal, -shm and .lock stand beside
// it; a copy of the store is made of all of them, or by SQLite's own backup.
package sqlite
