package ledger_test

import (
	"testing"
	"time"

	"deadyet"
)

// accessOf returns how a client and a network go together in an edition.
func accessOf(e deadyet.Edition, c deadyet.ClientID, n deadyet.NetworkID) (deadyet.Access, bool) {
	for _, a := range e.Access {
		if a.Client == c && a.Network == n {
			return a, true
		}
	}
	return deadyet.Access{}, false
}

// An edition of any moment tells who got in then, at the networks that were
// there, and since when.
func TestAt_tellsWhoGetsIn(t *testing.T) {
	l := official(t)
	for _, tt := range []struct {
		at      time.Time
		client  deadyet.ClientID
		network deadyet.NetworkID
		fit     deadyet.Fit // "" where nothing can be told
		since   string
	}{
		{time.Date(2014, 12, 6, 12, 0, 0, 0, time.UTC), "wlm-2012", "microsoft", deadyet.FitPatched, "2014-11-01"},
		{time.Date(2014, 12, 6, 12, 0, 0, 0, time.UTC), "wlm-2012", "escargot", "", ""},
		{time.Date(2015, 3, 13, 12, 0, 0, 0, time.UTC), "wm-4.7.2009", "microsoft", deadyet.FitNo, "2015-03-12"},
		{time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), "wlm-2012", "microsoft", deadyet.FitNo, "2017-05-18"},
		{time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), "msn-1.0", "escargot", deadyet.FitUnknown, "1999-07-17"},
	} {
		a, _ := accessOf(l.At(tt.at), tt.client, tt.network)
		since := ""
		if !a.Since.From.IsZero() {
			since = deadyet.DayOf(a.Since.From).String()
		}
		if a.Fit != tt.fit || since != tt.since {
			t.Errorf("%s at %s on %s: got %q since %q, want %q since %q", tt.client, tt.network, tt.at.Format(time.DateOnly), a.Fit, since, tt.fit, tt.since)
		}
	}
}

// The share is a reason that stands behind those of the rule, and is counted from
// what the edition tells.
func TestAt_countsWhoGetsInAmongTheReasons(t *testing.T) {
	l := official(t)
	for _, tt := range []struct {
		at   time.Time
		in   bool
		word deadyet.Word
	}{
		{time.Date(2014, 12, 6, 12, 0, 0, 0, time.UTC), true, deadyet.WordNo},
		{time.Date(2018, 1, 1, 12, 0, 0, 0, time.UTC), false, deadyet.WordYes},
	} {
		v := l.At(tt.at).Verdict
		last := v.Reasons[len(v.Reasons)-1]
		if last.Kind != deadyet.ReasonClients || last.OfPrograms == 0 || last.Programs > 0 != tt.in || v.Word != tt.word {
			t.Errorf("%s: got %s with %+v last", tt.at.Format(time.DateOnly), v.Word, last)
		}
	}
}
