package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"

	"deadyet"
)

// Nearly all rows say one of a few things. So that they need not be taken apart
// a hundred thousand times, what a row says is read as one text, and each text
// is taken apart once. The unit separator stands in no word and in no JSON; the
// detail may hold anything, so it comes last.
const (
	separator = "\x1f"
	found     = `answer || char(31) || stage || char(31) || failure || char(31) || failure_stage || char(31) || notes || char(31) || identity || char(31) || told || char(31) || failure_detail`
	changed   = `to_answer || char(31) || to_stage || char(31) || to_failure || char(31) || from_answer || char(31) || from_stage || char(31) ||
		from_failure || char(31) || from_identity || char(31) || to_identity || char(31) ||
		from_told || char(31) || to_told || char(31) || failure || char(31) || failure_stage || char(31) || failure_detail`
)

// said is what a row says, taken apart.
type said struct {
	outcome, from deadyet.Outcome
	failure       deadyet.Failure
	notes         deadyet.Notes
}

// parts takes apart what was found.
func (r *reader) parts(text string) (said, error) {
	return r.once(text, 8, func(w []string) (s said, err error) {
		o, err := words{w[0], w[1], w[2], w[5], w[6]}.outcome()
		if err != nil {
			return s, err
		}
		if s.failure, err = failure(w[2], w[3], w[7]); err != nil {
			return s, err
		}
		s.outcome = deadyet.MakeOutcome(o.Answer, o.Stage, s.failure).Of(o.Identity, o.Told)
		return s, json.Unmarshal([]byte(w[4]), &s.notes)
	})
}

// turn takes apart what a change says.
func (r *reader) turn(text string) (said, error) {
	return r.once(text, 13, func(w []string) (s said, err error) {
		if s.outcome, err = (words{w[0], w[1], w[2], w[7], w[9]}).outcome(); err != nil {
			return s, err
		}
		if s.from, err = (words{w[3], w[4], w[5], w[6], w[8]}).outcome(); err != nil {
			return s, err
		}
		s.failure, err = failure(w[10], w[11], w[12])
		return s, err
	})
}

func (r *reader) once(text string, n int, parse func([]string) (said, error)) (said, error) {
	if s, ok := r.said[text]; ok {
		return s, nil
	}
	w := strings.SplitN(text, separator, n)
	if len(w) != n {
		return said{}, fmt.Errorf("read %q: want %d parts", text, n)
	}
	s, err := parse(w)
	if err == nil {
		r.said[text] = s
	}
	return s, err
}
