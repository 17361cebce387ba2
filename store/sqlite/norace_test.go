//go:build !race

package sqlite_test

// unchanged is how many rounds the test of the size records.
const unchanged = 1000
