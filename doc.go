// Package deadyet holds the nouns of the project, and nothing else.
//
// deadyet tells which protocol versions a fleet of servers still accepts, over
// which ports, since when, and who can still connect. Every other package
// speaks in the words that are defined here, and so do the tables of the
// store, the keys of the API, the classes of the style sheet and the command
// line. There are no synonyms.
//
// # The words
//
// A [Subject] is what the question in the title is about. A [Network] is a set
// of servers run by one operator; a [Server] is one address or name of it, in
// a region, listed since one day and until another with a [Role]. An
// [Endpoint] is a server with a [Transport] and a port. A [Check] is one
// question that is asked again and again at one endpoint: is it open? does it
// take MSNP21?
//
// A [Round] is one pass over all checks that are due. In it, a [Reading] is
// one try at one check, with the [Transcript] that it shares with the other
// readings of the same connection; an [Observation] is what one vantage
// concludes from its readings; a [Finding] is what the vantages conclude
// together. A [Span] is a run of equal findings and a [Change] the border
// between two spans. From those an [Item] of news is written and the [Verdict]
// is reached, and an [Edition] is everything that one page shows. Beside them, a
// [Rollup] sums up what one vantage found at a server on a day or in a month.
//
// A [Fact] of the record says what happened before deadyet watched. It has a
// source and a precision, and is never mixed up with what was measured.
//
// # The five answers
//
// Every check has an [Answer]. Its zero value is [AnswerUnasked]: nobody
// asked, which is never shown as dead. A target that refuses, hangs or lies is
// described by a [Failure], which is data and not a Go error; a Go error means
// that the question could not be asked.
//
// # Rules of this package
//
// It imports the standard library only, and of it neither context, net/http,
// database/sql nor log/slog: nouns do nothing. All values may be shared
// between goroutines as long as nobody changes them; an [Edition] is never
// changed after it was made. All times are UTC.
package deadyet
