package storetest

import (
	"context"
	"errors"
	"testing"

	"deadyet"
	"deadyet/ledger"
)

func item(id deadyet.ItemID, n int) deadyet.Published {
	return deadyet.Published{
		ID: id, Kind: deadyet.ItemVersionRejected, Network: "escargot", At: moment(1), First: moment(n),
		Regions: []deadyet.Region{"bay", "bn1"}, Ports: []uint16{80, 1863}, Versions: []deadyet.Version{"MSNP18"},
	}
}

func publication(items ...deadyet.Published) ledger.Publication {
	return ledger.Publication{Subject: "msn", Items: items}
}

func publish(t testing.TB, s Store, items ...deadyet.Published) {
	t.Helper()
	if err := s.Publish(t.Context(), publication(items...)); err != nil {
		t.Fatalf("publish: %v", err)
	}
}

// testPublish publishes without any round: a record alone can be read.
func testPublish(t *testing.T, open Open) {
	dir := t.TempDir()
	s := open(t, dir)
	bare := deadyet.Published{ID: "c", First: moment(1)}
	publish(t, s, item("b", 2), item("a", 2), bare)
	want := []deadyet.Published{bare, item("a", 2), item("b", 2)}
	m := load(t, s)
	same(t, "published", m.Published, want)
	if m.Subject != "msn" || len(m.Rounds) != 0 {
		t.Errorf("got subject %q and %d rounds, want msn and none", m.Subject, len(m.Rounds))
	}
	again := item("a", 9)
	again.Kind, again.Regions = deadyet.ItemGone, nil
	publish(t, s, again, item("d", 1), item("d", 7))
	publish(t, s)
	want = []deadyet.Published{bare, item("d", 1), item("a", 2), item("b", 2)}
	same(t, "published again", load(t, s).Published, want)
	commit(t, s, full())
	own, err := s.Load(t.Context(), "elsewhere")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "whatever the conclusion", own.Published, want)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	same(t, "after it was closed", load(t, s).Published, want)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func testPublishAtomic(t *testing.T, open Open) {
	s, _ := begin(t, open)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Publish(ctx, publication(item("a", 1))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
	if m := load(t, s); m.Subject != "" || len(m.Published) != 0 {
		t.Errorf("got %+v, want nothing", m)
	}
	publish(t, s, item("a", 1))
	same(t, "offered again", load(t, s).Published, []deadyet.Published{item("a", 1)})
}

func testPublishSubject(t *testing.T, open Open) {
	s, _ := begin(t, open)
	publish(t, s, item("a", 1))
	for _, p := range []ledger.Publication{
		{Subject: "icq", Items: []deadyet.Published{item("b", 1)}},
		{Subject: "msn", Simulated: true, Items: []deadyet.Published{item("b", 1)}},
	} {
		var other *ledger.OtherSubjectError
		if err := s.Publish(t.Context(), p); !errors.As(err, &other) || other.Subject != "msn" || other.Simulated {
			t.Errorf("%s, simulated %v: got %v, want that it is the store of msn", p.Subject, p.Simulated, err)
		}
	}
	same(t, "published", load(t, s).Published, []deadyet.Published{item("a", 1)})
	e := entry(1)
	e.Simulated = true
	var other *ledger.OtherSubjectError
	if err := s.Commit(t.Context(), e); !errors.As(err, &other) {
		t.Errorf("a simulated round: got %v, want that it is the store of msn", err)
	}
}
