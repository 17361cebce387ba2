package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"deadyet"
)

// null writes a time; the zero one is NULL.
func null(t time.Time) sql.NullInt64 {
	if t.IsZero() {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: t.UnixNano(), Valid: true}
}

// words is an outcome as it stands in a row.
type words struct{ answer, stage, failure, identity, told string }

func wordsOf(o deadyet.Outcome) words {
	return words{o.Answer.String(), o.Stage.String(), string(o.Failure), string(o.Identity), string(o.Told)}
}

func (w words) outcome() (o deadyet.Outcome, err error) {
	if o.Answer, err = deadyet.ParseAnswer(w.answer); err != nil {
		return o, err
	}
	o.Stage, err = deadyet.ParseStage(w.stage)
	o.Failure, o.Identity, o.Told = deadyet.FailureKind(w.failure), deadyet.Fingerprint(w.identity), deadyet.Told(w.told)
	return o, err
}

// says is what spans and pending ones have in common, as it stands in a row.
// The failure of the outcome is that of the failure, where there is one.
type says struct {
	words
	failureStage, failureDetail string
	votes                       deadyet.Votes
	notes                       string
}

func saysOf(o deadyet.Outcome, f deadyet.Failure, v deadyet.Votes, n deadyet.Notes) (says, error) {
	notes, err := json.Marshal(n)
	if err != nil {
		return says{}, fmt.Errorf("write notes: %w", err)
	}
	w := wordsOf(o)
	w.failure = string(f.Kind)
	return says{w, f.Stage.String(), f.Detail, v, string(notes)}, nil
}

func failure(kind, stage, detail string) (f deadyet.Failure, err error) {
	f.Kind, f.Detail = deadyet.FailureKind(kind), detail
	f.Stage, err = deadyet.ParseStage(stage)
	return f, err
}
