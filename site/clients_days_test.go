package site_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"deadyet"
	"deadyet/clients"
	"deadyet/config"
	"deadyet/history"
	"deadyet/ledger"
	"deadyet/site"
	"deadyet/subjects/msn"
)

// unread is a book that keeps nothing: what is known is the record.
type unread struct{}

func (unread) Load(context.Context, deadyet.VantageID) (ledger.Memory, error) {
	return ledger.Memory{}, nil
}
func (unread) Commit(context.Context, ledger.Entry) error        { return nil }
func (unread) Reserve(context.Context, []deadyet.Spent) error    { return nil }
func (unread) Publish(context.Context, ledger.Publication) error { return nil }

// On the days for which somebody wrote down by hand what worked, the page says
// what is worked out of the record for them, which package clients compares with
// what was written. The whole of it stands in files.
func TestClients_OnTheDaysThatSomebodyWroteDown(t *testing.T) {
	subject, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), unread{}, subject, ledger.Options{Vantage: "home"})
	if err != nil {
		t.Fatal(err)
	}
	course := clients.Follow(subject, history.Recorded(subject))
	for _, day := range []string{"2014-12-10", "2015-03-13", "2016-06-01", "2017-05-20"} {
		t.Run(day, func(t *testing.T) {
			d, err := deadyet.ParseDay(day)
			if err != nil {
				t.Fatal(err)
			}
			at := d.End().Add(-time.Nanosecond)
			s, err := site.NewAt(l.At(at), site.Moment{Name: day})
			if err != nil {
				t.Fatal(err)
			}
			page, text := string(mustPage(t, s, "/clients")), string(mustPage(t, s, "/clients.txt"))
			golden(t, "clients-"+day+".txt", []byte(text))
			said := map[deadyet.Fit]string{deadyet.FitWorks: "works", deadyet.FitPatched: "works after patching", deadyet.FitLogin: "taken, but can’t sign in", deadyet.FitNo: "does not work", deadyet.FitUnknown: "can’t tell"}
			for _, a := range course.Matrix(at) {
				if a.Network != subject.Network {
					continue
				}
				_, row, found := strings.Cut(page, fmt.Sprintf(`<a href="client/%s">`, a.Client))
				row, _, _ = strings.Cut(row, "</tr>")
				if !found || !strings.Contains(row, ">"+said[a.Fit]+"<") {
					t.Errorf("%s: the page has %q, want %q", a.Client, row, said[a.Fit])
				}
			}
		})
	}
}
