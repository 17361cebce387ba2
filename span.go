package deadyet

import "time"

// Interval is a stretch of time in which something happened: not before From
// and not after To. From and To are equal when the moment is known exactly.
type Interval struct {
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// At returns the interval of one moment.
func At(t time.Time) Interval { return Interval{t, t} }

// OnDay returns the interval of a day of which the hour is not known.
func OnDay(d Day) Interval { return Interval{d.Start(), d.End()} }

// IsZero reports whether the interval is not set.
func (i Interval) IsZero() bool { return i.From.IsZero() && i.To.IsZero() }

// Exact reports whether the moment is known.
func (i Interval) Exact() bool { return i.From.Equal(i.To) }

// Span is a run of equal findings of one check.
type Span struct {
	Check   Check
	Outcome Outcome
	Failure Failure // of the first finding, with its text

	// Since is when it began: between the last finding that was different
	// and the first that was equal.
	Since Interval
	// Until is when it ended; zero for an open span.
	Until Interval
	// Last is when the last finding of the span was made. For an open span it
	// is derived from the network's last round and not stored.
	Last time.Time

	Fact  FactID // set when the record says so, "" when it was measured
	Notes Notes  // of the first finding
	Votes Votes
	// Evidence names the transcripts kept when the span began.
	Evidence []EvidenceID
}

// Open reports whether the span has not ended.
func (s Span) Open() bool { return s.Until.IsZero() }

// Recorded reports whether the span comes from the record and was not
// measured here.
func (s Span) Recorded() bool { return s.Fact != "" }

// Begins returns when the span takes effect, as [Change.Begins] does.
func (s Span) Begins() time.Time { return begins(s.Since, s.Fact) }

// EvidenceID names a stored transcript.
type EvidenceID int64

// Pending is a run of findings that differ from the open span and are not
// confirmed yet.
type Pending struct {
	Outcome  Outcome
	Failure  Failure
	Since    Interval // as in a span
	Rounds   int      // findings in a row
	Notes    Notes
	Votes    Votes
	Evidence []EvidenceID
}

// Change is the border between two spans of one check, once confirmed.
type Change struct {
	Check     Check
	From, To  Outcome
	Failure   Failure  // why To, with its text
	When      Interval // in which it happened
	Confirmed time.Time
	Fact      FactID       // set when the record says so
	Before    FactID       // of the record that said From
	Evidence  []EvidenceID // with which To began
	// First says that From is the first answer that was measured, or that it
	// is from the record and To is; Lasted is for how long From was found.
	First  bool
	Lasted time.Duration
}

// News reports whether the change can be news. The first answer ever is none,
// nor is a change that only changes how a server refuses, nor that a question
// is no longer asked.
func (c Change) News() bool {
	return c.From.Answer != AnswerUnasked && c.To.Answer != AnswerUnasked && (!c.From.SameNews(c.To) || c.From.Told.Moved(c.To.Told))
}

// Begins returns when the change takes effect: what was measured at the first
// finding that differed, what is recorded at the beginning of its fact.
func (c Change) Begins() time.Time { return begins(c.When, c.Fact) }

func begins(when Interval, fact FactID) time.Time {
	if fact != "" {
		return when.From
	}
	return when.To
}

// Confirmation says what a different outcome needs until it counts.
type Confirmation struct {
	Rounds int           // findings in a row
	After  time.Duration // since the first of them
}

// FactID names a fact of the record.
type FactID string

// Fact says that checks had an answer for a time before deadyet watched, or,
// with Block, that clients were turned away.
type Fact struct {
	ID       FactID
	Select   Selector
	Count    Count // of the selected servers; zero: all of them
	Answer   Answer
	Stage    Stage       // of a yes
	Failure  FailureKind // of the rest
	Block    Block
	Since    Interval
	Until    Interval // zero: until something else is known
	Inferred bool     // nobody wrote it down; it follows from what was
	Text     string   // one sentence for people
	Aside    string   // what else was seen at that time, for the news; Markdown
	Later    Later    // what was known only later
	Source   Source
	File     string // of the record in which it stands, as in Subject.Revisions
}

// Later is what became known of a fact from a day on.
type Later struct {
	From Day
	Text string // Markdown
}

// Vague reports whether it is not known which of the selected servers the fact
// is about.
func (f Fact) Vague() bool { return !f.Count.IsZero() }

// Count is how many of a group of servers: a number, or a share of them as a
// range in percent. The zero value means all.
type Count struct {
	Number      int
	Least, Most int // percent
}

// IsZero reports whether all are meant.
func (c Count) IsZero() bool { return c == Count{} }

// Exact reports whether the number is known.
func (c Count) Exact() bool { return c.Number > 0 }

// Of returns how many of n servers stand for the count: the number, or the
// middle of the range.
func (c Count) Of(n int) int {
	switch {
	case c.IsZero():
		return n
	case c.Exact():
		return min(c.Number, n)
	}
	return min(n, max(1, (n*(c.Least+c.Most)+100)/200))
}

// Block says that clients were turned away whatever they spoke.
type Block struct {
	Clients []string
	By      string // how they were told apart, e.g. "application ID"
}

// Selector picks checks. An empty field picks everything.
type Selector struct {
	Network    NetworkID
	Regions    []Region
	Roles      []Role
	Servers    []ServerID
	Kinds      []Kind
	Transports []Transport
	Ports      []uint16
	Versions   []Version
}
