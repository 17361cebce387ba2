package storetest

import (
	"context"
	"encoding/json"
	"io"
	"testing"

	"deadyet"
	"deadyet/ledger"
)

// Store is a book that can be closed, and tells what it sums up.
type Store interface {
	ledger.Book
	io.Closer
	// Rollups returns those of a server, by vantage and in the order of time.
	Rollups(context.Context, deadyet.ServerID) ([]deadyet.Rollup, error)
	// Today returns what the last day of each vantage sums up to so far, by vantage.
	Today(context.Context) ([]deadyet.Rollup, error)
}

// Open opens the store of a folder for writing, and makes it where there is
// none: the same folder is the same store. It fails the test when it can't.
type Open func(t testing.TB, dir string) Store

// Run runs the suite, each test on a store of its own.
func Run(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, open Open)
	}{
		{"a new store remembers nothing", testNew},
		{"what was committed is loaded again", testLoads},
		{"the same entry twice is harmless", testTwice},
		{"an entry is kept whole or not at all", testAtomic},
		{"a cancelled entry leaves nothing", testCancelled},
		{"subjects are never mixed", testSubject},
		{"what a vantage concluded stands apart", testVantage},
		{"spans end and others begin", testTurn},
		{"a flap grows, and the latest one is loaded", testFlaps},
		{"what nobody names is dropped", testEvidence},
		{"the line is down since the first bad round", testDown},
		{"what was spent is a total and is forgotten", testSpent},
		{"what may be spent is noted before a round", testReserve},
		{"sums of a day are kept, and stand for themselves", testRollups},
		{"days are packed by month", testPacked},
		{"what was published stays as it was", testPublish},
		{"what is published is kept whole or not at all", testPublishAtomic},
		{"what is published belongs to one subject", testPublishSubject},
		{"readers see whole entries only", testReaders},
		{"a reopened ledger shows the same edition", testReopened},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open) })
	}
}

// begin opens a new store for the test.
func begin(t *testing.T, open Open) (s Store, dir string) {
	t.Helper()
	dir = t.TempDir()
	s = open(t, dir)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s, dir
}

func commit(t testing.TB, s Store, es ...ledger.Entry) {
	t.Helper()
	for _, e := range es {
		if err := s.Commit(t.Context(), e); err != nil {
			t.Fatalf("commit round %d: %v", e.Round.Number, err)
		}
	}
}

func load(t testing.TB, s Store) ledger.Memory {
	t.Helper()
	m, err := s.Load(t.Context(), "")
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return m
}

// same compares what two values say, as JSON: whether a list that holds nothing
// is nil is of no account.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	g, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.MarshalIndent(want, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if string(g) != string(w) {
		t.Errorf("%s:\ngot  %s\nwant %s", what, g, w)
	}
}
