// Package news puts items of news into the order in which a page shows them.
//
// It is pure: no clock, no store, no log. The items are those that people
// wrote, as the subject holds them.
//
//	edition.Items = news.Order(subject.Items)
package news
