package sqlite_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"deadyet"
	"deadyet/ledger"
	"deadyet/store/sqlite"
	"deadyet/store/storetest"
)

// again returns this test binary in another role.
func again(t testing.TB, role, path string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), roleVariable+"="+role, storeVariable+"="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

// turning is a round in which every third check has another answer than three
// rounds before, so that spans end and evidence comes and goes.
func turning(s deadyet.Subject, n int) deadyet.Round {
	return storetest.Round(s, n, func(c deadyet.Check) deadyet.Outcome {
		if (len(c.Version)+n/3)%2 == 0 {
			return deadyet.Outcome{Answer: deadyet.AnswerYes, Stage: deadyet.StageVersion}
		}
		return deadyet.Outcome{Answer: deadyet.AnswerSilent, Failure: deadyet.FailureTimeout}
	})
}

// recordForEver records one round after the other and prints the number of
// each that was acknowledged. It ends by being killed.
func recordForEver(path string) int {
	ctx := context.Background()
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s := storetest.Subject(5)
	l, err := ledger.Open(ctx, st, s, ledger.Options{Vantage: "home"})
	for err == nil {
		n := l.Next("home")
		if err = l.Record(ctx, turning(s, int(n))); err == nil {
			fmt.Println(n)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestStore_killedAtAnyMomentLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deadyet.db")
	random := rand.New(rand.NewPCG(20, 9))
	acknowledged := 0
	for range 20 {
		acknowledged = killed(t, path, random, acknowledged)
		st := open(t, path)
		m, err := st.Load(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		last := int(m.Last["home"])
		if last < acknowledged || last > acknowledged+1 {
			t.Fatalf("round %d was acknowledged last, and round %d is kept", acknowledged, last)
		}
		if got := st.Text(t, "PRAGMA integrity_check"); got != "ok" {
			t.Fatalf("integrity: %s", got)
		}
		if got := st.Text(t, "SELECT count(*) FROM rounds"); got != strconv.Itoa(last) {
			t.Fatalf("%s rounds are kept, want %d", got, last)
		}
		if got := roundsOf(t, st); got != last {
			t.Fatalf("the sums of the days are of %d rounds, want %d", got, last)
		}
		acknowledged = last
		closed(t, st)
	}
}

// roundsOf counts the rounds that are summed up of the first server.
func roundsOf(t *testing.T, st *sqlite.Store) (n int) {
	t.Helper()
	rs, err := st.Rollups(t.Context(), storetest.Subject(1).Networks[0].Servers[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rs {
		n += r.Rounds
	}
	return n
}

// killed lets a recorder work for a random time, kills it, and returns the
// last round that it acknowledged.
func killed(t *testing.T, path string, random *rand.Rand, acknowledged int) int {
	t.Helper()
	cmd := again(t, "recorder", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range 1 + random.IntN(8) {
		if !lines.Scan() {
			t.Fatal("the recorder ended by itself")
		}
		acknowledged = number(t, lines.Text())
	}
	for range random.IntN(20_000) {
		runtime.Gosched() // somewhere within the next round
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // what it said before it died counts
		acknowledged = number(t, lines.Text())
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the recorder was not killed")
	}
	return acknowledged
}

func number(t *testing.T, line string) int {
	t.Helper()
	n, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOpen_refusesASecondWriterWithThePidOfTheFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deadyet.db")
	cmd := again(t, "recorder", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(out).Scan() {
		t.Fatal("the recorder ended by itself")
	}
	_, err = sqlite.Open(t.Context(), path)
	var locked *sqlite.LockedError
	if !errors.As(err, &locked) || locked.PID != cmd.Process.Pid || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Errorf("got %v, want that process %d writes", err, cmd.Process.Pid)
	}
	r, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatalf("a reader beside the writer: %v", err)
	}
	if m, err := r.Load(t.Context(), ""); err != nil || len(m.Rounds) == 0 {
		t.Errorf("a reader beside the writer: got %d rounds, %v", len(m.Rounds), err)
	}
	closed(t, r)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the recorder was not killed")
	}
	t.Run("and the kernel gives the lock back when it is killed", func(t *testing.T) {
		closed(t, open(t, path))
	})
}

// fill records rounds into a store whose files may not grow past a limit, as
// on a full disk, then lifts the limit and offers the last round again.
func fill(path string) int {
	ctx := context.Background()
	signal.Ignore(syscall.SIGXFSZ)
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer st.Close()
	s := storetest.Subject(20)
	l, err := ledger.Open(ctx, st, s, ledger.Options{Vantage: "home"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	limit(512 << 10)
	r := turning(s, 1)
	for err = l.Record(ctx, r); err == nil; err = l.Record(ctx, r) {
		r = turning(s, int(l.Next("home")))
	}
	e := l.Edition(r.Began)
	fmt.Println("refused:", err)
	fmt.Println("up:", len(e.Rounds) > 0 && e.Rounds[0].Number == r.Number-1 && len(e.States) == 80)
	limit(math.MaxUint64)
	fmt.Println("again:", l.Record(ctx, r), l.Next("home") == r.Number+1)
	return 0
}

func limit(bytes uint64) {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		panic(err)
	}
	l.Cur = min(bytes, l.Max)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		panic(err)
	}
}

func TestStore_onADiskWithoutRoom(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deadyet.db")
	out, err := again(t, "filler", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"refused: record round ", "full", "up: true", "again: <nil> true"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("got %s\nwant it to say %q", out, want)
		}
	}
	st := open(t, path)
	if got := st.Text(t, "PRAGMA integrity_check"); got != "ok" {
		t.Errorf("integrity: %s", got)
	}
	closed(t, st)
}
