package deadyet

import "time"

// VantageID names a place from which checks are asked.
type VantageID string

// RoundNumber counts the rounds of one source, from 1.
type RoundNumber int64

// Round is one pass over all checks that were due.
type Round struct {
	Number    RoundNumber
	Vantage   VantageID
	Networks  []NetworkID // that were due
	Simulated bool
	Began     time.Time
	Ended     time.Time
	Canary    Canary
	Loss      Loss

	Planned     int // checks in the plan
	Connections int // that were made, without the canary's
	Spent       []Spent

	// Observations holds one entry for each planned check.
	Observations []Observation
	// Findings is what was agreed, one for each check.
	Findings []Finding
}

// Counts returns how many observations have each answer.
func (r Round) Counts() map[Answer]int {
	n := make(map[Answer]int, 5)
	for _, o := range r.Observations {
		n[o.Answer]++
	}
	return n
}

// Unasked returns how many observations are unasked, by the reason.
func (r Round) Unasked() map[FailureKind]int {
	n := make(map[FailureKind]int)
	for _, o := range r.Observations {
		if o.Answer == AnswerUnasked {
			n[o.Failure.Kind]++
		}
	}
	return n
}

// Spent counts connections to one host on one UTC day.
type Spent struct {
	Host        string
	Day         Day
	Connections int
}

// Canary is a look at well-known hosts that tells whether our own line is good.
type Canary struct {
	Good  bool         `json:"good"`
	Hosts []CanaryHost `json:"hosts"`
}

// CanaryHost is the look at one of them.
type CanaryHost struct {
	Host    string        `json:"host"` // host:port
	Good    bool          `json:"good"`
	Took    time.Duration `json:"took"`
	Failure Failure       `json:"failure,omitzero"`
}

// Observation is what one vantage concludes in one round from its readings.
type Observation struct {
	Check    Check
	Vantage  VantageID
	Round    RoundNumber
	Answer   Answer
	Stage    Stage
	Failure  Failure
	Identity Fingerprint // of the reading that it rests on
	Told     Told        // the same
	Derived  bool
	Readings []Reading // all tries, in order; empty when nothing could be asked
}

// Tries returns the number of readings.
func (o Observation) Tries() int { return len(o.Readings) }

// Last returns the last reading, the zero value if there is none.
func (o Observation) Last() Reading {
	if len(o.Readings) == 0 {
		return Reading{}
	}
	return o.Readings[len(o.Readings)-1]
}

// Outcome is what makes findings equal or different.
type Outcome struct {
	Answer  Answer      `json:"answer"`
	Stage   Stage       `json:"stage,omitempty"`   // of a yes
	Failure FailureKind `json:"failure,omitempty"` // of the rest
	// Identity, of an identity check, is who answers; where it is somebody
	// else, or nobody, who did before.
	Identity Fingerprint `json:"identity,omitempty"`
	// Told is what people are told, of a name where it leads, of an identity where
	// it sends its clients on; where that is nothing, what they were told before.
	Told Told `json:"told,omitempty"`
}

// MakeOutcome keeps of an answer what counts for equality: the stage of a yes,
// the failure kind of the rest. Votes, times and texts don't count.
func MakeOutcome(a Answer, s Stage, f Failure) Outcome {
	if a == AnswerYes {
		return Outcome{Answer: a, Stage: s}
	}
	return Outcome{Answer: a, Failure: f.Kind}
}

// Of returns the outcome of a check about an identity, or about what is told.
func (o Outcome) Of(f Fingerprint, t Told) Outcome {
	o.Identity, o.Told = f, t
	return o
}

// SameNews reports whether going from o to p can't be news: only a change of
// answer or of stage can, or that what is told has moved, see [Change.News].
func (o Outcome) SameNews(p Outcome) bool { return o.Answer == p.Answer && o.Stage == p.Stage }

// Finding is what the vantages together conclude in one round.
type Finding struct {
	Check   Check
	Round   RoundNumber
	At      time.Time // when the round began
	Outcome Outcome
	Failure Failure // with its text
	Votes   Votes
	Tries   int
	Derived bool
	Notes   Notes
	// Evidence are the transcripts on which the finding rests, the last last.
	Evidence []*Transcript
}

// Voted reports whether the finding says anything: a check that was not due,
// over budget or without canary has no vote.
func (f Finding) Voted() bool { return f.Outcome.Answer != AnswerUnasked }

// Notes is what a finding says beside its outcome. It is never news.
type Notes struct {
	Controls     Controls     `json:"controls"`
	IgnoresOffer bool         `json:"ignores_offer,omitempty"`
	Redirects    []Hop        `json:"redirects,omitempty"`
	Fingerprint  Fingerprint  `json:"fingerprint,omitempty"`
	Names        []NameAnswer `json:"names,omitempty"`
}

// Votes counts the vantages behind a finding: "3 of 4".
type Votes struct {
	For int `json:"for"`
	Of  int `json:"of"`
}
