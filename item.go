package deadyet

import "time"

// ItemID names a piece of news for ever.
type ItemID string

// Item is a piece of news.
type Item struct {
	ID     ItemID
	At     time.Time
	Title  string
	Body   string // Markdown
	Pinned bool
	By     string // "" when it was written from changes
	Links  []Link
}

// Link is a link with its text.
type Link struct {
	Text string
	URL  string
	Note string
}
