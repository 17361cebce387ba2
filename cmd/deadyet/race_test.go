//go:build race

package main

// raced says that the race detector looks on, which makes SQLite fifty times
// slower and the rest five times.
const raced = true
