// Package history turns findings into spans and changes.
//
// It is pure: what comes out depends on what is put in and on nothing else, so
// that the same findings give the same history, byte for byte, whenever they
// are replayed. Use [Extend] for each finding of a round, [End] when a question
// is no longer asked, [Recorded] for what the record says of the time before
// deadyet watched, and [Overlay] to lay what was measured over it.
//
//	state, ended, change := history.Extend(state, finding, asked, subject.Confirm)
//
// # The rules
//
// Findings are equal when their outcomes are. The first finding ever opens a
// span at once. A different one has to be found again, in as many rounds and
// for as long as the subject's [deadyet.Confirmation] says, before the span
// ends; the border is then dated to where the difference began. An equal one
// in between drops the difference: it was a flap. A finding without a vote
// changes nothing: the open span goes on with a gap.
package history
