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
	if rs, err := st.Rollups(t.Context(), "escargot/192.0.2.0"); err != nil || len(rs) != 1 || rs[0].Rounds != 1 {
		t.Errorf("roll-ups: got %+v, %v, want that of the round", rs, err)
	}
	r, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatalf("to read it after that: %v", err)
	}
	closed(t, r)
}

// named is a store of the second schema, in which spans named their evidence
// in a table of its own.
const named = `INSERT INTO subject VALUES (1, 'msn', 0);
	INSERT INTO checks VALUES (1, 'escargot/192.0.2.0/port/tcp:1863');
	INSERT INTO spans VALUES
		(1, '', 100, 100, 200, 200, 100, 'yes', 'connect', '', '', '', 0, 0, '{}'),
		(1, '', 200, 200, NULL, NULL, NULL, 'silent', '', 'timeout', '', '', 0, 0, '{}');
	INSERT INTO evidence VALUES (7, x'7b7d'), (8, x'7b7d'), (9223372036854775807, x'7b7d');
	INSERT INTO evidence_uses VALUES
		(1, '', 'span', 100, 0, 9223372036854775807), (1, '', 'span', 100, 1, 7), (1, '', 'latest', 0, 0, 8);
	INSERT INTO latest VALUES (1, '', '2026-11-24');`

func TestOpen_movesEvidenceToItsSpans(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deadyet.db")
	sqlite.MakeOld(t, path, 2, named)
	st := open(t, path)
	defer closed(t, st)
	for query, want := range map[string]string{
		"SELECT group_concat(evidence, ';') FROM (SELECT evidence FROM spans ORDER BY since_to)": "7fffffffffffffff0000000000000007;",
		"SELECT group_concat(kept, '') FROM (SELECT kept FROM evidence ORDER BY id)":             "101",
		"SELECT group_concat(purpose) FROM evidence_uses":                                        "latest",
	} {
		if got := st.Text(t, query); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}
