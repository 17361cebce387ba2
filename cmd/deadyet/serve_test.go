package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// running is the program inside the test.
type running struct {
	url  string
	stop context.CancelFunc
	exit chan int
	log  *said
}

// said is what a program has said so far, line by line.
type said struct {
	mu   sync.Mutex
	text strings.Builder // guarded by mu
}

func (s *said) add(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.WriteString(line + "\n")
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

var address = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// begin runs a command line and waits until it says where its page is.
func begin(t *testing.T, args ...string) *running {
	t.Helper()
	return beginTyping(t, strings.NewReader(""), args...)
}

// beginTyping is begin with a person at the keyboard.
func beginTyping(t *testing.T, typed io.Reader, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	r := &running{stop: stop, exit: make(chan int, 1), log: &said{}}
	read, write := io.Pipe()
	go func() {
		r.exit <- execute(ctx, append(args, "--listen", "127.0.0.1:0"), stdio{typed, write, write})
		write.Close()
	}()
	found := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(read); lines.Scan(); {
			r.log.add(lines.Text())
			if m := address.FindString(lines.Text()); m != "" && len(found) == 0 {
				found <- m
			}
		}
		close(found)
	}()
	t.Cleanup(stop)
	url, ok := <-found
	if !ok {
		t.Fatalf("it ended with %d: %s", <-r.exit, r.log)
	}
	r.url = url
	return r
}

// end stops the program as a signal would, and returns its exit code.
func (r *running) end() int {
	r.stop()
	return <-r.exit
}

func get(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestServe_ShowsTheRecordAndAsksNobody(t *testing.T) {
	t.Chdir(t.TempDir())
	r := begin(t, "serve")
	resp, page := get(t, r.url)
	for _, want := range []string{"Is MSN dead yet?", "YES", "19 May 2017", "ismsndeadyet.com", "not measured here", "needlessly detailed"} {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if len(resp.Cookies()) != 0 || strings.Count(page, "<script") != strings.Count(page, `<script type="module" src="page-`) {
		t.Error("the page has a cookie, or a script that is not its own")
	}
	var verdict struct{ Word string }
	if _, body := get(t, r.url+"/api/v1/verdict"); json.Unmarshal([]byte(body), &verdict) != nil || verdict.Word != "yes" {
		t.Errorf("got verdict %q", body)
	}
	if resp, _ := get(t, r.url+"/healthz"); resp.StatusCode != http.StatusOK {
		t.Errorf("healthz: got %s", resp.Status)
	}
	if got := r.end(); got != exitOK {
		t.Errorf("a clean end exits with %d: %s", got, r.log)
	}
	if !strings.Contains(r.log.String(), "Nobody is asked") {
		t.Errorf("got %s", r.log)
	}
}

func TestServe_ASecondWriterIsRefusedWithTheFirstsProcess(t *testing.T) {
	t.Chdir(t.TempDir())
	r := begin(t, "serve")
	var said bytes.Buffer
	code := execute(t.Context(), []string{"serve", "--listen", "127.0.0.1:0"}, stdio{strings.NewReader(""), &said, &said})
	if code != exitError || !strings.Contains(said.String(), strconv.Itoa(os.Getpid())) {
		t.Errorf("got %d: %s", code, said.String())
	}
	reader := begin(t, "serve", "--read-only")
	if _, page := get(t, reader.url); !strings.Contains(page, "Is MSN dead yet?") {
		t.Error("a reader beside the writer has no page")
	}
	if code := reader.end(); code != exitOK {
		t.Errorf("the reader ended with %d: %s", code, reader.log)
	}
	r.end()
}

func TestServe_SaysWhatIsWrong(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("text.db", []byte(strings.Repeat("this is no database\n", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	busy := begin(t, "serve", "--store", "busy.db")
	defer busy.end()
	for name, tt := range map[string]struct {
		args []string
		code int
		want string
	}{
		"a file that is no database": {[]string{"--store", "text.db"}, exitError, "text.db"},
		"a folder":                   {[]string{"--store", "."}, exitError, "."},
		"a folder that is missing":   {[]string{"--store", filepath.Join("missing", "x.db")}, exitError, "missing"},
		"a reader that asks":         {[]string{"--read-only", "--live"}, exitUsage, "want one or the other"},
		"a port that is taken":       {[]string{"--store", "other.db", "--listen", strings.TrimPrefix(busy.url, "http://")}, exitError, "--listen chooses another one"},
	} {
		t.Run(name, func(t *testing.T) {
			var said bytes.Buffer
			code := execute(t.Context(), append([]string{"serve", "--listen", "127.0.0.1:0"}, tt.args...), stdio{strings.NewReader(""), &said, &said})
			if code != tt.code || !strings.Contains(said.String(), tt.want) {
				t.Errorf("got %d: %s", code, said.String())
			}
		})
	}
}
