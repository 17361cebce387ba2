package sqlite_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// The test binary is started again as a writer that is killed or runs out of
// room, or as a fresh process that measures; this says as which, and with what store.
const (
	roleVariable  = "DEADYET_TEST_ROLE"
	storeVariable = "DEADYET_TEST_STORE"
)

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "":
		goleak.VerifyTestMain(m)
	case "recorder":
		os.Exit(recordForEver(os.Getenv(storeVariable)))
	case "measurer":
		os.Exit(measure(os.Getenv(storeVariable)))
	case "filler":
		os.Exit(fill(os.Getenv(storeVariable)))
	}
}
