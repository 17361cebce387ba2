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

// Verdict is the answer to the question in the title, with its reasons.
type Verdict struct {
	Word   Word
	Says   string   // the rule's text for Word
	Reason string   // one line why
	Since  Interval // when the word became true; zero if not known
	Facts  []FactID // of the record on which it rests; empty when it was measured

	Listed    int // servers that count
	Reference int // of them, those that take the reference version
	Accepting int // of them, those that take any version that counts
	LastYes   time.Time
}

// Line is what a network's line on the page rests on.
type Line struct {
	Network   NetworkID
	Answer    Answer    // the best answer of any version that counts
	Versions  []Version // accepted by any of its servers now
	Servers   int       // listed now
	Answering int       // of them, those that take any version
	LastRound RoundNumber
	LastAsked time.Time // zero: never
	Recorded  bool      // rests on the record alone
}
