package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/store/sqlite"
)

// known is what can be told without writing anything: by the store, or by the record
// alone while there is none.
type known struct {
	*ledger.Ledger
	store *sqlite.Store // nil: the record alone
}

// openKnown opens it. A store that was asked for by name has to be there.
func openKnown(ctx context.Context, settings config.Site, subject deadyet.Subject, asked bool, live bool) (_ known, err error) {
	var k known
	var book ledger.Book = noBook{}
	switch _, err := os.Stat(settings.Store); {
	case err == nil:
		if k.store, err = sqlite.OpenReadOnly(ctx, settings.Store); err != nil {
			return known{}, err
		}
		book = k.store
	case asked || !errors.Is(err, fs.ErrNotExist):
		return known{}, usagef("--store: %w; leave it out to have what the record tells", err)
	}
	if k.Ledger, err = ledger.Open(ctx, book, subject, ledger.Options{Vantage: settings.Vantage, Live: live}); err != nil {
		return known{}, errors.Join(err, k.Close())
	}
	return k, nil
}

// Close closes the store, if there is one.
func (k known) Close() error {
	if k.store == nil {
		return nil
	}
	if err := k.store.Close(); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}
