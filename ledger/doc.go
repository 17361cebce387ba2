// Package ledger is the one place where pure code meets a store.
//
// A round goes in, and is kept in one transaction together with everything it
// changes; a new edition comes out. What it means is decided by the pure
// packages history, news and verdict; how it is kept, by a [Book]. The ledger
// holds in memory what the next round and the page need, and writes to the
// book before it changes any of that: when the disk is full, [Ledger.Record]
// returns the error, the last edition stays up, and the same round can be
// offered again.
//
//	l, err := ledger.Open(ctx, book, subject, ledger.Options{Vantage: "home", At: time.Now()})
//	if err != nil {
//		return err
//	}
//	l.Subscribe(server.Publish)
//	err = l.Record(ctx, round)
//
// # What is kept
//
// Storage grows with changes, not with samples. A round is one row; it extends
// the open spans of all checks of its networks but those that an [Exception]
// names. Evidence is kept when a span begins and when it ends, and the latest
// once a day in between, in place of the one of the day before.
package ledger
