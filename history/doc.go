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
//
// While a difference is pending:
//
//   - Findings with the same answer and stage are one run, whatever kind of
//     failure each has: a server that refuses, resets and refuses again has
//     said no three times. The outcome of the run is that of its first finding.
//     A kind of failure that differs from that of the open span is a difference
//     too, and may end it; such a border is never news.
//   - An unclear finding neither counts for the run nor breaks it. Only a run
//     that has waited a day longer than its confirmation takes gives way to
//     one: what is unclear for that long is what there is.
//   - Another answer or stage begins the run anew. The border still begins where
//     the open span was last found.
//   - A run that began unclear and goes on with another answer begins to count
//     anew, but keeps the border, both ends of it: the difference was there.
//     The time that a confirmation takes counts from the border as well.
//
// What was found otherwise and never for long enough is a flap; [Flaps] makes
// one of many that follow each other closely.
package history
