package news_test

import (
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/news"
)

func ids(items []deadyet.Item) (out []deadyet.ItemID) {
	for _, i := range items {
		out = append(out, i.ID)
	}
	return out
}

func TestOrder(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2017, 5, d, 0, 0, 0, 0, time.UTC) }
	items := []deadyet.Item{
		{ID: "bn1-gone", At: day(2)},
		{ID: "b-same-day", At: day(19)},
		{ID: "note", At: day(1), Pinned: true},
		{ID: "a-same-day", At: day(19)},
	}
	before := slices.Clone(ids(items))
	got := ids(news.Order(items))
	want := []deadyet.ItemID{"note", "a-same-day", "b-same-day", "bn1-gone"}
	if !slices.Equal(got, want) {
		t.Errorf("order: got %v, want %v", got, want)
	}
	if !slices.Equal(ids(items), before) {
		t.Error("the argument was changed")
	}
	slices.Reverse(items)
	if got := ids(news.Order(items)); !slices.Equal(got, want) {
		t.Errorf("order of the same items in another order: got %v, want %v", got, want)
	}
}
