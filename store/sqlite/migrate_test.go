package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/sqlite"
	"deadyet/store/storetest"
)

// flapping is a store of the first schema, in which a flap had no runs.
const flapping = `INSERT INTO subject VALUES (1, 'msn', 0);
	INSERT INTO checks VALUES (1, 'escargot/192.0.2.0/port/tcp:1863');
	INSERT INTO spans VALUES (1, '', 100, 100, NULL, NULL, NULL, 'yes', 'connect', '', '', '', 0, 0, '{}');
	INSERT INTO round_exceptions VALUES (1, '', 200, 300, 100, 'silent', '', 'timeout'), (1, '', 400, 500, 300, 'unasked', '', 'over_budget');`

func TestOpen_bringsAnOlderStoreUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deadyet.db")
	sqlite.MakeOld(t, path, 1, flapping)
	if _, err := sqlite.OpenReadOnly(t.Context(), path); !errors.Is(err, sqlite.ErrOlder) {
		t.Errorf("to read it before that: got %v, want that it is older", err)
	}
	st := open(t, path)
	defer closed(t, st)
	m, err := st.Load(t.Context(), "")
	if err != nil || len(m.Checks) != 1 || m.Checks[0].Flap == nil {
		t.Fatalf("got %+v, %v, want one check with a flap", m.Checks, err)
	}
	if f := m.Checks[0].Flap; f.Runs != 1 || f.Outcome.Answer != deadyet.AnswerSilent || f.Since.UnixNano() != 200 || f.Until.UnixNano() != 300 {
		t.Errorf("got %+v, want a silent flap of one run", f)
	}
	if got := st.Text(t, "SELECT group_concat(runs, ' ') FROM (SELECT runs FROM round_exceptions ORDER BY since)"); got != "1 0" {
		t.Errorf("runs: got %s, want 1 of the flap and 0 of the gap", got)
	}
	l, err := ledger.Open(t.Context(), st, storetest.Subject(1), ledger.Options{Vantage: "home"})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Record(t.Context(), turning(storetest.Subject(1), 1)); err != nil {
		t.Error(err)
	}
	r, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatalf("to read it after that: %v", err)
	}
	closed(t, r)
}
