package ledger

import (
	"context"
	"time"

	"deadyet"
)

// Book keeps nouns and decides nothing. A book has one writer.
type Book interface {
	// Load returns what was kept of one conclusion: of the findings when of is
	// "", else of what that vantage alone concluded. A new book gives the zero
	// Memory.
	Load(ctx context.Context, of deadyet.VantageID) (Memory, error)
	// Commit keeps all of the entry or nothing. An entry of a round that is
	// already kept (the same vantage and number) is left aside without an
	// error. An entry of another subject than the book's, or a simulated one in
	// a book of real ones, is refused.
	Commit(ctx context.Context, e Entry) error
	// Reserve keeps what is going to be spent, as the totals of hosts and days,
	// until a Commit gives what was. It keeps nothing else.
	Reserve(ctx context.Context, spent []deadyet.Spent) error
	// Publish keeps the items whose names are new and leaves those that are
	// known as they are: all of it or nothing. It needs no round, and refuses
	// another subject as Commit does.
	Publish(ctx context.Context, p Publication) error
}

// Publication is what somebody could read for the first time.
type Publication struct {
	Subject   deadyet.SubjectID
	Simulated bool
	Items     []deadyet.Published
}

// Memory is what a book holds: all spans and changes, the latest rounds, and
// the evidence of the spans that are open. The order of each slice is the one
// its comment tells.
type Memory struct {
	Subject   deadyet.SubjectID // "" when nothing was ever committed
	Simulated bool

	Rounds  []deadyet.RoundSummary // latest first; of each network at least the last
	Last    map[deadyet.VantageID]deadyet.RoundNumber
	Down    map[deadyet.VantageID]time.Time // since when the canary has failed; missing while it is good
	Spent   []deadyet.Spent                 // by day and host
	Checks  []Kept                          // by check; those that were ever found
	Past    []deadyet.Span                  // that ended, by check and time
	Changes []deadyet.Change                // by confirmation, then check

	Published []deadyet.Published // by First, then ID; whatever the conclusion
	Rollups   []deadyet.Rollup    // of each vantage those of its last day, as they were committed

	Evidence map[deadyet.EvidenceID]*deadyet.Transcript // named by Checks
}

// Kept is what is kept of one check between rounds.
type Kept struct {
	Open      deadyet.Span // Last is not kept: it follows from the rounds
	Pending   *deadyet.Pending
	Exception *Exception // the gap that goes on, nil if none
	Flap      *Exception // the latest one, nil if there never was one
	Latest    Latest
}

// Exception is a time in which a check did not extend its open span, though it
// was due: a gap, in which nobody asked, or a flap, which was found and never
// confirmed. A flap may be many runs of rounds that follow each other closely.
type Exception struct {
	Check   deadyet.Check
	Outcome deadyet.Outcome // what was found first; unasked for a gap
	Since   time.Time       // when the first of its rounds began
	Until   time.Time       // when the last one did; zero for a gap that goes on
	Asked   time.Time       // when the check was last found before it
	Runs    int             // of a flap: how often the check was found otherwise; 0 for a gap
}

// Latest is the evidence of a check's latest finding on a day.
type Latest struct {
	Day      deadyet.Day
	Evidence []deadyet.EvidenceID
}

// Entry is everything that one round changes. It is kept in one transaction.
type Entry struct {
	Subject   deadyet.SubjectID
	Simulated bool
	Of        deadyet.VantageID // whose spans these are; "" for those of the findings

	Round      deadyet.RoundSummary
	Spent      []deadyet.Spent // totals of the day, not what this round adds
	SpentSince deadyet.Day     // what was spent before is forgotten

	Ended      []deadyet.Span // were open; known by check and Since.To
	Begun      []deadyet.Span // open ones
	Pending    []Dissent
	Changes    []deadyet.Change
	Exceptions []Exception // by check and Since: begun, or known and now longer or ended
	Latest     map[deadyet.Check]Latest

	// Rollups are the sums of the round's vantage and day, of all its servers and
	// not only those of this round. They take the place of the ones before, and are
	// the ledger's again when Commit returns. None: nothing was found on the day yet,
	// and those of the day before stay.
	Rollups []deadyet.Rollup
	// PackBefore is the first of a month: the days of the round's vantage before it
	// give way to one roll-up for each server and month. Zero: all stay.
	PackBefore deadyet.Day

	// Evidence holds the transcripts that are named above and may be new. The
	// book drops those that nothing names any more.
	Evidence map[deadyet.EvidenceID]*deadyet.Transcript
}

// Dissent is what is pending at a check; nil when nothing is any more.
type Dissent struct {
	Check   deadyet.Check
	Pending *deadyet.Pending
}
