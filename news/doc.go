// Package news writes the news: from changes to items, in plain words.
//
// It is pure: no clock, no store, no log; the same changes give the same items,
// byte for byte. [Write] tells everything that can be told at a moment,
// [Situation] says in two or three sentences how things stand, [Order] puts
// items into the order of a page, and [Rename] keeps the names good under which
// items were published before a correction.
//
//	items := news.Write(news.Input{Subject: subject, Changes: changes, Verdicts: verdicts, At: at})
//
// # How changes become items
//
// What happens to one server within one confirmation time is a stroke. It is
// read with the knowledge of what else the server answered before and after: if
// nothing is left, it is an outage; if an endpoint is gone while another
// answers, a port was closed, and the versions behind it are consequences; if a
// version is refused where the endpoint still answers, that is the news. Strokes
// of one kind on one day are one item, which grows and is resolved in place. An
// outage grows until no other server has fallen for one confirmation time; what
// falls after that and leaves nothing is for the item that tells of the end.
// Lists tell of servers that came, went and moved; the rule of the verdict tells
// when a network is gone, and when it rose from the dead.
//
// # Words
//
// The facts of an item are data. The words are made from them by a table of
// phrases ([English]); another language is another table.
package news
