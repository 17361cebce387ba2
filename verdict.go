package deadyet

import "time"

// Word is the verdict in one word.
type Word string

const (
	WordNo      Word = "no"
	WordMostly  Word = "mostly"
	WordYes     Word = "yes"
	WordYesBut  Word = "yes_but"   // yes, but so is everything else
	WordUnknown Word = "cant_tell" // our line or scan is down and nothing answered
)

// Words lists all of them, from alive to dead.
func Words() []Word { return []Word{WordNo, WordMostly, WordYesBut, WordYes, WordUnknown} }

// Known reports whether w is on the list.
func (w Word) Known() bool {
	for _, k := range Words() {
		if k == w {
			return true
		}
	}
	return false
}

// Rule is how a subject's verdict is reached. It is data of the subject and
// is shown on the page.
type Rule struct {
	Reference Version         // the version that a majority of people needs
	Half      int             // percent of the listed servers that must take Reference for WordNo
	After     time.Duration   // how long nothing must be accepted for WordYes
	Says      map[Word]string // what the page shouts, e.g. "NO"
}

// Verdict is the answer to the question in the title, with its reasons. A
// network has one of its own, reached by the same rule.
type Verdict struct {
	Network   NetworkID
	Word      Word
	Says      string    // the rule's text for Word; like Reason, in words that package news finds
	Reason    string    // one line why
	Reasons   []Reason  // the same as data
	Since     Interval  // when the word became true; zero if not known
	At        time.Time // the same as the moment from which it is told
	Published time.Time
	Facts     []FactID // of the record on which it rests; empty when it was measured

	Listed    int // servers that count
	Reference int // of them, those that take the reference version
	Accepting int // of them, those that take any version that counts
	Unasked   int // more servers that would count, and were never asked
	LastYes   time.Time
	About     bool // the numbers rest on a fact that knows a share of the servers only
	Entry     bool // the network's public name stands for servers that are not known
}

// Find returns the reason of that kind; ok is false when there is none.
func (v Verdict) Find(k ReasonKind) (r Reason, ok bool) {
	for _, r := range v.Reasons {
		if r.Kind == k {
			return r, true
		}
	}
	return Reason{}, false
}

// ReasonKind says what a reason is about.
type ReasonKind string

const (
	ReasonReference  ReasonKind = "reference"  // servers that take the reference version
	ReasonAccepting  ReasonKind = "accepting"  // servers that take any version that counts
	ReasonGone       ReasonKind = "gone"       // versions that nothing takes any more
	ReasonDependency ReasonKind = "dependency" // what everybody needs and is down
	ReasonRisen      ReasonKind = "risen"      // it answers again after it was dead
	ReasonClients    ReasonKind = "clients"    // programs that get in; it decides nothing
)

// Reason is one reason of a verdict.
type Reason struct {
	Kind     ReasonKind `json:"kind"`
	Servers  int        `json:"servers"`
	Of       int        `json:"of"`
	Versions []Version  `json:"versions,omitempty"` // what they take, or what is gone
	Ways     []string   `json:"ways,omitempty"`     // endpoints that take them: "https:443"
	Clients  []string   `json:"clients,omitempty"`  // who used them
	Names    []string   `json:"names,omitempty"`    // of dependencies
	// Programs is how many of OfPrograms clients that people use get in.
	Programs   int      `json:"programs,omitempty"`
	OfPrograms int      `json:"of_programs,omitempty"`
	Since      Interval `json:"since,omitzero"`
}

// Line is what a network's line on the page rests on.
type Line struct {
	Network   NetworkID
	Verdict   Verdict   // by the subject's rule, for this network
	Answer    Answer    // the best answer of any version that counts
	Versions  []Version // accepted by any of its servers now
	Servers   int       // listed now
	Answering int       // of them, those that take any version
	LastRound RoundNumber
	LastAsked time.Time // zero: never
	Recorded  bool      // rests on the record alone
}
