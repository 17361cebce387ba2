package ledger_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

func TestPublish_keepsWhatIsNew(t *testing.T) {
	s := storetest.Subject(1)
	st := store(t)
	l := open(t, st, s)
	closed := deadyet.Item{
		ID: "2015-01-09-escargot-port-closed", Kind: deadyet.ItemPortClosed, Network: "escargot", At: moment(1),
		Ports: []uint16{1863}, Versions: []deadyet.Version{"MSNP18"},
		Parts: []deadyet.Part{{Region: "bay"}, {Region: "bn1", Role: deadyet.RoleMain}, {Region: "bn1", Role: deadyet.RoleInternal}},
	}
	note := deadyet.Item{ID: "a-note", Kind: deadyet.ItemNote, At: moment(2)}
	if err := l.Publish(t.Context(), []deadyet.Item{note, closed, note}, moment(3)); err != nil {
		t.Fatal(err)
	}
	changed := note
	changed.At = moment(9)
	late := deadyet.Item{ID: "a-late-one", Parts: []deadyet.Part{{Role: deadyet.RoleMain}}} // of a network without regions
	for _, l := range []*ledger.Ledger{l, open(t, st, s)} {                                 // what was published is known, here and later
		if err := l.Publish(t.Context(), []deadyet.Item{changed, late}, moment(4)); err != nil {
			t.Fatal(err)
		}
	}
	m, err := st.Load(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	want := []deadyet.Published{
		{
			ID: closed.ID, Kind: closed.Kind, Network: "escargot", At: moment(1), First: moment(3),
			Regions: []deadyet.Region{"bay", "bn1"}, Ports: []uint16{1863}, Versions: []deadyet.Version{"MSNP18"},
		},
		{ID: "a-note", Kind: deadyet.ItemNote, At: moment(2), First: moment(3)},
		{ID: "a-late-one", First: moment(4)},
	}
	if d := cmp.Diff(want, m.Published); d != "" {
		t.Error(d)
	}
}

func TestPublish_afterAnErrorCanBeOfferedAgain(t *testing.T) {
	st := store(t)
	l := open(t, st, storetest.Subject(1))
	items := []deadyet.Item{{ID: "a"}}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Publish(cancelled, items, moment(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
	if err := l.Publish(t.Context(), items, moment(2)); err != nil {
		t.Fatal(err)
	}
	m, err := st.Load(t.Context(), "")
	if err != nil || !slices.ContainsFunc(m.Published, func(p deadyet.Published) bool { return p.ID == "a" && p.First.Equal(moment(2)) }) {
		t.Errorf("got %+v, %v, want that it was published the second time", m.Published, err)
	}
}

// A subscriber may publish what it shows, while the round is still recorded.
func TestPublish_whileARoundIsRecorded(t *testing.T) {
	s := storetest.Subject(1)
	l := open(t, store(t), s)
	l.Subscribe(func(e deadyet.Edition) {
		if err := l.Publish(t.Context(), []deadyet.Item{{ID: "a"}}, e.At); err != nil {
			t.Error(err)
		}
	})
	record(t, l, storetest.Round(s, 1, all(yes)))
}
