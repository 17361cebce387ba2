package ledger_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/storetest"
)

// forgetful is a book that keeps what it is given and says that it did not, as
// a disk does that fails behind the commit.
type forgetful struct {
	ledger.Book
	broken bool
}

var errForgetful = errors.New("the disk failed")

func (f *forgetful) fails(err error) error {
	if f.broken {
		return errors.Join(err, errForgetful)
	}
	return err
}

func (f *forgetful) Commit(ctx context.Context, e ledger.Entry) error {
	return f.fails(f.Book.Commit(ctx, e))
}

func (f *forgetful) Publish(ctx context.Context, p ledger.Publication) error {
	return f.fails(f.Book.Publish(ctx, p))
}

func TestRecord_findsOutWhatABrokenBookHasTaken(t *testing.T) {
	s := storetest.Subject(1)
	book := &forgetful{Book: store(t)}
	l := open(t, book, s)
	record(t, l, storetest.Round(s, 1, all(yes)))
	var shown []deadyet.RoundNumber
	l.Subscribe(func(e deadyet.Edition) { shown = append(shown, e.Rounds[0].Number) })
	book.broken = true
	r := storetest.Round(s, 2, all(silent))
	if err := l.Record(t.Context(), r); !errors.Is(err, errForgetful) || l.Next(home) != 2 {
		t.Fatalf("got %v and next round %d, want the error and 2", err, l.Next(home))
	}
	book.broken = false
	t.Run("when the round is given up and its number given to another", func(t *testing.T) {
		other := storetest.Round(s, 3, all(yes))
		other.Number = 2
		if err := l.Record(t.Context(), other); err == nil || !strings.Contains(err.Error(), "another round of that number") {
			t.Errorf("got %v, want that the number is taken", err)
		}
		if l.Next(home) != 3 || l.Edition(r.Ended).States[0].Pending == nil {
			t.Errorf("got next round %d, want 3 and what the lost round has found", l.Next(home))
		}
	})
	t.Run("when the round is offered again", func(t *testing.T) {
		book.broken = true
		r := storetest.Round(s, 4, all(silent))
		r.Number = 3
		if err := l.Record(t.Context(), r); !errors.Is(err, errForgetful) {
			t.Fatal(err)
		}
		book.broken = false
		if err := l.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(shown, []deadyet.RoundNumber{2, 3}) {
			t.Errorf("showed rounds %v, want each of them once", shown)
		}
		if got, want := l.Edition(r.Ended).ID, open(t, book, s).Edition(r.Ended).ID; got != want {
			t.Error("a ledger that is opened anew shows another edition")
		}
	})
}

func TestPublish_findsOutWhatABrokenBookHasTaken(t *testing.T) {
	book := &forgetful{Book: store(t), broken: true}
	l := open(t, book, storetest.Subject(1))
	items := []deadyet.Item{{ID: "2026-11-24-a", Kind: deadyet.ItemNote}}
	if err := l.Publish(t.Context(), items, moment(1)); !errors.Is(err, errForgetful) {
		t.Fatal(err)
	}
	book.broken = false
	items = append(items, deadyet.Item{ID: "2026-11-24-b", Kind: deadyet.ItemNote})
	if err := l.Publish(t.Context(), items, moment(2)); err != nil {
		t.Fatal(err)
	}
	if p := l.Published(); len(p) != 2 || !p[0].First.Equal(moment(1)) || !p[1].First.Equal(moment(2)) {
		t.Errorf("got %+v, want the first at %v and the second at %v", p, moment(1), moment(2))
	}
}
