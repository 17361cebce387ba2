//go:build race

package sqlite_test

// unchanged is how many rounds the test of the size records. The race detector
// makes each of them some ten times slower, and says all it can after a few.
const unchanged = 200
