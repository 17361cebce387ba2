package deadyet

import "time"

// EditionID names what an edition shows: editions with the same ID show the same.
// It is a hash, of the content or of everything from which the content follows, so
// editions that show the same may still have different IDs.
type EditionID string

// Edition is everything that one page shows. It is immutable: a new round
// makes a new one, which is swapped in whole.
type Edition struct {
	ID      EditionID
	At      time.Time // the moment it shows
	Subject Subject
	// Language is that of the page; "" means English. The facts are the same in all
	// languages, and so is the ID.
	Language Language `json:"-"`
	// Told is the language of verdicts, news and the sentences of the subject, where
	// it is another one than that of the page; "" means English as well.
	Told    Language `json:"-"`
	Live    bool     // the listed networks are being asked
	Vantage VantageID

	Verdict   Verdict
	Verdicts  []Verdict // its history, earliest first; the last one is the present word
	Situation Text      // the present situation, from the verdict and the last items, or a person's text
	Lines     []Line    // one for each network, in the subject's order
	States    []State
	Items     []Item // latest first, pinned ones before them
	// What follows was made from the same spans, and so is left out of the ID.
	Spans    []Span         `json:"-"` // the whole history until At, by check and time; what went on then is open
	Declines []Decline      `json:"-"` // by network and region, the whole network first
	Lives    []Life         `json:"-"` // by network and version
	Access   []Access       `json:"-"` // who gets in, by client and network, in the subject's order
	Rounds   []RoundSummary // the last ones, latest first
	Down     time.Time      // since when our own line is down; zero while it is good
	Evidence map[EvidenceID]*Transcript
}

// State is a check as it stands in an edition.
type State struct {
	Check   Check
	Span    Span      // the open one, or the zero Span when it was never asked
	Pending *Pending  // what was found last, when it differs and is not confirmed
	Asked   time.Time // when it was last asked; zero: never
	Due     bool      // it is still asked
	// Unasked is the kind of reason why nobody could ask in the last round;
	// zero when somebody did, or when it is not known.
	Unasked Failure
	Flap    Flap // the last one, zero if there never was one
}

// Flap is a time in which a check was found otherwise now and then, and never
// for long enough to count as a change.
type Flap struct {
	Since, Until time.Time
	Runs         int // how often it was found otherwise
}

// Answer returns the answer to show: that of the open span.
func (s State) Answer() Answer {
	return s.Span.Outcome.Answer
}

// RoundSummary is a round without its observations.
type RoundSummary struct {
	Number      RoundNumber
	Vantage     VantageID
	Networks    []NetworkID
	Simulated   bool
	Began       time.Time
	Ended       time.Time
	Canary      Canary
	Loss        Loss
	Planned     int
	Connections int
	Counts      map[Answer]int
	Unasked     map[FailureKind]int
}

// Summary returns r without its observations.
func (r Round) Summary() RoundSummary {
	return RoundSummary{
		Number: r.Number, Vantage: r.Vantage, Networks: r.Networks, Simulated: r.Simulated,
		Began: r.Began, Ended: r.Ended, Canary: r.Canary, Loss: r.Loss,
		Planned: r.Planned, Connections: r.Connections,
		Counts: r.Counts(), Unasked: r.Unasked(),
	}
}
