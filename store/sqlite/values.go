package sqlite

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
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

// at reads what null wrote.
func at(n sql.NullInt64) time.Time {
	if !n.Valid {
		return time.Time{}
	}
	return time.Unix(0, n.Int64).UTC()
}

// interval reads two of them.
func interval(from, to sql.NullInt64) deadyet.Interval {
	return deadyet.Interval{From: at(from), To: at(to)}
}

// words is an outcome as it stands in a row.
type words struct{ answer, stage, failure string }

func wordsOf(o deadyet.Outcome) words {
	return words{o.Answer.String(), o.Stage.String(), string(o.Failure)}
}

func (w words) outcome() (o deadyet.Outcome, err error) {
	if o.Answer, err = deadyet.ParseAnswer(w.answer); err != nil {
		return o, err
	}
	o.Stage, err = deadyet.ParseStage(w.stage)
	o.Failure = deadyet.FailureKind(w.failure)
	return o, err
}

// said is what spans and pending ones have in common, as it stands in a row.
// The failure of the outcome is that of the failure, where there is one.
type said struct {
	words
	failureStage, failureDetail string
	votes                       deadyet.Votes
	notes                       string
}

func sayOf(o deadyet.Outcome, f deadyet.Failure, v deadyet.Votes, n deadyet.Notes) (said, error) {
	notes, err := json.Marshal(n)
	if err != nil {
		return said{}, fmt.Errorf("write notes: %w", err)
	}
	w := wordsOf(o)
	w.failure = string(f.Kind)
	return said{w, f.Stage.String(), f.Detail, v, string(notes)}, nil
}

func (s said) parts() (o deadyet.Outcome, f deadyet.Failure, n deadyet.Notes, err error) {
	if o, err = s.outcome(); err != nil {
		return o, f, n, err
	}
	if f, err = failure(s.failure, s.failureStage, s.failureDetail); err != nil {
		return o, f, n, err
	}
	err = json.Unmarshal([]byte(s.notes), &n)
	return deadyet.MakeOutcome(o.Answer, o.Stage, f), f, n, err
}

func failure(kind, stage, detail string) (f deadyet.Failure, err error) {
	f.Kind, f.Detail = deadyet.FailureKind(kind), detail
	f.Stage, err = deadyet.ParseStage(stage)
	return f, err
}

// pack writes a transcript.
func pack(t *deadyet.Transcript) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(t); err != nil {
		return nil, fmt.Errorf("write transcript: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write transcript: %w", err)
	}
	return b.Bytes(), nil
}

// transcriptBytes bounds what is read back: a transcript is far smaller.
const transcriptBytes = 1 << 20

// unpack reads what pack wrote.
func unpack(b []byte) (*deadyet.Transcript, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	var t deadyet.Transcript
	if err := json.NewDecoder(io.LimitReader(z, transcriptBytes)).Decode(&t); err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	return &t, nil
}
