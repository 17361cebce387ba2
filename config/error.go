package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"deadyet"
)

// Error is one mistake in a file.
type Error struct {
	File    string // "" when it was not read from a file
	Line    int    // from 1; 0 when the mistake has no place in the file
	Column  int    // from 1
	Key     string // path of the key, e.g. "servers[2].since"; "" at the top
	Message string // what is wrong and what was expected
}

// Error returns "file:line:column: key: message".
func (e Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Column)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	b.WriteString(e.Message)
	return b.String()
}

// at returns e without its message.
func (e Error) at() Error {
	e.Message = ""
	return e
}

// Errors are all mistakes that were found, by file and place.
type Errors []Error

// Error returns one mistake a line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// sorted returns es as an error, nil if there is none.
func (es Errors) sorted() error {
	if len(es) == 0 {
		return nil
	}
	slices.SortStableFunc(es, func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return es
}

// near returns a hint at the word that was probably meant.
func near(word string, known []string) string {
	best, least := "", 3
	if len(word) > 40 {
		return "" // far too long to be meant
	}
	for _, k := range known {
		if d := deadyet.Distance(word, k); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}
