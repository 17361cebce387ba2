package verdict

import (
	"fmt"
	"strings"
	"time"

	"deadyet"
)

// reason says in one line why the verdict is what it is.
func reason(r deadyet.Rule, b *board, v deadyet.Verdict) string {
	switch {
	case v.Listed == 0 && b.tally.unasked == 0:
		return "No server is listed."
	case v.Listed == 0:
		return "No server was asked yet."
	case v.Word == deadyet.WordUnknown:
		return "Our own line or scan is down, and nothing answered."
	}
	return sentence(r, b, v) + unaskedToo(b.tally.unasked)
}

func sentence(r deadyet.Rule, b *board, v deadyet.Verdict) string {
	switch {
	case v.Word == deadyet.WordYesBut:
		return fmt.Sprintf("%s some version, but %s, which everyone needs, is down.", takes(v.Accepting, v.Listed), strings.Join(b.downNames(), " and "))
	case v.Word == deadyet.WordNo:
		return fmt.Sprintf("%s %s.", takes(v.Reference, v.Listed), r.Reference)
	case v.Accepting > 0 && v.Reference == 0:
		return fmt.Sprintf("%s a version that counts, but none takes %s.", takes(v.Accepting, v.Listed), r.Reference)
	case v.Accepting > 0:
		return fmt.Sprintf("Only %s %s, and %d any version at all.", lower(takes(v.Reference, v.Listed)), r.Reference, v.Accepting)
	case v.Word == deadyet.WordMostly:
		return fmt.Sprintf("Nothing has taken any version since %s; that has to last %s until the answer is %s.",
			moment(v.LastYes), length(r.After), orWord(r.Says[deadyet.WordYes], deadyet.WordYes))
	}
	return fmt.Sprintf("None of the %s has taken any version %s.", servers(v.Listed), sinceText(v.Since))
}

// takes begins a sentence about n of m servers.
func takes(n, m int) string {
	if m == 1 {
		return "The only server still takes"
	}
	verb := "still take"
	if n == 1 {
		verb = "still takes"
	}
	if n == m && m == 2 {
		return "Both servers still take"
	}
	if n == m {
		return fmt.Sprintf("All %d servers still take", m)
	}
	return fmt.Sprintf("%d of the %d servers %s", n, m, verb)
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func servers(n int) string {
	if n == 1 {
		return "1 server"
	}
	return fmt.Sprintf("%d servers", n)
}

func unaskedToo(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return " 1 more is listed and was never asked."
	}
	return fmt.Sprintf(" %d more are listed and were never asked.", n)
}

func orWord(says string, w deadyet.Word) string {
	if says != "" {
		return says
	}
	return string(w)
}

const dayLayout = "2 January 2006"

func moment(t time.Time) string { return t.UTC().Format(dayLayout + ", 15:04 UTC") }

// sinceText says since when, as exactly as it is known: a day, or between two.
func sinceText(i deadyet.Interval) string {
	from, to := i.From.UTC().Format(dayLayout), i.To.UTC().Add(-time.Nanosecond).Format(dayLayout)
	if from == to || i.Exact() {
		return "since " + from
	}
	return "since some time between " + from + " and " + to
}

// length says how long d is, in hours where it can.
func length(d time.Duration) string {
	switch {
	case d == time.Hour:
		return "1 hour"
	case d%time.Hour == 0:
		return fmt.Sprintf("%d hours", d/time.Hour)
	}
	return d.String()
}
