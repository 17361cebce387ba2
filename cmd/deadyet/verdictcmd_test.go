package main

import (
	"testing"

	"deadyet"
)

// Every word has an exit code of its own, and none is that of an error.
func TestVerdict_ExitCodes(t *testing.T) {
	want := map[deadyet.Word]int{
		deadyet.WordNo: 0, deadyet.WordMostly: 10, deadyet.WordYes: 11, deadyet.WordYesBut: 12, deadyet.WordUnknown: 13, "": 13,
	}
	for _, w := range append(deadyet.Words(), "") {
		got := 0
		if code, ok := verdictExit(w).(exitCode); ok {
			got = int(code)
		}
		if want, ok := want[w]; !ok || got != want {
			t.Errorf("%q: got %d, want %d", w, got, want)
		}
	}
}
