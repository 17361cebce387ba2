package verdict

import (
	"fmt"
	"strings"
	"time"

	"deadyet"
)

// reason says in one line why the verdict is what it is.
func reason(b *board, v deadyet.Verdict) string {
	unasked := b.counted().unasked
	switch {
	case v.Listed == 0 && unasked == 0:
		return "No server is listed."
	case v.Listed == 0:
		return "No server was asked yet."
	case v.Word == deadyet.WordUnknown:
		return "Our own line or scan is down, and nothing answered."
	}
	return risen(v) + sentence(b, v) + unaskedToo(unasked)
}

// risen begins the line of a network that was dead.
func risen(v deadyet.Verdict) string {
	for _, r := range v.Reasons {
		if r.Kind == deadyet.ReasonRisen {
			return "It rose from the dead " + onText(r.Since) + ". "
		}
	}
	return ""
}

func sentence(b *board, v deadyet.Verdict) string {
	ref := b.subject.Rule.Reference
	taken, gone, ways, all := b.versions()
	who := b.takes(v.Accepting, v.Listed)
	switch {
	case v.Word == deadyet.WordYesBut:
		return fmt.Sprintf("%s, which everyone needs, %s down. %s %s.",
			upper(strings.Join(b.downNames(), " and ")), areText(len(b.downNames())), who, runs(b.subject, taken))
	case v.Accepting == 0 && v.Word == deadyet.WordMostly:
		return fmt.Sprintf("Nothing has taken any version since %s; that has to last %s until the answer is %s.",
			momentText(v.LastYes), length(b.subject.Rule.After), orWord(b.subject.Rule.Says[deadyet.WordYes], deadyet.WordYes))
	case v.Accepting == 0:
		return allGone(b, v, gone)
	case v.Word == deadyet.WordNo && !b.compared:
		return fmt.Sprintf("%s %s.", who, runs(b.subject, taken))
	case v.Word == deadyet.WordNo:
		return fmt.Sprintf("%s %s.", b.takes(v.Reference, v.Listed), ref)
	case v.Reference == 0 && all:
		return fmt.Sprintf("No server takes %s any more. %s %s.", ref, who, runs(b.subject, taken))
	case v.Reference == 0:
		return fmt.Sprintf("No server takes %s any more. %s %s, %s only.", ref, who, runs(b.subject, taken), wayText(ways))
	}
	if v.Accepting == v.Listed {
		return fmt.Sprintf("Only %s %s; all still take something.", lower(b.takes(v.Reference, v.Listed)), ref)
	}
	return fmt.Sprintf("Only %s %s, and %d any version at all.", lower(b.takes(v.Reference, v.Listed)), ref, v.Accepting)
}

// allGone is the line of a yes.
func allGone(b *board, v deadyet.Verdict, gone []deadyet.Version) string {
	if len(gone) == 0 {
		return "Nothing takes any version."
	}
	s := fmt.Sprintf("All protocol versions up to %s are gone.", gone[len(gone)-1])
	if len(gone) == 1 {
		s = fmt.Sprintf("%s is gone.", gone[0])
	}
	who := fmt.Sprintf("None of the %d servers", v.Listed)
	switch {
	case b.tally.listed == 0:
		who = b.network.Name
	case v.Listed == 1:
		who = "The only server"
	}
	if v.LastYes.IsZero() {
		return s + fmt.Sprintf(" %s was %s seen to take any.", who, ever(v.Listed))
	}
	return s + fmt.Sprintf(" %s has %s since %s.", who, taken(v.Listed), v.LastYes.UTC().Format(dayLayout))
}

// takes begins a sentence about n of m servers. Of the public name of a network
// whose servers are not known, it speaks as of the network.
func (b *board) takes(n, m int) string {
	some := ""
	if n < m && b.about() {
		some = "about "
	}
	switch {
	case b.tally.listed == 0:
		return b.network.Name + " still takes"
	case m == 1:
		return "The only server still takes"
	case n == m && m == 2:
		return "Both servers still take"
	case n == m:
		return fmt.Sprintf("All %d servers still take", m)
	case n == 1:
		return fmt.Sprintf("1 of the %d servers still takes", m)
	}
	return upper(fmt.Sprintf("%s%d of the %d servers still take", some, n, m))
}

// runs names versions in as few words as can be: "MSNP8–18 and MSNP21".
func runs(s deadyet.Subject, taken []deadyet.Version) string {
	var parts []string
	for i, next := 0, 0; i < len(taken); i = next {
		next = i + 1
		for next < len(taken) && follows(s, taken[next-1], taken[next]) {
			next++
		}
		if next > i+2 {
			parts = append(parts, string(taken[i])+" to "+string(taken[next-1]))
			continue
		}
		for _, v := range taken[i:next] {
			parts = append(parts, string(v))
		}
	}
	return and(parts)
}

// follows reports whether b is the next version after a.
func follows(s deadyet.Subject, a, b deadyet.Version) bool {
	for i, v := range s.Versions {
		if v.Version == a {
			return i+1 < len(s.Versions) && s.Versions[i+1].Version == b
		}
	}
	return false
}

func and(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
	return strings.Join(parts, "")
}

// wayText names endpoints: "over HTTPS (port 443)".
func wayText(ways []string) string {
	var parts []string
	for _, w := range ways {
		transport, port, _ := strings.Cut(w, ":")
		if transport == string(deadyet.TransportTCP) {
			parts = append(parts, "port "+port)
			continue
		}
		parts = append(parts, strings.ToUpper(transport)+" (port "+port+")")
	}
	return "over " + and(parts)
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// upper gives s a capital letter; the name of a host is written as it is.
func upper(s string) string {
	if first, _, _ := strings.Cut(s, " "); s == "" || strings.Contains(first, ".") {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func areText(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// ever and taken go on after "None of the servers", and after the only one.
func ever(n int) string {
	if n == 1 {
		return "never"
	}
	return "ever"
}

func taken(n int) string {
	if n == 1 {
		return "not taken any"
	}
	return "taken any"
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

func momentText(t time.Time) string { return t.UTC().Format(dayLayout + ", 15:04 UTC") }

// onText says when, as exactly as it is known: on a day, or between two.
func onText(i deadyet.Interval) string {
	from, to := i.From.UTC().Format(dayLayout), i.To.UTC().Add(-time.Nanosecond).Format(dayLayout)
	if from == to || i.Exact() {
		return "on " + from
	}
	return "between " + from + " and " + to
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
