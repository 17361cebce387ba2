// Package verdict answers the question in the title, and says how each network
// stands, from spans and from the rule of the subject.
//
// It is pure: the moment is an argument, and the same spans give the same
// verdict. [Judge] replays the spans from the first one on, so that it knows
// not only the word but since when it is true; [Lines] makes one line for each
// network.
//
//	v := verdict.Judge(subject, network, changes, at, down)
//	fmt.Println(v.Word, v.Accepting, v.Listed, v.LastYes) // yes 0 29 2017-05-19 …
//
// It decides, and finds no words: package news puts a verdict into sentences.
//
// # The rule
//
// What counts are the main and internal servers that the subject's network
// lists on the day, at any endpoint; when the network is closed, those of its
// last day. A server of which no version was ever asked neither improves nor
// worsens the verdict, and a check that is no longer asked keeps its last
// answer.
//
//   - no: at least Half percent of the servers take the reference version;
//   - mostly: fewer, but something takes a version that counts, or did so
//     less than After ago;
//   - yes: nothing has taken any for After;
//   - yes, but: servers answer, and a dependency of everybody is down;
//   - can't tell: nothing is known, or our own line is down and nothing answered.
package verdict
